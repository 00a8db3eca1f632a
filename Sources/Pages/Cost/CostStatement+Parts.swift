import Facts

extension CostStatement {
  /// A line's part of the month, to 24 decimals; where the product cannot be held it is divided first.
  static func share(_ weight: Int64, of whole: Int64, in amount: ExactDecimal) -> ExactDecimal {
    guard weight != whole, whole > 0 else { return amount }
    var (divisor, rest) = (whole, weight)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    let (own, all) = (ExactDecimal(weight / divisor), whole / divisor)
    return amount.multiplied(by: own)?.divided(by: all, places: 24)
      ?? amount.divided(by: all, places: 18)?.multiplied(by: own) ?? amount
  }
}
