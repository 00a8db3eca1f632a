#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Differences of a measured value on the same prompts, second side less first.
package struct PairedMeans: Sendable {
  package let count: Int
  package let mean: Double
  /// Of the mean; 0 where all differences are equal.
  package let standardError: Double

  /// nil for fewer than two differences.
  package init?(_ differences: [Double]) {
    guard differences.count > 1 else { return nil }
    let n = Double(differences.count)
    let mean = differences.reduce(0, +) / n
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    count = differences.count
    self.mean = mean
    standardError = (squares / (n - 1) / n).squareRoot()
  }

  /// Student's interval of the mean.
  package func interval(confidence: Double = ConfidenceInterval.usualConfidence) -> ConfidenceInterval {
    let t = StudentDistribution.quantile(1 - (1 - confidence) / 2, degreesOfFreedom: Double(count - 1))
    return ConfidenceInterval(mean - t * standardError, mean + t * standardError)
  }

  /// Two one-sided t tests: the p value against “the mean is at most low, or at least high”.
  package func equivalenceP(low: Double, high: Double) -> Double {
    max(tail(mean - low), tail(high - mean))
  }

  private func tail(_ distance: Double) -> Double {
    guard standardError > 0 else { return distance > 0 ? 0 : 1 }
    return StudentDistribution.upperTail(distance / standardError, degreesOfFreedom: Double(count - 1))
  }
}
