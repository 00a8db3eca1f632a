/// Finds what needs an escape. Most texts need none, so eight bytes are looked at together.
public enum PlainBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The first place from which a byte is a control, beyond ASCII, or one of `"`, `&`, `'`, `<`, `>`.
  public static func endInHTML(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var place = start
    let raw = UnsafeRawBufferPointer(bytes)
    while place + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // `<` and `>` differ in one bit, and so do `&` and `'`.
      let angles = (word | ones &* 0x02) ^ (ones &* 0x3E)
      let marks = (word | ones) ^ (ones &* 0x27)
      let quotes = word ^ (ones &* 0x22)
      guard isPlain(word, angles, marks, quotes) else { break }
      place += 8
    }
    while place < bytes.count, isPlain(bytes[place], low: 0xAFFF_FF3B_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF)
    {
      place += 1
    }
    return place
  }

  /// The first place from which a byte is a control, beyond ASCII, or one of `"`, `&`, `<`, `>`, `\`.
  public static func endInJSON(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var place = start
    let raw = UnsafeRawBufferPointer(bytes)
    while place + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      let angles = (word | ones &* 0x02) ^ (ones &* 0x3E)
      // `"` and `&` differ in one bit.
      let marks = (word | ones &* 0x04) ^ (ones &* 0x26)
      let slashes = word ^ (ones &* 0x5C)
      guard isPlain(word, angles, marks, slashes) else { break }
      place += 8
    }
    while place < bytes.count, isPlain(bytes[place], low: 0xAFFF_FFBB_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF)
    {
      place += 1
    }
    return place
  }

  /// Whether no byte of the word is below 0x20 or above 0x7E, and none of the others has a byte of zero. May say no for
  /// a plain word beside such a byte, never yes for another.
  @inline(__always)
  private static func isPlain(_ word: UInt64, _ first: UInt64, _ second: UInt64, _ third: UInt64) -> Bool {
    let limits = word | (word &- ones &* 0x20) | (word &+ ones)
    let zeros = (first &- ones) | (second &- ones) | (third &- ones)
    return (limits | zeros) & highs == 0
  }

  /// - Parameters:
  ///   - low: a bit for each of the first 64 bytes that are plain.
  ///   - high: the same for the next 64; no byte beyond ASCII is plain.
  @inline(__always)
  private static func isPlain(_ byte: UInt8, low: UInt64, high: UInt64) -> Bool {
    let bits = byte < 0x40 ? low : byte < 0x80 ? high : 0
    return bits >> UInt64(byte & 0x3F) & 1 == 1
  }
}
