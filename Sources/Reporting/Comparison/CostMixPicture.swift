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
    let mix = CostMix(sheets.map(\.rateCard), workload: workload)
    guard mix.lines.count(where: { $0.count > 1 }) > 1 else { return [] }
    let traffic =
      "\(Display.tokens(TokenCount(mix.total))) tokens in \(Display.tokens(TokenCount(workload.requests))) \(workload.requests == 1 ? "request" : "requests") a month"
    return [
      .paragraph(words(mix)),
      .chart(
        Chart(
          id: "cost-mix", title: "Cost against the share of output",
          description:
            "Monthly cost at \(traffic), by how much of it is output. Prices are per token, so more of the same traffic scales every cost alike; the mix is what can change the cheaper side.",
          table: table(mix, traffic: traffic), shape: .lines(lines(mix)))),
    ]
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
                  : sheet.costCell(sheet.assessment(at: row.workload).estimate, decimals: decimals))
            ]
          })
      })
  }

  // MARK: The same in words

  private func words(_ mix: CostMix) -> [Run] {
    guard let first = mix.breakEvens.first else {
      return [
        .text(
          mix.spansAll && mix.lines.allSatisfy { !$0.isEmpty }
            ? "No share of output changes which of them is cheapest."
            : "The cheapest of them does not change in the part that is drawn.")
      ]
    }
    var runs: [Run] = [.text("Break-even: \(names[first.below]) is the cheapest below ")]
    for (place, point) in mix.breakEvens.enumerated() {
      if place > 0 { runs.append(.text(" up to ")) }
      runs += [
        .cell(shareCell(point, of: mix)),
        .text("\(place == 0 ? " output" : ""), \(names[point.above]) from there"),
      ]
    }
    var end = " on."
    if case .contested = verdict.cost { end = " on, at the prices believed." }
    runs.append(.text(end))
    return runs
  }

  private func shareCell(_ point: CostMix.BreakEven, of mix: CostMix) -> Cell {
    let workload = verdict.workload.mixed(output: point.output)
    let citations = [point.below, point.above].flatMap {
      sheets[$0].assessment(at: workload).estimate.cheapest?.evidence.agreeing ?? []
    }
    guard !citations.isEmpty else { return .plain(mix.share(point.output)) }
    return Cells.derived(
      mix.share(point.output), exact: String(point.output), from: citations,
      rule: "the least share of output at which the other model's cost is lower")
  }
}

extension Workload {
  /// The same tokens and requests in sum, so many of the tokens output; the cached share of the input stays.
  func mixed(output: Int64) -> Workload {
    let input = inputTokens.tokens + outputTokens.tokens - output
    let cached =
      inputTokens.tokens > 0
      ? Int128(input) * Int128(cachedTokens.tokens) / Int128(inputTokens.tokens) : 0
    return Workload(
      inputTokens: TokenCount(input), outputTokens: TokenCount(output), requests: requests,
      cachedTokens: TokenCount(Int64(clamping: cached)))
  }
}

extension CostMix {
  /// The share in percent, near enough to draw.
  fileprivate func percent(_ output: Int64) -> ExactDecimal {
    ExactDecimal(reducing: Int128(output) * 1_000_000 / Int128(max(total, 1)), exponent: -4)
  }

  /// The share at one decimal, half up: `23.8%`.
  fileprivate func share(_ output: Int64) -> String {
    let tenths = (Int128(output) * 2000 + Int128(total)) / (Int128(max(total, 1)) * 2)
    return ExactDecimal(reducing: tenths, exponent: -1).text + "%"
  }

  /// The height of a model's line at a place between its corners.
  fileprivate func cost(of model: Int, at output: Int64) -> ExactDecimal? {
    lines[model].last { $0.output <= output }.flatMap { start in
      lines[model].first { $0.output >= output }.flatMap { start.between($0, at: output) }
    }
  }

  /// Whether every line reaches from no output to nothing else.
  fileprivate var spansAll: Bool {
    lines.allSatisfy { $0.first?.output == 0 && $0.last?.output == total }
  }
}
