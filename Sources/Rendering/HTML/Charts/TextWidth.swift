/// How much room a text takes, without a font to ask.
///
/// The widths are those of DejaVu Sans, about the widest of the fonts that browsers take for `system-ui` and `sans-serif`, so
/// that labels stay apart and unclipped in the narrower ones too.
enum TextWidth {
  /// U+0020 to U+007E in hundredths of the font size.
  private static let ascii: [UInt8] = [
    32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34,
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
    100, 69, 69, 70, 77, 63, 58, 78, 75, 30, 30, 66, 56, 87, 75, 79,
    61, 79, 70, 64, 61, 73, 69, 99, 69, 61, 69, 39, 34, 39, 84, 50,
    50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 61,
    64, 64, 41, 52, 40, 64, 59, 82, 59, 59, 53, 64, 34, 64, 84,
  ]

  static func of(_ text: String, size: Double, isStrong: Bool = false) -> Double {
    var hundredths = 0
    // Most labels are ASCII, and every chart measures dozens.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      for byte in text.utf8 { hundredths += Int(ascii[Int(byte) - 0x20]) }
    } else {
      for scalar in text.unicodeScalars { hundredths += width(scalar) }
    }
    return Double(hundredths) / 100 * size * (isStrong ? 1.14 : 1)
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F: Int(ascii[Int(scalar.value) - 0x20])
    // Latin, Greek, Cyrillic; the widest of their letters.
    case 0xA0..<0x300, 0x370..<0x590: 80
    // Marks drawn over the letter before.
    case 0x300..<0x370: 0
    case 0x2010..<0x2040: 100
    // Scripts of square signs, and pictures.
    case 0x1100..<0x1200, 0x2E80..<0xD800, 0xF900..<0xFB00, 0xFE30..<0xFFE7: 105
    case 0x1F000...: 140
    default: 110
    }
  }

  /// The text on one line and within a width; what does not fit gives way to `…`.
  static func fitted(_ text: String, to width: Double, size: Double, isStrong: Bool = false) -> String {
    // A name of thousands of characters is cut before it is measured.
    let line = oneLine(text)
    if of(line, size: size, isStrong: isStrong) <= width { return line }
    var kept = String.UnicodeScalarView(line.unicodeScalars)
    while let last = kept.popLast() {
      // An accent goes with its letter.
      if last.properties.isGraphemeExtend { continue }
      while kept.last == " " { kept.removeLast() }
      let cut = String(kept) + "…"
      if of(cut, size: size, isStrong: isStrong) <= width { return cut }
    }
    return ""
  }

  /// The text on at most so many lines, broken at spaces; the last line is cut where it is too long.
  static func wrapped(_ text: String, to width: Double, size: Double, lines most: Int, isStrong: Bool = false)
    -> [String]
  {
    let line = oneLine(text)
    // Most titles fit as they are.
    if most > 0, !line.isEmpty, line.utf8.first != 0x20, line.utf8.last != 0x20,
      of(line, size: size, isStrong: isStrong) <= width, !hasDoubleSpace(line)
    {
      return [line]
    }
    var lines: [String] = []
    var rest = line.split(separator: " ").map(String.init)[...]
    while !rest.isEmpty {
      if lines.count == most - 1 {
        lines.append(
          fitted(rest.joined(separator: " "), to: width, size: size, isStrong: isStrong))
        break
      }
      var line = rest.removeFirst()
      while let next = rest.first, of(line + " " + next, size: size, isStrong: isStrong) <= width {
        line += " " + next
        rest.removeFirst()
      }
      lines.append(fitted(line, to: width, size: size, isStrong: isStrong))
    }
    return lines.filter { !$0.isEmpty }
  }

  /// Whether two spaces meet, which become one where a text is broken.
  private static func hasDoubleSpace(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
  }

  /// Accents pile up without end in hostile names, so the count is of scalars.
  private static let longest = 160

  private static func oneLine(_ text: String) -> String {
    if text.utf8.count <= longest, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var line = String.UnicodeScalarView(
      text.unicodeScalars.prefix(longest + 1).map { $0.properties.isWhitespace ? " " : $0 })
    if line.count > longest {
      line.removeLast()
      line.append("…")
    }
    return String(line)
  }
}
