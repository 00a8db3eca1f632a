import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// What a comparison says of one model's month: its column of the cost table, and the sentence about its prices.
final class CostColumn: Sendable {
  /// Through the cheapest route that can carry the traffic; unknown without one.
  let cost: Cell
  let through: [Run]
  /// What buying through that route's provider adds, beside the cost.
  let fee: [Run]
  /// What the column shows of fees: their pages are in no list of the model's own.
  let feeCells: [Cell]
  let prices: [Run]
  let cacheRead: [Run]
  let tier: [Run]
  let observed: [Run]
  let fallback: [Run]
  let spread: [Run]
  let excluded: [Run]
  let unverified: [Run]
  /// `GPT-5 has 4 tracked routes, 3 of them priced for this traffic, from $3,500.00 a month.`
  let coverage: [Run]

  /// - Parameters:
  ///   - cost: through the cheapest route.
  ///   - decimals: one precision for every cost of the page, so that printed numbers add up.
  ///   - name: of the model, as the page shows it.
  ///   - routes: how many routes are tracked.
  ///   - list: numbers the citations when many pages quote the column; nil for a page's own.
  init(
    _ assessment: Assessment, cost: Cell, decimals: Int, name: String, routes: Cell, in list: CitationList?
  ) {
    let estimate = assessment.estimate
    func quoted(_ runs: [Run]) -> [Run] { list.map { [.phrase(Phrase(runs, in: $0))] } ?? runs }
    func quoted(_ cell: Cell) -> [Run] { quoted([.cell(cell)]) }
    self.cost = cost
    coverage = quoted(Self.coverage(assessment, cost: cost, name: name, routes: routes))
    excluded = quoted(.plain(Self.exclusions(estimate)))
    unverified = quoted(.plain(Self.unverified(estimate)))
    spread = quoted(Self.spread(estimate, decimals: decimals))
    guard let cheapest = estimate.cheapest else {
      (through, prices, cacheRead) = ([.cell(.unknown)], [.cell(.unknown)], [.cell(.unknown)])
      fee = [.cell(.unknown)]
      feeCells = []
      (tier, observed) = ([.cell(.unknown)], [.cell(.unknown)])
      fallback = quoted(.plain("none priced"))
      return
    }
    through = quoted(Self.route(cheapest))
    fee = ChannelFees.runs(cheapest.route.fee)
    prices = quoted(Self.prices(cheapest, but: [.cacheRead]))
    let cached = cheapest.used.filter { $0.unit == .cacheRead }
    cacheRead = cached.isEmpty ? quoted(.unknown) : quoted(Self.prices(cheapest, but: nil))
    tier = quoted(Self.tier(cheapest))
    observed = quoted(Self.observed(cheapest))
    let beside = ChannelFees.beside(estimate.fallback?.route.fee)
    fallback =
      quoted(
        estimate.fallback.map {
          [.cell(Cells.cost($0, decimals: decimals)), .text(" ")] + Self.route($0)
        } ?? [.cell(.plain("none priced"))]) + beside
    feeCells = fee.cells + beside.cells
  }

  private static func route(_ cost: RouteCost) -> [Run] {
    [
      .cell(
        Cells.derived(
          "\(Display.harmless(cost.route.providerName))", exact: cost.route.id, from: cost.route.listing,
          rule: "the route's provider")),
      .text(" (\(Display.harmless(cost.route.apiID)))"),
    ]
  }

  /// `$1.25 and $10`; prices for some hours or on a condition say so.
  /// - Parameter but: units that have a row of their own; nil for that row.
  private static func prices(_ cost: RouteCost, but units: Set<BillableUnit>?) -> [Run] {
    let used = cost.used.filter { price in
      units.map { !$0.contains(price.unit) } ?? (price.unit == .cacheRead)
    }
    let isPlain = cost.isOfTokens && Set(used.map(\.unit)).count == used.count
    let cells = used.map { price -> [Run] in
      let term = price.quote.term
      let cell = Cells.cell(
        Display.unitPrice(price.quote.money), price.quote.evidence, .price(PriceTerm(price.unit)),
        exact: price.quote.money.text)
      guard !isPlain else { return [.cell(cell)] }
      var words = cost.isOfTokens ? "" : " " + price.unit.priceUnit
      if term.mode != .standard { words += ", " + term.mode.rawValue.replacing("_", with: "-") }
      if let hours = term.hours { words += " " + hours.title }
      if let condition = term.condition { words += " with " + condition.text }
      return [.cell(cell)] + (words.isEmpty ? [] : [.text(words)])
    }
    return cells.isEmpty ? [.cell(.unknown)] : Wording.joined(cells)
  }

