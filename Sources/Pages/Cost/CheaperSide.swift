import Deciding
import Documents
import Facts
import Pricing

/// Where the cheapest of several sides changes, in words.
struct CheaperSide {
  let names: [String]
  let workload: Workload
  /// The citations of the prices that a side's cost at a traffic stands on.
  let citations: (_ side: Int, Workload) -> [Citation]

  /// A line for each lever: cached input, batches, the price itself.
  func lines(_ sensitivity: Sensitivity) -> [[Run]] {
    var lines: [[Run]] = [
      flips(sensitivity.cached, of: "cached input", lever: "Input from cache"), batchLine(sensitivity),
    ]
    if let margin = sensitivity.margin { lines.append(marginLine(margin)) }
    return lines
  }

  private func flips(_ flips: [Sensitivity.Flip], of what: String, lever: String) -> [Run] {
    guard let first = flips.first else {
      return [.text("\(lever): no share of \(what) changes which of them is cheapest.")]
    }
    var runs: [Run] = [.text("\(lever): \(names[first.below]) is the cheapest below ")]
    for (place, flip) in flips.enumerated() {
      if place > 0 { runs.append(.text(" up to ")) }
      runs += [.cell(share(flip)), .text(", \(names[flip.above]) from there")]
    }
    return runs + [.text(" on.")]
  }

  private func batchLine(_ sensitivity: Sensitivity) -> [Run] {
    let unpriced = names.indices.filter { !sensitivity.pricedAsBatch[$0] }
    if unpriced.count == names.count {
      return [.text("Batches: no source prices them on a route of these models.")]
    }
    var runs = flips(sensitivity.batched, of: "batches", lever: "Batches")
    if !unpriced.isEmpty {
      runs.append(
        .text(
          " No source prices batches on a route of \(Display.listed(unpriced.map { names[$0] })), whose cost stays."
        ))
    }
    return runs
  }

  private func share(_ flip: Sensitivity.Flip) -> Cell {
    let text = ExactDecimal(reducing: Int128(flip.share), exponent: -2).text + "%"
    return Cells.derived(
      text, exact: text, from: [flip.below, flip.above].flatMap { citations($0, workload) },
      rule: "the least share at which the other model costs less, to a hundredth of a percent")
  }

  private func marginLine(_ margin: Sensitivity.Margin) -> [Run] {
    guard let rise = Self.rise(from: margin.cost, to: margin.nextCost) else {
      return [.text("Price: the cheapest costs nothing at this traffic.")]
    }
    return [
      .text("Price: \(names[margin.cheapest]) stays the cheapest until its prices rise by "),
      .cell(
        Cells.derived(
          rise, exact: rise,
          from: [margin.cheapest, margin.next].flatMap { citations($0, workload) },
          rule: "(next cost − cheapest cost) / cheapest cost")
      ),
      .text("; then \(names[margin.next]) costs less."),
    ]
  }

  /// At one decimal, half up: `22.1%`; nil from nothing.
  private static func rise(from cost: Money, to next: Money) -> String? {
    guard cost > .zero else { return nil }
    let (product, overflow) = (next.attodollars - cost.attodollars).multipliedReportingOverflow(by: 2000)
    guard !overflow else { return nil }
    let tenths = (product + cost.attodollars) / (cost.attodollars * 2)
    return Display.grouped(ExactDecimal(reducing: tenths, exponent: -1).text) + "%"
  }

  /// Where the share of output in the traffic changes the cheapest side.
  func mixLine(_ mix: CostMix, isContested: Bool = false) -> [Run] {
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
    return runs + [.text(isContested ? " on, at the prices believed." : " on.")]
  }

  private func shareCell(_ point: CostMix.BreakEven, of mix: CostMix) -> Cell {
    let mixed = workload.mixed(output: point.output)
    let citations = [point.below, point.above].flatMap { self.citations($0, mixed) }
    guard !citations.isEmpty else { return .plain(mix.share(point.output)) }
    return Cells.derived(
      mix.share(point.output), exact: String(point.output), from: citations,
      rule: "the least share of output at which the other model's cost is lower")
  }
}

extension CostMix {
  /// The share at one decimal, half up: `23.8%`.
  func share(_ output: Int64) -> String {
    let tenths = (Int128(output) * 2000 + Int128(total)) / (Int128(max(total, 1)) * 2)
    return ExactDecimal(reducing: tenths, exponent: -1).text + "%"
  }

  /// Whether every line reaches from no output to nothing else.
  fileprivate var spansAll: Bool {
    lines.allSatisfy { $0.first?.output == 0 && $0.last?.output == total }
  }
}
