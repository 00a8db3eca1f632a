import Cataloguing
import Facts
import Pricing

/// One condition that a model or a route must meet.
public enum Requirement: Hashable, Sendable {
  /// What a route's own values say of a requirement; unknown is neither.
  public enum Outcome: String, Hashable, Sendable {
    case passes
    case fails
    case unknown
  }

  /// A licence, or what a licence allows.
  public enum LicenceWord: Hashable, Sendable {
    /// Approved by the Open Source Initiative.
    case osi
    /// Permits commercial use without a condition.
    case commercial
    case licence(LicenceID)
  }

  /// Listed by its newest source and not retired.
  case available
  case kind([RouteKind])
  case lab([LabID])
  case type([ProductType])
  case openWeights
  /// One of them.
  case license([LicenceWord])
  case released(Bound<CalendarDate>)
  case knowledge(Bound<CalendarDate>)
  case benchmark(BenchmarkID, Bound<ExactDecimal>)
  case provider([ProviderID])
  /// One of them; `eu` holds for `eu-west-1` too.
  case region([String])
  case needs(Capability)
  case context(Bound<TokenCount>)
  case output(Bound<TokenCount>)
  /// No retirement before the day.
  case notRetiring(before: CalendarDate)
  /// No stated limit is too small for the average request, and the route serves ordinary requests.
  case traffic
  /// US dollars a month at the workload, this much at the most.
  case cost(Money)

  /// The order in which requirements are asked, whatever the order in which they were written: what is true of the model
  /// first.
  var order: Int {
    switch self {
    case .available: 0
    case .kind: 1
    case .lab: 2
    case .type: 3
    case .openWeights: 4
    case .license: 5
    case .released: 6
    case .knowledge: 7
    case .benchmark: 8
    case .provider: 9
    case .region: 10
    case .needs: 11
    case .context: 12
    case .output: 13
    case .notRetiring: 14
    case .traffic: 15
    case .cost: 16
    }
  }

  /// The fact that decides; nil where none of a model or route alone does.
  public var field: Field? {
    switch self {
    case .available, .traffic, .benchmark, .cost, .provider: nil
    case .kind: .routeKind
    case .lab: .lab
    case .type: .productType
    case .openWeights: .openness
    case .license: .license
    case .released: .released
    case .knowledge: .knowledgeCutoff
    case .region: .region
    case .needs(let capability): .capability(capability)
    case .context: .contextWindow
    case .output: .maxOutput
    case .notRetiring: .retirement
    }
  }
}

/// A route of a model with its cost at the workload asked for.
public struct PricedCandidate: Sendable {
  public let model: IndexedModel
  public let route: IndexedRoute
  /// nil where no source prices something that the workload uses, or where the route cannot carry it.
  public let cost: Money?

  /// - Parameter workload: of the model's product.
  public init(_ model: IndexedModel, _ route: IndexedRoute, at workload: Workload) {
    self.model = model
    self.route = route
    cost = route.processing == nil && route.reservation == nil ? route.prices.cost(at: workload) : nil
  }
}

extension Requirement {
  /// What the values of a candidate say.
  public func outcome(for candidate: PricedCandidate, workload: Workload) -> Outcome {
    let (model, route) = (candidate.model, candidate.route)
    switch self {
    case .available: return route.isAvailable ? .passes : .fails
    case .kind(let kinds): return Self.outcome(route.kind.map(kinds.contains))
    case .lab(let labs): return labs.contains(model.id.lab) ? .passes : .fails
    case .type(let types): return types.contains(model.type) ? .passes : .fails
    case .openWeights: return Self.outcome(model.openness.map { $0 != .proprietary })
    case .license(let words): return Self.any(words.map { outcome(of: $0, model) })
    case .released(let bound): return model.released.map(bound.outcome) ?? .unknown
    case .knowledge(let bound): return model.knowledgeCutoff.map(bound.outcome) ?? .unknown
    case .benchmark(let id, let bound): return Self.outcome(model.scores[id].map(bound.holds))
    case .provider(let providers): return providers.contains(route.provider) ? .passes : .fails
    case .region(let regions): return Self.outcome(route.region.map { Self.lies($0, in: regions) })
    case .needs(let capability): return Self.outcome(route.has(capability))
    case .context(let bound):
      return Self.outcome(route.prices.window.map { bound.holds(for: TokenCount($0)) })
    case .output(let bound):
      return Self.outcome(route.prices.maxOutput.map { bound.holds(for: TokenCount($0)) })
    case .notRetiring(let day):
      if route.isNeverRetired { return .passes }
      return route.retirement.map(Bound(.atLeast, day).outcome) ?? .unknown
    case .traffic:
      return
        route.processing == nil && route.reservation == nil && route.prices.carries(workload)
        ? .passes : .fails
    case .cost(let most): return Self.outcome(candidate.cost.map { $0 <= most })
    }
  }

  private func outcome(of word: LicenceWord, _ model: IndexedModel) -> Outcome {
    switch word {
    case .osi:
      // What is proprietary has no licence that the initiative could approve.
      return Self.outcome(model.isOSIApproved ?? (model.openness == .proprietary ? false : nil))
    case .commercial: return Self.outcome(model.commercialUse.map { $0 == .permitted })
    case .licence(let id): return Self.outcome(model.license.map { $0 == id })
    }
  }

  private static func lies(_ region: String, in wanted: [String]) -> Bool {
    wanted.contains { region == $0 || region.hasPrefix($0 + "-") }
  }

  private static func outcome(_ flag: Bool?) -> Outcome {
    flag.map { $0 ? .passes : .fails } ?? .unknown
  }

  private static func any(_ outcomes: [Outcome]) -> Outcome {
    if outcomes.contains(.passes) { return .passes }
    return outcomes.contains(.unknown) ? .unknown : .fails
  }
}
