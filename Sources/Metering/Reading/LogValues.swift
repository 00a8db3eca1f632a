import Facts
import TextFormats

/// Values of a log's records, read strictly: what is absent is nil, what is there and unreadable is a fault.
extension JSONValue {
  /// The value at a path of keys; nil where one of them is missing, null or an empty text.
  func at(_ path: String...) -> JSONValue? {
    var value = self
    for key in path {
      guard let next = value[key]?.given else { return nil }
      value = next
    }
    return value
  }

  /// The first of some keys that has a value.
  func first(of keys: String...) -> JSONValue? {
    for key in keys {
      if let value = self[key]?.given { return value }
    }
    return nil
  }

  /// nil for null and for an empty text, as CSV has it.
  var given: JSONValue? {
    switch self {
    case .null: nil
    case .string(let text) where text.isEmpty: nil
    default: self
    }
  }

  /// A text, or a number as written.
  var word: String? {
    switch self {
    case .string(let text): text
    case .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// The object itself, or the one that a text holds, as a cell of CSV does.
  var nested: JSONValue? {
    switch self {
    case .object, .array: return self
    case .string(let text):
      let start = text.utf8.first { $0 != 0x20 }
      guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") else { return nil }
      return try? JSONReader.read(Array(text.utf8))
    default: return nil
    }
  }

  /// A whole count; `12.0`, as tables write it, is 12.
  /// - Throws: a fault of reason `badCount` for a fraction, a number below zero or beyond what is believed, and for words.
  func count(_ name: String) throws(RowFault) -> Int64 {
    guard let text = numberText, let number = try? ExactDecimal(parsing: text.trimmed) else {
      throw RowFault(.badCount, "\(name) is \(asWritten.bounded), no number")
    }
    guard !number.isNegative else { throw RowFault(.badCount, "\(name) is \(text.bounded), below zero") }
    guard let count = number.integer else {
      let isWhole = number.exponent >= 0
      throw RowFault(
        .badCount, "\(name) is \(text.bounded), \(isWhole ? "beyond belief" : "no whole number")")
    }
    return count
  }

  /// An amount of US dollars.
  ///
  /// Logs hold binary floating point: what it writes for a short decimal (`0.00031500000000000003`) is that decimal, and any
  /// other amount with digits below 10⁻¹⁸ dollars is rounded there, half up.
  /// - Throws: a fault of reason `malformed` for words.
  func dollars(_ name: String) throws(RowFault) -> Money {
    guard let text = numberText, let number = try? ExactDecimal(parsing: text.trimmed) else {
      throw RowFault(.malformed, "\(name) is \(asWritten.bounded), no amount")
    }
    if let money = try? Money(dollars: number) { return money }
    if let short = number.withoutFloatNoise(), let money = try? Money(dollars: short) { return money }
    if let money = try? Money(dollars: number.rounded(toPlaces: 18)) { return money }
    throw RowFault(.malformed, "\(name) is \(text.bounded), beyond belief")
  }
}

extension ExactDecimal {
  /// Half away from zero, at so many decimal places.
  fileprivate func rounded(toPlaces places: Int) -> ExactDecimal {
    guard -exponent > places else { return self }
    var value = mantissa.magnitude
    for _ in 0..<(-exponent - places - 1) { value /= 10 }
    value = (value + 5) / 10
    return ExactDecimal(
      reducing: isNegative ? -Int128(value) : Int128(value), exponent: -places)
  }
}
