import Facts
import TextFormats

/// Reads one check of a prompt.
enum CheckReader {
  static func read(_ reader: inout ObjectReader) -> PromptCheck? {
    let name = reader.text("name", most: 100)
    guard
      let type = reader.requiredText(
        "type", hint: "the types are \(PromptCheck.Kind.names.joined(separator: ", "))")
    else { return nil }
    guard let kind = kind(type, &reader) else { return nil }
    return PromptCheck(name: name, kind: kind)
  }

  private static func kind(_ type: String, _ reader: inout ObjectReader) -> PromptCheck.Kind? {
    switch type {
    case "exact": return text(&reader).map { .exact($0.0, ignoresCase: $0.1) }
    case "contains": return text(&reader).map { .contains($0.0, ignoresCase: $0.1) }
    case "lacks": return text(&reader).map { .lacks($0.0, ignoresCase: $0.1) }
    case "regex":
      guard let (pattern, ignoresCase) = text(&reader) else { return nil }
      do { _ = try LinearPattern(parsing: pattern, ignoresCase: ignoresCase) } catch {
        reader.report(
          "value", "\(error.rule); at character \(error.place + 1) of \"\(pattern.bounded)\"", error.hint)
        return nil
      }
      return .matches(pattern, ignoresCase: ignoresCase)
    case "json": return .json(schema: reader.object("schema").map { .object($0) })
    case "tool_call":
      guard let tool = reader.requiredText("tool", hint: "name the tool that the model must call") else {
        return nil
      }
      return .toolCall(name: tool, arguments: reader.object("arguments"))
    case "number":
      let most: Int64 = 1_000_000_000_000_000
      guard let value = reader.decimal("value", from: -most, to: most) else {
        missing("value", &reader)
        return nil
      }
      return .number(value, tolerance: reader.decimal("tolerance", from: 0, to: most) ?? .zero)
    case "length":
      let least = reader.count("min", 0...1_000_000_000)
      let most = reader.count("max", 0...1_000_000_000)
      guard least != nil || most != nil else {
        if reader.problems.isEmpty {
          reader.report("", "a length has min or max", #"write "max": 200, in characters"#)
        }
        return nil
      }
      if let least, let most, least > most {
        reader.report("max", "max is at least min; found \(most) below \(least)", "swap the two")
      }
      return .length(least: least, most: most)
    case "command":
      guard let words = reader.texts("command", most: 100), words.first?.isEmpty == false else {
        missing("command", &reader)
        return nil
      }
      return .command(words, seconds: reader.count("timeout_seconds", 1...600) ?? 10)
    case "judge":
      let route = reader.requiredText("route", hint: "name a route of the routes file with use: judge")
      let instructions = reader.requiredText(
        "instructions", most: 64 * 1024, hint: "say what a good answer is, in words for the judge")
      let half = ExactDecimal(reducing: 5, exponent: -1)
      let pass = reader.decimal("pass", from: 0, to: 1) ?? half
      guard let route, let instructions else { return nil }
      return .judge(route: route, instructions: instructions, pass: pass)
    default:
      reader.report(
        "type", "there is no check \"\(type.bounded)\"",
        "the types are \(PromptCheck.Kind.names.joined(separator: ", "))")
      return nil
    }
  }

  private static func text(_ reader: inout ObjectReader) -> (String, Bool)? {
    let ignoresCase = reader.flag("ignore_case") ?? false
    guard let value = reader.text("value") else {
      missing("value", &reader)
      return nil
    }
    guard !value.isEmpty else {
      reader.report("value", "value is not empty", "every answer would pass; write what it must hold")
      return nil
    }
    return (value, ignoresCase)
  }

  private static func missing(_ key: String, _ reader: inout ObjectReader) {
    if reader.problems.isEmpty { reader.report(key, "\(key) is missing", "a check of this type needs it") }
  }
}
