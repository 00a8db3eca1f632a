import Facts
import TextFormats

/// One thing that the answer must be. A prompt passes when all its checks pass.
package struct PromptCheck: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The whole answer, without spaces around it.
    case exact(String, ignoresCase: Bool)
    case contains(String, ignoresCase: Bool)
    case lacks(String, ignoresCase: Bool)
    /// A regular expression that is found somewhere in the answer.
    case matches(String, ignoresCase: Bool)
    /// The answer is JSON, and fits the schema where there is one.
    case json(schema: JSONValue?)
    /// The model called that tool; the arguments given stand among those of the call, with equal values.
    case toolCall(name: String, arguments: JSONObject?)
    /// The last number of the answer is within the tolerance of the value.
    case number(ExactDecimal, tolerance: ExactDecimal)
    /// Characters of the answer, both ends included.
    case length(least: Int64?, most: Int64?)
    /// A program of the user's own: it reads the answer on stdin and passes by exit code 0. It runs with the rights of whoever
    /// started the evaluation, and only where that was allowed by name.
    case command([String], seconds: Int64)
    /// Another route judges by these instructions; passes from that score of 0 to 1 on.
    case judge(route: String, instructions: String, pass: ExactDecimal)

    /// The name in files and reports: `contains`.
    package var name: String {
      switch self {
      case .exact: "exact"
      case .contains: "contains"
      case .lacks: "lacks"
      case .matches: "regex"
      case .json: "json"
      case .toolCall: "tool_call"
      case .number: "number"
      case .length: "length"
      case .command: "command"
      case .judge: "judge"
      }
    }

    package static let names = [
      "exact", "contains", "lacks", "regex", "json", "tool_call", "number", "length", "command", "judge",
    ]
  }

  /// What reports call it; the kind's name where the file gives none.
  package let name: String
  package let kind: Kind

  package init(name: String? = nil, kind: Kind) {
    self.name = name ?? kind.name
    self.kind = kind
  }
}
