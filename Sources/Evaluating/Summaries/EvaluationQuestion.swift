import Statistics

/// What a report is asked: against whom, within which margins.
package struct EvaluationQuestion: Hashable, Sendable {
  /// The route that the others are compared with; nil takes the first.
  package var baseline: String?
  /// How much lower a pass rate may be and still count as not worse: 0.02 is 2 points.
  package var margin = 0.02
  /// The difference of pass rates for which the needed prompts are worked out: 0.03 is 3 points.
  package var wantedDifference = 0.03
  package var confidence = ConfidenceInterval.usualConfidence
  /// Seeds every resampling, so that a report comes out the same again.
  package var seed: UInt64 = 20_260_101
  /// What goodput demands beside passing; empty leaves it out.
  package var limits: [MetricLimit] = []
  /// Prompts to their clusters; a prompt that is not named is its own.
  package var clusters: [String: String] = [:]
  /// Planned cells of each route; empty where nobody knows.
  package var planned: [String: Int] = [:]

  package init() {}

  /// The chance of error that a conclusion may have.
  package var errorRate: Double { 1 - confidence }
}

/// The most that a metric may be for a cell to count as good.
package struct MetricLimit: Hashable, Sendable {
  package let metric: CellMetric
  package let most: Double

  package init(_ metric: CellMetric, atMost most: Double) {
    self.metric = metric
    self.most = most
  }
}
