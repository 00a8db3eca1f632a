import Cataloguing
import Facts
import Pricing

/// One model with everything decided about it alone. A class, because every comparison with the model hands it around.
public final class Assessment: Sendable {
  public let model: Model
  public let type: Conclusion<ProductType>
  /// What the product counts, which gives its usual month.
  public let kind: ProductKind
  public let fitness: Fitness
  public let estimate: Estimate
  /// What may be concluded of each capability, in the order of `Capability.allCases`.
  public let capabilities: [Settled<Bool>]
  /// The least and the most context that any claim gives; nil when unknown.
  public let claimedContext: ClosedRange<TokenCount>?
  /// The least and the most the month costs by any claimed price; nil when no route is priced.
  public let claimedCost: ClosedRange<Money>?
  /// The model's scores by benchmark.
  public let scores: [BenchmarkID: [Score]]

  /// - Parameter traffic: what a reader says of the month; the rest is usual for the product.
  public init(_ model: Model, traffic: Traffic, medians: [BenchmarkID: BenchmarkMedian]) {
    self.model = model
    type = ProductType.of(model)
    kind = type.value.kind(of: model)
    fitness = Fitness(model, type: type.value, medians: medians)
    estimate = Estimate(model, workload: traffic.workload(for: kind))
    capabilities = Capability.allCases.map(model.settled)
    claimedContext = model.claimedContext
    claimedCost = Self.claimedCost(estimate)
    scores = Dictionary(grouping: model.scores, by: \.claim.benchmark)
  }

  private init(_ other: Assessment, traffic: Traffic) {
    model = other.model
    type = other.type
    kind = other.kind
    fitness = other.fitness
    estimate = Estimate(other.estimate.card, workload: traffic.workload(for: kind))
    capabilities = other.capabilities
    claimedContext = other.claimedContext
    claimedCost = Self.claimedCost(estimate)
    scores = other.scores
  }

  /// The same model with its cost at another traffic.
  public func at(_ traffic: Traffic) -> Assessment { Assessment(self, traffic: traffic) }

  /// The month behind its cost.
  public var workload: Workload { estimate.workload }

  /// Routes that are listed and not retired.
  public var trackedRoutes: [Route] { model.availableRoutes }

  /// The route with the lowest output price among those that serve ordinary requests, the price below every tier.
  public var cheapestOutput: (route: Route, price: Money, evidence: Evidence)? {
    var best: (Route, Money, Evidence)?
    for route in estimate.card.routes.sorted(by: { $0.place < $1.place }).map(\.route) {
      guard case .known(let price, let evidence) = route.prices.base(.output) else { continue }
      if let known = best, known.1 <= price { continue }
      best = (route, price, evidence)
    }
    return best
  }

  private static func claimedCost(_ estimate: Estimate) -> ClosedRange<Money>? {
    guard let cheapest = estimate.cheapest else { return nil }
    let least = estimate.candidates.map(\.claimed.lowerBound).min() ?? cheapest.cost
    let most = estimate.candidates.map(\.claimed.upperBound).min() ?? cheapest.cost
    return least...max(least, most)
  }
}
