import Statistics
import Testing

/// Golden values computed with scipy 1.17 and statsmodels 0.15 unless a comment works them out.
@Suite struct RateTests {
  @Test(arguments: [
    // statsmodels proportion_confint(method="wilson")
    (17, 20, 0.6396, 0.9476), (5, 5, 0.5655, 1.0), (0, 5, 0.0, 0.4345), (0, 0, 0.0, 1.0),
  ])
  func givesWilsonsInterval(successes: Int, tries: Int, low: Double, high: Double) {
    let interval = Proportion(successes, of: tries).wilson()
    #expect(abs(interval.low - low) < 0.00005)
    #expect(abs(interval.high - high) < 0.00005)
  }

  @Test func hasNoRateWithoutATry() {
    #expect(Proportion(0, of: 0).rate == nil)
    // 3 of 4.
    #expect(Proportion(3, of: 4).rate == 0.75)
  }
}

@Suite struct PairedOutcomeTests {
  @Test func givesMcNemarsExactAndMidP() {
    // 21 of 21 coins on one side: 2 · 2⁻²¹ = 9.5367e-7; with half the weight on what was seen, 2⁻²¹ = 4.7684e-7.
    let pairs = PairedOutcomes(pairs: 220, onlyFirst: 0, onlySecond: 21)
    #expect(abs(pairs.exactP / 9.5367431640625e-7 - 1) < 1e-12)
    #expect(abs(pairs.midP / 4.76837158203125e-7 - 1) < 1e-12)
  }

  @Test(arguments: [
    // onlyFirst, onlySecond, exact, mid. 1 and 3 of 4: 2 · (1 + 4)/16 = 0.625, less 4/16 = 0.375.
    (1, 3, 0.625, 0.375),
    // 2 and 2 of 4: 2 · (1 + 4 + 6)/16 is over 1, so 1; 22/16 - 6/16 = 1.
    (2, 2, 1.0, 1.0), (0, 0, 1.0, 1.0),
    // 0 and 1: 2 · 1/2 = 1, less 1/2.
    (0, 1, 1.0, 0.5),
  ])
  func countsCoins(first: Int, second: Int, exact: Double, mid: Double) {
    for pairs in [
      PairedOutcomes(pairs: 10, onlyFirst: first, onlySecond: second),
      PairedOutcomes(pairs: 10, onlyFirst: second, onlySecond: first),
    ] {
      #expect(abs(pairs.exactP - exact) < 1e-12)
      #expect(abs(pairs.midP - mid) < 1e-12)
    }
  }

  /// The score at an end of the interval is the normal quantile, by definition.
  @Test(arguments: [(44, 0, 1), (220, 0, 21), (100, 12, 7), (10, 5, 5), (300, 20, 14)])
  func endsTheIntervalWhereTheScoreIsTheQuantile(pairs: Int, first: Int, second: Int) {
    let outcomes = PairedOutcomes(pairs: pairs, onlyFirst: first, onlySecond: second)
    let interval = outcomes.interval()
    #expect(abs(outcomes.score(at: interval.low) - 1.959964) < 1e-5)
    #expect(abs(outcomes.score(at: interval.high) + 1.959964) < 1e-5)
    #expect(interval.holds(Double(second - first) / Double(pairs)))
  }

  @Test func knowsNothingWithoutPairs() {
    let none = PairedOutcomes(pairs: 0, onlyFirst: 0, onlySecond: 0)
    #expect(none.difference == nil)
    #expect(none.interval() == ConfidenceInterval(-1, 1))
  }

  /// Nothing differs on n pairs: the score at -m is √(n·m/(1 − m)); for n = 200, m = 0.02 it is √(4/0.98) = 2.0203.
  @Test func provesNotWorseWhereNothingDiffers() {
    let outcomes = PairedOutcomes(pairs: 200, onlyFirst: 0, onlySecond: 0)
    #expect(abs(outcomes.score(at: -0.02) - 2.020305) < 1e-6)
    // The normal tail above 2.020305 is 0.021676 (scipy.stats.norm.sf).
    #expect(abs(outcomes.notWorseP(margin: 0.02) - 0.021676) < 1e-6)
    #expect(outcomes.equivalenceP(margin: 0.02) == outcomes.notWorseP(margin: 0.02))
  }

