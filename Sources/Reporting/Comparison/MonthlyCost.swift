import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

extension Comparison {
  static let monthlyCost: @Sendable (Comparison) -> Section = { page in
    let all = page.models.indices
    let estimates = page.assessments.map(\.estimate)
    func each(_ runs: (Estimate, Int) -> [Run]) -> [[Run]] { all.map { runs(estimates[$0], $0) } }
    var rows: [Table.Row] = [
      .init("Monthly cost", cells: each { _, index in [.cell(page.costCell(index))] }),
      .init(
        "Through", note: "The cheapest route that can carry the workload.",
        cells: each { estimate, _ in estimate.cheapest.map(page.routeRuns) ?? [.cell(.unknown)] }),
      .init(
        "Input and output price", note: "US dollars per 1M tokens.",
        cells: each { estimate, _ in estimate.cheapest.map(page.priceRuns) ?? [.cell(.unknown)] }),
    ]
    if page.verdict.workload.cachedTokens.tokens > 0 {
      rows.append(
        .init(
          "Cache read price",
          note: "Where no source gives one, cached tokens are counted at the input price.",
          cells: each { estimate, _ in [.cell(estimate.cheapest.map(page.cacheCell) ?? .unknown)] }))
    }
    rows += [
      .init("Tier", cells: each { estimate, _ in [.cell(estimate.cheapest.map(page.tierCell) ?? .unknown)] }),
      .init(
        "Prices observed",
        cells: each { estimate, _ in [.cell(estimate.cheapest.map(page.dateCell) ?? .unknown)] }),
      .init(
        "Fallback", note: "The cheapest route at another provider.",
        cells: each { estimate, _ in
          estimate.fallback.map { [.cell(page.costCell($0)), .text(" ")] + page.routeRuns($0) } ?? [
            .cell(.plain("none priced"))
          ]
        }),
      .init(
        "Spread", note: "Dearest route against the cheapest.",
        cells: each { estimate, _ in page.spreadRuns(estimate) }),
      .init("Not counted", cells: each { estimate, _ in [.cell(.plain(page.exclusions(estimate)))] }),
    ]
    if estimates.contains(where: { $0.cheapest?.unverified.isEmpty == false }) {
      rows.append(
        .init(
          "Unverified", note: "No source states these limits of the route.",
          cells: each { estimate, _ in [.cell(.plain(page.unverified(estimate)))] }))
    }
    let head: [Run] = [
      .text(
        "Traffic: \(page.traffic). A cost multiplies one route's own input and output price; routes are never mixed."
      )
    ]
    return Section(
      id: "monthly-cost", title: "Monthly cost at traffic",
      blocks: [
        .form(
          TrafficFields.form(
            path: Paths.compare(page.models.map(\.id)), page.verdict.workload, entered: page.entered)),
        .paragraph(head),
        .table(
          Table(
            caption: "Monthly cost at this traffic", head: ["Cost"] + page.names, headPaths: page.headPaths,
            rows: rows)),
        .paragraph(page.deltaRuns()),
      ] + page.sensitivityBlocks() + page.costMixBlocks())
  }

  private func routeRuns(_ cost: RouteCost) -> [Run] {
    [
      .cell(
        Cells.derived(
          "\(Display.harmless(cost.route.providerName))", exact: cost.route.id, from: cost.route.listing,
          rule: "the route's provider")),
      .text(" (\(Display.harmless(cost.route.apiID)))"),
    ]
  }

  private func priceRuns(_ cost: RouteCost) -> [Run] {
    let prompt = verdict.workload.inputPerRequest
    return [
      .cell(Cells.price(cost.route.prices.price(.input, promptTokens: prompt).money, .input)), .text(" and "),
      .cell(Cells.price(cost.route.prices.price(.output, promptTokens: prompt).money, .output)),
    ]
  }

  private func cacheCell(_ cost: RouteCost) -> Cell {
    Cells.price(
      cost.route.prices.price(.cacheRead, promptTokens: verdict.workload.inputPerRequest).money, .cacheRead)
  }

  private func tierCell(_ cost: RouteCost) -> Cell {
    let limits = cost.route.prices.limits
    if let tier = cost.tier { return .plain("above \(Display.tokens(tier)) prompt tokens") }
    guard let first = limits.first else { return .plain("no tiers stated") }
    return .plain("base, up to \(Display.tokens(first)) prompt tokens")
  }

  private func dateCell(_ cost: RouteCost) -> Cell {
    let days = cost.evidence.agreeing.map(\.observed)
    guard let newest = days.max() else { return .unknown }
    return Cells.derived(
      newest.text, exact: newest.text, from: cost.evidence.agreeing,
      rule: "the newest day a source that agrees was observed")
  }

  private func spreadRuns(_ estimate: Estimate) -> [Run] {
    guard let cheapest = estimate.cheapest, let dearest = estimate.dearest else { return [.cell(.unknown)] }
    guard estimate.candidates.count > 1 else { return [.cell(.plain("one priced route"))] }
    guard dearest.cost > cheapest.cost else { return [.cell(.plain("all the same"))] }
    var runs: [Run] = [
      .cell(costCell(dearest)), .text(" at \(Display.harmless(dearest.route.providerName))"),
    ]
    if let times = Display.times(dear: dearest.cost, cheap: cheapest.cost) {
      runs += [
        .text(", "),
        .cell(
          Cells.derived(
            times, exact: times, from: dearest.evidence.agreeing + cheapest.evidence.agreeing,
            rule: "dearest ÷ cheapest cost")), .text(" the cheapest"),
      ]
    }
    return runs
  }

  /// `2 routes without a price, 1 free route`.
  private func exclusions(_ estimate: Estimate) -> String {
    var counts: [(String, Int)] = []
    for (_, reason) in estimate.excluded {
      let words = reason.words
      if let place = counts.firstIndex(where: { $0.0 == words }) {
        counts[place].1 += 1
      } else {
        counts.append((words, 1))
      }
    }
    return counts.isEmpty
      ? "every tracked route counts"
      : counts.map { "\(Display.counted($0.1, "route")) \($0.0)" }.joined(separator: ", ")
  }

  private func unverified(_ estimate: Estimate) -> String {
    let fields = estimate.cheapest?.unverified ?? []
    return fields.isEmpty ? "nothing" : fields.map { Display.midSentence($0.title) }.joined(separator: ", ")
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
          .text(" until a source gives both token prices of one route that can carry the traffic."),
        ]
      case .contested:
        return [.text("There is no cost difference to state: sources disagree about the prices.")]
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

extension Exclusion {
  /// The reason as it follows "2 routes".
  var words: String {
    switch self {
    case .free: "free, not metered"
    case .plan: "in a plan, not metered"
    case .selfHost: "self-hosted"
    case .priceUnknown: "without both token prices"
    case .gone: "no longer listed"
    case .retired: "retired"
    case .processing(let mode): "for \(mode) processing only"
    case .window: "too small a window"
    case .prompt: "too small a prompt limit"
    case .answer: "too small an answer limit"
    case .tooLarge: "beyond what can be computed exactly"
    }
  }
}
