import Documents
import Evaluating
import Facts
import Pages
import Statistics

/// The sections that show each route by itself.
extension EvaluationReport {
  private var heads: [String] { summary.routes.map { name(of: $0.name) } }

  private func row(
    _ label: String, _ note: String?, _ cells: (RouteSummary) -> [Run]
  ) -> Table.Row {
    Table.Row(label, note: note, cells: summary.routes.map(cells))
  }

  private func number(_ number: Int) -> [Run] {
    [.cell(Documents.Cell(grouped(number), state: .plain, exact: String(number)))]
  }

  // MARK: Quality

  var qualitySection: Section {
    let hasChecks = summary.routes.contains(where: \.hasChecks)
    var rows = [
      row("Cells", "A prompt through a route, once; each stands in the denominator.") { number($0.cells) },
      row(
        hasChecks ? "Passed" : "Usable answers",
        "Passed / cells, errors counted as not passed; in brackets Wilson's \(confidence) interval."
      ) { [.cell(rateWithInterval($0.rate))] },
      row("Of answered", "Passed / cells that gave a usable answer; Wilson's \(confidence) interval.") {
        [.cell(rateWithInterval($0.rateOfAnswered))]
      },
      row("Without a usable answer", "Cells whose last attempt failed; see Failures.") {
        number($0.unusable)
      },
    ]
    if summary.routes.contains(where: { $0.undecided > 0 }) {
      rows.append(
        row("Undecided", "Answers with a check that could not be decided.") { number($0.undecided) })
    }
    if summary.routes.contains(where: { $0.goodput != nil }) {
      let limits = summary.question.limits.map {
        "\($0.metric.rawValue) ≤ \(MeasuredText.value($0.most, $0.metric.unit))"
      }
      rows.append(
        row(
          "Goodput",
          "Cells that passed and met every limit / cells: \(Display.listed(limits)); Wilson's \(confidence) interval."
        ) { $0.goodput.map { [.cell(rateWithInterval($0))] } ?? [.cell(.unknown)] })
    }
    if summary.routes.contains(where: { $0.meanScore != nil }) {
      rows.append(
        row("Mean score", "Mean of all scores from 0 to 1 that checks gave.") {
          $0.meanScore.map { [.cell(.plain(MeasuredText.fixed($0, places: 3)))] } ?? [.cell(.unknown)]
        })
    }
    return Section(
      id: "quality", title: "Quality",
      blocks: [
        .table(
          Table(caption: "How often each route did what was asked", head: ["Measure"] + heads, rows: rows))
      ] + [qualityChart].compactMap { $0.map(Block.chart) })
  }

  // MARK: Cost

  var costSection: Section {
    var rows = [
      row("Total", "Sum of the bills of all cells at the catalogue's prices, failed cells paid too.") {
        total($0.cost)
      },
      row("A thousand cells", "Total × 1,000 / cells with a known cost.") {
        dollars($0.cost.perThousandCells)
      },
      row("An answer that passed", "Total / passed; unknown where a cost is unknown or none passed.") {
        dollars($0.cost.perPass)
      },
      row("Price date", "The days whose prices were in force.") { route in
        guard let dates = route.cost.priceDates else { return [.cell(.unknown)] }
        return [
          .text(dates.first == dates.last ? dates.first.text : "\(dates.first.text) to \(dates.last.text)")
        ]
      },
    ]
    if summary.routes.contains(where: { $0.cost.byProvider.count > 0 }) {
      rows.append(
        row("Charged", "Sum of what the provider itself says it charged.") { route in
          guard route.cost.byProvider.count > 0 else { return [.cell(.unknown)] }
          let part =
            route.cost.byProvider.count < route.cells
            ? " for \(Display.counted(route.cost.byProvider.count, "cell"))" : ""
          return dollars(route.cost.byProvider.total) + [.text(part)]
        })
      rows.append(
        row("Charged less catalogue", "Over the cells that have both.") { route in
          guard route.cost.comparedProvider.count > 0, let left = route.cost.comparedProvider.total,
            let right = route.cost.comparedCatalogue.total
          else { return [.cell(.unknown)] }
          return dollars(left.adding(ExactDecimal(reducing: -right.mantissa, exponent: right.exponent)))
        })
    }
    if summary.routes.contains(where: { $0.cost.possibleDoubleSpend.count > 0 }) {
      rows.append(
        row("Possible double spend", "What attempts that were lost under way may have cost besides, at most.")
        {
          dollars($0.cost.possibleDoubleSpend.total)
        })
    }
    let unknown: [[Run]] = summary.routes.flatMap { route in
      route.cost.unknown.sorted { $0.key < $1.key }.map { reason, number in
        [
          .text("\(name(of: route.name)): the cost of "), .cell(count(number, "cell")),
          .text(" is unknown: \(Display.harmless(reason))"),
        ]
      }
    }
    return Section(
      id: "cost", title: "Cost",
      blocks: [
        .table(
          Table(
            caption: "US dollars by the usage that the servers counted", head: ["Measure"] + heads, rows: rows
          ))
      ]
        + (unknown.isEmpty ? [] : [.list(unknown)]))
  }

