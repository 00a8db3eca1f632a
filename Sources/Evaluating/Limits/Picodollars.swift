import Facts

/// An amount in 10⁻¹² US dollars, rounded up: what budgets are kept in, so that many workers can add in one place.
package struct Picodollars: Hashable, Comparable, Sendable {
  package let count: Int64

  package init(_ count: Int64) { self.count = count }

  /// The least amount that covers the dollars; the most there is where they do not fit.
  package init(covering dollars: ExactDecimal) {
    let scaled = dollars.scaled(byPowerOfTen: 12)
    if scaled.exponent >= 0 {
      count = scaled.integer ?? (scaled.isNegative ? .min : .max)
      return
    }
    var whole = scaled.mantissa
    var isExact = true
    for _ in 0..<(-scaled.exponent) {
      isExact = isExact && whole % 10 == 0
      whole /= 10
    }
    if !isExact, !scaled.isNegative { whole += 1 }
    count = Int64(clamping: whole)
  }

  package var dollars: ExactDecimal { ExactDecimal(reducing: Int128(count), exponent: -12) }

  package static func < (left: Picodollars, right: Picodollars) -> Bool { left.count < right.count }

  /// Held at the most there is.
  package static func + (left: Picodollars, right: Picodollars) -> Picodollars {
    let (sum, overflow) = left.count.addingReportingOverflow(right.count)
    return Picodollars(overflow ? .max : sum)
  }
}
