/// Bytes eight at a time: the arithmetic under the scanners.
///
/// A word holds its first byte lowest, on every machine. Reading a word at a place needs seven readable bytes behind it;
/// ``LogChunk`` has 64 behind its last line.
enum ByteWords {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func load(_ place: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
  }

  /// The first `count` bytes of a word, 0 to 8; the others zero.
  @inline(__always)
  static func low(_ word: UInt64, _ count: Int) -> UInt64 {
    count >= 8 ? word : word & ((1 &<< (UInt64(truncatingIfNeeded: count) &* 8)) &- 1)
  }

  /// The high bit of each byte that ends the plain part of a JSON text: a quote, a backslash, a control, or one outside
  /// ASCII. Bits above the lowest set one may be wrong, because a borrow runs upwards.
  @inline(__always)
  static func textStops(_ word: UInt64) -> UInt64 {
    let quotes = (word ^ (ones &* 0x22)) &- ones
    let slashes = (word ^ (ones &* 0x5C)) &- ones
    let controls = word &- (ones &* 0x20)
    return (quotes | slashes | controls | word) & highs
  }

  /// The same for a plain field of CSV: a comma, a quote, a control, or a byte outside ASCII.
  @inline(__always)
  static func fieldStops(_ word: UInt64, separator: UInt64) -> UInt64 {
    let separators = (word ^ separator) &- ones
    let quotes = (word ^ (ones &* 0x22)) &- ones
    let controls = word &- (ones &* 0x20)
    return (separators | quotes | controls | word) & highs
  }

  /// The high bit of each byte that is a line feed; the lowest set one is right.
  @inline(__always)
  static func lineFeeds(_ word: UInt64) -> UInt64 {
    let differences = word ^ (ones &* 0x0A)
    return (differences &- ones) & ~differences & highs
  }

  /// How many of the bytes are this one.
  static func count(_ start: UnsafePointer<UInt8>, _ bytes: Int, of byte: UInt8) -> Int {
    let pattern = SIMD16<UInt8>(repeating: byte)
    var (place, count) = (0, 0)
    while place &+ 16 <= bytes {
      // A lane counts to 255 before it is read.
      var lanes = SIMD16<UInt8>.zero
      let stop = min(bytes, place &+ 255 &* 16)
      while place &+ 16 <= stop {
        let piece = UnsafeRawPointer(start + place).loadUnaligned(as: SIMD16<UInt8>.self)
        lanes.replace(with: lanes &+ 1, where: piece .== pattern)
        place &+= 16
      }
      count &+= Int(SIMD16<UInt16>(truncatingIfNeeded: lanes).wrappedSum())
    }
    while place < bytes {
      count &+= start[place] == byte ? 1 : 0
      place &+= 1
    }
    return count
  }

  /// The place of the lowest marked byte.
  @inline(__always)
  static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount &>> 3 }

  /// How many bytes from the first on are digits, 0 to 8.
  @inline(__always)
  static func digitCount(_ word: UInt64) -> Int {
    // A digit's high nibble is 3, and adding 6 to it leaves it there.
    let nibbles = (word ^ (ones &* 0x30)) | ((word &+ (ones &* 0x06)) ^ (ones &* 0x30))
    let others = nibbles & (ones &* 0xF0)
    return others == 0 ? 8 : others.trailingZeroBitCount &>> 3
  }

  /// The number that the first `count` digits of a word write, 0 to 8 of them.
  @inline(__always)
  static func number(_ word: UInt64, digits count: Int) -> UInt64 {
    guard count > 0 else { return 0 }
    // Leading zeros in front make it eight digits; then pairs, fours and eights are joined by one product each.
    var value = (word &- (ones &* 0x30)) &<< (UInt64(truncatingIfNeeded: 8 &- count) &* 8)
    value = (value &* 10) &+ (value &>> 8)
    let pairs: UInt64 = 0x0000_00FF_0000_00FF
    value =
      ((value & pairs) &* 0x000F_4240_0000_0064) &+ (((value &>> 16) & pairs) &* 0x0000_2710_0000_0001)
    return value &>> 32
  }

  /// Whether both stretches hold the same bytes.
  @inline(__always)
  static func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
    var place = 0
    while place &+ 8 <= count {
      if load(left + place) != load(right + place) { return false }
      place &+= 8
    }
    return low(load(left + place) ^ load(right + place), count &- place) == 0
  }

  /// A hash of the bytes, the same on every run and machine.
  ///
  /// Reads up to seven bytes behind them. Two products of 64 bits a word, folded: as strong as a table needs, and no digest.
  @inline(__always)
  static func hash(_ start: UnsafePointer<UInt8>, count: Int, seed: UInt64) -> UInt64 {
    var state = seed ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)
    var place = 0
    while place &+ 8 <= count {
      state = mixed(state ^ load(start + place))
      place &+= 8
    }
    return mixed(state ^ low(load(start + place), count &- place))
  }

  /// A hash of many bytes, two words at a time.
  @inline(__always)
  static func longHash(_ start: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    var left: UInt64 = 0x8EBC_6AF0_9C88_C6E3
    var right = UInt64(truncatingIfNeeded: count)
    var place = 0
    while place &+ 32 <= count {
      left = mixed(left ^ load(start + place), right ^ load(start + place + 8))
      right = mixed(right ^ load(start + place + 16), left ^ load(start + place + 24))
      place &+= 32
    }
    return hash(start + place, count: count &- place, seed: mixed(left, right ^ 0x5895_96C2_4D6C_7A3B))
  }

  @inline(__always)
  private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: right ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }

  @inline(__always)
  static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low ^ 0xE703_7ED1_A0B4_28DB
  }
}