  private func total(_ cost: CostSummary) -> [Run] {
    guard cost.byCatalogue.count > 0 else { return [.cell(.unknown)] }
    let known = dollars(cost.byCatalogue.total)
    return cost.isComplete ? known : [.cell(.unknown), .text("; known part ")] + known
  }

  private func dollars(_ amount: ExactDecimal?) -> [Run] {
    guard let amount else { return [.cell(.unknown)] }
    return [.cell(Documents.Cell(Display.rounded(amount, decimals: 4), state: .plain, exact: amount.text))]
  }

  // MARK: Latency

  private static let shown: [CellMetric] = [
    .firstToken, .firstAnswer, .end, .perToken, .stall, .attempt, .wall, .queue, .connect, .headers,
    .streamEnd,
  ]

  var latencySection: Section {
    let metrics = Self.shown.filter { metric in
      summary.routes.contains { ($0[metric]?.count ?? .zero) > 0 }
    }
    guard !metrics.isEmpty else {
      return Section(id: "latency", title: "Latency", blocks: [.paragraph(["No latency was measured."])])
    }
    let answered = Table(
      caption: "Median, and what 95 of 100 answers stayed below; usable answers alone",
      head: ["Measure"] + heads, rows: metrics.map { metric in latencyRow(metric, withFailures: false) })
    let all = Table(
      caption: "The same with every cell that gave no usable answer counted as never ending (∞)",
      head: ["Measure"] + heads, rows: metrics.map { metric in latencyRow(metric, withFailures: true) })
    var blocks: [Block] = [.table(answered), .table(all)]
    if summary.routes.contains(where: { $0.chunkGaps != nil }) {
      blocks.append(
        .table(
          Table(
            caption: "Gaps between chunks with content, pooled over all answers; a chunk is not a token",
            head: ["Measure"] + heads,
            rows: [
              row(
                "Median, p95",
                "The class of the histogram in which the rank falls; a class is at most a quarter wide."
              ) { route in
                guard let gaps = route.chunkGaps else { return [.cell(.unknown)] }
                return [
                  .text("from "), .cell(.plain(MeasuredText.milliseconds(gaps.median))), .text(", from "),
                  .cell(.plain(MeasuredText.milliseconds(gaps.p95))),
                  .text(" (\(grouped(Int(gaps.count))) gaps)"),
                ]
              }
            ])))
    }
    return Section(
      id: "latency", title: "Latency",
      blocks: [latencyChart(.firstToken), latencyChart(.end)].compactMap { $0.map(Block.chart) } + blocks)
  }

  private func latencyRow(_ metric: CellMetric, withFailures: Bool) -> Table.Row {
    row("\(metric.title) (\(metric.rawValue))", metric.formula) { route in
      guard let found = route[metric], let median = found.percentile(0.5, withFailures: withFailures),
        let p95 = found.percentile(0.95, withFailures: withFailures)
      else { return [.cell(.unknown)] }
      let known =
        withFailures ? "\(grouped(found.count)) and \(grouped(route.unusable)) failed" : grouped(found.count)
      return [
        .cell(Documents.Cell(MeasuredText.milliseconds(median), state: .plain, exact: "\(median)")),
        .text(", p95 "),
        .cell(Documents.Cell(MeasuredText.milliseconds(p95), state: .plain, exact: "\(p95)")),
        .text(
          " (n = \(known)\(found.unknown > 0 ? ", \(grouped(found.unknown)) unknown" : ""))"),
      ]
    }
  }

