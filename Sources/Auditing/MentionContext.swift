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
  /// The function or class in whose call the value stands, lower case: `groq` in `groq('…')`, `azurechatopenai` in
  /// `AzureChatOpenAI(model="…")`; empty where none does.
  let function: String
  /// The value stands right behind the parenthesis of a call.
  let isFirstArgument: Bool
  /// It stands in a comment, or unquoted in a sentence.
  let isProse: Bool
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
    function = Self.function(bytes, line, range.lowerBound)
    isFirstArgument = isQuoted && Self.isFirstArgument(bytes, range)
    isProse =
      Self.isComment(bytes, line, range.lowerBound)
      || !isQuoted && !isPlainValue && Self.isBesideWords(bytes, line, range)
      || isBackticked && key.isEmpty
        && Self.isBesideWords(bytes, line, range.lowerBound - 1..<range.upperBound + 1)
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

  /// Whether the token stands in quotes right behind the parenthesis of a call.
  static func isFirstArgument(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    range.lowerBound > 1 && isQuote(bytes[range.lowerBound - 1])
      && bytes[range.lowerBound - 2] == UInt8(ascii: "(")
  }

  /// The word before the nearest parenthesis that is still open.
  private static func function(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ start: Int) -> String {
    var place = start
    var depth = 0
    while place > line.lowerBound {
      place -= 1
      switch bytes[place] {
      case UInt8(ascii: ")"): depth += 1
      case UInt8(ascii: "(") where depth > 0: depth -= 1
      case UInt8(ascii: "("): return word(bytes, line, place)
      default: continue
      }
    }
    return ""
  }

  /// Whether the rest of a line from before the place on is a comment: the line begins as one, or a mark of one stands before
  /// it between spaces and outside of quotes.
  private static func isComment(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ start: Int) -> Bool {
    var place = line.lowerBound
    while place < start, bytes[place] == UInt8(ascii: " ") || bytes[place] == 0x09 { place += 1 }
    func begins(_ mark: StaticString, at place: Int) -> Bool {
      place + mark.utf8CodeUnitCount <= start
        && (0..<mark.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == mark.utf8Start[$0] }
    }
    if ["/*", "<!--", "-- ", ";", "# ", "//", "* ", "##", "#!"].contains(where: { begins($0, at: place) }) {
      return true
    }
    var quote: UInt8?
    while place < start {
      let byte = bytes[place]
      if let open = quote {
        if byte == open { quote = nil }
      } else if isQuote(byte) {
        quote = byte
      } else if place > line.lowerBound, bytes[place - 1] == UInt8(ascii: " ") || bytes[place - 1] == 0x09,
        begins("# ", at: place) || begins("// ", at: place)
      {
        return true
      }
      place += 1
    }
    return false
  }

  /// Whether words stand before and behind: `from gpt-4-32k to`.
  private static func isBesideWords(
    _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ range: Range<Int>
  ) -> Bool {
    func isLetter(_ place: Int) -> Bool {
      line.contains(place) && TokenBytes.marks[Int(bytes[place])] & TokenBytes.letter != 0
    }
    var after = range.upperBound
    while line.contains(after), ".,;:)".utf8.contains(bytes[after]) { after += 1 }
    let before = range.lowerBound
    let isLed = line.contains(before - 2) && bytes[before - 1] == UInt8(ascii: " ") && isLetter(before - 2)
    let isFollowed = line.contains(after + 1) && bytes[after] == UInt8(ascii: " ") && isLetter(after + 1)
    return isLed && (isFollowed || after >= line.upperBound) || isFollowed && before == line.lowerBound
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