  @Test func doesNotProveNotWorseFromFewPrompts() {
    #expect(PairedOutcomes(pairs: 20, onlyFirst: 0, onlySecond: 0).notWorseP(margin: 0.02) > 0.05)
  }
}

@Suite struct SampleSizeTests {
  @Test(arguments: [(0.10, 0.03, 870), (0.20, 0.03, 1_742), (0.20, 0.05, 626), (0.30, 0.05, 940)])
  func plansForEightyPercentPower(discordance: Double, difference: Double, prompts: Int) {
    #expect(SampleSize.pairedRates(discordance: discordance, difference: difference) == prompts)
  }

  @Test func hasNoPlanForWhatCannotBe() {
    #expect(SampleSize.pairedRates(discordance: 0.02, difference: 0.03) == nil)
    #expect(SampleSize.pairedRates(discordance: 0.2, difference: 0) == nil)
  }
}

@Suite struct HolmTests {
  @Test func steps() {
    // 0.001·4, 0.01·3, 0.03·2, and 0.04·1, which may not fall below 0.06.
    let adjusted = Holm.adjusted([0.001, 0.01, 0.03, 0.04])
    for (value, expected) in zip(adjusted, [0.004, 0.03, 0.06, 0.06]) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test func keepsTheOrderGivenAndStaysBelowOne() {
    // Sorted: 0.2·3 = 0.6, 0.5·2 = 1, 0.9 stays at 1.
    #expect(Holm.adjusted([0.9, 0.2, 0.5]) == [1, 0.2 * 3, 1])
    #expect(Holm.adjusted([]).isEmpty)
  }
}

@Suite struct PercentileTests {
  @Test func takesTheNearestRank() {
    // Of 20, 95% is rank 19 and not 20; 50% is rank 10.
    let values = (1...20).map(Double.init)
    #expect(Percentile.nearestRank(0.95, ofSorted: values) == 19)
    #expect(Percentile.nearestRank(0.5, ofSorted: values) == 10)
    #expect(Percentile.nearestRank(0.99, ofSorted: values) == 20)
    #expect(Percentile.nearestRank(0.5, ofSorted: []) == nil)
  }

  @Test func countsFailuresAsInfinity() {
    // 18 values and 2 failures: rank 19 of 20 is a failure, rank 18 is not.
    let values = (1...18).map(Double.init)
    #expect(Percentile.nearestRank(0.95, ofSorted: values, failures: 2) == .infinity)
    #expect(Percentile.nearestRank(0.90, ofSorted: values, failures: 2) == 18)
    #expect(Percentile.nearestRank(0.5, ofSorted: [], failures: 1) == .infinity)
  }
}

@Suite struct DistributionTests {
  @Test(arguments: [
    // scipy.stats.norm.ppf
    (0.975, 1.959963984540054), (0.8, 0.8416212335729143), (0.001, -3.090232306167813), (0.5, 0),
    (1e-12, -7.034483825301131),
  ])
  func givesNormalQuantiles(share: Double, value: Double) {
    #expect(abs(NormalDistribution.quantile(share) - value) <= 1e-12 * max(1, abs(value)))
  }

  @Test(arguments: [
    // scipy.stats.t.ppf
    (0.975, 1, 12.706204736432095), (0.975, 10, 2.2281388519649385), (0.95, 299, 1.6499657674263895),
  ])
  func givesStudentQuantiles(share: Double, degrees: Double, value: Double) {
    #expect(abs(StudentDistribution.quantile(share, degreesOfFreedom: degrees) / value - 1) < 1e-9)
  }
}

@Suite struct BootstrapTests {
  /// The first numbers of the published algorithm for seed 1234567.
  @Test func drawsSplitMixNumbers() {
    var numbers = RandomNumbers(seed: 1_234_567)
    #expect(numbers.next() == 6_457_827_717_110_365_317)
    #expect(numbers.next() == 3_203_168_211_198_807_973)
  }

