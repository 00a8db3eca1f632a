import Facts

/// Writes the catalogue's binary form: variable-length integers and references to interned texts.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// LEB128.
  mutating func unsigned(_ value: some BinaryInteger) {
    var rest = UInt128(truncatingIfNeeded: value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Zigzag, then LEB128.
  mutating func signed(_ value: Int128) {
    unsigned(UInt128(bitPattern: (value << 1) ^ (value >> 127)))
  }

  mutating func fixed32(_ value: Int) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  mutating func fixed64(_ value: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
    }
  }

  mutating func text(_ text: String) {
    unsigned(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func decimal(_ value: ExactDecimal) {
    signed(value.mantissa)
    signed(Int128(value.exponent))
  }

  mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }
}

/// Gives each distinct value a number, the commonest the smallest, so that most references take one byte.
struct Interning<Value: Hashable> {
  private var counts: [Value: Int] = [:]
  private var order: [Value] = []

  mutating func count(_ value: Value) {
    if counts[value] == nil { order.append(value) }
    counts[value, default: 0] += 1
  }

  /// The values in the order of their numbers, and the numbers; ties keep the order of first use.
  func numbered() -> (values: [Value], numbers: [Value: Int]) {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let values = order.sorted { left, right in
      let (a, b) = (counts[left, default: 0], counts[right, default: 0])
      return a != b ? a > b : places[left, default: 0] < places[right, default: 0]
    }
    return (values, Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) }))
  }
}
