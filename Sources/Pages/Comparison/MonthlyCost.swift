import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

extension Comparison {
  static let monthlyCost: @Sendable (Comparison) -> Section = { page in
    let costs = page.costs
    let isChat = page.verdict.assessments.allSatisfy { $0.kind == .chat }
    var rows: [Table.Row] = [
      .init("Monthly cost", cells: costs.map { [.cell($0.cost)] }),
      .init(
        "Through", note: "The cheapest route that can carry the workload.", cells: costs.map(\.through)),
      .init("Fee of the channel", note: "Beside the cost, never in it.", cells: costs.map(\.fee)),
      isChat
        ? .init("Input and output price", note: "US dollars per 1M tokens.", cells: costs.map(\.prices))
        : .init("Prices", note: "US dollars.", cells: costs.map(\.prices)),
    ]
    if page.verdict.workload.cachedTokens.tokens > 0 {
      rows.append(
        .init(
          "Cache read price",
          note: "Where no source gives one, cached tokens are counted at the input price.",
          cells: costs.map(\.cacheRead)))
    }
    rows += [
      .init("Tier", cells: costs.map(\.tier)), .init("Prices observed", cells: costs.map(\.observed)),
      .init("Fallback", note: "The cheapest route at another provider.", cells: costs.map(\.fallback)),
      .init("Spread", note: "Dearest route against the cheapest.", cells: costs.map(\.spread)),
      .init("Not counted", cells: costs.map(\.excluded)),
    ]
    if page.assessments.contains(where: { $0.estimate.cheapest?.unverified.isEmpty == false }) {
      rows.append(
        .init(
          "Unverified", note: "No source states these limits of the route.", cells: costs.map(\.unverified)))
    }
    return Section(
      id: "monthly-cost", title: "Monthly cost at traffic",
      blocks: [
        .form(
          TrafficFields.form(
            path: Paths.compare(page.models.map(\.id)), page.verdict.workload,
            page.verdict.assessments.map(\.kind),
            entered: page.entered)),
        .paragraph([
          .text(
            "Traffic: \(page.traffic). A cost multiplies \(isChat ? "one route's own input and output price" : "what is used by one route's own prices"); routes are never mixed."
          )
        ]),
        .table(
          Table(
            caption: "Monthly cost at this traffic", head: ["Cost"] + page.names, headPaths: page.headPaths,
            rows: rows)),
        .paragraph(page.deltaRuns()),
      ] + page.sensitivityBlocks() + page.costMixBlocks())
  }

  /// The difference of the two costs as they are printed, so that the three add up.
  private func gapText(_ high: Money, _ low: Money) -> String {
    let decimals = costDecimals
    let gap = Display.shown(high, decimals: decimals) - Display.shown(low, decimals: decimals)
    return (gap == high - low ? "" : "about ") + Display.cost(gap, decimals: decimals)
  }

  /// The difference, or why there is none.
  private func deltaRuns() -> [Run] {
    guard case .leader(let cheap) = verdict.cost, let low = assessments[cheap].estimate.cheapest else {
      switch verdict.cost {
      case .unknown(let missing):
        return [
          .text(
            "There is no cost difference to state: the cost of \(Display.listed(missing.map { names[$0] })) is "
          ), .cell(.unknown),
          .text(
            verdict.assessments.allSatisfy { $0.kind == .chat }
              ? " until a source gives both token prices of one route that can carry the traffic."
              : " until a source prices all that is used on one route that can carry the traffic."),
        ]
      case .contested:
        return [.text("There is no cost difference to state: sources disagree about the prices.")]
      case .incomparable:
        return [.text("There is no cost difference to state: the products count different things.")]
      default: return [.text("There is no cost difference at this traffic.")]
      }
    }
    var parts: [[Run]] = []
    for index in others(cheap) {
      guard let high = assessments[index].estimate.cheapest else { continue }
      let gap = Cells.derived(
        gapText(high.cost, low.cost), exact: (high.cost - low.cost).text,
        from: low.evidence.agreeing + high.evidence.agreeing, rule: "difference of the two costs")
      var part: [Run] = [.cell(gap), .text(" a month less than \(names[index])")]
      if let percent = savingCell(cheap: cheap, dear: index) {
        part += [.text(" ("), .cell(percent), .text(" cheaper)")]
      }
      parts.append(part)
    }
    return [.text("\(names[cheap]) costs ")] + Wording.joined(parts) + [.text(".")]
  }
}
