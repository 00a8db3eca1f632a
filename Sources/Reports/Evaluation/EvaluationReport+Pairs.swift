import Documents
import Evaluating
import Facts
import Pages
import Statistics

/// The sections that hold routes against the baseline.
extension EvaluationReport {
  var pairSections: [Section] {
    guard !summary.pairs.isEmpty, let baseline = summary.baseline else { return [] }
    let heads = ["Measure"] + summary.pairs.map { name(of: $0.route) }
    var blocks: [Block] = [
      .paragraph([
        .text(
          "Each route against \(name(of: baseline)) on the same prompts. Differences are the route's less \(name(of: baseline))'s; a point is a hundredth of all prompts."
        )
      ]),
      .table(Table(caption: "Passed against \(name(of: baseline))", head: heads, rows: qualityRows)),
      .table(Table(caption: "Cost and time against \(name(of: baseline))", head: heads, rows: metricRows)),
    ]
    let missing: [[Run]] = summary.pairs.flatMap { pair -> [[Run]] in
      guard pair.missingCount > 0 else { return [] }
      let named = pair.missing.map { side in
        "\(Display.harmless(side.prompt))\(side.trial > 1 ? " (trial \(side.trial))" : "") lacks \(name(of: side.route))"
      }
      let rest = pair.missingCount - named.count
      return [
        [
          .text("\(name(of: pair.route)): "), .cell(count(pair.missingCount, "pair")),
          .text(
            " without one side: " + named.joined(separator: ", ")
              + (rest > 0 ? ", and \(grouped(rest)) more" : "")),
        ]
      ]
    }
    if !missing.isEmpty { blocks.append(.list(missing)) }
    return [Section(id: "pairs", title: "Against \(name(of: baseline))", blocks: blocks)]
  }

  private func row(_ label: String, _ note: String, _ cells: (PairSummary) -> [Run]) -> Table.Row {
    Table.Row(label, note: note, cells: summary.pairs.map(cells))
  }

  private func plain(_ text: String, _ value: Double) -> [Run] {
    [.cell(Documents.Cell(text, state: .plain, exact: "\(value)"))]
  }

  private func quality(_ pair: PairSummary, _ cells: (QualityComparison) -> [Run]) -> [Run] {
    pair.quality.map(cells) ?? [.cell(.unknown)]
  }

  private var qualityRows: [Table.Row] {
    let margin = MeasuredText.pointCount(summary.question.margin)
    let wanted = MeasuredText.pointCount(summary.question.wantedDifference)
    return [
      row(
        "Pairs",
        "Prompts and trials with a decided outcome on both sides; in brackets the clusters that were resampled."
      ) { pair in
        [.cell(count(pair.pairs, "pair")), .text(" (\(Display.counted(pair.clusters, "cluster")))")]
      },
      row("Both, only this, only baseline, neither", "Pairs by who passed.") { pair in
        [
          .cell(
            .plain(
              [pair.bothPassed, pair.onlyRoutePassed, pair.onlyBaselinePassed, pair.bothFailed].map(grouped)
                .joined(separator: ", ")))
        ]
      },
      row(
        "Difference of pass rates, points",
        "(only this − only baseline) / pairs, with Tango's \(confidence) score interval; BCa over resampled clusters where pairs are not independent."
      ) { pair in
        quality(pair) { found in
          plain(
            "\(MeasuredText.points(found.difference)) (\(MeasuredText.range(found.interval, MeasuredText.points)))",
            found.difference)
            + [.text(found.intervalMethod == .clusterBootstrap ? ", by clusters" : "")]
        }
      },
      row(
        "Chance of such a difference if both were equal",
        "Exact McNemar p from the pairs that differ; in brackets the mid-p. Where pairs are not independent, a sign-flip test over clusters."
      ) { pair in
        quality(pair) { found in
          plain("p " + MeasuredText.p(found.p), found.p)
            + [.text(found.midP.map { " (mid-p \(MeasuredText.p($0)))" } ?? ", by clusters")]
        }
      },
      row("The same after Holm", "Holm's step-down over all routes held against the baseline.") { pair in
        quality(pair) { plain("p " + MeasuredText.p($0.adjustedP), $0.adjustedP) }
      },
      row(
        "Not worse by more than \(margin)",
        "One-sided test of Tango's score at −\(margin), after Holm; shown when p is below \(MeasuredText.short(summary.question.errorRate))."
      ) { pair in
        quality(pair) { found in
          let isShown = found.adjustedNotWorseP < summary.question.errorRate
          return [.text(isShown ? "shown, " : "not shown, ")]
            + plain("p " + MeasuredText.p(found.adjustedNotWorseP), found.adjustedNotWorseP)
        }
      },
      row(
        "Equal within \(margin)",
        "Two one-sided tests at ±\(margin); shown when the larger p is below \(MeasuredText.short(summary.question.errorRate))."
      ) { pair in
        quality(pair) { found in
          [.text(found.equivalenceP < summary.question.errorRate ? "shown, " : "not shown, ")]
            + plain("p " + MeasuredText.p(found.equivalenceP), found.equivalenceP)
        }
      },
      row(
        "Prompts needed to see \(wanted)",
        "Connor's n = (1.96 √ψ + 0.84 √(ψ − δ²))² / δ² for 80% power, with ψ the share of pairs that differ, as seen here but at least δ."
      ) { pair in
        quality(pair) { found in
          guard let needed = found.needed else { return [.cell(.unknown)] }
          return [
            .cell(count(needed, "prompt")),
            .text(" at \(MeasuredText.percent(found.supposedDiscordance)) differing"),
          ]
        }
      },
    ]
  }

  private var metricRows: [Table.Row] {
    var rows: [Table.Row] = [
      row(
        "Cost in sum", "(sum of this − sum of baseline) / sum of baseline, with BCa over resampled clusters."
      ) { pair in
        guard let relative = pair.relativeCost else { return [.cell(.unknown)] }
        let text = { (share: Double) in MeasuredText.points(share) + "%" }
        return plain(
          text(relative.change) + (relative.interval.map { " (\(MeasuredText.range($0, text)))" } ?? ""),
          relative.change)
      }
    ]
    for metric in CellMetric.allCases where summary.pairs.contains(where: { $0[metric] != nil }) {
      let text = metric.unit == .dollars ? MeasuredText.signedDollars : MeasuredText.signedMilliseconds
      rows.append(
        row(
          "\(metric.title) (\(metric.rawValue)), mean",
          "Mean of the differences, with BCa over resampled clusters; p of a sign-flip test after Holm."
        ) { pair in
          guard let found = pair[metric] else { return [.cell(.unknown)] }
          return plain(
            text(found.difference) + (found.interval.map { " (\(MeasuredText.range($0, text)))" } ?? ""),
            found.difference) + [.text(", p \(MeasuredText.p(found.adjustedP))")]
        })
      guard metric.isLatency else { continue }
      for share in [0.5, 0.95] {
        rows.append(
          row(
            "\(metric.title) (\(metric.rawValue)), \(share == 0.5 ? "median" : "p95")",
            "Difference of the percentiles by nearest rank, with percentiles of the resamples."
          ) { pair in
            guard let found = pair[metric]?.percentiles.first(where: { $0.share == share }) else {
              return [.cell(.unknown)]
            }
            let change = found.route - found.baseline
            return plain(
              text(change) + (found.interval.map { " (\(MeasuredText.range($0, text)))" } ?? ""), change)
          })
      }
    }
    return rows
  }
}
