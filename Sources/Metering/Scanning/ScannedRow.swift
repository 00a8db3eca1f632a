/// Bytes of a text inside a chunk, valid until its scanner reads the next row. Seven more bytes are readable.
struct TextSpan {
  var start: UnsafePointer<UInt8>
  var count: Int

  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }
}

/// The row that a scanner has read last. Its memory is reused from row to row, so that a row costs no allocation.
struct ScannedRow: ~Copyable {
  /// By `RowField`; 0 where the row has none.
  let counts: UnsafeMutablePointer<Int64>
  /// By `RowField.textPlace`; of use only where ``present`` has the field.
  let texts: UnsafeMutablePointer<TextSpan>
  /// Bits of the fields that the row has.
  var present: UInt32 = 0
  /// Fields that stand in the row without a value.
  var absent: UInt32 = 0
  var seconds: Int64 = 0
  /// Place of the mode in `PriceMode.allCases`.
  var mode: UInt8 = 0
  /// 10⁻¹⁸ US dollars.
  var charged: Int128 = 0

  static let textPlaces = 4 + RowField.mostLabels

  init() {
    counts = .allocate(capacity: RowField.counts)
    counts.initialize(repeating: 0, count: RowField.counts)
    texts = .allocate(capacity: Self.textPlaces)
    texts.initialize(
      repeating: TextSpan(start: UnsafePointer(ScannedRow.nothing), count: 0), count: Self.textPlaces)
  }

  deinit {
    counts.deallocate()
    texts.deallocate()
  }

  /// Eight zero bytes that live as long as the program: the text of a field that a row does not have.
  private nonisolated(unsafe) static let nothing: UnsafeMutablePointer<UInt8> = {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
    bytes.initialize(repeating: 0, count: 8)
    return bytes
  }()

  @inline(__always)
  mutating func clear() {
    for place in 0..<RowField.counts { counts[place] = 0 }
    absent = 0
  }

  @inline(__always)
  func has(_ field: RowField) -> Bool { present & field.bit != 0 }

  @inline(__always)
  subscript(field: RowField) -> Int64 { counts[Int(field.rawValue)] }

  /// Adds what a cache read or wrote to an input that leaves it out.
  mutating func includeCache() {
    if !has(.cacheWrite) { counts[Int(RowField.cacheWrite.rawValue)] = self[.cacheWriteHour] }
    counts[Int(RowField.input.rawValue)] &+= self[.cacheRead] &+ self[.cacheWrite]
  }

  func text(_ field: RowField) -> String? {
    guard has(field), let place = field.textPlace else { return nil }
    return texts[place].string
  }
}
