/// A decimal number held exactly: `mantissa × 10^exponent`, always in lowest terms.
///
/// It is read from text strictly and never passes through binary floating point. Sources write the same
/// number as `0.075`, `7.5e-08` (a token) or `"0.0750"`; all three compare equal once scaled.
public struct ExactDecimal: Hashable, Sendable {
  public let mantissa: Int128
  public let exponent: Int

  public static let zero = ExactDecimal(reducing: 0, exponent: 0)

  /// A decimal in lowest terms: trailing zeros of the mantissa move to the exponent.
  public init(reducing mantissa: Int128, exponent: Int) {
    guard mantissa != 0 else {
      self.mantissa = 0
      self.exponent = 0
      return
    }
    var mantissa = mantissa
    var exponent = exponent
    while mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    self.mantissa = mantissa
    self.exponent = exponent
  }

  public init(_ integer: Int64) { self.init(reducing: Int128(integer), exponent: 0) }

  /// Reads a plain or exponent decimal such as `0.07`, `-3`, `2.75e-07`.
  ///
  /// - Throws: `FactError.notADecimal` for anything else: grouping, spaces, `NaN`, a bare dot, more than 36
  ///   digits, or an exponent outside ±60.
  public init(parsing text: some StringProtocol) throws(FactError) {
    let written = String(text)
    var digits: Int128 = 0
    var count = 0
    var scale = 0
    var seenDot = false
    var seenDigit = false
    var negative = false
    var bytes = Array(written.utf8)[...]
    if bytes.first == UInt8(ascii: "-") {
      negative = true
      bytes = bytes.dropFirst()
    }
    while let byte = bytes.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      bytes = bytes.dropFirst()
      if byte == UInt8(ascii: "."), !seenDot, seenDigit, !bytes.isEmpty {
        seenDot = true
        continue
      }
      guard byte >= 48, byte <= 57 else { throw .notADecimal(written) }
      seenDigit = true
      if digits != 0 || byte != 48 { count += 1 }
      guard count <= 36 else { throw .notADecimal(written) }
      digits = digits * 10 + Int128(byte - 48)
      if seenDot { scale += 1 }
    }
    guard seenDigit, written.last != "." else { throw .notADecimal(written) }
    var exponent = 0
    if !bytes.isEmpty {
      let tail = String(decoding: bytes.dropFirst(), as: UTF8.self)
      guard let value = Int(tail), tail.utf8.count <= 4, abs(value) <= 60 else { throw .notADecimal(written) }
      exponent = value
    }
    self.init(reducing: negative ? -digits : digits, exponent: exponent - scale)
  }

  public var isZero: Bool { mantissa == 0 }
  public var isNegative: Bool { mantissa < 0 }

  /// How many decimal digits the number needs, leading and trailing zeros not counted.
  public var significantDigits: Int {
    var value = mantissa.magnitude
    var count = 0
    while value > 0 {
      value /= 10
      count += 1
    }
    return max(count, 1)
  }

  /// The number times `10^places`.
  public func scaled(byPowerOfTen places: Int) -> ExactDecimal {
    ExactDecimal(reducing: mantissa, exponent: exponent + places)
  }

  /// The mantissa at a fixed exponent, or nil when digits would be lost or the result overflows.
  public func mantissa(atExponent wanted: Int) -> Int128? {
    if exponent < wanted { return nil }
    var value = mantissa
    for _ in 0..<(exponent - wanted) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }

  /// The whole number this is, or nil when it has a fraction or leaves Int64.
  public var integer: Int64? {
    guard let value = mantissa(atExponent: 0) else { return nil }
    return Int64(exactly: value)
  }

  /// The shortest decimal of at most `digits` significant digits within 1e-9 of this number, when the number
  /// has more digits than that: what binary float noise such as `5.999999999999999e-05` stood for.
  public func withoutFloatNoise(digits: Int = 6) -> ExactDecimal? {
    let excess = significantDigits - digits
    guard excess > 5 else { return nil }
    var divisor: Int128 = 1
    for _ in 0..<excess { divisor *= 10 }
    let magnitude = mantissa < 0 ? -mantissa : mantissa
    let rounded = (magnitude + divisor / 2) / divisor
    let back = rounded * divisor
    let difference = back > magnitude ? back - magnitude : magnitude - back
    guard difference <= magnitude / 1_000_000_000 else { return nil }
    return ExactDecimal(reducing: mantissa < 0 ? -rounded : rounded, exponent: exponent + excess)
  }

  /// The canonical text: plain digits, no exponent, no trailing zeros: `0.000000075`.
  public var text: String {
    let negative = mantissa < 0
    var digits = String(mantissa.magnitude)
    if exponent >= 0 {
      digits += String(repeating: "0", count: mantissa == 0 ? 0 : exponent)
      return (negative ? "-" : "") + digits
    }
    let places = -exponent
    if digits.utf8.count <= places {
      digits = String(repeating: "0", count: places - digits.utf8.count + 1) + digits
    }
    let split = digits.index(digits.endIndex, offsetBy: -places)
    return (negative ? "-" : "") + digits[..<split] + "." + digits[split...]
  }
}

extension ExactDecimal {
  /// The exact sum; nil when it leaves 128 bits.
  public func adding(_ other: ExactDecimal) -> ExactDecimal? {
    let shared = min(exponent, other.exponent)
    guard let left = mantissa(atExponent: shared), let right = other.mantissa(atExponent: shared) else {
      return nil
    }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : ExactDecimal(reducing: sum, exponent: shared)
  }

  /// The exact product; nil when it leaves 128 bits.
  public func multiplied(by other: ExactDecimal) -> ExactDecimal? {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: other.mantissa)
    return overflow ? nil : ExactDecimal(reducing: product, exponent: exponent + other.exponent)
  }

  /// The quotient, exact where it has no more than `places` decimals, else rounded half up there.
  public func divided(by divisor: Int64, places: Int) -> ExactDecimal? {
    guard divisor > 0 else { return nil }
    // A power of ten divides exactly, however many decimals that takes.
    var scale = divisor
    var power = 0
    while scale % 10 == 0 {
      scale /= 10
      power += 1
    }
    if scale == 1 { return scaled(byPowerOfTen: -power) }
    guard let numerator = mantissa(atExponent: min(exponent, -places)) else { return nil }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: Int128(divisor))
    let isUp = remainder.magnitude * 2 >= UInt128(divisor)
    return ExactDecimal(
      reducing: isUp ? quotient + Int128(numerator.signum()) : quotient, exponent: min(exponent, -places))
  }
}

extension ExactDecimal: Comparable {
  public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    if left.mantissa.signum() != right.mantissa.signum() {
      return left.mantissa.signum() < right.mantissa.signum()
    }
    let shared = min(left.exponent, right.exponent)
    if let a = left.mantissa(atExponent: shared), let b = right.mantissa(atExponent: shared) { return a < b }
    // Too far apart to share a scale: the one with the larger order of magnitude is further from zero.
    let leftOrder = left.significantDigits + left.exponent
    let rightOrder = right.significantDigits + right.exponent
    return left.isNegative ? leftOrder > rightOrder : leftOrder < rightOrder
  }
}
