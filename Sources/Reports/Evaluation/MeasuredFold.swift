import Cataloguing
import Evaluating
import Facts
import Pages
import Statistics

/// Turns a summary into measurements of the reader's own layer.
package struct MeasuredFold: Sendable {
  /// The catalogue's route that a route of the run is.
  package struct Target: Sendable {
    let route: Route
    let model: ModelID

    package init(route: Route, model: ModelID) {
      self.route = route
      self.model = model
    }
  }

  private let summary: EvaluationSummary
  private let run: String
  private let days: Int

  /// - Parameters:
  ///   - run: what measurements call the evaluation.
  ///   - days: how many days they count, the day of the last cell not included.
  package init(_ summary: EvaluationSummary, run: String, days: Int) {
    self.summary = summary
    self.run = run
    self.days = days
  }

  /// The day on which the last cell of a route ended; nil without cells.
  package static func day(of route: RouteSummary) -> CalendarDate? {
    route.ended.flatMap { try? CalendarDate(parsing: String($0.last.text.prefix(10))) }
  }

  /// One route's measurement; nil without a cell.
  ///
  /// - Parameter targets: the catalogue's routes of the run, by name.
  package func measurement(of route: RouteSummary, _ targets: [String: Target]) -> Measurement? {
    guard let target = targets[route.name], route.cells > 0, let date = Self.day(of: route),
      let until = try? CalendarDate(dayNumber: date.firstDayNumber + days),
      let low = MeasuredText.decimal(route.rate.interval.low, places: 4),
      let high = MeasuredText.decimal(route.rate.interval.high, places: 4)
    else { return nil }
    return Measurement(
      run: run, name: route.name, model: target.model, provider: target.route.provider,
      apiID: target.route.apiID,
      date: date, validUntil: until, cells: route.cells, passed: route.passed, unusable: route.unusable,
      hasChecks: route.hasChecks, rateLow: low, rateHigh: high,
      costPerThousand: route.cost.isComplete ? route.cost.perThousandCells : nil,
      firstToken: percentiles(route[.firstToken]), lastToken: percentiles(route[.end]),
      perToken: percentiles(route[.perToken]), prices: target.route.knownPrices,
      served: Set(
        route.served.keys.filter { $0.model != nil || $0.fingerprint != nil }
          .map { Measurement.Served(model: $0.model, fingerprint: $0.fingerprint) }),
      comparison: comparison(of: route.name, targets))
  }

  private func percentiles(_ metric: MetricSummary?) -> Measurement.Percentiles? {
    guard let metric, let median = metric.percentile(0.5), let p95 = metric.percentile(0.95),
      let middle = MeasuredText.decimal(median, places: 3), let high = MeasuredText.decimal(p95, places: 3)
    else { return nil }
    return Measurement.Percentiles(median: middle, p95: high)
  }

  private func comparison(of name: String, _ targets: [String: Target]) -> MeasuredComparison? {
    guard let pair = summary.pairs.first(where: { $0.route == name }), let baseline = targets[pair.baseline],
      let quality = pair.quality, let difference = MeasuredText.decimal(quality.difference, places: 4),
      let low = MeasuredText.decimal(quality.interval.low, places: 4),
      let high = MeasuredText.decimal(quality.interval.high, places: 4)
    else { return nil }
    let verdict: MeasuredComparison.Quality =
      switch EvaluationConclusion.verdict(quality, summary.question) {
      case .better: .better
      case .worse: .worse
      case .notWorse: .notWorse
      case .open: .open
      }
    var cost = MeasuredComparison.Cost.open
    if let change = pair.relativeCost, let interval = change.interval, !interval.holds(0),
      let costs = pair[.cost],
      costs.adjustedP < summary.question.errorRate
    {
      cost = change.change < 0 ? .cheaper : .dearer
    }
    return MeasuredComparison(
      baseline: baseline.route.id, pairs: pair.pairs, quality: verdict, difference: difference, low: low,
      high: high,
      cost: cost)
  }
}
