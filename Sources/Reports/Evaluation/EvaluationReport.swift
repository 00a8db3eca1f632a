import Cataloguing
import Documents
import Evaluating
import Facts
import Pages
import Statistics

/// What an evaluation showed, worded for people who know no statistics; each number has its formula beside it.
package struct EvaluationReport: Sendable {
  package let summary: EvaluationSummary
  /// What the report calls the evaluation: the run's id, or the file of its records.
  package let name: String
  package let stamp: CatalogueStamp

  /// - Parameters:
  ///   - catalogue: printed as the page's own; costs were worked out when the cells ran.
  ///   - asOf: the day of the report.
  package init(_ summary: EvaluationSummary, name: String, catalogue: Catalogue, asOf: CalendarDate) {
    self.summary = summary
    self.name = name
    stamp = CatalogueStamp(catalogue, asOf: asOf)
  }

  package var document: Document {
    let opening = Section(
      id: "introduction", title: title,
      blocks: introduction + notices.map { .notice([.text($0)]) } + stamp.notices.map { .notice([.text($0)]) }
    )
    let sections =
      summary.cells == 0
      ? []
      : [qualitySection, costSection, latencySection] + pairSections + [failureSection] + detailSections
        + [formulaSection]
    return Document(
      kind: "evaluation", title: title, stamp: stamp, sections: [opening] + sections, data: data)
  }

  private var title: String { "Evaluation \(Display.harmless(name))" }

  // MARK: Introduction

  private var introduction: [Block] {
    guard summary.cells > 0 else { return [.paragraph(["No cell has ended yet."])] }
    var words: [Run] = [
      .cell(count(summary.cells, "cell")), .text(" of "), .cell(count(summary.prompts, "prompt")),
      .text(" on "), .cell(count(summary.routes.count, "route")),
    ]
    let ends = summary.routes.compactMap(\.ended)
    if let first = ends.map(\.first).min(), let last = ends.map(\.last).max() {
      let days = (first.text.prefix(10), last.text.prefix(10))
      words.append(
        .text(days.0 == days.1 ? ", measured on \(days.0)" : ", measured from \(days.0) to \(days.1)"))
    }
    words.append(.text("."))
    return [.paragraph(words), .list(conclusions)]
  }

  private var conclusions: [[Run]] {
    guard !summary.pairs.isEmpty else { return summary.routes.map(alone) }
    return summary.pairs.flatMap { EvaluationConclusion($0, self).sentences }
  }

  /// What a route came to by itself.
  private func alone(_ route: RouteSummary) -> [Run] {
    [
      .text("\(name(of: route.name)) \(route.hasChecks ? "passed" : "gave a usable answer in") "),
      .cell(.plain("\(grouped(route.passed)) of \(grouped(route.cells))")),
      .text(" cells, "), .cell(.plain(rate(route.rate))),
      .text(
        "; with other prompts of the same kind the rate would most likely lie between \(MeasuredText.percent(route.rate.interval.low)) and \(MeasuredText.percent(route.rate.interval.high))."
      ),
    ]
  }

  // MARK: Notices

  private var notices: [String] {
    var notices: [String] = []
    for route in summary.routes {
      let name = name(of: route.name)
      let withheld = route.withheld.values.reduce(0, +)
      if withheld > 0 {
        let reasons = route.withheld.keys.sorted().map(Display.harmless)
        notices.append(
          "Latencies of \(Display.counted(withheld, "cell")) of \(name) are withheld, because the client was the bottleneck: \(Display.listed(reasons))."
        )
      }
      if let planned = route.planned, planned > route.cells {
        notices.append(
          "\(Display.counted(planned - route.cells, "cell")) of \(name) \(planned - route.cells == 1 ? "has" : "have") not ended; resume the run before deciding."
        )
      }
      if route.undecided > 0 {
        notices.append(
          "The checks of \(Display.counted(route.undecided, "answer")) of \(name) could not be decided; such answers count as not passed, and their pairs are left out."
        )
      }
      if route.cachedCells > 0 {
        notices.append(
          "\(Display.counted(route.cachedCells, "cell")) of \(name) took input from a cache; a cached repeat is no independent repeat, and it is quicker and cheaper than a first request."
        )
      }
    }
    if summary.repeated > 0 {
      notices.append(
        "\(Display.counted(summary.repeated, "record")) of cells that had one already \(summary.repeated == 1 ? "is" : "are") left out."
      )
    }
    let hasChecks = summary.routes.contains(where: \.hasChecks)
    if summary.cells > 0, !hasChecks {
      notices.append(
        "No answer was checked, so a usable answer counts as passed. That says nothing of its worth; add checks to the prompts."
      )
    }
    return notices
  }

  // MARK: Small words

  func name(of route: String) -> String { Display.harmless(route) }

  func count(_ number: Int, _ noun: String) -> Documents.Cell {
    Documents.Cell(Display.counted(number, noun), state: .plain, exact: String(number))
  }

  func grouped(_ number: Int) -> String { Display.grouped(String(number)) }

  func rate(_ rate: RateSummary) -> String { rate.rate.map(MeasuredText.percent) ?? Display.unknown }

  /// `85.0% (64.0% to 94.8%)`.
  func rateWithInterval(_ rate: RateSummary) -> Documents.Cell {
    guard let value = rate.rate else { return .unknown }
    return Documents.Cell(
      "\(MeasuredText.percent(value)) (\(MeasuredText.range(rate.interval, MeasuredText.percent)))",
      state: .plain,
      exact: "\(value)")
  }

  /// The confidence in words: `95%`.
  var confidence: String { MeasuredText.short(summary.question.confidence * 100) + "%" }
}
