/// Passes and fails of two sides on the same prompts: who passed where the other failed.
package struct PairedOutcomes: Hashable, Sendable {
  package let pairs: Int
  /// Pairs in which the first side passed and the second failed.
  package let onlyFirst: Int
  /// Pairs in which the second side passed and the first failed.
  package let onlySecond: Int

  package init(pairs: Int, onlyFirst: Int, onlySecond: Int) {
    self.pairs = pairs
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
  }

  /// Pairs on which the sides differ.
  package var discordant: Int { onlyFirst + onlySecond }

  /// The second side's rate less the first's; nil without a pair.
  package var difference: Double? {
    pairs > 0 ? Double(onlySecond - onlyFirst) / Double(pairs) : nil
  }

  // MARK: McNemar

  /// The two-sided p value of McNemar's test from the binomial distribution: Q. McNemar, Note on the sampling error of the
  /// difference between correlated proportions or percentages, Psychometrika 12 (1947), 153–157. 1 where nothing differs.
  package var exactP: Double {
    min(1, 2 * FairBinomial.chance(upTo: min(onlyFirst, onlySecond), in: discordant))
  }

  /// The same with half the weight on what was seen; less timid than the exact one: M. W. Fagerland, S. Lydersen, P. Laake, The
  /// McNemar test for binary matched-pairs data, BMC Medical Research Methodology 13:91 (2013).
  package var midP: Double {
    let least = min(onlyFirst, onlySecond)
    return min(
      1,
      2 * FairBinomial.chance(upTo: least, in: discordant) - FairBinomial.chance(of: least, in: discordant))
  }

  // MARK: Difference

  /// How far the difference lies from `delta`, in standard errors: T. Tango, Equivalence test and confidence interval for the
  /// difference in proportions for the paired-sample design, Statistics in Medicine 17 (1998), 891–908.
  package func score(at delta: Double) -> Double {
    let n = Double(pairs)
    let (up, down) = (Double(onlySecond), Double(onlyFirst))
    let linear = -up - down + (2 * n - up + down) * delta
    let constant = -down * delta * (1 - delta)
    let root = max(0, linear * linear - 8 * n * constant).squareRoot()
    let share = (root - linear) / (4 * n)
    let variance = n * (2 * share + delta * (1 - delta))
    let distance = up - down - n * delta
    guard variance > 0 else { return distance == 0 ? 0 : distance > 0 ? .infinity : -.infinity }
    return distance / variance.squareRoot()
  }

  /// Tango's score interval of the difference, by halving; from -1 to 1 without a pair.
  package func interval(confidence: Double = ConfidenceInterval.usualConfidence) -> ConfidenceInterval {
    guard let difference else { return ConfidenceInterval(-1, 1) }
    let z = NormalDistribution.quantile(1 - (1 - confidence) / 2)
    return ConfidenceInterval(
      root(of: z, from: -1, to: difference), root(of: -z, from: difference, to: 1))
  }

  /// Where the score, which falls as delta grows, has this value.
  private func root(of target: Double, from: Double, to: Double) -> Double {
    var (low, high) = (from, to)
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if score(at: middle) > target { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  // MARK: Margins

  /// The p value against “the second side is worse by the margin or more”; small means not worse than that.
  package func notWorseP(margin: Double) -> Double { NormalDistribution.upperTail(score(at: -margin)) }

  /// Two one-sided tests against both margins (D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987),
  /// 657–680): small means that the sides differ by less than the margin.
  package func equivalenceP(margin: Double) -> Double {
    max(notWorseP(margin: margin), NormalDistribution.cumulative(score(at: margin)))
  }
}
