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

  private static func compact(_ value: DataValue, into buffer: inout ByteBuffer) {
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
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      plain(text, into: &buffer)
    } else {
      for scalar in text.unicodeScalars { self.scalar(scalar, into: &buffer) }
    }
    buffer.raw("\"")
  }

  /// Printable ASCII.
  private static func plain(_ text: String, into buffer: inout ByteBuffer) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): buffer.raw("\\\"")
      case UInt8(ascii: "\\"): buffer.raw("\\\\")
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): escape(UInt32(byte), into: &buffer)
      default: buffer.byte(byte)
      }
    }
  }

  private static func scalar(_ scalar: Unicode.Scalar, into buffer: inout ByteBuffer) {
    switch scalar {
    case "\"": buffer.raw("\\\"")
    case "\\": buffer.raw("\\\\")
    case "\n": buffer.raw("\\n")
    case "\t": buffer.raw("\\t")
    case "<", ">", "&": escape(scalar.value, into: &buffer)
    case _ where !scalar.isHarmless && scalar.value <= 0xFFFF: escape(scalar.value, into: &buffer)
    case _ where !scalar.isHarmless: buffer.raw("\\ufffd")
    default: buffer.scalar(scalar)
    }
  }

  private static func escape(_ code: UInt32, into buffer: inout ByteBuffer) {
    let digits = String(code, radix: 16)
    buffer.escaped("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
  }
}
