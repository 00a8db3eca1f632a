import Deciding
import Documents
import Facts
import Pricing

/// Cost against the share of output in the traffic, with the points where the cheaper model changes.
extension Comparison {
  /// The shares of the table's rows, in percent.
  private static let shares: [Int64] = [0, 25, 50, 75, 100]

  /// The picture and what it shows in words; nothing where fewer than two models have a line to draw.
  func costMixBlocks() -> [Block] {
    let workload = verdict.workload
    // Only of chat is the share of output a choice.
    guard verdict.sharesWorkload, assessments.allSatisfy({ $0.kind == .chat }) else { return [] }
    let mix = CostMix(sheets.map(\.rateCard), workload: workload)
    guard mix.lines.count(where: { $0.count > 1 }) > 1 else { return [] }
    let traffic =
      "\(Display.tokens(TokenCount(mix.total))) tokens in \(Display.tokens(TokenCount(workload.requests))) \(workload.requests == 1 ? "request" : "requests") a month"
    return [
      .paragraph(cheaperSide.mixLine(mix, isContested: isContested)),
      .chart(
        Chart(
          id: "cost-mix", title: "Cost against the share of output",
          description:
            "Monthly cost at \(traffic), by how much of it is output. More of the same requests scale every cost alike; the mix is what can change the cheaper side.",
          table: table(mix, traffic: traffic), shape: .lines(lines(mix)))),
    ]
  }

  private var isContested: Bool {
    if case .contested = verdict.cost { return true }
    return false
  }

  private func lines(_ mix: CostMix) -> Chart.Lines {
    let own = verdict.workload.outputTokens.tokens
    return Chart.Lines(
      x: Chart.Axis("Share of output in all tokens", unit: .score(.percent)),
      y: Chart.Axis("US dollars a month", unit: .dollars),
      series: zip(names, mix.lines).map { name, points in
        Chart.Lines.Series(name, points: points.map { .init(x: mix.percent($0.output), y: $0.cost) })
      },
      crossings: mix.breakEvens.compactMap { point in
        let place = mix.percent(point.output)
        return mix.cost(of: point.above, at: point.output).map {
          Chart.Lines.Crossing("Break-even at \(mix.share(point.output))", at: .init(x: place, y: $0))
        }
      },
      here: .init("this traffic", at: mix.percent(own)))
  }

  // MARK: The same as a table

  private struct Row {
    let label: String
    let workload: Workload
    /// Whether other pages show the same mix.
    let isShared: Bool
  }

  private func rows(_ mix: CostMix) -> [Row] {
    let workload = verdict.workload
    let isUsual = workload == .usual
    var rows = Self.shares.map { share in
      let output = Int64(Int128(mix.total) * Int128(share) / 100)
      return (
        output, Row(label: "\(share)% output", workload: workload.mixed(output: output), isShared: isUsual)
      )
    }
    rows.append(
      (
        workload.outputTokens.tokens,
        Row(
          label: "\(mix.share(workload.outputTokens.tokens)) output, this traffic", workload: workload,
          isShared: isUsual)
      ))
    rows += mix.breakEvens.map {
      (
        $0.output,
        Row(
          label: "\(mix.share($0.output)) output, break-even", workload: workload.mixed(output: $0.output),
          isShared: false)
      )
    }
    return rows.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map(\.element.1)
  }

  private func table(_ mix: CostMix, traffic: String) -> Table {
    let rows = rows(mix)
    let decimals = Display.decimals(
      for: rows.flatMap { row in sheets.compactMap { $0.rateCard.cheapest(at: row.workload)?.cost } })
    return Table(
      caption: "Monthly cost by the share of output, at \(traffic)", head: ["Traffic"] + names,
      headPaths: headPaths,
      rows: rows.map { row in
        Table.Row(
          row.label,
          cells: sheets.map { sheet in
            [
              .cell(
                row.isShared
                  ? sheet.costCell(atShared: row.workload, decimals: decimals)
                  : sheet.costCell(at: row.workload, decimals: decimals))
            ]
          })
      })
  }
}

extension CostMix {
  /// The share in percent, near enough to draw.
  fileprivate func percent(_ output: Int64) -> ExactDecimal {
    ExactDecimal(reducing: Int128(output) * 1_000_000 / Int128(max(total, 1)), exponent: -4)
  }

  /// The height of a model's line at a place between its corners.
  fileprivate func cost(of model: Int, at output: Int64) -> ExactDecimal? {
    lines[model].last { $0.output <= output }.flatMap { start in
      lines[model].first { $0.output >= output }.flatMap { start.between($0, at: output) }
    }
  }
}
