import Facts

/// What a summary keeps of the records of one route: a few numbers a cell, whatever the size of the answers.
struct RouteColumns: Sendable {
  enum Outcome: UInt8, Sendable {
    case passed, failedChecks, undecided, unusable
  }

  var prompts: [Int32] = []
  var trials: [Int32] = []
  var outcomes: [Outcome] = []
  /// One column a metric, in the order of `CellMetric.allCases`; not a number where it is unknown or withheld.
  var values = [[Double]](repeating: [], count: CellMetric.allCases.count)
  var isGood: [Bool] = []

  var failures: [FailureClass: Int] = [:]
  var withheld: [String: Int] = [:]
  var hasChecks = false
  var cost = ExactSum()
  var charged = ExactSum()
  /// Both costs of cells that have both.
  var compared = (catalogue: ExactSum(), provider: ExactSum())
  var possibleDoubleSpend = ExactSum()
  var unknownCosts: [String: Int] = [:]
  var priceDates: (first: CalendarDate, last: CalendarDate)?
  var ended: (first: Timestamp, last: Timestamp)?
  var attempts = 0
  var rateLimited = 0
  var cachedCells = 0
  var gaps: [Int: Int64] = [:]
  var served: [CellRecord.Served: Int] = [:]
  var scores: (sum: Double, count: Int) = (0, 0)
  var checks: [String: CheckTally] = [:]

  /// Different served models that are counted apart; more are counted together.
  private static let mostServed = 20
  private static let mostReasons = 20

  mutating func add(_ record: CellRecord, prompt: Int32, limits: [MetricLimit]) {
    prompts.append(prompt)
    trials.append(Int32(clamping: record.cell.trial))
    let passes = record.passes
    let outcome: Outcome =
      record.failure != nil ? .unusable : passes.map { $0 ? .passed : .failedChecks } ?? .undecided
    outcomes.append(outcome)
    if let failure = record.failure { failures[failure, default: 0] += 1 }
    if let reason = record.withheldLatency { count(reason, in: &withheld) }
    for (place, metric) in CellMetric.allCases.enumerated() {
      let isKept = record.withheldLatency == nil || !metric.isLatency
      values[place].append((isKept ? metric.value(record) : nil) ?? .nan)
    }
    isGood.append(
      outcome == .passed
        && limits.allSatisfy { limit in
          guard record.withheldLatency == nil || !limit.metric.isLatency else { return false }
          return limit.metric.value(record).map { $0 <= limit.most } ?? false
        })
    addChecks(record)
    addCosts(record)
    addCircumstances(record)
  }

  private mutating func addChecks(_ record: CellRecord) {
    for check in record.checks {
      hasChecks = true
      checks[check.name, default: CheckTally()].add(check)
      if let score = check.score {
        scores.sum += score.approximate
        scores.count += 1
      }
    }
  }

  private mutating func addCosts(_ record: CellRecord) {
    switch record.costByCatalogue {
    case .known(let dollars, let date):
      cost.add(dollars)
      priceDates = priceDates.map { (min($0.first, date), max($0.last, date)) } ?? (date, date)
      if let charge = record.costByProvider {
        compared.catalogue.add(dollars)
        compared.provider.add(charge)
      }
    case .unknown(let reason, _): count(reason, in: &unknownCosts)
    }
    if let charge = record.costByProvider { charged.add(charge) }
    for attempt in record.attempts {
      if let possible = attempt.possibleCost { possibleDoubleSpend.add(possible) }
    }
  }

  private mutating func addCircumstances(_ record: CellRecord) {
    attempts += record.attempts.count
    rateLimited += record.attempts.count(where: { $0.failure == .rateLimited })
    if let read = record.usage?.cacheRead, read > 0 { cachedCells += 1 }
    if record.withheldLatency == nil, record.failure == nil {
      for (place, number) in record.stamps?.gaps.counts ?? [:] { gaps[place, default: 0] += number }
    }
    let end = record.endedAt
    ended = ended.map { (min($0.first, end), max($0.last, end)) } ?? (end, end)
    if served[record.served] != nil || served.count < Self.mostServed {
      served[record.served, default: 0] += 1
    }
  }

  private func count(_ reason: String, in table: inout [String: Int]) {
    table[table[reason] != nil || table.count < Self.mostReasons ? reason : "another reason", default: 0] += 1
  }

  func column(_ metric: CellMetric) -> [Double] {
    CellMetric.allCases.firstIndex(of: metric).map { values[$0] } ?? []
  }
}

/// How often a check passed.
package struct CheckTally: Hashable, Sendable {
  package var passed = 0
  package var failed = 0
  package var undecided = 0

  mutating func add(_ check: CheckResult) {
    switch check.passed {
    case true?: passed += 1
    case false?: failed += 1
    case nil: undecided += 1
    }
  }
}

/// A sum of exact decimals that says when it grew too large to be exact.
package struct ExactSum: Hashable, Sendable {
  /// nil when it cannot be held exactly.
  package private(set) var total: ExactDecimal? = .zero
  package private(set) var count = 0

  mutating func add(_ value: ExactDecimal) {
    total = total?.adding(value)
    count += 1
  }
}
