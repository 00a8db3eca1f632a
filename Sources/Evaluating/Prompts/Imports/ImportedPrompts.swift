import Facts
import TextFormats

/// Prompts that were written for another tool, and what of it could not be carried over.
package struct ImportedPrompts: Sendable {
  package private(set) var prompts: [EvaluationPrompt] = []
  /// Nothing is dropped without one.
  package private(set) var problems: [InputProblem] = []
  let file: String
  private var ids: Set<String> = []

  init(file: String) { self.file = file }

  package static let most = 1_000_000

  mutating func report(line: Int? = nil, path: String = "", _ rule: String, _ hint: String) {
    guard problems.count < 500 else { return }
    problems.append(InputProblem(file: file, line: line, path: path, rule: rule, hint: hint))
  }

  /// Adds a prompt under a name like the one wanted that no other has.
  mutating func add(
    id wanted: String, messages: [PromptMessage], checks: [PromptCheck] = [], cluster: String? = nil,
    maxTokens: Int64? = nil, temperature: ExactDecimal? = nil
  ) {
    guard prompts.count < Self.most else { return }
    let plain = String(String.UnicodeScalarView(wanted.unicodeScalars.filter(\.isHarmless).prefix(100)))
    var id = plain.isEmpty ? "prompt" : plain
    var number = 2
    while !ids.insert(id).inserted {
      id = "\(plain)-\(number)"
      number += 1
    }
    prompts.append(
      EvaluationPrompt(
        id: id, messages: messages, checks: checks, cluster: cluster, maxTokens: maxTokens,
        temperature: temperature))
  }

  /// Messages in the form of chat completions: a role, and a text or parts of text.
  ///
  /// - Returns: nil, with a problem, for anything that cannot be carried over.
  mutating func messages(_ values: [JSONValue], line: Int?, path: String) -> [PromptMessage]? {
    var messages: [PromptMessage] = []
    for (place, value) in values.enumerated() {
      let here = "\(path)[\(place)]"
      guard let role = value["role"]?.string.flatMap({ PromptMessage.Role(rawValue: $0) }), role != .tool
      else {
        report(
          line: line, path: here, "a message has the role system, developer, user or assistant",
          "change the role")
        return nil
      }
      switch value["content"] {
      case .string(let text): messages.append(PromptMessage(role, text))
      case .array(let parts):
        let texts = parts.compactMap { $0["type"]?.string == "text" ? $0["text"]?.string : nil }
        guard texts.count == parts.count else {
          report(
            line: line, path: here, "only parts of type text are imported",
            "add pictures to the prompts file by hand")
          return nil
        }
        messages.append(PromptMessage(role: role, parts: texts.map { .text($0) }))
      default:
        report(line: line, path: here, "a message has a content", "write a text")
        return nil
      }
    }
    guard !messages.isEmpty else {
      report(line: line, path: path, "messages are not empty", "write a message of the user")
      return nil
    }
    return messages
  }
}
