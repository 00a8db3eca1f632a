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
  public static func line(_ value: DataValue) -> [UInt8] {
    // Texts hold no raw line feed, so the ones between members are the writer's own.
    var result: [UInt8] = []
    var isIndent = false
    for byte in write(value).dropLast() {
      if byte == 0x0A {
        isIndent = true
      } else if byte != 0x20 || !isIndent {
        isIndent = false
        result.append(byte)
      }
    }
    return result + [0x0A]
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
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": buffer.raw("\\\"")
      case "\\": buffer.raw("\\\\")
      case "\n": buffer.raw("\\n")
      case "\t": buffer.raw("\\t")
      case "<", ">", "&": escape(scalar.value, into: &buffer)
      case _ where !scalar.isHarmless && scalar.value <= 0xFFFF: escape(scalar.value, into: &buffer)
      case _ where !scalar.isHarmless: buffer.raw("\\ufffd")
      default: buffer.escaped(String(scalar))
      }
    }
    buffer.raw("\"")
  }

  private static func escape(_ code: UInt32, into buffer: inout ByteBuffer) {
    let digits = String(code, radix: 16)
    buffer.escaped("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
  }
}
