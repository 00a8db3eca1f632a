import Deciding
import Documents
import Facts
import Pricing

/// What would have to change for another model to become the cheapest, in words.
extension Comparison {
  /// A line for each lever: cached input, batches, the price itself; nothing where a cost is unknown.
  func sensitivityBlocks() -> [Block] {
    guard assessments.allSatisfy({ $0.estimate.cheapest != nil }) else { return [] }
    let sensitivity = Sensitivity(sheets.map(\.rateCard), workload: verdict.workload)
    var lines: [[Run]] = [
      flips(sensitivity.cached, of: "cached input", lever: "Input from cache", sensitivity),
      batchLine(sensitivity),
    ]
    if let margin = sensitivity.margin { lines.append(marginLine(margin)) }
    var blocks: [Block] = [.list(lines)]
    if case .contested = verdict.cost {
      blocks.insert(.paragraph([.text("At the prices believed, which sources dispute:")]), at: 0)
    }
    return blocks
  }

  private func flips(_ flips: [Sensitivity.Flip], of what: String, lever: String, _ sensitivity: Sensitivity)
    -> [Run]
  {
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
    var runs = flips(sensitivity.batched, of: "batches", lever: "Batches", sensitivity)
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
    let citations = [flip.below, flip.above].flatMap {
      assessments[$0].estimate.cheapest?.evidence.agreeing ?? []
    }
    return Cells.derived(
      text, exact: text, from: citations,
      rule: "the least share at which the other model costs less, to a hundredth of a percent")
  }

  private func marginLine(_ margin: Sensitivity.Margin) -> [Run] {
    guard let rise = Self.rise(from: margin.cost, to: margin.nextCost) else {
      return [.text("Price: the cheapest costs nothing at this traffic.")]
    }
    let citations = [margin.cheapest, margin.next].flatMap {
      assessments[$0].estimate.cheapest?.evidence.agreeing ?? []
    }
    return [
      .text("Price: \(names[margin.cheapest]) stays the cheapest until its prices rise by "),
      .cell(
        Cells.derived(rise, exact: rise, from: citations, rule: "(next cost − cheapest cost) / cheapest cost")
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
}
