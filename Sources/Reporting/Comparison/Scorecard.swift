import Deciding
import Documents
import Facts

extension Comparison {
  static let scorecard: @Sendable (Comparison) -> Section = { page in
    let all = page.models.indices
    var rows: [Table.Row] = []
    if page.verdict.typesDiffer {
      rows.append(.init("Product type", cells: all.map { [.cell(page.typeCell($0))] }))
    }
    rows.append(
      .init(
        "Best for",
        cells: all.map { Cells.conclusion(Array(page.assessments[$0].fitness.uses.prefix(Fitness.shown))) }))
    rows.append(.init("Decision fit", cells: all.map { page.tagRuns($0) }))
    rows.append(
      .init(
        "Context window", note: "Prompt and answer together, in tokens.",
        cells: all.map { [.cell(page.contextCell($0))] }))
    rows.append(
      .init(
        "Cheapest output", note: "The lowest metered price below every tier.",
        cells: all.map { page.outputRuns($0) }))
    rows.append(.init("Provider routes", cells: all.map { [.cell(page.routesCell($0))] }))
    rows.append(
      .init(
        "Shared benchmarks",
        cells: all.map { _ in [.cell(.plain("\(page.verdict.benchmarks.count) shared"))] }))
    rows.append(
      .init(
        "Evidence", note: "Of the facts in this page's tables.",
        cells: all.map { [.cell(.plain(page.evidenceSummary($0)))] }))
    return Section(
      id: "scorecard", title: "Decision scorecard",
      blocks: [.table(Table(caption: "Decision scorecard", head: ["Signal"] + page.names, rows: rows))])
  }

  private func tagRuns(_ index: Int) -> [Run] {
    let tags = assessments[index].fitness.tags.prefix(Fitness.shown)
    return tags.isEmpty ? [.cell(.plain("General"))] : Cells.conclusion(Array(tags))
  }

  private func outputRuns(_ index: Int) -> [Run] {
    guard let cheapest = assessments[index].cheapestOutput else { return [.cell(.unknown)] }
    let cell = Cells.cell(
      Display.pricePerMillion(cheapest.price), cheapest.evidence, .price(PriceTerm(.output)),
      exact: cheapest.price.text)
    return [.cell(cell), .text(" at \(Display.harmless(cheapest.route.providerName))")]
  }

  /// `12 facts cited, 2 disputed, 5 unknown, oldest 2026-05-21`.
  private func evidenceSummary(_ index: Int) -> String {
    let fields = Self.specFields + Capability.allCases.map(Field.capability)
    let values = fields.map { models[index][$0] }
    let known = values.filter { !$0.isUnknown }
    let disputed = known.count { $0.isDisputed }
    let oldest = known.compactMap { $0.evidence?.oldest }.min()
    return [
      "\(Display.counted(known.count, "fact")) cited", "\(disputed) disputed",
      "\(values.count - known.count) unknown",
      oldest.map { "oldest \($0.text)" },
    ].compactMap(\.self).joined(separator: ", ")
  }
}
