/// The rules of one `.gitignore`, read as https://git-scm.com/docs/gitignore describes.
public struct GitIgnore: Sendable {
  private struct Rule: Sendable {
    let pattern: [UInt8]
    /// `!pattern`: takes back an earlier rule.
    let isKept: Bool
    /// `pattern/`: folders alone.
    let isFolder: Bool
    /// Holds a slash before its end, so that it counts from the folder of the file.
    let isAnchored: Bool
    /// No `*`, `?`, `[` or backslash: compared byte for byte.
    let isPlain: Bool
  }

  private let rules: [Rule]

  public var isEmpty: Bool { rules.isEmpty }

  public init(_ bytes: [UInt8]) {
    var rules: [Rule] = []
    for var line in bytes.split(separator: 0x0A, omittingEmptySubsequences: true) {
      if line.last == 0x0D { line = line.dropLast() }
      guard line.first != UInt8(ascii: "#") else { continue }
      // Blanks at the end are no part, unless the last is escaped.
      while line.last == UInt8(ascii: " "), !line.dropLast().hasSuffixByte(UInt8(ascii: "\\")) {
        line = line.dropLast()
      }
      let isKept = line.first == UInt8(ascii: "!")
      if isKept { line = line.dropFirst() }
      let isFolder = line.last == UInt8(ascii: "/")
      if isFolder { line = line.dropLast() }
      let isAnchored = line.contains(UInt8(ascii: "/"))
      if line.first == UInt8(ascii: "/") { line = line.dropFirst() }
      guard !line.isEmpty else { continue }
      let isPlain = !line.contains { "*?[\\".utf8.contains($0) }
      rules.append(
        Rule(
          pattern: Array(line), isKept: isKept, isFolder: isFolder, isAnchored: isAnchored, isPlain: isPlain))
    }
    self.rules = rules
  }

  /// Whether the last rule that fits leaves a path out; nil when none fits.
  /// - Parameters:
  ///   - path: from the folder of the file, with slashes: `build/out.txt`.
  ///   - name: the last part of the path.
  public func ignores(path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool? {
    for rule in rules.reversed() where !rule.isFolder || isFolder {
      let text = rule.isAnchored ? path : name
      if rule.isPlain ? text.elementsEqual(rule.pattern) : Self.fits(rule.pattern[...], text) {
        return !rule.isKept
      }
    }
    return nil
  }

  /// `*` and `?` stop at slashes, `**` crosses them.
  private static func fits(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (pattern, text) = (pattern, text)
    while let mark = pattern.first {
      switch mark {
      case UInt8(ascii: "*"):
        let stars = pattern.prefix { $0 == UInt8(ascii: "*") }.count
        let rest = pattern.dropFirst(stars)
        if stars > 1 {
          // `a/**/b` holds for `a/b` too.
          if rest.first == UInt8(ascii: "/"), fits(rest.dropFirst(), text) { return true }
          if rest.isEmpty { return true }
          return text.indices.contains { fits(rest, text[$0...]) } || fits(rest, text[text.endIndex...])
        }
        if rest.isEmpty { return !text.contains(UInt8(ascii: "/")) }
        var place = text.startIndex
        while true {
          if fits(rest, text[place...]) { return true }
          guard place < text.endIndex, text[place] != UInt8(ascii: "/") else { return false }
          place += 1
        }
      case UInt8(ascii: "?"):
        guard let byte = text.first, byte != UInt8(ascii: "/") else { return false }
        (pattern, text) = (pattern.dropFirst(), text.dropFirst())
      case UInt8(ascii: "["):
        guard let byte = text.first, byte != UInt8(ascii: "/"), let (isIn, rest) = set(pattern, byte), isIn
        else { return false }
        (pattern, text) = (rest, text.dropFirst())
      default:
        let isEscape = mark == UInt8(ascii: "\\") && pattern.count > 1
        guard let wanted = isEscape ? pattern.dropFirst().first : mark, text.first == wanted else {
          return false
        }
        (pattern, text) = (pattern.dropFirst(isEscape ? 2 : 1), text.dropFirst())
      }
    }
    return text.isEmpty
  }

  /// `[a-z]`, `[!0-9]`: whether the byte is in, and what follows the set; nil for a set without an end.
  private static func set(_ pattern: ArraySlice<UInt8>, _ byte: UInt8) -> (Bool, ArraySlice<UInt8>)? {
    var rest = pattern.dropFirst()
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest = rest.dropFirst() }
    var isIn = false
    var isFirst = true
    while let low = rest.first, isFirst || low != UInt8(ascii: "]") {
      isFirst = false
      rest = rest.dropFirst()
      var high = low
      if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
        high = end
        rest = rest.dropFirst(2)
      }
      if low <= byte, byte <= high { isIn = true }
    }
    guard rest.first == UInt8(ascii: "]") else { return nil }
    return (isIn != isNegated, rest.dropFirst())
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffixByte(_ byte: UInt8) -> Bool { last == byte }
}