  @Test func isTheSameForTheSameSeed() {
    let ratio = ClusterBootstrap.Ratio(above: [1, 2, 4, 8, 16, 32], below: [1, 1, 1, 1, 1, 1])
    func interval(seed: UInt64) -> ConfidenceInterval? {
      ClusterBootstrap(clusters: 6, resamples: 500, seed: seed).distributions(of: [ratio])[0].bcaInterval()
    }
    #expect(interval(seed: 1) == interval(seed: 1))
    #expect(interval(seed: 1) != interval(seed: 2))
  }

  @Test func keepsEqualDifferencesAtOneValue() {
    let ratio = ClusterBootstrap.Ratio(above: [3, 3, 3], below: [1, 1, 1])
    let distribution = ClusterBootstrap(clusters: 3, resamples: 100, seed: 1).distributions(of: [ratio])[0]
    #expect(distribution.bcaInterval() == ConfidenceInterval(3, 3))
  }

  @Test func hasNoIntervalFromOneCluster() {
    let ratio = ClusterBootstrap.Ratio(above: [3], below: [1])
    #expect(
      ClusterBootstrap(clusters: 1, resamples: 100, seed: 1).distributions(of: [ratio])[0].bcaInterval()
        == nil)
  }

  /// The second side is the first plus 5 throughout, so every resample's percentiles differ by 5.
  @Test func keepsPairsTogether() {
    let first = [9.0, 1, 7, 3, 5, 2, 8, 4]
    let pairs = ClusterBootstrap.Pairs(
      first: first, second: first.map { $0 + 5 }, cluster: [0, 0, 1, 1, 2, 2, 3, 3])
    let found = ClusterBootstrap(clusters: 4, resamples: 200, seed: 7)
      .percentileDifferences(of: pairs, shares: [0.5, 0.95])
    for distribution in found {
      #expect(distribution.observed == 5)
      #expect(distribution.percentileInterval() == ConfidenceInterval(5, 5))
    }
  }

  @Test func shrinksTheResamplesOfLargeRunsOnly() {
    #expect(ClusterBootstrap.usualResamples(clusters: 300) == 9_999)
    #expect(ClusterBootstrap.usualResamples(clusters: 1_000) == 5_000)
    #expect(ClusterBootstrap.usualResamples(clusters: 1_000_000) == 1_000)
  }
}

@Suite struct SignFlipTests {
  /// Five equal differences to one side: 2 of 2⁵ signs lie as far out, 0.0625; the estimate is near it.
  @Test func estimatesTheExactP() {
    #expect(abs(SignFlipTest.p([1, 1, 1, 1, 1], seed: 3) - 0.0625) < 0.01)
    #expect(SignFlipTest.p([0, 0], seed: 3) == 1)
    // 6,400 clusters of ±1 that sum to 160: two deviations of √6400 = 80, so p is 0.0455.
    let many = (0..<6400).map { $0 < 3280 ? 1.0 : -1.0 }
    #expect(abs(SignFlipTest.p(many, seed: 3) - 0.0455) < 0.0005)
  }
}

@Suite struct PairedMeansTests {
  @Test func givesStudentsIntervalAndTests() throws {
    // Differences 1, 2, 3: mean 2, error 1/√3 = 0.57735, t(0.975, 2) = 4.30265: 2 ± 2.48414.
    let means = try #require(PairedMeans([1, 2, 3]))
    #expect(abs(means.interval().low - (2 - 2.484138)) < 1e-5)
    // statsmodels ttost_paired([2, 4, 6], [1, 2, 3], 0, 5): 0.03709.
    #expect(abs(means.equivalenceP(low: 0, high: 5) - 0.03708995) < 1e-7)
    #expect(PairedMeans([1]) == nil)
  }
}
