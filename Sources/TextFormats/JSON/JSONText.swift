import Facts

/// Writes RFC 8259 JSON: members in the order they have, numbers as they are written.
public enum JSONText {
  /// Which characters of a text are written as escapes, beside quotes and backslashes.
  public enum Escapes: Sendable {
    /// Controls; a line feed as `\n`. What is read back and written again gives the same bytes.
    case controls
    /// Controls, each by its number: `\u000a`.
    case numberedControls
    /// Also `<`, `>` and `&`, so that the text may stand inside a script element, and characters that vanish or reorder text,
    /// so that a terminal shows them harmless. Those beyond the first plane become U+FFFD.
    case harmless
  }

  /// For people and files: two spaces an indent, short lists of plain words on a line, a line end at the end.
  public static func write(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 * 1024)
    indented(value, step: 2, depth: 0, keepsShortLists: true, into: &bytes)
    bytes.append(0x0A)
    return bytes
  }

  /// One space an indent, each item of a list on a line of its own, as other tools write their files.
  public static func file(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    indented(value, step: 1, depth: 0, keepsShortLists: false, into: &bytes)
    bytes.append(0x0A)
    return bytes
  }

  /// The value on one line, for streams of JSON lines.
  public static func line(_ value: JSONValue) -> [UInt8] { compact(value) + [0x0A] }

  /// The value without any space between its parts.
  public static func compact(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024)
    compact(value, into: &bytes)
    return bytes
  }

  /// ``compact(_:)``, at the end of bytes that are being written.
  /// - Parameter sortsKeys: whether the keys of an object stand in the order of their UTF-8 bytes.
  public static func compact(
    _ value: JSONValue, escapes: Escapes = .harmless, sortsKeys: Bool = false, into bytes: inout [UInt8]
  ) {
    switch value {
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        compact(item, escapes: escapes, sortsKeys: sortsKeys, into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      var members = object.members
      if sortsKeys { members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        string(member.key, escapes: escapes, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        compact(member.value, escapes: escapes, sortsKeys: sortsKeys, into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    default: scalar(value, escapes: escapes, into: &bytes)
    }
  }

  /// A text in quotes.
  public static func string(_ text: String, escapes: Escapes = .harmless, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    content(text, escapes: escapes, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  private static func scalar(_ value: JSONValue, escapes: Escapes, into bytes: inout [UInt8]) {
    switch value {
    case .string(let text): string(text, escapes: escapes, into: &bytes)
    case .number(let digits): bytes.append(contentsOf: digits.utf8)
    case .bool(true): bytes.append(contentsOf: "true".utf8)
    case .bool(false): bytes.append(contentsOf: "false".utf8)
    case .null, .array, .object: bytes.append(contentsOf: "null".utf8)
    }
  }

  // MARK: Indents

  private static func indented(
    _ value: JSONValue, step: Int, depth: Int, keepsShortLists: Bool, into bytes: inout [UInt8]
  ) {
    switch value {
    case .array(let items):
      let isShort = keepsShortLists && isShort(items)
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(contentsOf: isShort ? ", ".utf8 : ",".utf8) }
        if !isShort { newLine(step * (depth + 1), into: &bytes) }
        indented(item, step: step, depth: depth + 1, keepsShortLists: keepsShortLists, into: &bytes)
      }
      if !isShort, !items.isEmpty { newLine(step * depth, into: &bytes) }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        newLine(step * (depth + 1), into: &bytes)
        string(member.key, into: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        indented(member.value, step: step, depth: depth + 1, keepsShortLists: keepsShortLists, into: &bytes)
      }
      if !object.members.isEmpty { newLine(step * depth, into: &bytes) }
      bytes.append(UInt8(ascii: "}"))
    default: scalar(value, escapes: .harmless, into: &bytes)
    }
  }

  /// Lists of plain words stay on a line.
  private static func isShort(_ items: [JSONValue]) -> Bool {
    items.count <= 12
      && items.allSatisfy { if case .object = $0 { false } else if case .array = $0 { false } else { true } }
  }

  private static func newLine(_ spaces: Int, into bytes: inout [UInt8]) {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: spaces))
  }

  // MARK: Escapes

  /// What stands between the quotes of a text, or of a part of it.
  public static func content(_ text: String, escapes: Escapes = .harmless, into bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { text in
      var start = 0
      while true {
        let end =
          escapes == .harmless ? PlainBytes.endInJSON(text, from: start) : controlFree(text, from: start)
        if end > start {
          bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
        }
        guard end < text.count else { return }
        let byte = text[end]
        guard escapes == .harmless else {
          escape(byte, escapes, into: &bytes)
          start = end + 1
          continue
        }
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        harmless(UnsafeBufferPointer(rebasing: text[end..<(end + length)]), into: &bytes)
        start = end + length
      }
    }
  }

  /// The first place from which a byte is a control, a quote or a backslash.
  private static func controlFree(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count, text[index] >= 0x20, text[index] != UInt8(ascii: "\""),
      text[index] != UInt8(ascii: "\\")
    {
      index += 1
    }
    return index
  }

  private static func escape(_ byte: UInt8, _ escapes: Escapes, into bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0x0A where escapes == .controls: bytes.append(contentsOf: #"\n"#.utf8)
    default: escape(code: UInt32(byte), into: &bytes)
    }
  }

  /// One scalar of a Swift string, whose UTF-8 is valid.
  private static func harmless(_ scalar: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]) {
    var code = UInt32(scalar[0])
    if scalar.count > 1 {
      code &= scalar.count == 2 ? 0x1F : scalar.count == 3 ? 0x0F : 0x07
      for next in 1..<scalar.count { code = code << 6 | UInt32(scalar[next]) & 0x3F }
    }
    switch code {
    case 0x22: bytes.append(contentsOf: #"\""#.utf8)
    case 0x5C: bytes.append(contentsOf: #"\\"#.utf8)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    case 0x3C, 0x3E, 0x26: escape(code: code, into: &bytes)
    default:
      if let known = Unicode.Scalar(code), known.isHarmless {
        bytes.append(contentsOf: scalar)
      } else if code <= 0xFFFF {
        escape(code: code, into: &bytes)
      } else {
        bytes.append(contentsOf: #"\ufffd"#.utf8)
      }
    }
  }

  /// `\u` and four digits.
  private static func escape(code: UInt32, into bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"\u"#.utf8)
    Hexadecimal.append(UInt8(truncatingIfNeeded: code >> 8), to: &bytes)
    Hexadecimal.append(UInt8(truncatingIfNeeded: code), to: &bytes)
  }
}

extension JSONValue {
  /// The document without spaces and with controls alone escaped, so that reading and writing give the same bytes.
  public var bytes: [UInt8] {
    var output: [UInt8] = []
    JSONText.compact(self, escapes: .controls, into: &output)
    return output
  }

  /// ``bytes`` with the keys of every object in the order of their UTF-8 bytes: equal documents give equal bytes, whatever
  /// order they were written in. Numbers keep their text, so `1` and `1.0` stay apart.
  public var canonicalBytes: [UInt8] {
    var output: [UInt8] = []
    JSONText.compact(self, escapes: .controls, sortsKeys: true, into: &output)
    return output
  }

  /// ``bytes`` as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
