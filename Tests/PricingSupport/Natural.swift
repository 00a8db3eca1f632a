/// A whole number of any size, not below zero: enough to sum what requests cost without rounding anything.
public struct Natural: Hashable, Sendable, Comparable {
  /// Digits to the base 2³², the lowest first, without zeros at the end.
  private var digits: [UInt32] = []

  public init(wide value: UInt128) {
    var rest = value
    while rest > 0 {
      digits.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
  }

  public init(_ value: Int64) { self.init(wide: UInt128(value.magnitude)) }

  public static let zero = Natural(wide: 0)

  public static func + (left: Natural, right: Natural) -> Natural {
    var sum = Natural.zero
    var carry: UInt64 = 0
    for place in 0..<max(left.digits.count, right.digits.count) {
      carry += place < left.digits.count ? UInt64(left.digits[place]) : 0
      carry += place < right.digits.count ? UInt64(right.digits[place]) : 0
      sum.digits.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    if carry > 0 { sum.digits.append(UInt32(carry)) }
    return sum
  }

  public static func * (left: Natural, right: Natural) -> Natural {
    var product = [UInt32](repeating: 0, count: left.digits.count + right.digits.count)
    for (place, digit) in left.digits.enumerated() {
      var carry: UInt64 = 0
      for (other, factor) in right.digits.enumerated() {
        carry += UInt64(digit) * UInt64(factor) + UInt64(product[place + other])
        product[place + other] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      product[place + right.digits.count] = UInt32(carry)
    }
    while product.last == 0 { product.removeLast() }
    var result = Natural.zero
    result.digits = product
    return result
  }

  /// The quotient by a divisor below 2³², rounded down.
  public func divided(by divisor: UInt32) -> Natural {
    var result = self
    var rest: UInt64 = 0
    for place in result.digits.indices.reversed() {
      rest = rest << 32 | UInt64(result.digits[place])
      result.digits[place] = UInt32(rest / UInt64(divisor))
      rest %= UInt64(divisor)
    }
    while result.digits.last == 0 { result.digits.removeLast() }
    return result
  }

  /// nil when it leaves 127 bits.
  public var int128: Int128? {
    guard digits.count <= 4 else { return nil }
    var value: UInt128 = 0
    for digit in digits.reversed() { value = value << 32 | UInt128(digit) }
    return Int128(exactly: value)
  }

  public static func < (left: Natural, right: Natural) -> Bool {
    if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
    for (own, other) in zip(left.digits.reversed(), right.digits.reversed()) where own != other {
      return own < other
    }
    return false
  }
}