  // MARK: Failures and details

  var failureSection: Section {
    let classes = FailureClass.allCases.filter { failure in
      summary.routes.contains { $0.failures[failure] != nil }
    }
    var rows = classes.map { failure in
      row(Display.capitalised(failure.rawValue.replacing("_", with: " ")), failure.words) {
        number($0.failures[failure] ?? Int.zero)
      }
    }
    rows.append(row("Attempts", "All sendings, retries among them.") { number($0.attempts) })
    rows.append(
      row(
        "Answered with 429", "A state of the route, not a wrong answer; such attempts were sent again later."
      ) {
        number($0.rateLimited)
      })
    return Section(
      id: "failures", title: "Failures",
      blocks: [
        .table(
          Table(
            caption: "Cells without a usable answer, by class; and attempts", head: ["Class"] + heads,
            rows: rows))
      ])
  }

  var detailSections: [Section] {
    var sections: [Section] = []
    let checks = Set(summary.routes.flatMap(\.checks.keys)).sorted()
    if !checks.isEmpty {
      sections.append(
        Section(
          id: "checks", title: "Checks",
          blocks: [
            .table(
              Table(
                caption: "Passed / decided, and undecided, of each check", head: ["Check"] + heads,
                rows: checks.map { check in
                  row(Display.harmless(check), nil) { route in
                    guard let tally = route.checks[check] else { return [.text("not used")] }
                    return [
                      .cell(.plain("\(grouped(tally.passed)) / \(grouped(tally.passed + tally.failed))")),
                      .text(tally.undecided > 0 ? ", \(grouped(tally.undecided)) undecided" : ""),
                    ]
                  }
                }))
          ]))
    }
    let tokens: [CellMetric] = [.inputTokens, .cachedTokens, .outputTokens, .reasoningTokens]
    sections.append(
      Section(
        id: "tokens", title: "Tokens",
        blocks: [
          .table(
            Table(
              caption: "Mean tokens of a cell, as the servers count them", head: ["Measure"] + heads,
              rows: tokens.map { metric in
                row(metric.title, metric.formula) { route in
                  guard let found = route[metric], let mean = found.mean else { return [.cell(.unknown)] }
                  return [
                    .cell(
                      Documents.Cell(MeasuredText.fixed(mean, places: 1), state: .plain, exact: "\(mean)")),
                    .text(" (n = \(grouped(found.count)))"),
                  ]
                }
              }))
        ]))
    sections.append(servedSection)
    return sections
  }

  private var servedSection: Section {
    let items: [[Run]] = summary.routes.flatMap { route in
      route.served.sorted {
        ($1.value, $0.key.model ?? "", $0.key.provider ?? "", $0.key.fingerprint ?? "")
          < ($0.value, $1.key.model ?? "", $1.key.provider ?? "", $1.key.fingerprint ?? "")
      }.map { served, number -> [Run] in
        let parts = [
          served.model.map { "model \(Display.harmless($0))" },
          served.provider.map { "provider \(Display.harmless($0))" },
          served.fingerprint.map { "fingerprint \(Display.harmless($0))" },
        ].compactMap(\.self)
        return [
          .text("\(name(of: route.name)): "), .cell(count(number, "cell")),
          .text(parts.isEmpty ? " without a word of who served" : " by " + parts.joined(separator: ", ")),
        ]
      }
    }
    return Section(id: "served", title: "Who served", blocks: [.list(items)])
  }
}

extension FailureClass {
  /// What the class means, for a reader of a report.
  var words: String {
    switch self {
    case .refused: "No connection could be made."
    case .rateLimited: "Status 429 until the retries were used up."
    case .server: "Status 5xx."
    case .rejected: "Another status of 4xx: the request was not taken."
    case .timeout: "No end within the route's time."
    case .truncated: "The answer ended without a reason for ending."
    case .malformed: "Bytes that are no reply of the API."
    case .dropped: "The connection ended before the answer did."
    case .redirected: "The server pointed elsewhere; nothing was sent there."
    case .oversize: "A reply larger than what is read."
    case .errorInStream: "Status 2xx with an error in the stream."
    case .contradictory: "The reply contradicts itself."
    case .lost: "The program ended under way; it may have been billed."
    case .cancelled: "Stopped before it was sent."
    }
  }
}
