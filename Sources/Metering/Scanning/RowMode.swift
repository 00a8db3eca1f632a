import Facts

/// How a log says that a request was served: the words that stand in nearly all logs.
enum RowMode {
  /// The mode's place in `PriceMode.allCases`; nil for other words.
  static func place(_ text: TextSpan) -> UInt8? {
    guard text.count <= 8 else { return nil }
    switch ByteWords.low(ByteWords.load(text.start), text.count) {
    case word("standard"), word("default"): return standard
    case word("batch"): return batch
    case word("flex"): return flex
    case word("priority"): return priority
    default: return nil
    }
  }

  /// The bytes of a word of at most eight letters as they lie in memory.
  @inline(__always)
  private static func word(_ text: StaticString) -> UInt64 {
    var word: UInt64 = 0
    for place in (0..<text.utf8CodeUnitCount).reversed() { word = word &<< 8 | UInt64(text.utf8Start[place]) }
    return word
  }

  private static func place(of mode: PriceMode) -> UInt8 {
    UInt8(PriceMode.allCases.firstIndex(of: mode) ?? PriceMode.allCases.count)
  }

  private static let standard = place(of: .standard)
  private static let batch = place(of: .batch)
  private static let flex = place(of: .flex)
  private static let priority = place(of: .priority)
}
