import Cataloguing
import Facts

/// What a workload costs a month through one route.
public struct RouteCost: Sendable {
  public let route: Route
  public let cost: Money
  /// The lines that bill it, by unit.
  public let used: [UsedPrice]
  /// Every citation that the prices rest on, with what differs.
  public let evidence: Evidence
  /// The least and the most that any claimed price gives; equal where no price is disputed.
  public let claimed: ClosedRange<Money>
  /// Limits that no source states, so that nobody checked whether the workload fits.
  public let unverified: [Field]
  /// Whether prices of the route depend on hours.
  public let hasHours: Bool

  /// The first line that bills a unit; nil where none does: cached tokens without a price are counted at the input price, the
  /// most they can cost.
  public func price(_ unit: BillableUnit) -> PriceList.Quote? { used.first { $0.unit == unit }?.quote }

  /// Whether only text tokens are billed.
  public var isOfTokens: Bool { used.allSatisfy { [.input, .output, .cacheRead].contains($0.unit) } }

  /// The tier that prices a token: nil is the base price.
  public var tier: PriceTier? { used.lazy.compactMap(\.quote.term.tier).first }
}

/// The routes of a model priced for a workload.
public struct Estimate: Sendable {
  public let workload: Workload
  /// Routes that can carry the workload, cheapest first; where costs tie the lab's own first, then no fee of the
  /// channel before an unknown one before a fee, then by provider.
  public let candidates: [RouteCost]
  /// The others, with the reason, in the order of the model.
  public let excluded: [(route: Route, reason: Exclusion)]
  public let card: RateCard

  public var cheapest: RouteCost? { candidates.first }
  /// The cheapest route at another provider than the cheapest.
  public var fallback: RouteCost? { candidates.first { $0.route.provider != cheapest?.route.provider } }
  public var dearest: RouteCost? { candidates.last }

  public init(_ model: Model, workload: Workload) { self.init(RateCard(model), workload: workload) }

  public init(_ card: RateCard, workload: Workload) {
    self.workload = workload
    self.card = card
    var candidates: [RouteCost] = []
    var excluded = card.excluded
    for own in card.routes {
      switch Self.price(own.route, own.prices, workload) {
      case .success(let cost): candidates.append(cost)
      case .failure(let refusal): excluded.append((own.route, refusal.reason, own.place))
      }
    }
    // The card stands in the order that breaks ties.
    self.candidates = candidates.enumerated().sorted {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }.map(\.element)
    self.excluded = excluded.sorted { $0.place < $1.place }.map { ($0.route, $0.reason) }
  }

  /// What the workload costs through one route, as among all of them; nil where the route would be left out.
  public static func cost(of workload: Workload, through route: Route) -> RouteCost? {
    guard Exclusion(whateverTheTraffic: route) == nil else { return nil }
    return try? price(route, RoutePrices(route), workload).get()
  }

  public static func cost(of workload: Workload, through own: CardRoute) -> RouteCost? {
    try? price(own.route, own.prices, workload).get()
  }

  private struct Refusal: Error { let reason: Exclusion }

  private static func price(
    _ route: Route, _ prices: RoutePrices, _ workload: Workload
  ) -> Result<RouteCost, Refusal> {
    if let reason = prices.limit(for: prices.lines.measured(workload)) {
      return .failure(Refusal(reason: reason))
    }
    let cost: Money
    switch prices.month(of: workload) {
    case .known(let money): cost = money
    case .unknown(_, let units): return .failure(Refusal(reason: .unpriced(units)))
    case .tooLarge: return .failure(Refusal(reason: .tooLarge))
    }
    guard let claimed = prices.claimed(workload, believed: cost) else {
      return .failure(Refusal(reason: .tooLarge))
    }
    let used = prices.used(by: workload)
    var evidence = used.first?.quote.evidence ?? Evidence(agreeing: [], rule: .derived)
    for price in used.dropFirst() { evidence = evidence.merged(with: price.quote.evidence) }
    return .success(
      RouteCost(
        route: route, cost: cost, used: used, evidence: evidence, claimed: claimed,
        unverified: unverified(prices), hasHours: prices.hasHours))
  }

  private static func unverified(_ prices: RoutePrices) -> [Field] {
    var fields: [Field] = []
    if prices.window == nil, prices.maxInput == nil { fields.append(.contextWindow) }
    if prices.maxOutput == nil { fields.append(.maxOutput) }
    return fields
  }
}
