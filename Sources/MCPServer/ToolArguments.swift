import Documents
import Facts
import Publishing
import TextFormats

/// The arguments of one call, each of the kind that the tool asks for.
struct ToolArguments {
  private var texts: [String: String] = [:]
  private var lists: [String: [String]] = [:]
  private var integers: [String: Int] = [:]

  /// - Throws: `LookupError.refused` for an argument that the tool does not have, lacks or cannot read.
  init(_ given: JSONObject, of tool: Tool) throws(LookupError) {
    for member in given.members where !tool.parameters.contains(where: { $0.name == member.key }) {
      throw Self.refused(
        member.key, "\(tool.name) has no argument \"\(member.key.bounded)\"",
        hint: "its arguments are \(Display.listed(tool.parameters.map(\.name)))")
    }
    for parameter in tool.parameters {
      guard let value = given[parameter.name], value != .null else {
        if parameter.isRequired {
          throw Self.refused(
            parameter.name, "\(tool.name) needs the argument \(parameter.name)", hint: parameter.description)
        }
        continue
      }
      try read(value, parameter)
    }
  }

  func text(_ name: String) -> String? { texts[name] }
  func list(_ name: String) -> [String]? { lists[name] }

  /// The text of an argument that a call must have.
  func required(_ name: String) throws(LookupError) -> String {
    guard let text = texts[name] else {
      throw Self.refused(name, "the argument \(name) is missing", hint: "add it")
    }
    return text
  }

  /// The same for a list.
  func requiredList(_ name: String) throws(LookupError) -> [String] {
    guard let list = lists[name] else {
      throw Self.refused(name, "the argument \(name) is missing", hint: "add it")
    }
    return list
  }

  func integer(_ name: String) -> Int? { integers[name] }

  private mutating func read(_ value: JSONValue, _ parameter: ToolParameter) throws(LookupError) {
    let name = parameter.name
    func refused(_ rule: String) -> LookupError {
      Self.refused(
        name, "\(name) is \(rule), not \"\(value.asWritten.bounded)\"", hint: parameter.description)
    }
    switch parameter.kind {
    case .text(let longest):
      guard let text = value.string, Self.fits(text, longest) else {
        throw refused("a text of 1 to \(longest) characters")
      }
      texts[name] = text
    case .count, .share:
      // A number is understood too: programs have numbers.
      guard let text = value.numberText, Self.fits(text, ToolParameter.longestText) else {
        throw refused("a text like the examples")
      }
      texts[name] = text
    case .integer(let range, _):
      guard case .number(let text) = value, let number = Int(text), range.contains(number) else {
        throw refused("a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      integers[name] = number
    case .texts(let count):
      let longest = ToolParameter.longestText
      guard let items = value.array, count.contains(items.count) else {
        throw refused("a list of \(count.lowerBound) to \(count.upperBound) texts")
      }
      let texts = items.compactMap(\.string).filter { Self.fits($0, longest) }
      guard texts.count == items.count else { throw refused("a list of texts of 1 to \(longest) characters") }
      lists[name] = texts
    case .choice(let values, _):
      guard let text = value.string, values.contains(text) else {
        throw refused("one of \(Display.listed(values, "or"))")
      }
      texts[name] = text
    case .choices(let values):
      let chosen = value.array?.compactMap(\.string) ?? []
      guard !chosen.isEmpty, chosen.count == value.array?.count, chosen.allSatisfy(values.contains) else {
        throw refused("a list of some of \(Display.listed(values))")
      }
      lists[name] = chosen
    }
  }

  /// Whether a text says something and is not too long.
  private static func fits(_ text: String, _ longest: Int) -> Bool {
    text.unicodeScalars.count <= longest && text.contains { !$0.isWhitespace }
  }

  private static func refused(_ parameter: String, _ rule: String, hint: String) -> LookupError {
    .refused(LookupProblem(parameter: parameter, rule: rule, hint: hint))
  }
}
