import Facts
import TextFormats

/// Decides the checks that need nothing but the answer.
package enum AnswerCheck {
  /// What the check says of the answer; nil for a command or a judge, which others must run: see ``CommandCheck`` and
  /// ``JudgeCheck``.
  package static func result(_ check: PromptCheck, of answer: JudgedAnswer) -> CheckResult? {
    guard let verdict = verdict(check.kind, answer) else { return nil }
    guard answer.text.utf8.count <= JudgedAnswer.mostScalars else {
      return CheckResult(
        name: check.name, kind: check.kind.name, passed: nil,
        note: "answers above \(JudgedAnswer.mostScalars) bytes are not checked")
    }
    let outcome = verdict()
    return CheckResult(
      name: check.name, kind: check.kind.name, passed: outcome.passed, note: outcome.note)
  }

  /// What a check came to; `passed` is nil where it could not be decided.
  struct Verdict: Hashable {
    let passed: Bool?
    let note: String?

    static let pass = Verdict(passed: true, note: nil)
    static func fail(_ note: String) -> Verdict { Verdict(passed: false, note: note) }
    static func undecided(_ note: String) -> Verdict { Verdict(passed: nil, note: note) }
  }

  private static func verdict(_ kind: PromptCheck.Kind, _ answer: JudgedAnswer) -> (() -> Verdict)? {
    switch kind {
    case .exact(let value, let ignoresCase):
      {
        let (left, right) = (answer.text.trimmed, value.trimmed)
        let isEqual = ignoresCase ? left.lowercased() == right.lowercased() : left == right
        return isEqual ? .pass : .fail("the answer is another text")
      }
    case .contains(let value, let ignoresCase):
      { holds(value, answer.text, ignoresCase) ? .pass : .fail("the text does not stand in the answer") }
    case .lacks(let value, let ignoresCase):
      { holds(value, answer.text, ignoresCase) ? .fail("the text stands in the answer") : .pass }
    case .matches(let pattern, let ignoresCase): { matches(pattern, answer.text, ignoresCase) }
    case .json(let schema): { json(schema, answer) }
    case .toolCall(let name, let arguments): { toolCall(name, arguments, answer) }
    case .number(let value, let tolerance): { number(value, tolerance, answer.text) }
    case .length(let least, let most): { length(least, most, answer.text) }
    case .command, .judge: nil
    }
  }

  private static func holds(_ part: String, _ text: String, _ ignoresCase: Bool) -> Bool {
    ignoresCase ? text.lowercased().contains(part.lowercased()) : text.contains(part)
  }

  private static func matches(_ pattern: String, _ text: String, _ ignoresCase: Bool) -> Verdict {
    do {
      let compiled = try LinearPattern(parsing: pattern, ignoresCase: ignoresCase)
      guard let isFound = compiled.isFound(in: text) else {
        return .undecided("the pattern takes too many steps on this answer")
      }
      return isFound ? .pass : .fail("the pattern is not found in the answer")
    } catch {
      return .undecided("\(error)")
    }
  }

  private static func json(_ schema: JSONValue?, _ answer: JudgedAnswer) -> Verdict {
    let value: JSONValue
    do { value = try JSONReader.read(Array(answer.text.trimmed.utf8)) } catch {
      let isFenced = answer.text.trimmed.hasPrefix("```")
      return .fail(
        isFenced ? "the answer is a fenced block, not JSON" : "the answer is not JSON: \(error)")
    }
    guard let schema else { return .pass }
    var validation = SchemaValidation(schema)
    return validation.verdict(on: value)
  }

  private static func toolCall(_ name: String, _ wanted: JSONObject?, _ answer: JudgedAnswer) -> Verdict {
    let calls = answer.toolCalls.filter { $0.name == name }
    guard !calls.isEmpty else { return .fail("the tool was not called") }
    guard let wanted else { return .pass }
    var note = "the arguments of the call are not JSON"
    for call in calls {
      guard let given = (try? JSONReader.read(Array(call.arguments.utf8)))?.object else { continue }
      guard
        let missing = wanted.members.first(where: { key, value in
          guard let found = given[key] else { return true }
          return !found.isEquivalent(to: value)
        })
      else { return .pass }
      note = "the argument \(missing.key.bounded) is missing or another"
    }
    return .fail(note)
  }

  private static func number(_ value: ExactDecimal, _ tolerance: ExactDecimal, _ text: String) -> Verdict {
    guard let found = LastNumber.of(text) else { return .fail("the answer holds no number") }
    let minus = ExactDecimal(reducing: -value.mantissa, exponent: value.exponent)
    guard let distance = found.adding(minus) else {
      return .undecided("the numbers are too far apart to compare")
    }
    let size = ExactDecimal(reducing: abs(distance.mantissa), exponent: distance.exponent)
    return tolerance < size ? .fail("the last number is \(found.text.bounded)") : .pass
  }

  private static func length(_ least: Int64?, _ most: Int64?, _ text: String) -> Verdict {
    let count = Int64(text.unicodeScalars.count)
    if let least, count < least { return .fail("the answer has \(count) characters") }
    if let most, count > most { return .fail("the answer has \(count) characters") }
    return .pass
  }
}
