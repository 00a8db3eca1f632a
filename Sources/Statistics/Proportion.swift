/// So many successes in so many tries.
package struct Proportion: Hashable, Sendable {
  package let successes: Int
  package let tries: Int

  package init(_ successes: Int, of tries: Int) {
    self.successes = successes
    self.tries = tries
  }

  /// nil without a try.
  package var rate: Double? { tries > 0 ? Double(successes) / Double(tries) : nil }

  /// Wilson's score interval: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of
  /// the American Statistical Association 22 (1927), 209–212. Never below 0 or above 1, and of use at 0 of n.
  ///
  /// `Proportion(17, of: 20).wilson()` is 0.6396–0.9476. From 0 to 1 without a try.
  package func wilson(confidence: Double = ConfidenceInterval.usualConfidence) -> ConfidenceInterval {
    guard let rate else { return ConfidenceInterval(0, 1) }
    let n = Double(tries)
    let z = NormalDistribution.quantile(1 - (1 - confidence) / 2)
    let square = z * z
    let middle = (rate + square / (2 * n)) / (1 + square / n)
    let half = z / (1 + square / n) * (rate * (1 - rate) / n + square / (4 * n * n)).squareRoot()
    return ConfidenceInterval(
      successes == 0 ? 0 : max(0, middle - half), successes == tries ? 1 : min(1, middle + half))
  }
}
