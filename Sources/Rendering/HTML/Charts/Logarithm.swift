import Facts

/// Decimal logarithms from the standard library alone; Rendering imports no C library.
enum Logarithm {
  private static let ofTwo = 0.301_029_995_663_981_195_213_738_894_724_493_027
  private static let ofE = 0.434_294_481_903_251_827_651_128_918_916_605_082

  /// The decimal logarithm of a number above zero, to within 1e-14; -infinity for zero and below.
  ///
  /// The number is `m × 2^e` with m near 1, and `ln m = 2 artanh((m − 1) / (m + 1))`, whose series gains more than a
  /// digit a term for such m.
  static func decimal(_ value: Double) -> Double {
    guard value > 0 else { return -.infinity }
    guard value.isFinite else { return .infinity }
    var exponent = Double(value.exponent)
    var significand = value.significand
    if significand > 1.414_213_562_373_095 {
      significand /= 2
      exponent += 1
    }
    let ratio = (significand - 1) / (significand + 1)
    let square = ratio * ratio
    var power = ratio
    var sum = 0.0
    for odd in stride(from: 1.0, through: 27, by: 2) {
      sum += power / odd
      power *= square
    }
    return exponent * ofTwo + 2 * sum * ofE
  }

  /// The logarithm of an exact decimal, of any size.
  static func decimal(_ value: ExactDecimal) -> Double {
    decimal(Double(nearest: value.mantissa)) + Double(value.exponent)
  }
}

extension Double {
  /// The nearest number for geometry. Exponents beyond any price or count are cut, so that it stays finite.
  init(drawing value: ExactDecimal) {
    var result = Double(nearest: value.mantissa)
    let exponent = Swift.min(Swift.max(value.exponent, -200), 200)
    for _ in 0..<exponent.magnitude {
      if exponent > 0 { result *= 10 } else { result /= 10 }
    }
    self = result
  }

  /// The nearest number. Most mantissas have 64 bits, and the general conversion takes a hundred times as long.
  fileprivate init(nearest value: Int128) {
    let small = Int64(truncatingIfNeeded: value)
    self = Int128(small) == value ? Double(small) : Double(value)
  }

  /// Ten to a whole power.
  static func ten(to power: Int) -> Double { Double(drawing: ExactDecimal(reducing: 1, exponent: power)) }
}
