/// What stands around a token: quotes, the key that it is the value of, and what is done with it.
struct MentionContext {
  /// The token is the whole text between two quotes or backticks.
  let isQuoted: Bool
  /// Between backticks: prose that names code.
  let isBackticked: Bool
  /// The token is a whole value without quotes: of a key, an option or an item of a list.
  let isPlainValue: Bool
  /// The word that the value belongs to, lower case: `model` in `model="…"`, `"model": "…"`, `--model …`, `use_model("…")`.
  let key: String
  /// A quoted key itself: `"gpt-4o": 1`.
  let isKey: Bool
  /// Compared by a beginning, an end or a pattern, so that the text is a part of ids.
  let isPattern: Bool

  static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    let line = Self.line(bytes, range)
    let before = range.lowerBound > line.lowerBound ? bytes[range.lowerBound - 1] : 0
    let after = range.upperBound < line.upperBound ? bytes[range.upperBound] : 0
    // `\"gpt-4o\"` inside another text.
    let closes =
      after == UInt8(ascii: "\\") && range.upperBound + 1 < line.upperBound
      ? bytes[range.upperBound + 1] : after
    isQuoted = Self.isQuote(before) && closes == before
    isBackticked = isQuoted && before == UInt8(ascii: "`")
    var place = range.lowerBound
    if Self.isQuote(before) { place -= 1 }
    while place > line.lowerBound, bytes[place - 1] == UInt8(ascii: "\\") { place -= 1 }
    // `b"…"`, `r"…"`, `f"…"`.
    (key, isPlainValue) = Self.key(bytes, line, place, isQuoted: isQuoted)
    var end = range.upperBound
    if isQuoted { end += closes == after ? 1 : 2 }
    while end < line.upperBound, bytes[end] == UInt8(ascii: " ") { end += 1 }
    isKey = isQuoted && end < line.upperBound && bytes[end] == UInt8(ascii: ":")
    let tail = Self.text(bytes, end..<min(end + 4, line.upperBound))
    let calls = [
      "startswith", "starts_with", "endswith", "ends_with", "hasprefix", "hassuffix", "compile", "match",
      "search", "contains",
      "includes", "replace", "split", "prefix",
    ]
    isPattern =
      isQuoted
      && (tail.hasPrefix("in ")
        || tail.hasPrefix("not ") && Self.text(bytes, end..<min(end + 7, line.upperBound)) == "not in "
        || calls.contains(where: key.hasSuffix))
  }

  /// The line that holds the range, without its end.
  static func line(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    let first = max(0, start - 400)
    while start > first, bytes[start - 1] != 0x0A { start -= 1 }
    var end = range.upperBound
    let last = min(bytes.count, end + 400)
    while end < last, bytes[end] != 0x0A { end += 1 }
    return start..<end
  }

  static func text(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    range.isEmpty ? "" : String(decoding: bytes[range], as: UTF8.self)
  }

  /// The word before a value, and whether a value without quotes is one.
  private static func key(
    _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ start: Int, isQuoted: Bool
  ) -> (String, Bool) {
    var place = start
    func skip(_ wanted: (UInt8) -> Bool) {
      while place > line.lowerBound, wanted(bytes[place - 1]) { place -= 1 }
    }
    // The letter of a raw, formatted or byte text.
    if isQuoted, place > line.lowerBound, "rbfu".utf8.contains(bytes[place - 1]),
      place - 1 == line.lowerBound || TokenBytes.marks[Int(bytes[place - 2])] == 0
    {
      place -= 1
    }
    let behindSpaces = place
    skip { $0 == UInt8(ascii: " ") || $0 == 0x09 }
    let spaces = behindSpaces - place
    guard place > line.lowerBound else { return ("", false) }
    let mark = bytes[place - 1]
    var isPlain = false
    switch mark {
    case UInt8(ascii: ":"), UInt8(ascii: "="):
      isPlain = true
      while place > line.lowerBound,
        [UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: " "), UInt8(ascii: "|"), UInt8(ascii: "?")]
          .contains(bytes[place - 1])
      { place -= 1 }
      // `model: str = "…"`, `model: Optional[str] = "…"`.
      let declared = typed(bytes, line, place)
      place = declared
      if place > line.lowerBound, isQuote(bytes[place - 1]) { place -= 1 }
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): place -= 1
    case UInt8(ascii: "-") where spaces > 0:
      // An item of a YAML list.
      return (
        "",
        place - 1 == line.lowerBound || text(bytes, line.lowerBound..<(place - 1)).allSatisfy { $0 == " " }
      )
    default:
      // `--model gpt-4o`.
      guard spaces > 0, TokenBytes.marks[Int(mark)] & TokenBytes.letter != 0 else { return ("", false) }
      let word = word(bytes, line, place)
      return word.hasPrefix("-") ? (word, true) : ("", false)
    }
    skip { $0 == UInt8(ascii: " ") }
    return (word(bytes, line, place), isPlain)
  }

  /// Before the type of a declaration: `model: str` gives the place behind `model`.
  private static func typed(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ end: Int) -> Int {
    var place = end
    while place > line.lowerBound,
      "[], |.".utf8.contains(bytes[place - 1])
        || TokenBytes.marks[Int(bytes[place - 1])] & TokenBytes.letter != 0
    {
      place -= 1
    }
    guard place > line.lowerBound, bytes[place - 1] == UInt8(ascii: ":"), place < end else { return end }
    return place - 1
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ end: Int) -> String {
    var place = end
    while place > line.lowerBound, end - place < 60,
      TokenBytes.marks[Int(bytes[place - 1])] & (TokenBytes.letter | TokenBytes.digit | TokenBytes.underscore)
        != 0
        || bytes[place - 1] == UInt8(ascii: "-") || bytes[place - 1] == UInt8(ascii: ".")
    { place -= 1 }
    return text(bytes, place..<end).lowercased()
  }

  /// Whether the key is one that names a model.
  var namesModel: Bool {
    if key == "-m" { return true }
    if Self.otherEndings.contains(where: key.hasSuffix) { return false }
    let words = [
      "model", "engine", "deployment", "llm", "checkpoint", "provider_string", "repo_id", "from_provider",
    ]
    if words.contains(where: key.contains) { return true }
    return key == "lm" || key.hasSuffix(".lm") || key.hasSuffix("agent")
  }

  /// Keys about a model whose value is no id.
  private static let otherEndings = [
    "type", "provider", "family", "class", "prefix", "suffix", "dir", "path", "kwargs", "mode", "config",
    "_key", "version", "task", "file",
  ]

  /// Whether the key holds a name for people.
  var namesForPeople: Bool {
    [
      "name", "display_name", "displayname", "title", "label", "description", "family", "summary", "text",
      "content",
    ].contains(key)
  }
}
