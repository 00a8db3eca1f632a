import Documents
import Facts

/// Writes structured data as RFC 8259 JSON, two spaces an indent, keys in the order given.
public enum JSONText {
  public static func write(_ value: DataValue) -> [UInt8] {
    var buffer = ByteBuffer()
    write(value, indent: 0, into: &buffer)
    buffer.raw("\n")
    return buffer.bytes
  }

  /// The value on one line, for streams of JSON lines.
  public static func line(_ value: DataValue) -> [UInt8] { compact(value) + [0x0A] }

  /// The value without any space between its parts.
  public static func compact(_ value: DataValue) -> [UInt8] {
    var buffer = ByteBuffer()
    compact(value, into: &buffer)
    return buffer.bytes
  }

  static func compact(_ value: DataValue, into buffer: inout ByteBuffer) {
    switch value {
    case .text(let text): string(text, into: &buffer)
    case .integer(let number): buffer.escaped(String(number))
    case .flag(let flag): buffer.escaped(flag ? "true" : "false")
    case .list(let items):
      buffer.raw("[")
      for (place, item) in items.enumerated() {
        if place > 0 { buffer.raw(",") }
        compact(item, into: &buffer)
      }
      buffer.raw("]")
    case .object(let members):
      buffer.raw("{")
      for (place, member) in members.enumerated() {
        if place > 0 { buffer.raw(",") }
        string(member.key, into: &buffer)
        buffer.raw(":")
        compact(member.value, into: &buffer)
      }
      buffer.raw("}")
    }
  }

  static func write(_ value: DataValue, indent: Int, into buffer: inout ByteBuffer) {
    switch value {
    case .text(let text): string(text, into: &buffer)
    case .integer(let number): buffer.escaped(String(number))
    case .flag(let flag): buffer.escaped(flag ? "true" : "false")
    case .list(let items):
      items.isEmpty ? buffer.raw("[]") : list(items, indent: indent, into: &buffer)
    case .object(let members):
      members.isEmpty ? buffer.raw("{}") : object(members, indent: indent, into: &buffer)
    }
  }

  private static func list(_ items: [DataValue], indent: Int, into buffer: inout ByteBuffer) {
    // Lists of plain words stay on a line.
    let isShort =
      items.count <= 12
      && items.allSatisfy { if case .object = $0 { false } else if case .list = $0 { false } else { true } }
    buffer.raw("[")
    for (index, item) in items.enumerated() {
      if index > 0 { buffer.escaped(isShort ? ", " : ",") }
      if !isShort { newline(indent + 1, into: &buffer) }
      write(item, indent: indent + 1, into: &buffer)
    }
    if !isShort { newline(indent, into: &buffer) }
    buffer.raw("]")
  }

  private static func object(_ members: [DataValue.Member], indent: Int, into buffer: inout ByteBuffer) {
    buffer.raw("{")
    for (index, member) in members.enumerated() {
      if index > 0 { buffer.raw(",") }
      newline(indent + 1, into: &buffer)
      string(member.key, into: &buffer)
      buffer.raw(": ")
      write(member.value, indent: indent + 1, into: &buffer)
    }
    newline(indent, into: &buffer)
    buffer.raw("}")
  }

  private static func newline(_ indent: Int, into buffer: inout ByteBuffer) {
    buffer.raw("\n")
    for _ in 0..<indent { buffer.raw("  ") }
  }

  /// A JSON string. `<`, `>` and `&` are escaped too, so that the text may stand inside a script element; controls
  /// and characters that vanish or reorder text are escaped, so that a terminal shows them harmless.
  static func string(_ text: String, into buffer: inout ByteBuffer) {
    buffer.raw("\"")
    content(text, into: &buffer)
    buffer.raw("\"")
  }

  /// What stands between the quotes of a string, or a part of it.
  static func content(_ text: String, into buffer: inout ByteBuffer) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while true {
        let end = PlainBytes.endInJSON(bytes, from: start)
        if end > start { buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
        guard end < bytes.count else { return }
        let byte = bytes[end]
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        scalar(UnsafeBufferPointer(rebasing: bytes[end..<(end + length)]), into: &buffer)
        start = end + length
      }
    }
  }

  /// One scalar of a Swift string, whose UTF-8 is valid.
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout ByteBuffer) {
    var code = UInt32(bytes[0])
    if bytes.count > 1 {
      code &= bytes.count == 2 ? 0x1F : bytes.count == 3 ? 0x0F : 0x07
      for next in 1..<bytes.count { code = code << 6 | UInt32(bytes[next]) & 0x3F }
    }
    switch code {
    case 0x22: buffer.raw("\\\"")
    case 0x5C: buffer.raw("\\\\")
    case 0x0A: buffer.raw("\\n")
    case 0x09: buffer.raw("\\t")
    case 0x3C, 0x3E, 0x26: escape(code, into: &buffer)
    default:
      if let scalar = Unicode.Scalar(code), scalar.isHarmless {
        buffer.written(bytes)
      } else if code <= 0xFFFF {
        escape(code, into: &buffer)
      } else {
        buffer.raw("\\ufffd")
      }
    }
  }

  private static func escape(_ code: UInt32, into buffer: inout ByteBuffer) {
    let digits = String(code, radix: 16)
    buffer.escaped("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
  }
}
