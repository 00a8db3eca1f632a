/// Turns the text of a pattern into the steps of ``LinearPattern``.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var ignoresCase: Bool
  private var dotTakesLines = false
  private(set) var matchesLines = false

  private typealias Step = LinearPattern.Step

  init(_ pattern: String, ignoresCase: Bool) {
    scalars = Array(pattern.unicodeScalars)
    self.ignoresCase = ignoresCase
  }

  mutating func program() throws(PatternError) -> [LinearPattern.Step] {
    try flags()
    let body = try alternatives(depth: 0)
    guard place == scalars.count else { throw error("a ) closes a group", "write \\) for the character") }
    return body + [.found]
  }

  /// `(?ims)` at the front.
  private mutating func flags() throws(PatternError) {
    guard starts(with: "(?"), place + 2 < scalars.count, "ims".unicodeScalars.contains(scalars[place + 2])
    else { return }
    place += 2
    while let flag = take() {
      switch flag {
      case "i": ignoresCase = true
      case "m": matchesLines = true
      case "s": dotTakesLines = true
      case ")": return
      default: throw error("flags are i, m and s", "write (?im) at the front of the pattern")
      }
    }
    throw error("flags end with )", "write (?im) at the front of the pattern")
  }

  private mutating func alternatives(depth: Int) throws(PatternError) -> [LinearPattern.Step] {
    guard depth < 50 else { throw error("groups nest at most 50 deep", "shorten the pattern") }
    var result = try sequence(depth: depth)
    while skip("|") {
      let other = try sequence(depth: depth)
      // Each part jumps by distance; distances are kept as they are when parts move.
      result = [.split(1, result.count + 2)] + result + [.jump(other.count + 1)] + other
    }
    if depth == 0 { return Self.absolute(result) }
    return result
  }

  private mutating func sequence(depth: Int) throws(PatternError) -> [LinearPattern.Step] {
    var result: [LinearPattern.Step] = []
    while place < scalars.count, scalars[place] != "|", scalars[place] != ")" {
      let atom = try atom(depth: depth)
      result += try repeated(atom)
      guard result.count < LinearPattern.mostSteps else {
        throw error("a pattern has at most \(LinearPattern.mostSteps) steps", "repeat less")
      }
    }
    return result
  }

  // MARK: Repetition

  private mutating func repeated(_ atom: [LinearPattern.Step]) throws(PatternError) -> [LinearPattern.Step] {
    var result = atom
    var isRepeated = false
    while let bounds = try bounds() {
      guard !isRepeated else {
        throw error("a repetition stands once", "put a group around what is repeated")
      }
      isRepeated = true
      // A lazy or a greedy one finds the same.
      _ = skip("?")
      let copies = max(bounds.least, bounds.most ?? 1, 1)
      guard atom.count * copies < LinearPattern.mostSteps else {
        throw error("a pattern has at most \(LinearPattern.mostSteps) steps", "repeat less")
      }
      result = []
      for _ in 0..<bounds.least { result += atom }
      if let most = bounds.most {
        for _ in 0..<max(0, most - bounds.least) { result += [.split(1, atom.count + 1)] + atom }
      } else {
        result += [.split(1, atom.count + 2)] + atom + [.jump(-(atom.count + 1))]
      }
    }
    return result
  }

  private mutating func bounds() throws(PatternError) -> (least: Int, most: Int?)? {
    if skip("*") { return (0, nil) }
    if skip("+") { return (1, nil) }
    if skip("?") { return (0, 1) }
    let start = place
    guard skip("{"), let least = count() else {
      place = start
      return nil
    }
    var most: Int? = least
    if skip(",") { most = count() }
    guard skip("}") else {
      place = start
      return nil
    }
    if let most, most < least { throw error("the larger bound stands last", "write {2,5}") }
    guard max(least, most ?? 0) <= 1000 else { throw error("a repetition counts to 1000", "repeat less") }
    return (least, most)
  }

  private mutating func count() -> Int? {
    var digits = ""
    while place < scalars.count, scalars[place].isASCII, ScalarSet.digit.holds(scalars[place]),
      digits.utf8.count < 6
    {
      digits.unicodeScalars.append(scalars[place])
      place += 1
    }
    return Int(digits)
  }

  // MARK: Single things

  private mutating func atom(depth: Int) throws(PatternError) -> [LinearPattern.Step] {
    guard let scalar = take() else { throw error("something is missing", "the pattern may be cut short") }
    switch scalar {
    case "(":
      if skip("?"), !skip(":") {
        throw error("looking around, names and flags inside a pattern are not known", "write (?:…) or (…)")
      }
      let body = try alternatives(depth: depth + 1)
      guard skip(")") else { throw error("a group ends with )", "write \\( for the character") }
      return body
    case "[": return [.scalar(try set())]
    case ".":
      return [
        .scalar(
          dotTakesLines
            ? ScalarSet(ranges: [], isInverted: true) : ScalarSet(ranges: [10...10], isInverted: true))
      ]
    case "^": return [.start]
    case "$": return [.end]
    case "*", "+", "?":
      throw error(
        "\(scalar) repeats what stands before it, and nothing does", "write \\\(scalar) for the character")
    case "\\":
      guard let escaped = take() else {
        throw error("a \\ stands before a character", "write \\\\ for a backslash")
      }
      switch escaped {
      case "b": return [.boundary(true)]
      case "B": return [.boundary(false)]
      case "A": return [.start]
      case "z", "Z": return [.end]
      default: return [.scalar(try escape(escaped))]
      }
    default: return [.scalar(literal(scalar))]
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> ScalarSet {
    ScalarSet(ranges: [scalar.value...scalar.value], ignoresCase: ignoresCase)
  }

  private mutating func escape(_ scalar: Unicode.Scalar) throws(PatternError) -> ScalarSet {
    switch scalar {
    case "d": return .digit
    case "w": return .word
    case "s": return .space
    case "D": return ScalarSet(ranges: ScalarSet.digit.ranges, isInverted: true)
    case "W": return ScalarSet(ranges: ScalarSet.word.ranges, isInverted: true)
    case "S": return ScalarSet(ranges: ScalarSet.space.ranges, isInverted: true)
    case "n": return ScalarSet(ranges: [10...10])
    case "r": return ScalarSet(ranges: [13...13])
    case "t": return ScalarSet(ranges: [9...9])
    case "f": return ScalarSet(ranges: [12...12])
    case "v": return ScalarSet(ranges: [11...11])
    case "x", "u": return try hexadecimal(digits: scalar == "x" ? 2 : 4)
    case "0"..."9", "a"..."z", "A"..."Z":
      throw error("\\\(scalar) is not known", "back references cannot be searched in linear time")
    default: return literal(scalar)
    }
  }

  private mutating func hexadecimal(digits: Int) throws(PatternError) -> ScalarSet {
    var text = ""
    while text.utf8.count < digits, place < scalars.count {
      text.unicodeScalars.append(scalars[place])
      place += 1
    }
    guard text.utf8.count == digits, let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value)
    else {
      throw error("\\x has two and \\u four hexadecimal digits", "write \\x41 or \\u0041")
    }
    return literal(scalar)
  }

  /// The rest of `[…]`.
  private mutating func set() throws(PatternError) -> ScalarSet {
    var set = ScalarSet(ranges: [], ignoresCase: ignoresCase)
    set.isInverted = skip("^")
    var isFirst = true
    while let scalar = take() {
      if scalar == "]", !isFirst { return set }
      isFirst = false
      guard let low = try member(scalar, of: &set) else { continue }
      guard place + 1 < scalars.count, scalars[place] == "-", scalars[place + 1] != "]" else {
        set.ranges.append(low.value...low.value)
        continue
      }
      place += 1
      guard let end = take(), let high = try member(end, of: &set), low <= high else {
        throw error("a range goes from a lower to a higher character", "write [a-z]")
      }
      set.ranges.append(low.value...high.value)
    }
    throw error("a set ends with ]", "write \\[ for the character")
  }

  /// One character of a set; nil for a class such as `\d`, which is added whole.
  private mutating func member(_ scalar: Unicode.Scalar, of set: inout ScalarSet) throws(PatternError)
    -> Unicode.Scalar?
  {
    guard scalar == "\\" else { return scalar }
    guard let escaped = take() else {
      throw error("a \\ stands before a character", "write \\\\ for a backslash")
    }
    if escaped == "b" { return "\u{8}" }
    let found = try escape(escaped)
    if found.ranges.count == 1, !found.isInverted, let range = found.ranges.first, range.count == 1 {
      return Unicode.Scalar(range.lowerBound)
    }
    set.ranges += found.plain
    return nil
  }

  // MARK: Reading

  private mutating func take() -> Unicode.Scalar? {
    guard place < scalars.count else { return nil }
    defer { place += 1 }
    return scalars[place]
  }

  private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard place < scalars.count, scalars[place] == scalar else { return false }
    place += 1
    return true
  }

  private func starts(with text: String) -> Bool { scalars[place...].starts(with: text.unicodeScalars) }

  private func error(_ rule: String, _ hint: String) -> PatternError {
    PatternError(rule: rule, place: max(0, place - 1), hint: hint)
  }

  /// Distances become places.
  private static func absolute(_ steps: [LinearPattern.Step]) -> [LinearPattern.Step] {
    steps.enumerated().map { place, step in
      switch step {
      case .split(let first, let second): .split(place + first, place + second)
      case .jump(let distance): .jump(place + distance)
      default: step
      }
    }
  }
}
