import Facts

/// Reads the numbers of a row exactly. Each function starts at the number's first byte and gives the byte behind it.
enum NumberReader {
  /// A whole number from 0 to ``ScanLimits/mostPieces``: `12345`, `1.2e3`, `1000.0`.
  @inline(__always)
  static func count(
    _ start: UnsafePointer<UInt8>, into value: inout Int64, fault: inout ScanFault.Kind
  ) -> UnsafePointer<UInt8>? {
    let word = ByteWords.load(start)
    let digits = ByteWords.digitCount(word)
    let next = start[digits]
    // Up to seven digits without a leading zero, point or exponent: nearly every count.
    guard digits &- 1 < 7, next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e"),
      digits == 1 || start.pointee != UInt8(ascii: "0"), digits > 0
    else { return longCount(start, into: &value, fault: &fault) }
    value = Int64(truncatingIfNeeded: ByteWords.number(word, digits: digits))
    return start + digits
  }

  @inline(never)
  private static func longCount(
    _ start: UnsafePointer<UInt8>, into value: inout Int64, fault: inout ScanFault.Kind
  ) -> UnsafePointer<UInt8>? {
    guard let end = JSONScan.numberEnd(start) else {
      fault = start.pointee == JSONScan.lineFeed ? .cut : .syntax
      return nil
    }
    guard let whole = decimal(start, end)?.integer else {
      fault = .notACount
      if isWhole(start, end) { fault = .badCount }
      return nil
    }
    guard whole >= 0, whole <= ScanLimits.mostPieces else {
      fault = .badCount
      return nil
    }
    value = whole
    return end
  }

  private static func decimal(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> ExactDecimal? {
    try? ExactDecimal(parsing: TextSpan(start: start, count: min(end - start, 100)).string)
  }

  private static func isWhole(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    UnsafeBufferPointer(start: start, count: end - start).allSatisfy { $0 == 0x2D || ($0 >= 0x30 && $0 <= 0x39) }
  }

  // MARK: Money

  private static let powers: [Int64] = {
    var powers: [Int64] = [1]
    for _ in 0..<18 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// An amount of US dollars in 10⁻¹⁸ dollars, rounded half away from zero there: what a log charged may be the noise of a
  /// binary number.
  static func money(_ start: UnsafePointer<UInt8>, into value: inout Int128) -> UnsafePointer<UInt8>? {
    var word = ByteWords.load(start)
    let whole = ByteWords.digitCount(word)
    let next = start[whole]
    if whole &- 1 < 7, next == UInt8(ascii: "."), whole == 1 || start.pointee != UInt8(ascii: "0") {
      let dollars = Int128(ByteWords.number(word, digits: whole)) &* 1_000_000_000_000_000_000
      var place = start + whole + 1
      word = ByteWords.load(place)
      var digits = ByteWords.digitCount(word)
      var fraction = ByteWords.number(word, digits: digits)
      if digits == 8 {
        place += 8
        word = ByteWords.load(place)
        let more = ByteWords.digitCount(word)
        fraction =
          fraction &* UInt64(truncatingIfNeeded: powers[more]) &+ ByteWords.number(word, digits: more)
        place += more
        digits = 8 &+ more
      } else {
        place += digits
      }
      if digits &- 1 < 15, digits > 0, place.pointee | 0x20 != UInt8(ascii: "e") {
        value = dollars &+ Int128(fraction) &* Int128(powers[18 &- digits])
        return place
      }
    }
    guard let end = JSONScan.numberEnd(start), let decimal = decimal(start, end) ?? cut(start, end),
      let exact = attodollars(decimal)
    else { return nil }
    value = exact
    return end
  }

  /// A decimal of more digits than `ExactDecimal` holds, without those beyond 30: `0.1234567890123456789012345678901234567`.
  private static func cut(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> ExactDecimal? {
    let text = TextSpan(start: start, count: min(end - start, 400)).string
    guard text.contains("."), !text.contains("e"), !text.contains("E") else { return nil }
    return try? ExactDecimal(parsing: text.prefix(32))
  }

  static func attodollars(_ decimal: ExactDecimal) -> Int128? {
    if decimal.exponent >= -18 {
      guard let money = try? Money(dollars: decimal) else { return nil }
      return money.attodollars
    }
    var mantissa = decimal.mantissa.magnitude
    var dropped: UInt128 = 0
    for _ in 0..<min(-18 - decimal.exponent, 40) {
      dropped = mantissa % 10
      mantissa /= 10
    }
    let rounded = Int128(mantissa + (dropped >= 5 ? 1 : 0))
    // The bound of `Money`.
    guard rounded < 1_000_000_000_000_000_000_000_000_000_000 else { return nil }
    return decimal.isNegative ? -rounded : rounded
  }
}
