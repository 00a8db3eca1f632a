import Facts
import Statistics

/// What the cells of one route came to.
package struct RouteSummary: Sendable {
  package let name: String
  /// Cells that ended.
  package let cells: Int
  /// Cells that were planned; nil where nobody knows.
  package let planned: Int?
  package let failures: [FailureClass: Int]
  /// Whether any answer was checked. Without checks every usable answer passes.
  package let hasChecks: Bool
  package let passed: Int
  /// Answers whose checks could not all be decided; they count as not passed.
  package let undecided: Int
  /// Passed, of all cells: errors stay in the denominator as not usable.
  package let rate: RateSummary
  /// Passed, of the cells that gave an answer.
  package let rateOfAnswered: RateSummary
  /// Cells that passed and met every limit, of all cells; nil without limits.
  package let goodput: RateSummary?
  package let metrics: [MetricSummary]
  /// Gaps between chunks, pooled over all answers; nil without.
  package let chunkGaps: ChunkGapSummary?
  /// Reasons why latencies were withheld, with the number of cells.
  package let withheld: [String: Int]
  package let cost: CostSummary
  package let attempts: Int
  package let rateLimited: Int
  /// Cells whose input came from a cache in part: a cached repeat is no repeat.
  package let cachedCells: Int
  package let served: [CellRecord.Served: Int]
  package let checks: [String: CheckTally]
  /// Mean of all scores that checks gave; nil without.
  package let meanScore: Double?
  package let ended: (first: Timestamp, last: Timestamp)?

  /// Cells without a usable answer.
  package var unusable: Int { failures.values.reduce(0, +) }
  package var answered: Int { cells - unusable }

  package subscript(metric: CellMetric) -> MetricSummary? { metrics.first { $0.metric == metric } }

  init(_ name: String, _ columns: RouteColumns, _ question: EvaluationQuestion) {
    self.name = name
    let outcomes = columns.outcomes
    cells = outcomes.count
    planned = question.planned[name]
    failures = columns.failures
    hasChecks = columns.hasChecks
    passed = outcomes.count(where: { $0 == .passed })
    undecided = outcomes.count(where: { $0 == .undecided })
    let unusable = outcomes.count(where: { $0 == .unusable })
    rate = RateSummary(Proportion(passed, of: cells), question)
    rateOfAnswered = RateSummary(Proportion(passed, of: cells - unusable), question)
    goodput =
      question.limits.isEmpty
      ? nil : RateSummary(Proportion(columns.isGood.count(where: { $0 }), of: cells), question)
    metrics = CellMetric.allCases.map { MetricSummary($0, columns) }
    chunkGaps = ChunkGapSummary(columns.gaps)
    withheld = columns.withheld
    cost = CostSummary(columns, passed: passed)
    attempts = columns.attempts
    rateLimited = columns.rateLimited
    cachedCells = columns.cachedCells
    served = columns.served
    checks = columns.checks
    meanScore = columns.scores.count > 0 ? columns.scores.sum / Double(columns.scores.count) : nil
    ended = columns.ended
  }
}

/// A share with Wilson's interval.
package struct RateSummary: Hashable, Sendable {
  package let proportion: Proportion
  package let interval: ConfidenceInterval

  init(_ proportion: Proportion, _ question: EvaluationQuestion) {
    self.proportion = proportion
    interval = proportion.wilson(confidence: question.confidence)
  }

  /// nil without a cell.
  package var rate: Double? { proportion.rate }
}

