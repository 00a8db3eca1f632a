import Cataloguing
import Facts

/// A route that serves ordinary requests, with its prices.
public struct CardRoute: Sendable {
  public let route: Route
  /// Its place among the routes of its model.
  public let place: Int
  public let prices: RoutePrices
}

/// The routes of a model, flattened once: enough to price any traffic, and to say why a route is left out.
public struct RateCard: Sendable {
  /// The routes that serve ordinary requests; in the order that breaks ties.
  public let routes: [CardRoute]
  /// The others, with the reason, which no traffic changes, and their place among the model's routes.
  public let excluded: [(route: Route, reason: Exclusion, place: Int)]

  public init(_ model: Model) {
    var routes: [CardRoute] = []
    var excluded: [(Route, Exclusion, Int)] = []
    for (place, route) in model.routes.enumerated() {
      if let reason = Exclusion(whateverTheTraffic: route) {
        excluded.append((route, reason, place))
      } else {
        routes.append(CardRoute(route: route, place: place, prices: RoutePrices(route)))
      }
    }
    self.routes = routes.sorted { Self.order($0.route) < Self.order($1.route) }
    self.excluded = excluded
  }

  private init(routes: [CardRoute], excluded: [(route: Route, reason: Exclusion, place: Int)]) {
    self.routes = routes
    self.excluded = excluded
  }

  /// Of equal cost: the lab's own first, then by what the channel adds, then by name.
  private static func order(_ route: Route) -> (Int, ChannelFee.Order, String, String) {
    (route.isFirstParty ? 0 : 1, ChannelFee.order(route.fee), route.providerName, route.apiID)
  }

  /// The same with one route alone; empty where that route serves no ordinary request.
  public func limited(to route: Route) -> RateCard {
    func isAsked(_ other: Route) -> Bool { other.provider == route.provider && other.apiID == route.apiID }
    return RateCard(
      routes: routes.filter { isAsked($0.route) }, excluded: excluded.filter { isAsked($0.route) })
  }

  /// The cheapest route that can carry the traffic and its cost; nil when none can.
  public func cheapest(at workload: Workload) -> (route: CardRoute, cost: Money)? {
    var best: (route: CardRoute, cost: Money)?
    for own in routes {
      guard let cost = own.prices.cost(at: workload) else { continue }
      if let known = best, known.cost <= cost { continue }
      best = (own, cost)
    }
    return best
  }

  /// Whether prices of some route depend on hours.
  public var hasHours: Bool { routes.contains(where: \.prices.hasHours) }
}

/// Why a route is not among those that a workload can be priced through.
public enum Exclusion: Hashable, Sendable {
  case free
  case plan
  case selfHost
  /// No source prices these units, which the workload uses; empty where no source prices anything of the route.
  case unpriced([BillableUnit])
  case gone(lastSeen: CalendarDate)
  /// No source says whether it is still served.
  case unconfirmed(lastSeen: CalendarDate)
  case retired(CalendarDate)
  case processing(String)
  /// What makes it price nothing by itself: `floating id`.
  case reservation(String)
  /// Prompt and answer of the average request do not fit its window.
  case window(TokenCount)
  case prompt(TokenCount)
  case answer(TokenCount)
  /// The cost leaves what can be held exactly.
  case tooLarge

  /// Why a route serves no ordinary request; nil for one that does. See `Route.servesOrdinaryRequest`.
  init?(whateverTheTraffic route: Route) {
    if route.servesOrdinaryRequest { return nil }
    if route.isRetired, let day = route.retirement.value {
      self = .retired(day)
    } else if case .unknown = route.life.state {
      self = .unconfirmed(lastSeen: route.lastSeen)
    } else if !route.isListed {
      self = .gone(lastSeen: route.lastSeen)
    } else {
      switch route.kind.value {
      case .free: self = .free
      case .plan: self = .plan
      case .selfHost: self = .selfHost
      case .metered:
        self =
          route.processing.map { .processing($0) } ?? route.reservation.map { .reservation($0) }
          ?? .unpriced([])
      // Every price that is known is zero.
      case nil: self = route.prices.lines.isEmpty ? .unpriced([]) : .free
      }
    }
  }
}
