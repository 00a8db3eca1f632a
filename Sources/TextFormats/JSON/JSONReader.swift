import Facts

/// Reads RFC 8259 JSON from hostile bytes: depth, size and string length bounded, duplicate keys refused,
/// numbers kept as text.
///
/// Foundation's decoder goes through Double and so changes prices; this one changes nothing.
public struct JSONReader {
  public struct Limits: Sendable {
    /// Bytes of a whole document.
    public var size = 64 * 1024 * 1024
    /// Nested arrays and objects.
    public var depth = 64
    /// Bytes of one string.
    public var stringLength = 1024 * 1024

    public init() {}
  }

  private let bytes: [UInt8]
  private let limits: Limits
  private var position = 0

  private init(_ bytes: [UInt8], limits: Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// - Throws: `JSONError` with line and column.
  public static func read(_ bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.size else {
      throw JSONError(
        rule: "a document has at most \(limits.size) bytes; this one has \(bytes.count)",
        place: "byte \(limits.size)", hint: "split the document")
    }
    var reader = JSONReader(bytes, limits: limits)
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else {
      throw reader.error("nothing may follow the document", "remove the rest")
    }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth <= limits.depth else {
      throw error("lists and objects nest at most \(limits.depth) deep", "flatten the document")
    }
    guard position < bytes.count else { throw error("a value is missing", "the document may be cut short") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var object = JSONObject()
    skipSpace()
    if take("}") { return .object(object) }
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw error("a key is a text in double quotes", #"write "key": value"#)
      }
      let key = try string()
      skipSpace()
      guard take(":") else { throw error("a colon follows a key", #"write "key": value"#) }
      skipSpace()
      let member = try value(depth: depth + 1)
      guard object.insert(key, member) else {
        throw error(
          "a key stands once in an object; \"\(key.bounded)\" stands twice", "remove one of the two")
      }
      skipSpace()
      if take("}") { return .object(object) }
      guard take(",") else { throw error("members are separated by commas", "a comma or } is missing") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(values) }
    while true {
      skipSpace()
      values.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw error("items are separated by commas", "a comma or ] is missing") }
    }
  }

  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &text)
      case 0..<0x20:
        throw error("control characters in a text are escaped", #"write \n, \t or \u00XX"#)
      default:
        text.append(byte)
      }
      guard text.count <= limits.stringLength else {
        throw error(
          "a text has at most \(limits.stringLength) bytes", "shorten the text that starts at byte \(start)")
      }
    }
    throw error("a text ends with a double quote", "the document may be cut short")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard position < bytes.count else {
      throw error("a text ends with a double quote", "the document may be cut short")
    }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      var code = try hex4()
      if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hex4()
        guard (0xDC00..<0xE000).contains(low) else {
          throw error("surrogates come in pairs", "write the character itself")
        }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      // A lone surrogate is no character: it becomes the replacement character, like broken UTF-8.
      text.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    default:
      throw error("an escape is one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", "write the character itself")
    }
  }

  private mutating func hex4() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Hexadecimal.value(bytes[position])
      else {
        throw error("four hexadecimal digits follow \\u", #"write \u00e9"#)
      }
      code = code * 16 + UInt32(digit)
      position += 1
    }
    return code
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let matches = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
    guard matches else {
      throw error("a value is an object, list, text, number, true, false or null", "texts need double quotes")
    }
    position += word.utf8CodeUnitCount
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        position += 1
        continue
      default: break
      }
      break
    }
    guard Self.isNumber(bytes[start..<position]) else {
      position = start
      throw error(
        "a value is an object, list, text, number, true, false or null",
        "NaN and Infinity are no JSON; texts need double quotes")
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  /// RFC 8259 section 6: an optional minus, no leading zeros, digits on both sides of the point.
  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= 400 else { return false }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    var rest = bytes
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    guard let first = whole.first, whole.count == 1 || first != UInt8(ascii: "0") else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(fraction.count + 1)
    }
    guard let letter = rest.first else { return true }
    guard letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") else { return false }
    rest.removeFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    return !rest.isEmpty && rest.allSatisfy(isDigit)
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private func error(_ rule: String, _ hint: String) -> JSONError {
    var line = 1
    var column = 1
    for byte in bytes[..<min(position, bytes.count)] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return JSONError(rule: rule, place: "line \(line), column \(column)", hint: hint)
  }
}
