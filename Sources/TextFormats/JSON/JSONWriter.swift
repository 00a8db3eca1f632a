import Facts

extension JSONValue {
  /// The document as RFC 8259 bytes without spaces: members in the order they have, numbers as written, so that reading and
  /// writing give the same bytes.
  public var bytes: [UInt8] {
    var output: [UInt8] = []
    write(into: &output, sortsKeys: false)
    return output
  }

  /// The document with the keys of every object in the order of their UTF-8 bytes: equal documents give equal bytes, whatever
  /// order they were written in. Numbers keep their text, so `1` and `1.0` stay apart.
  public var canonicalBytes: [UInt8] {
    var output: [UInt8] = []
    write(into: &output, sortsKeys: true)
    return output
  }

  /// ``bytes`` as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends the document to bytes that are being written.
  public func write(into output: inout [UInt8], sortsKeys: Bool = false) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let digits): output.append(contentsOf: digits.utf8)
    case .string(let text): Self.write(text, into: &output)
    case .array(let values):
      output.append(UInt8(ascii: "["))
      for (place, value) in values.enumerated() {
        if place > 0 { output.append(UInt8(ascii: ",")) }
        value.write(into: &output, sortsKeys: sortsKeys)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let object):
      var members = object.members
      if sortsKeys { members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
      output.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { output.append(UInt8(ascii: ",")) }
        Self.write(member.key, into: &output)
        output.append(UInt8(ascii: ":"))
        member.value.write(into: &output, sortsKeys: sortsKeys)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  /// RFC 8259 section 7: quotes, backslashes and controls escaped, all else as UTF-8.
  private static func write(_ text: String, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case UInt8(ascii: "\n"): output.append(contentsOf: #"\n"#.utf8)
      case 0..<0x20:
        output.append(contentsOf: (#"\u00"# + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}

extension JSONObject {
  /// The members given, in their order; those without a value are left out, and of two with one key the first stays.
  public init(_ members: KeyValuePairs<String, JSONValue?>) {
    self.init()
    for case (let key, let value?) in members { _ = insert(key, value) }
  }
}

extension JSONValue {
  /// An object of the members given; those without a value are left out.
  public static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(JSONObject(members))
  }

  public static func number(_ integer: some BinaryInteger) -> JSONValue { .number(String(integer)) }

  public static func number(_ decimal: ExactDecimal) -> JSONValue { .number(decimal.text) }

  /// The whole number of a number without a fraction, nil for anything else and beyond Int64.
  public var integer: Int64? {
    guard case .number(let digits) = self else { return nil }
    return (try? ExactDecimal(parsing: digits))?.integer
  }
}
