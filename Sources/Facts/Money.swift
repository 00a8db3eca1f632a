/// An amount of US dollars, exact to 10⁻¹⁸ dollars.
///
/// A fixed-point integer: one catalogue row prices a token at `7.5e-08` dollars, a month of traffic costs
/// millions, and both must hold exactly in the same type. It can be built from text or by exact arithmetic
/// only; there is no floating-point initialiser.
public struct Money: Hashable, Sendable {
  /// 10⁻¹⁸ US dollars.
  public let attodollars: Int128

  public init(attodollars: Int128) { self.attodollars = attodollars }

  public static let zero = Money(attodollars: 0)
  private static let decimals = 18

  /// Reads an amount in dollars: `0.075`, `216.25`, `2.75e-07`.
  ///
  /// - Throws: `FactError.notADecimal`, or `.inexactMoney` when the amount has digits below 10⁻¹⁸ or does
  ///   not fit. Nothing is ever rounded here.
  public init(dollars text: some StringProtocol) throws(FactError) {
    try self.init(dollars: ExactDecimal(parsing: text))
  }

  public init(dollars: ExactDecimal) throws(FactError) {
    guard let value = dollars.mantissa(atExponent: -Self.decimals) else { throw .inexactMoney(dollars.text) }
    // A thousand times the largest sum below still fits Int128, so no later step can overflow silently.
    guard value.magnitude < 1_000_000_000_000_000_000_000_000_000_000 else {
      throw .inexactMoney(dollars.text)
    }
    attodollars = value
  }

  /// The amount of a derived cost, rounded half up at 10⁻¹⁸ where it has more digits.
  /// - Throws: `FactError.inexactMoney` when it does not fit.
  public init(rounding dollars: ExactDecimal) throws(FactError) {
    guard dollars.exponent < -Self.decimals else {
      try self.init(dollars: dollars)
      return
    }
    var magnitude = dollars.mantissa.magnitude
    for step in 1...(-Self.decimals - dollars.exponent) {
      let isLast = step == -Self.decimals - dollars.exponent
      magnitude = isLast ? (magnitude + 5) / 10 : magnitude / 10
    }
    self.init(attodollars: dollars.isNegative ? -Int128(magnitude) : Int128(magnitude))
  }

  /// The amount as an exact decimal number of dollars.
  public var dollars: ExactDecimal { ExactDecimal(reducing: attodollars, exponent: -Self.decimals) }
  /// Canonical text in dollars, for JSON and errors: `216.25`.
  public var text: String { dollars.text }

  public var isZero: Bool { attodollars == 0 }

  public static func + (left: Money, right: Money) -> Money {
    Money(attodollars: left.attodollars + right.attodollars)
  }
  public static func - (left: Money, right: Money) -> Money {
    Money(attodollars: left.attodollars - right.attodollars)
  }

  /// This amount × `count` ÷ `unit`: multiplied first, divided last, rounded half up once at 10⁻¹⁸.
  ///
  /// `price.times(800_000_000, per: 1_000_000)` is the cost of 800 million tokens at a price per million.
  /// - Returns: nil when the product leaves 128 bits.
  public func times(_ count: Int64, per unit: Int64) -> Money? {
    let (product, overflow) = attodollars.multipliedReportingOverflow(by: Int128(count))
    guard !overflow, unit > 0 else { return nil }
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: Int128(unit))
    let roundsUp = remainder.magnitude * 2 >= UInt128(unit)
    return Money(attodollars: roundsUp ? quotient + Int128(product.signum()) : quotient)
  }
}

extension Money: Comparable {
  public static func < (left: Money, right: Money) -> Bool { left.attodollars < right.attodollars }
}

extension Money: CustomStringConvertible {
  public var description: String { "$\(text)" }
}
