#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ClusterBootstrap.Distribution {
  /// The percentiles of the resamples themselves; for differences of percentiles, whose jackknife tells nothing.
  package func percentileInterval(
    confidence: Double = ConfidenceInterval.usualConfidence
  ) -> ConfidenceInterval? {
    guard !sorted.isEmpty else { return nil }
    let tail = (1 - confidence) / 2
    return ConfidenceInterval(
      Percentile.interpolated(tail, ofSorted: sorted), Percentile.interpolated(1 - tail, ofSorted: sorted))
  }

  /// The bias-corrected and accelerated interval: B. Efron, Better bootstrap confidence intervals, Journal of the American
  /// Statistical Association 82 (1987), 171–185. For means and ratios of sums.
  ///
  /// A distribution of one value gives that value twice; nil without resamples, or with fewer than two clusters.
  package func bcaInterval(
    confidence: Double = ConfidenceInterval.usualConfidence
  ) -> ConfidenceInterval? {
    guard let first = sorted.first, let last = sorted.last, jackknife.count > 1, observed.isFinite else {
      return nil
    }
    guard first < last else { return ConfidenceInterval(first, first) }
    let below = sorted.count(where: { $0 < observed })
    let upTo = sorted.count(where: { $0 <= observed })
    let share = Double(below + upTo) / Double(2 * sorted.count)
    // All resamples on one side: the bias cannot be told, and the percentiles stand.
    guard share > 0, share < 1 else { return percentileInterval(confidence: confidence) }
    let bias = NormalDistribution.quantile(share)
    let mean = jackknife.reduce(0, +) / Double(jackknife.count)
    var (squares, cubes) = (0.0, 0.0)
    for value in jackknife {
      let distance = mean - value
      squares += distance * distance
      cubes += distance * distance * distance
    }
    let acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    func end(_ share: Double) -> Double {
      let sum = bias + NormalDistribution.quantile(share)
      return Percentile.interpolated(
        NormalDistribution.cumulative(bias + sum / (1 - acceleration * sum)), ofSorted: sorted)
    }
    let tail = (1 - confidence) / 2
    return ConfidenceInterval(end(tail), end(1 - tail))
  }
}

extension ClusterBootstrap.Distribution {
  /// The share of resamples at or below a value.
  package func share(upTo value: Double) -> Double {
    sorted.isEmpty ? 1 : Double(sorted.count(where: { $0 <= value })) / Double(sorted.count)
  }

  /// The share of resamples below a value.
  package func share(below value: Double) -> Double {
    sorted.isEmpty ? 0 : Double(sorted.count(where: { $0 < value })) / Double(sorted.count)
  }
}
