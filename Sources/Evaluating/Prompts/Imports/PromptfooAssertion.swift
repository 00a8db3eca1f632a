import Facts
import TextFormats

/// Turns one assertion of promptfoo into checks, where a check means the same.
///
/// The types are those of https://www.promptfoo.dev/docs/configuration/expected-outputs/
enum PromptfooAssertion {
  enum Outcome {
    case checks([PromptCheck])
    case problem(String, String)
  }

  /// A column `__expected`: `contains: Paris`; a text without a type is `equals`.
  static func read(column text: String) -> Outcome {
    if let colon = text.firstIndex(of: ":") {
      let type = String(text[..<colon])
      if types.contains(type)
        || type.allSatisfy({ $0.isLetter && $0.isLowercase || $0 == "-" }) && type.contains("-")
      {
        var value = text[text.index(after: colon)...]
        while value.first == " " { value.removeFirst() }
        if type == "contains-all" || type == "icontains-all" {
          let parts = value.split(separator: ",").map { JSONValue.string($0.filter { $0 != "\"" }) }
          return read(type: type, value: .array(parts), name: nil)
        }
        return read(type: type, value: value.isEmpty ? nil : .string(String(value)), name: nil)
      }
    }
    return read(type: "equals", value: .string(text), name: nil)
  }

  private static let types: Set<String> = [
    "equals", "contains", "icontains", "regex", "javascript", "python", "similar", "factuality", "latency",
    "cost",
  ]

  static func read(type: String, value: JSONValue?, name: String?) -> Outcome {
    func one(_ kind: PromptCheck.Kind) -> Outcome { .checks([PromptCheck(name: name, kind: kind)]) }
    switch (type, value) {
    case ("equals", .string(let text)?) where !text.isEmpty: return one(.exact(text, ignoresCase: false))
    case ("equals", .number(let digits)?): return one(.exact(digits, ignoresCase: false))
    case ("contains", let value?), ("icontains", let value?), ("not-contains", let value?),
      ("not-icontains", let value?):
      guard let text = value.numberText, !text.isEmpty else { break }
      let ignoresCase = type.hasSuffix("icontains")
      return one(
        type.hasPrefix("not-")
          ? .lacks(text, ignoresCase: ignoresCase) : .contains(text, ignoresCase: ignoresCase))
    case ("contains-all", .array(let values)?), ("icontains-all", .array(let values)?):
      let texts = values.compactMap(\.numberText).filter { !$0.isEmpty }
      guard texts.count == values.count else { break }
      return .checks(
        texts.map { PromptCheck(name: name, kind: .contains($0, ignoresCase: type.hasPrefix("i"))) })
    case ("contains-any", .array(let values)?), ("icontains-any", .array(let values)?):
      let texts = values.compactMap(\.numberText).filter { !$0.isEmpty }
      guard !texts.isEmpty, texts.count == values.count else { break }
      let pattern = texts.map(LinearPattern.quoting).joined(separator: "|")
      return one(.matches(pattern, ignoresCase: type.hasPrefix("i")))
    case ("starts-with", .string(let text)?) where !text.isEmpty:
      return one(.matches("^" + LinearPattern.quoting(text), ignoresCase: false))
    case ("regex", .string(let pattern)?):
      do { _ = try LinearPattern(parsing: pattern) } catch {
        return .problem("\(error.rule); in \"\(pattern.bounded)\"", error.hint)
      }
      return one(.matches(pattern, ignoresCase: false))
    case ("is-json", nil), ("is-json", .null?): return one(.json(schema: nil))
    case ("is-json", .object(let schema)?): return one(.json(schema: .object(schema)))
    default: break
    }
    return .problem(
      "the assertion \(type.bounded) has no check that means the same; it is left out",
      "write a check of another type by hand")
  }
}
