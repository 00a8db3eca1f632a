import Cataloguing
import Deciding
import Documents
import Facts

extension Comparison {
  static let benchmarks: @Sendable (Comparison) -> Section = { page in
    let shared = page.verdict.benchmarks
    guard !shared.isEmpty else {
      return Section(
        id: "benchmarks", title: "Benchmarks",
        blocks: [
          .paragraph([
            .text("No benchmark has a tracked score for \(page.models.count == 2 ? "both" : "all") of them.")
          ])
        ])
    }
    let rows = shared.map { benchmark in
      Table.Row(
        Benchmarks.title(benchmark.benchmark), note: page.note(benchmark),
        path: Paths.benchmark(benchmark.benchmark),
        cells: benchmark.scores.map { [.cell(page.scoreCell($0))] } + [[.cell(page.verdictCell(benchmark))]])
    }
    return Section(
      id: "benchmarks", title: "Benchmarks",
      blocks: [
        .table(
          Table(
            caption: "Shared benchmarks", head: ["Benchmark"] + page.names + ["Comparison"],
            headPaths: page.headPaths + [nil], rows: rows))
      ])
  }

  func scoreCell(_ score: Score) -> Cell { score.cell }

  private func note(_ benchmark: SharedBenchmark) -> String {
    guard let claim = benchmark.scores.first?.claim else { return "" }
    let efforts = Set(
      benchmark.scores.map {
        $0.claim.variant.isEmpty ? "default effort" : Display.harmless($0.claim.variant)
      }
    ).sorted()
    return [
      Display.harmless(claim.metric),
      claim.evaluator.map { "run by \(Display.harmless($0).replacing("_", with: " "))" },
      claim.version.map { "version \(Display.harmless($0))" }, Display.listed(efforts, "or"),
      benchmark.scores.map(\.citation.observed).min().map { "observed \($0.text)" },
    ].compactMap(\.self).joined(separator: ", ")
  }

  private func verdictCell(_ benchmark: SharedBenchmark) -> Cell {
    if let reason = benchmark.incomparable { return .plain("not comparable: \(reason)") }
    guard let leader = benchmark.leader else { return .plain("no lead") }
    return Cells.derived(
      "\(names[leader]) leads", exact: models[leader].id.rawValue, from: benchmark.scores.map(\.citation),
      rule: "the higher of two comparable scores")
  }
}

extension Score {
  package var cell: Cell {
    Cell(
      Display.score(claim.value, unit: claim.unit), state: .known, exact: claim.value.text, detail: detail,
      citations: [citation], rule: ResolutionRule.onlySource.rawValue)
  }

  /// Effort and interval: `high effort, 1204–1219 (95%)`.
  var detail: String? {
    let parts = [
      claim.variant.isEmpty ? nil : Display.harmless(claim.variant),
      claim.interval.map { "\(Display.harmless($0)) (95%)" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
