/// A regular expression that is searched in time linear in the text, because answers are hostile: patterns that go back over the
/// text can take for ever on thirty characters.
///
/// It knows what needs no going back: literals, `.`, `[a-z]`, `[^…]`, `\d \w \s \b` and their opposites, `^ $` at the ends of the
/// text, groups, `|`, and `* + ? {2,5}`, lazy ones too. Back references and looking around are refused. It works on Unicode
/// scalars; `\d`, `\w` and `\s` are those of ASCII, `.` is anything but a line feed. `(?i)` at the front ignores case, `(?m)` lets
/// `^` and `$` match at lines, `(?s)` lets `.` match line feeds.
package struct LinearPattern: Sendable {
  /// One step of the program that a pattern becomes: a Pike machine without captures (K. Thompson, Regular expression search
  /// algorithm, Communications of the ACM 11 (1968), 419–422).
  enum Step: Hashable, Sendable {
    case scalar(ScalarSet)
    case split(Int, Int)
    case jump(Int)
    case start
    case end
    case boundary(Bool)
    case found
  }

  let steps: [Step]
  let matchesLines: Bool

  /// Steps of the program; a counted repetition of counted repetitions would have no end.
  static let mostSteps = 5_000
  /// Steps over a text: about a second.
  static let mostWork = 200_000_000

  /// - Throws: ``PatternError`` with the place in the pattern.
  package init(parsing pattern: String, ignoresCase: Bool = false) throws(PatternError) {
    var parser = PatternParser(pattern, ignoresCase: ignoresCase)
    steps = try parser.program()
    matchesLines = parser.matchesLines
  }

  /// Whether the pattern stands somewhere in the text; nil where that takes too many steps.
  package func isFound(in text: String) -> Bool? {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count < Self.mostWork / steps.count else { return nil }
    var current = Threads(steps.count)
    var next = Threads(steps.count)
    for place in 0...scalars.count {
      // A match may begin anywhere.
      if add(0, to: &current, scalars, place) { return true }
      guard place < scalars.count else { return false }
      next.clear()
      var hasFound = false
      for thread in current.list {
        if case .scalar(let set) = steps[thread], set.holds(scalars[place]) {
          if add(thread + 1, to: &next, scalars, place + 1) { hasFound = true }
        }
      }
      if hasFound { return true }
      swap(&current, &next)
    }
    return false
  }

  /// Adds a step and all that follow it without reading; true when the pattern ends there.
  private func add(_ step: Int, to threads: inout Threads, _ text: [Unicode.Scalar], _ place: Int) -> Bool {
    var waiting = [step]
    while let step = waiting.popLast() {
      guard threads.insert(step) else { continue }
      switch steps[step] {
      case .found: return true
      case .jump(let target): waiting.append(target)
      case .split(let first, let second):
        waiting.append(second)
        waiting.append(first)
      case .start:
        if place == 0 || (matchesLines && text[place - 1] == "\n") { waiting.append(step + 1) }
      case .end:
        if place == text.count || (matchesLines && text[place] == "\n") { waiting.append(step + 1) }
      case .boundary(let wanted):
        let before = place > 0 && ScalarSet.word.holds(text[place - 1])
        let after = place < text.count && ScalarSet.word.holds(text[place])
        if (before != after) == wanted { waiting.append(step + 1) }
      case .scalar: break
      }
    }
    return false
  }

  /// A set of steps in order of arrival.
  private struct Threads {
    private(set) var list: [Int] = []
    private var isIn: [Bool]

    init(_ count: Int) { isIn = [Bool](repeating: false, count: count) }

    mutating func insert(_ step: Int) -> Bool {
      guard !isIn[step] else { return false }
      isIn[step] = true
      list.append(step)
      return true
    }

    mutating func clear() {
      for step in list { isIn[step] = false }
      list.removeAll(keepingCapacity: true)
    }
  }
}

/// What is wrong with a pattern.
package struct PatternError: Error, Hashable, CustomStringConvertible {
  package let rule: String
  /// Characters before the fault.
  package let place: Int
  package let hint: String

  package var description: String { "\(rule); at character \(place + 1) of the pattern. hint: \(hint)" }
}

/// Scalars that one step takes.
struct ScalarSet: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>]
  var isInverted = false
  var ignoresCase = false

  static let digit = ScalarSet(ranges: [48...57])
  static let word = ScalarSet(ranges: [48...57, 65...90, 95...95, 97...122])
  static let space = ScalarSet(ranges: [9...13, 32...32])

  func holds(_ scalar: Unicode.Scalar) -> Bool {
    var isIn = contains(scalar.value)
    if !isIn, ignoresCase {
      isIn = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].contains { mapping in
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 && scalars.first.map { contains($0.value) } == true
      }
    }
    return isIn != isInverted
  }

  private func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } }

  /// The ranges that the set holds, without inversion.
  var plain: [ClosedRange<UInt32>] {
    guard isInverted else { return ranges }
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    return result
  }
}