  private static func tier(_ cost: RouteCost) -> Cell {
    func tokens(_ tier: PriceTier) -> String {
      "\(Display.tokens(tier.limit)) \(tier.counting == .prompt ? "prompt tokens" : "tokens of prompt and answer")"
    }
    if let tier = cost.tier {
      return .plain("above \(tokens(tier))\(tier.semantics == .marginal ? ", for those beyond" : "")")
    }
    let tiers = cost.route.prices.terms.keys.filter { $0.mode == .standard }.compactMap(\.tier)
    guard let first = tiers.min(by: { $0.limit < $1.limit }) else { return .plain("no tiers stated") }
    return .plain("base, up to \(tokens(first))")
  }

  private static func observed(_ cost: RouteCost) -> Cell {
    let days = cost.evidence.agreeing.map(\.observed)
    guard let newest = days.max() else { return .unknown }
    return Cells.derived(
      newest.text, exact: newest.text, from: cost.evidence.agreeing,
      rule: "the newest day a source that agrees was observed")
  }

  private static func spread(_ estimate: Estimate, decimals: Int) -> [Run] {
    guard let cheapest = estimate.cheapest, let dearest = estimate.dearest else { return [.cell(.unknown)] }
    guard estimate.candidates.count > 1 else { return [.cell(.plain("one priced route"))] }
    guard dearest.cost > cheapest.cost else { return [.cell(.plain("all the same"))] }
    var runs: [Run] = [
      .cell(Cells.cost(dearest, decimals: decimals)),
      .text(" at \(Display.harmless(dearest.route.providerName))"),
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
  private static func exclusions(_ estimate: Estimate) -> String {
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

  private static func unverified(_ estimate: Estimate) -> String {
    let fields = estimate.cheapest?.unverified ?? []
    return fields.isEmpty ? "nothing" : fields.map { Display.midSentence($0.title) }.joined(separator: ", ")
  }

  private static func coverage(_ assessment: Assessment, cost: Cell, name: String, routes: Cell) -> [Run] {
    let estimate = assessment.estimate
    let opening: [Run] = [
      .text("\(name) has "), .cell(routes),
      .text(assessment.trackedRoutes.count == 1 ? " route, " : " routes, "),
    ]
    guard !estimate.candidates.isEmpty else {
      return opening + [.text("and its price for this traffic is "), .cell(.unknown), .text(".")]
    }
    let priced = Cells.derived(
      Display.counted(estimate.candidates.count, "of them priced", "of them priced"),
      exact: String(estimate.candidates.count), from: estimate.candidates.flatMap(\.evidence.agreeing),
      rule: "routes that can carry the workload at known prices")
    return opening + [
      .cell(priced), .text(" for this traffic, from "), .cell(cost), .text(" a month."),
    ]
  }
}

extension Exclusion {
  /// The reason as it follows "2 routes".
  var words: String {
    switch self {
    case .free: "free, not metered"
    case .plan: "in a plan, not metered"
    case .selfHost: "self-hosted"
    case .unpriced(let units) where Set(units).isSubset(of: [.input, .output]): "without both token prices"
    case .unpriced(let units):
      "without a price of \(Display.listed(units.map { Display.midSentence($0.title) }, "or"))"
    case .gone: "no longer listed"
    case .unconfirmed: "that no source says to be still served"
    case .retired: "ended"
    case .processing(let mode): "for \(mode) processing only"
    case .reservation(let reservation): "with a \(reservation)"
    case .window: "too small a window"
    case .prompt: "too small a prompt limit"
    case .answer: "too small an answer limit"
    case .tooLarge: "beyond what can be computed exactly"
    }
  }
}
