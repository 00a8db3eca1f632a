import Facts
import TextFormats

/// Reads the numbers of a row exactly. Each function starts at the number's first byte and gives the byte behind it, nil for
/// a number that the reader of the format has to judge.
enum NumberReader {
  /// A whole number from 0 to ``ScanLimits/mostPieces``: `12345`, `1.2e3`, `1000.0`.
  @inline(__always)
  static func count(_ start: UnsafePointer<UInt8>, into value: inout Int64) -> UnsafePointer<UInt8>? {
    let word = ByteWords.load(start)
    let digits = ByteWords.digitCount(word)
    let next = start[digits]
    // Up to seven digits without a leading zero, point or exponent: nearly every count.
    guard digits > 0, digits < 8, next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e"),
      digits == 1 || start.pointee != UInt8(ascii: "0")
    else { return longCount(start, into: &value) }
    value = Int64(truncatingIfNeeded: ByteWords.number(word, digits: digits))
    return start + digits
  }

  @inline(never)
  private static func longCount(
    _ start: UnsafePointer<UInt8>, into value: inout Int64
  ) -> UnsafePointer<UInt8>? {
    guard let end = JSONScan.numberEnd(start), end - start <= 60,
      let whole = (try? ExactDecimal(parsing: TextSpan(start: start, count: end - start).string))?.integer,
      whole >= 0, whole <= ScanLimits.mostPieces
    else { return nil }
    value = whole
    return end
  }

  // MARK: Money

  /// An amount of US dollars in 10⁻¹⁸ dollars.
  @inline(__always)
  static func money(_ start: UnsafePointer<UInt8>, into value: inout Int128) -> UnsafePointer<UInt8>? {
    let word = ByteWords.load(start)
    let whole = ByteWords.digitCount(word)
    guard whole > 0, whole < 8, whole == 1 || start.pointee != UInt8(ascii: "0"),
      start[whole] == UInt8(ascii: ".")
    else { return otherMoney(start, into: &value) }
    var place = start + whole + 1
    let first = ByteWords.load(place)
    var digits = ByteWords.digitCount(first)
    var fraction = ByteWords.number(first, digits: digits)
    if digits == 8 {
      let second = ByteWords.load(place + 8)
      let more = ByteWords.digitCount(second)
      fraction = fraction &* power(more) &+ ByteWords.number(second, digits: more)
      digits &+= more
    }
    place += digits
    // More than fifteen decimals may be the noise of a binary number.
    guard digits > 0, digits < 16, place.pointee | 0x20 != UInt8(ascii: "e") else {
      return otherMoney(start, into: &value)
    }
    // With at most fifteen decimals three more make eighteen.
    value =
      Int128(ByteWords.number(word, digits: whole)) &* 1_000_000_000_000_000_000
      &+ Int128(fraction &* power(15 &- digits)) &* 1000
    return place
  }

  @inline(never)
  private static func otherMoney(
    _ start: UnsafePointer<UInt8>, into value: inout Int128
  ) -> UnsafePointer<UInt8>? {
    guard let end = JSONScan.numberEnd(start), end - start <= 400,
      let money = try? JSONValue.number(TextSpan(start: start, count: end - start).string).dollars("")
    else { return nil }
    value = money.attodollars
    return end
  }

  /// 10⁰ to 10¹⁵.
  @inline(__always)
  private static func power(_ exponent: Int) -> UInt64 {
    var power: UInt64 = 1
    if exponent & 1 != 0 { power = 10 }
    if exponent & 2 != 0 { power &*= 100 }
    if exponent & 4 != 0 { power &*= 10_000 }
    if exponent & 8 != 0 { power &*= 100_000_000 }
    return power
  }
}
