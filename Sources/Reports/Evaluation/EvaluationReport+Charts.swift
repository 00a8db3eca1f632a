import Documents
import Evaluating
import Facts
import Pages
import Statistics

/// The pictures of an evaluation.
extension EvaluationReport {
  /// Pass rate against cost, with the intervals of the rates; nil without two routes whose cost is known.
  var qualityChart: Chart? {
    let points = summary.routes.compactMap { route -> Chart.Scatter.Point? in
      guard let rate = route.rate.rate else { return nil }
      let interval = route.rate.interval
      let range = percent(interval.low).flatMap { low in percent(interval.high).map { low...$0 } }
      return Chart.Scatter.Point(
        name(of: route.name), x: route.cost.isComplete ? route.cost.perThousandCells : nil, y: percent(rate),
        isFront: isFront(route), isEmphasised: route.name == summary.baseline, yRange: range)
    }
    guard points.count(where: { $0.x != nil }) > 1 else { return nil }
    // A free route has no place on a logarithmic scale; near costs need none.
    let costs = points.compactMap(\.x)
    let isFar = (costs.min().map { !$0.isZero } ?? false) && isTenfold(costs)
    let hasChecks = summary.routes.contains(where: \.hasChecks)
    return Chart(
      id: "quality-against-cost", title: "Quality against cost",
      description:
        "Further left is cheaper, further up is better. The upright line through a point is where its true rate most likely lies (Wilson's \(confidence) interval); points whose lines overlap may well be equal.",
      table: Table(
        caption: "Quality and cost",
        head: ["Route", hasChecks ? "Passed" : "Usable answers", "US dollars a thousand cells"],
        rows: summary.routes.map { route in
          Table.Row(
            name(of: route.name),
            cells: [
              [.cell(rateWithInterval(route.rate))],
              [
                route.cost.isComplete
                  ? route.cost.perThousandCells.map {
                    .cell(Documents.Cell(Display.rounded($0, decimals: 4), state: .plain, exact: $0.text))
                  } ?? .cell(.unknown) : .cell(.unknown)
              ],
            ])
        }),
      shape: .scatter(
        Chart.Scatter(
          x: Chart.Axis("US dollars a thousand cells", unit: .dollars, scale: isFar ? .logarithmic : .linear),
          y: Chart.Axis(
            hasChecks ? "Passed, of all cells" : "Usable answers, of all cells", unit: .score(.percent)),
          points: points,
          key: .init(emphasised: "Baseline", front: "None cheaper passes more often", others: "Others"))))
  }

  private func isFront(_ route: RouteSummary) -> Bool {
    guard let rate = route.rate.rate, route.cost.isComplete, let cost = route.cost.perThousandCells else {
      return false
    }
    return !summary.routes.contains { other in
      guard let otherRate = other.rate.rate, other.cost.isComplete,
        let otherCost = other.cost.perThousandCells
      else {
        return false
      }
      return otherRate >= rate && otherCost <= cost && (otherRate > rate || otherCost < cost)
    }
  }

  private func isTenfold(_ costs: [ExactDecimal]) -> Bool {
    guard let low = costs.min(), let high = costs.max(), let ten = low.multiplied(by: ExactDecimal(10)) else {
      return false
    }
    return ten < high
  }

  private func percent(_ share: Double) -> ExactDecimal? { MeasuredText.decimal(share * 100, places: 2) }

  // MARK: Latency

  /// How many of a hundred cells were done by then; a line that ends below 100% shows failures.
  func latencyChart(_ metric: CellMetric) -> Chart? {
    let routes = summary.routes.filter { ($0[metric]?.count ?? Int.zero) > 1 }
    guard !routes.isEmpty else { return nil }
    let what = metric == .firstToken ? "the first token" : "the last token"
    let series = routes.map { route in
      Chart.Lines.Series(name(of: route.name), points: points(route, metric))
    }
    let shares = [0.5, 0.9, 0.95, 0.99]
    let values = routes.flatMap { $0[metric]?.distribution ?? [] }.filter { $0 > 0 }
    let isFar = (values.min() ?? 1) * 8 < (values.max() ?? 1)
    return Chart(
      id: "distribution-\(metric == .firstToken ? "first" : "last")-token", title: "Time to \(what)",
      description:
        "How many of a hundred cells had \(what) by then. Further left is faster; a steep line is steady; a line that ends below 100% lost the rest to failures or unknown times.",
      table: Table(
        caption: "Time to \(what), usable answers", head: ["Route", "Median", "p90", "p95", "p99"],
        rows: routes.map { route in
          Table.Row(
            name(of: route.name),
            cells: shares.map { share in
              route[metric]?.percentile(share).map {
                [.cell(Documents.Cell(MeasuredText.milliseconds($0), state: .plain, exact: "\($0)"))]
              } ?? [.cell(.unknown)]
            })
        }),
      shape: .lines(
        Chart.Lines(
          x: Chart.Axis(
            "Milliseconds to \(what)", unit: .milliseconds, scale: isFar ? .logarithmic : .linear),
          y: Chart.Axis("Share of all cells", unit: .score(.percent)), series: series)))
  }

  private func points(_ route: RouteSummary, _ metric: CellMetric) -> [Chart.Lines.Point] {
    guard let found = route[metric], route.cells > 0 else { return [] }
    let share = Double(found.count) / Double(route.cells) * 100
    let steps = Double(max(1, found.distribution.count - 1))
    return found.distribution.enumerated().compactMap { place, value in
      guard value > 0, let x = MeasuredText.decimal(value, places: 3),
        let y = MeasuredText.decimal(Double(place) / steps * share, places: 2)
      else { return nil }
      return Chart.Lines.Point(x: x, y: y)
    }
  }
}
