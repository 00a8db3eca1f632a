import Documents

/// One argument of a tool.
struct ToolParameter: Sendable {
  enum Kind: Sendable {
    case text(longest: Int)
    /// A count as people write it: `800M`.
    case count
    /// A share of a whole: `30%`.
    case share
    case integer(ClosedRange<Int>, usual: Int)
    case texts(ClosedRange<Int>)
    case choice([String], usual: String)
    case choices([String])
  }

  let name: String
  let kind: Kind
  let description: String
  let isRequired: Bool

  init(_ name: String, _ kind: Kind, _ description: String, isRequired: Bool = false) {
    self.name = name
    self.kind = kind
    self.description = description
    self.isRequired = isRequired
  }

  /// The longest id or word that is read.
  static let longestText = 200

  /// The JSON Schema of a tool's arguments: https://json-schema.org/draft/2020-12
  static func schema(_ parameters: [ToolParameter]) -> DataValue {
    .map([
      ("type", .text("object")), ("properties", .map(parameters.map { ($0.name, $0.schema) })),
      ("required", .texts(parameters.filter(\.isRequired).map(\.name))),
      ("additionalProperties", .flag(false)),
    ])
  }

  private var schema: DataValue {
    let members: [(String, DataValue)] =
      switch kind {
      case .text(let longest): Self.text(longest)
      case .count: [("type", .text("string")), ("pattern", .text("^[0-9]+(\\.[0-9]+)?[kKmMbBgGtT]?$"))]
      case .share: [("type", .text("string")), ("pattern", .text("^[0-9]+(\\.[0-9]{1,2})?%?$"))]
      case .integer(let range, let usual):
        [
          ("type", .text("integer")), ("minimum", .integer(range.lowerBound)),
          ("maximum", .integer(range.upperBound)), ("default", .integer(usual)),
        ]
      case .texts(let count):
        [
          ("type", .text("array")), ("items", .map(Self.text(Self.longestText))),
          ("minItems", .integer(count.lowerBound)), ("maxItems", .integer(count.upperBound)),
        ]
      case .choice(let values, let usual):
        [("type", .text("string")), ("enum", .texts(values)), ("default", .text(usual))]
      case .choices(let values):
        [
          ("type", .text("array")), ("items", .map([("type", .text("string")), ("enum", .texts(values))])),
          ("minItems", .integer(1)), ("uniqueItems", .flag(true)),
        ]
      }
    return .map(members + [("description", .text(description))])
  }

  private static func text(_ longest: Int) -> [(String, DataValue)] {
    [("type", .text("string")), ("minLength", .integer(1)), ("maxLength", .integer(longest))]
  }
}
