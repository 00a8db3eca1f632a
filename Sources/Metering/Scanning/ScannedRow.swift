/// Bytes of a text inside a chunk, valid until its scanner reads the next row. Seven more bytes are readable.
struct TextSpan {
  var start: UnsafePointer<UInt8>
  var count: Int

  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

  /// Eight zero bytes that live as long as the program: a text that is not there.
  static var nothing: TextSpan { TextSpan(start: UnsafePointer(zeros), count: 0) }

  private nonisolated(unsafe) static let zeros: UnsafeMutablePointer<UInt8> = {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
    bytes.initialize(repeating: 0, count: 8)
    return bytes
  }()
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
  /// Whether the time was written without a zone.
  var isZoneUntold = false
  /// Place of the mode in `PriceMode.allCases`.
  var mode: UInt8 = 0
  /// 10⁻¹⁸ US dollars.
  var charged: Int128 = 0

  private static let textPlaces = 4 + RowField.mostLabels

  init() {
    counts = .allocate(capacity: RowField.counts)
    counts.initialize(repeating: 0, count: RowField.counts)
    texts = .allocate(capacity: Self.textPlaces)
    texts.initialize(repeating: .nothing, count: Self.textPlaces)
  }

  deinit {
    counts.deallocate()
    texts.deallocate()
  }

  @inline(__always)
  mutating func clear() {
    for place in 0..<RowField.counts { counts[place] = 0 }
    absent = 0
    isZoneUntold = false
  }

  @inline(__always)
  func has(_ field: RowField) -> Bool { present & field.bit != 0 }

  @inline(__always)
  subscript(field: RowField) -> Int64 {
    get { counts[Int(field.rawValue)] }
    nonmutating set { counts[Int(field.rawValue)] = newValue }
  }

  /// Makes the counts what `Usage` means by them.
  ///
  /// Whoever counts writes for an hour alone has counted all writes. A log's own total tells that reasoning stands beside the
  /// answer, as `OpenAIResponses` reads it.
  @inline(__always)
  func settle(isCacheExcluded: Bool) {
    if self[.cacheWriteHour] > 0, self[.cacheWrite] == 0 { self[.cacheWrite] = self[.cacheWriteHour] }
    if isCacheExcluded { self[.input] &+= self[.cacheRead] &+ self[.cacheWrite] }
    if has(.total), self[.reasoning] > 0,
      self[.total] == self[.input] &+ self[.output] &+ self[.reasoning]
    {
      self[.output] &+= self[.reasoning]
    }
  }

  /// nil where the row does not have the text.
  func text(_ field: RowField) -> TextSpan? {
    guard has(field), let place = field.textPlace else { return nil }
    return texts[place]
  }
}
