import Documents
import Facts

/// The charts of the site's pages.
enum Pictures {
  /// More bars than this are a list, no picture.
  private static let mostBars = 30

  /// Context windows of several models; nil for one model or too many.
  static func contextWindows(_ sheets: [ModelSheet], of name: String) -> Block? {
    guard (2...mostBars).contains(sheets.count) else { return nil }
    let ordered = sheets.sorted {
      let (left, right) = ($0.model.contextWindow.value?.tokens, $1.model.contextWindow.value?.tokens)
      return (right ?? -1, $0.model.id) < (left ?? -1, $1.model.id)
    }
    guard ordered.contains(where: { $0.model.contextWindow.value != nil }) else { return nil }
    return .chart(
      Chart(
        id: "context-windows", title: "Context windows",
        description: "Prompt and answer together, in tokens, of the models of \(name).",
        table: Table(
          caption: "Context windows of \(name)", head: ["Model", "Context window"],
          rows: ordered.map {
            Table.Row(
              $0.name, path: Paths.model($0.model.id), cells: [[.cell($0.cell(.contextWindow))]])
          }),
        shape: .bars(
          Chart.Bars(
            axis: Chart.Axis("Context window, tokens", unit: .tokens),
            bars: ordered.map { sheet in
              let count = sheet.model.contextWindow.value
              return Chart.Bars.Bar(
                sheet.name, value: count.map { ExactDecimal($0.tokens) },
                display: count.map(Display.tokens) ?? Display.unknown)
            }))))
  }

  /// Monthly cost at the usual traffic against the scores of one comparable group, with those that none beats.
  static func costAgainstScore(_ scores: [Directory.RankedScore], benchmark: String) -> Block? {
    guard let unit = scores.first?.score.claim.unit else { return nil }
    // The best score of a model: runs of one group differ by harness or day.
    var best: [ModelID: Directory.RankedScore] = [:]
    for entry in scores {
      let known = best[entry.sheet.model.id]
      if known.map({ $0.score.claim.value < entry.score.claim.value }) ?? true {
        best[entry.sheet.model.id] = entry
      }
    }
    let entries = best.values.sorted { $0.sheet.model.id < $1.sheet.model.id }
    let priced = entries.compactMap { entry in
      entry.sheet.assessment.estimate.cheapest.map { (entry: entry, cost: $0.cost) }
    }
    guard priced.count >= 3 else { return nil }
    // Cheapest first, the better score first where costs tie: a model is of the front when it scores above all before it.
    let byCost = priced.sorted {
      ($0.cost, $1.entry.score.claim.value, $0.entry.sheet.model.id)
        < ($1.cost, $0.entry.score.claim.value, $1.entry.sheet.model.id)
    }
    var front: Set<ModelID> = []
    var highest: ExactDecimal?
    for (entry, _) in byCost where highest.map({ $0 < entry.score.claim.value }) ?? true {
      highest = entry.score.claim.value
      front.insert(entry.sheet.model.id)
    }
    let decimals = Display.decimals(for: priced.map(\.cost))
    return .chart(
      Chart(
        id: "cost-against-score", title: "Cost against score",
        description:
          "Monthly cost at \(Wording.workload(.usual)) against the score in \(benchmark). The line joins the models that no cheaper one beats.",
        table: Table(
          caption: "Cost and score, cheapest first", head: ["Model", "Monthly cost", "Score", "Front"],
          rows: byCost.map { entry, _ in
            Table.Row(
              entry.sheet.name, path: Paths.model(entry.sheet.model.id),
              cells: [
                [.cell(entry.sheet.costCell(entry.sheet.assessment.estimate, decimals: decimals))],
                [.cell(entry.score.cell)],
                [
                  .cell(
                    .plain(front.contains(entry.sheet.model.id) ? "none cheaper scores higher" : "beaten"))
                ],
              ])
          }),
        shape: .scatter(
          Chart.Scatter(
            x: Chart.Axis("Monthly cost, US dollars (logarithmic)", unit: .dollars, scale: .logarithmic),
            y: Chart.Axis(benchmark, unit: .score(unit)),
            points: entries.map { entry in
              Chart.Scatter.Point(
                entry.sheet.name, x: entry.sheet.assessment.estimate.cheapest?.cost.dollars,
                y: entry.score.claim.value, isFront: front.contains(entry.sheet.model.id))
            }))))
  }
}
