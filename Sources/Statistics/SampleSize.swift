/// How many prompts a comparison needs.
package enum SampleSize {
  /// Prompts for which McNemar's test sees a difference of rates with the given power: R. J. Connor, Sample size for testing
  /// differences in proportions for the paired-sample design, Biometrics 43 (1987), 207–211.
  ///
  /// n = (z₁₋α/₂ √ψ + z_power √(ψ − δ²))² / δ², rounded up. 10% discordant and 3 points give 870.
  ///
  /// - Parameters:
  ///   - discordance: ψ, the share of prompts on which the sides differ.
  ///   - difference: δ, the difference of rates to be seen.
  /// - Returns: nil where no such difference can be: zero, or larger than the discordance.
  package static func pairedRates(
    discordance: Double, difference: Double, power: Double = 0.8,
    confidence: Double = ConfidenceInterval.usualConfidence
  ) -> Int? {
    let delta = abs(difference)
    guard delta > 0, delta <= discordance, discordance <= 1 else { return nil }
    let sum =
      NormalDistribution.quantile(1 - (1 - confidence) / 2) * discordance.squareRoot()
      + NormalDistribution.quantile(power) * (discordance - delta * delta).squareRoot()
    let exact = sum * sum / (delta * delta)
    guard exact < 9e15 else { return nil }
    return Int((exact - 1e-9).rounded(.up))
  }
}
