import Deciding
import Documents
import Facts

extension Comparison {
  static let scorecard: @Sendable (Comparison) -> Section = { page in
    let all = page.models.indices
    let shared = Cell.plain("\(page.verdict.benchmarks.count) shared")
    var rows: [Table.Row] = []
    if page.verdict.typesDiffer {
      rows.append(.init("Product type", cells: all.map { [.cell(page.typeCell($0))] }))
    }
    if page.sheets.contains(where: { $0.model.life.state != .listed }) {
      rows.append(
        .init(
          "Status", note: "Whether it is still served, by anybody.",
          cells: page.sheets.map { [.cell($0.status)] }))
    }
    rows.append(
      .init(
        "Best for",
        cells: page.sheets.map(\.uses)))
    rows.append(.init("Decision fit", cells: page.sheets.map(\.tags)))
    rows.append(
      .init(
        "Context window", note: "Prompt and answer together, in tokens.",
        cells: all.map { [.cell(page.contextCell($0))] }))
    rows.append(
      .init(
        "Cheapest output", note: "The lowest metered price below every tier.",
        cells: page.sheets.map(\.cheapestOutput)))
    rows.append(.init("Provider routes", cells: all.map { [.cell(page.routesCell($0))] }))
    rows.append(
      .init(
        "Shared benchmarks", cells: all.map { _ in [.cell(shared)] }))
    rows.append(
      .init(
        "Evidence", note: "Of the facts in this page's tables.",
        cells: page.sheets.map { [.cell($0.evidence)] }))
    return Section(
      id: "scorecard", title: "Decision scorecard",
      blocks: [
        .table(
          Table(
            caption: "Decision scorecard", head: ["Signal"] + page.names, headPaths: page.headPaths,
            rows: rows))
      ])
  }
}
