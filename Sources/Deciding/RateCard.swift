import Cataloguing
import Facts
import Pricing

/// The token prices of a model's routes as plain numbers: enough to price any traffic as `Estimate` does, without the claims
/// behind them. The law test holds the two together.
public struct RateCard: Sendable {
  /// The routes that can be priced: metered, listed, not retired, with both token prices; in the order that breaks ties.
  public let rates: [TokenRates]
  /// The others, with the reason, which no traffic changes.
  public let excluded: [(route: Route, reason: Exclusion)]

  public init(_ model: Model) {
    // Without a token no limit is passed: what is left out here is left out at any traffic.
    let estimate = Estimate(
      model, workload: Workload(inputTokens: TokenCount(0), outputTokens: TokenCount(0), requests: 1))
    rates = estimate.candidates.map { TokenRates($0.route) }
    excluded = estimate.excluded
  }

  private init(rates: [TokenRates], excluded: [(route: Route, reason: Exclusion)]) {
    self.rates = rates
    self.excluded = excluded
  }

  /// The same with one route alone; empty where that route cannot be priced.
  public func limited(to route: Route) -> RateCard {
    func isAsked(_ other: Route) -> Bool { other.provider == route.provider && other.apiID == route.apiID }
    return RateCard(
      rates: rates.filter { isAsked($0.route) }, excluded: excluded.filter { isAsked($0.route) })
  }

  /// The cheapest route that can carry the traffic and its cost; nil when none can.
  public func cheapest(at workload: Workload) -> (rates: TokenRates, cost: Money)? {
    var best: (rates: TokenRates, cost: Money)?
    for rates in self.rates {
      guard let cost = rates.cost(at: workload) else { continue }
      if let known = best, known.cost <= cost { continue }
      best = (rates, cost)
    }
    return best
  }
}

/// The token prices and limits of one route as numbers, with the route.
public struct TokenRates: Sendable {
  public typealias Rate = TokenPrices.Rate

  public let route: Route
  public let prices: TokenPrices

  init(_ route: Route) {
    self.route = route
    prices = TokenPrices(route)
  }

  public var input: [Rate] { prices.input }
  public var output: [Rate] { prices.output }
  public var cacheRead: [Rate] { prices.cacheRead }
  public var window: Int64? { prices.window }
  public var maxInput: Int64? { prices.maxInput }
  public var maxOutput: Int64? { prices.maxOutput }

  /// The price for a request with so many prompt tokens; nil where none is known.
  static func rate(_ rates: [Rate], promptTokens: Int64) -> Rate? {
    TokenPrices.rate(rates, promptTokens: promptTokens)
  }

  /// Whether the average request fits the limits that sources state.
  public func carries(_ workload: Workload) -> Bool { prices.carries(workload) }

  /// What a month costs; nil when the route cannot carry it, or the cost leaves what can be held exactly.
  public func cost(at workload: Workload) -> Money? { prices.cost(at: workload) }
}
