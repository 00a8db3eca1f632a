import Facts
import Statistics

/// A route held against the baseline on the prompts that both answered or failed. Differences are the route's less the baseline's.
package struct PairSummary: Sendable {
  package let baseline: String
  package let route: String
  /// Prompts and trials with a decided outcome on both sides.
  package let pairs: Int
  package let clusters: Int
  /// Whether a cluster holds several pairs, so that pairs are not independent.
  package let isClustered: Bool
  package let bothPassed: Int
  package let onlyBaselinePassed: Int
  package let onlyRoutePassed: Int
  package let bothFailed: Int
  /// Pairs left out because a check could not be decided.
  package let undecided: Int
  /// Prompt and trial that only one side has, at most `mostListed`, with the side that lacks it.
  package let missing: [MissingSide]
  package let missingCount: Int
  package var quality: QualityComparison?
  /// Cost, then latencies; those without two pairs are left out.
  package var metrics: [MetricComparison]
  /// The relative change of cost; nil where it cannot be told.
  package let relativeCost: RelativeChange?

  package static let mostListed = 50

  package struct MissingSide: Hashable, Sendable {
    package let prompt: String
    package let trial: Int
    /// The route that has no result.
    package let route: String
  }

  package subscript(metric: CellMetric) -> MetricComparison? { metrics.first { $0.metric == metric } }
}

/// Pass rates of two routes on the same prompts.
package struct QualityComparison: Sendable {
  package let outcomes: PairedOutcomes
  /// The route's rate less the baseline's.
  package let difference: Double
  package let interval: ConfidenceInterval
  package let intervalMethod: Method
  /// McNemar's exact p; that of the sign-flip test over clusters where pairs are not independent.
  package let p: Double
  /// nil where pairs are not independent.
  package let midP: Double?
  /// The p value after Holm over all routes held against the baseline.
  package var adjustedP: Double
  /// Against “worse by the margin or more”; after Holm too.
  package let notWorseP: Double
  package var adjustedNotWorseP: Double
  package let equivalenceP: Double
  /// Prompts needed to see the wanted difference where as many prompts differ as here.
  package let needed: Int?
  /// The share of prompts on which the sides differ that `needed` supposes: as seen, at least the wanted difference.
  package let supposedDiscordance: Double

  package enum Method: Hashable, Sendable {
    /// Tango's score interval.
    case score
    /// BCa over resampled clusters.
    case clusterBootstrap
  }
}

/// One metric of two routes on the same prompts.
package struct MetricComparison: Sendable {
  package let metric: CellMetric
  package let pairs: Int
  package let baselineMean: Double
  package let routeMean: Double
  /// The mean of the differences.
  package let difference: Double
  /// BCa over resampled clusters; nil with fewer than two clusters.
  package let interval: ConfidenceInterval?
  /// Of the sign-flip test over clusters.
  package let p: Double
  package var adjustedP: Double
  /// Of percentiles, the route's less the baseline's; empty for costs.
  package let percentiles: [PercentileComparison]
}

package struct PercentileComparison: Sendable {
  /// 0.5 or 0.95.
  package let share: Double
  package let baseline: Double
  package let route: Double
  /// Percentiles of the resamples.
  package let interval: ConfidenceInterval?
}

/// How much more or less one side is in sum: −0.71 is 71% less.
package struct RelativeChange: Hashable, Sendable {
  package let change: Double
  package let interval: ConfidenceInterval?
  package let pairs: Int
}