/// Percentiles of one metric of one route.
package struct MetricSummary: Sendable {
  package static let shares = [0.5, 0.9, 0.95, 0.99]

  package let metric: CellMetric
  /// Values that are known, of usable answers; of all cells for costs and tokens.
  package let count: Int
  /// Usable answers (cells, for costs and tokens) whose value is unknown or withheld.
  package let unknown: Int
  /// nil without a value.
  package let mean: Double?
  /// By nearest rank, in the order of `shares`; empty without a value.
  package let percentiles: [Double]
  /// The same with every unusable cell as infinity; empty without a cell, and for costs and tokens.
  package let percentilesWithFailures: [Double]
  /// Values at even steps of rank, at most 101, for drawing; ascending.
  package let distribution: [Double]

  init(_ metric: CellMetric, _ columns: RouteColumns) {
    self.metric = metric
    let column = columns.column(metric)
    var values: [Double] = []
    var unusable = 0
    var unknown = 0
    for (place, value) in column.enumerated() {
      if metric.isLatency, columns.outcomes[place] == .unusable {
        unusable += 1
      } else if value.isNaN {
        unknown += 1
      } else {
        values.append(value)
      }
    }
    values.sort()
    count = values.count
    self.unknown = unknown
    mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    percentiles = Self.shares.compactMap { Percentile.nearestRank($0, ofSorted: values) }
    percentilesWithFailures =
      metric.isLatency
      ? Self.shares.compactMap { Percentile.nearestRank($0, ofSorted: values, failures: unusable) } : []
    let steps = min(100, max(0, values.count - 1))
    distribution =
      values.isEmpty
      ? [] : steps == 0 ? [values[0]] : (0...steps).map { values[$0 * (values.count - 1) / steps] }
  }

  /// The percentile of a share among `shares`; nil without a value.
  package func percentile(_ share: Double, withFailures: Bool = false) -> Double? {
    let list = withFailures ? percentilesWithFailures : percentiles
    guard let place = Self.shares.firstIndex(of: share), place < list.count else { return nil }
    return list[place]
  }
}

/// Gaps between chunks, known to their class only.
package struct ChunkGapSummary: Hashable, Sendable {
  package let count: Int64
  /// Milliseconds at which the class of the percentile begins; the class is at most a quarter wider.
  package let median: Double
  package let p95: Double

  init?(_ counts: [Int: Int64]) {
    let total = counts.values.reduce(0, +)
    guard total > 0 else { return nil }
    count = total
    func start(_ share: Double) -> Double {
      let rank = Percentile.rank(share, of: Int(clamping: total))
      var passed = 0
      for (place, number) in counts.sorted(by: { $0.key < $1.key }) {
        passed += Int(clamping: number)
        if passed >= rank { return Double(ChunkGaps.start(of: place)) / 1_000_000 }
      }
      return .infinity
    }
    median = start(0.5)
    p95 = start(0.95)
  }
}

/// What the cells of one route cost, in exact US dollars.
package struct CostSummary: Sendable {
  /// Of the cells whose cost the catalogue tells.
  package let byCatalogue: ExactSum
  /// Cells whose cost is unknown, by reason.
  package let unknown: [String: Int]
  package let priceDates: (first: CalendarDate, last: CalendarDate)?
  package let byProvider: ExactSum
  /// Both costs over the cells that have both.
  package let comparedCatalogue: ExactSum
  package let comparedProvider: ExactSum
  /// What lost attempts may have cost besides.
  package let possibleDoubleSpend: ExactSum
  package let passed: Int

  init(_ columns: RouteColumns, passed: Int) {
    byCatalogue = columns.cost
    unknown = columns.unknownCosts
    priceDates = columns.priceDates
    byProvider = columns.charged
    comparedCatalogue = columns.compared.catalogue
    comparedProvider = columns.compared.provider
    possibleDoubleSpend = columns.possibleDoubleSpend
    self.passed = passed
  }

  /// Whether every cell's cost is known.
  package var isComplete: Bool { unknown.isEmpty }

  /// Dollars a thousand cells, over the cells whose cost is known; nil without.
  package var perThousandCells: ExactDecimal? {
    byCatalogue.count > 0
      ? byCatalogue.total?.multiplied(by: ExactDecimal(1000))?.divided(
        by: Int64(byCatalogue.count), places: 12)
      : nil
  }

  /// Dollars an answer that passed, failed and unusable ones paid too; nil where a cost is unknown or none passed.
  package var perPass: ExactDecimal? {
    isComplete && passed > 0 ? byCatalogue.total?.divided(by: Int64(passed), places: 12) : nil
  }
}
