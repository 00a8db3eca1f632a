import Documents
import Facts

/// Words with a style, wrapped by the columns they take on a screen.
struct StyledText {
  enum Style { case plain, value, unknown, mark, disputed }

  struct Word {
    let text: String
    let columns: Int
    let style: Style
    /// Whether a space stands before it.
    var isSpaced: Bool

    init(text: String, style: Style, isSpaced: Bool) {
      self.text = text
      columns = Columns.of(text)
      self.style = style
      self.isSpaced = isSpaced
    }
  }

  private(set) var words: [Word] = []
  /// Whether the text so far ends in a space, which belongs to the next word.
  private var endsInSpace = false

  init() {}

  init(_ text: String, style: Style = .plain) { append(text, style: style) }

  init(joining first: StyledText, _ second: StyledText) {
    self = first
    let place = words.count
    words += second.words
    if first.endsInSpace, place < words.count { words[place].isSpaced = true }
    endsInSpace = second.words.isEmpty ? first.endsInSpace : second.endsInSpace
  }

  /// Splits at spaces; hostile characters are made visible here, once.
  mutating func append(_ text: String, style: Style) {
    let bytes = Display.harmless(text).utf8
    var isSpaced = endsInSpace
    var start = bytes.startIndex
    while start < bytes.endIndex {
      if bytes[start] == UInt8(ascii: " ") {
        isSpaced = true
        start = bytes.index(after: start)
        continue
      }
      let end = bytes[start...].firstIndex(of: UInt8(ascii: " ")) ?? bytes.endIndex
      words.append(Word(text: String(Substring(bytes[start..<end])), style: style, isSpaced: isSpaced))
      isSpaced = false
      start = end
    }
    endsInSpace = isSpaced
  }

  /// Columns of the whole text on one line.
  var width: Int {
    var width = 0
    for (place, word) in words.enumerated() { width += word.columns + (place > 0 && word.isSpaced ? 1 : 0) }
    return width
  }

  /// Lines of at most `width` columns. Words that no space separates, such as a value and the full stop behind it,
  /// wrap as one cluster; a cluster longer than a line is broken.
  func lines(width: Int, style: TerminalStyle) -> [(text: String, columns: Int)] {
    var lines: [(String, Int)] = []
    var line = ""
    var columns = 0
    var start = 0
    while start < words.count {
      var end = start + 1
      var needed = words[start].columns
      while end < words.count, !words[end].isSpaced {
        needed += words[end].columns
        end += 1
      }
      if columns > 0, columns + 1 + needed > width {
        lines.append((line, columns))
        (line, columns) = ("", 0)
      }
      if columns > 0 {
        line += " "
        columns += 1
      }
      for word in words[start..<end] {
        var rest = Substring(word.text)
        var left = word.columns
        while columns + left > width {
          let piece = Columns.prefix(of: rest, columns: max(1, width - columns))
          line += paint(String(piece), word.style, style)
          lines.append((line, columns + Columns.of(piece)))
          rest = rest.dropFirst(piece.count)
          left = Columns.of(rest)
          (line, columns) = ("", 0)
        }
        line += paint(String(rest), word.style, style)
        columns += left
      }
      start = end
    }
    if columns > 0 || lines.isEmpty { lines.append((line, columns)) }
    return lines
  }

  private func paint(_ text: String, _ wordStyle: Style, _ style: TerminalStyle) -> String {
    switch wordStyle {
    case .plain: text
    case .value: style.bold(text)
    case .unknown, .mark: style.dim(text)
    case .disputed: style.warning(text)
    }
  }
}

/// How many columns text takes on a screen: wide East Asian characters and emoji two, combining marks none.
enum Columns {
  static func of(_ text: some StringProtocol) -> Int {
    let bytes = text.utf8
    return bytes.allSatisfy { $0 < 0x80 } ? bytes.count : text.reduce(0) { $0 + of($1) }
  }

  static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x300..<0x370: return 0
    case 0x1100..<0x1160, 0x2E80..<0xA4D0, 0xAC00..<0xD7A4, 0xF900..<0xFB00, 0xFE30..<0xFE70, 0xFF00..<0xFF61,
      0xFFE0..<0xFFE7,
      0x1F300..<0x1FAFF, 0x20000..<0x3FFFE:
      return 2
    default: return 1
    }
  }

  static func prefix<Text: StringProtocol>(of text: Text, columns: Int) -> Text.SubSequence {
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      used += of(text[end])
      if used > columns, end > text.startIndex { break }
      end = text.index(after: end)
    }
    return text[..<end]
  }
}
