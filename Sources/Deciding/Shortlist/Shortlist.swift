import Facts
import Pricing

/// The routes that meet a set of requirements, the best first, and why each other model is not among them.
public struct Shortlist: Sendable {
  public let question: ShortlistQuestion
  /// Routes that meet every requirement; with `UnknownPolicy.keep` those too of which something is unknown.
  public let ranked: [ShortlistedRoute]
  /// With `UnknownPolicy.ask`: routes that fail no requirement and of which something is unknown; those with the fewest
  /// unknown requirements first.
  public let toAsk: [ShortlistedRoute]
  /// Models without a route in either list, those that came furthest first.
  public let excluded: [ExcludedModel]
  /// The criteria that the Pareto front weighs.
  public let frontCriteria: [Preference.Criterion]
  /// How many models were looked at.
  public let modelCount: Int

  public init(_ question: ShortlistQuestion, in index: ShortlistIndex) {
    self.question = question
    modelCount = index.models.count
    var passing: [(candidate: PricedCandidate, unknown: [Requirement])] = []
    var asking: [(candidate: PricedCandidate, unknown: [Requirement])] = []
    var excluded: [(place: Int, model: ExcludedModel)] = []
    let months = Dictionary(
      uniqueKeysWithValues: ProductKind.allCases.map { ($0, question.traffic.workload(for: $0)) })
    for model in index.models {
      switch Self.sieve(model, question, months[model.kind] ?? question.traffic.workload(for: model.kind)) {
      case .left(let routes):
        let known = routes.filter { $0.unknown.isEmpty || question.unknown == .keep }
        passing += known
        if question.unknown == .ask { asking += routes.filter { !$0.unknown.isEmpty } }
      case .excluded(let reason, let place): excluded.append((place, reason))
      }
    }
    self.excluded = excluded.sorted { ($1.place, $0.model.model.id) < ($0.place, $1.model.model.id) }.map(
      \.model)
    let criteria = Self.criteria(question)
    frontCriteria = criteria
    ranked = ShortlistRanking(passing, question.preferences, criteria).routes
    toAsk = ShortlistRanking(asking, question.preferences, criteria, fewestUnknownFirst: true).routes
  }

  private enum Sieved {
    case left([(candidate: PricedCandidate, unknown: [Requirement])])
    case excluded(ExcludedModel, place: Int)
  }

  /// Asks one requirement after another; the first that no route is left after is the reason.
  private static func sieve(
    _ model: IndexedModel, _ question: ShortlistQuestion, _ workload: Workload
  ) -> Sieved {
    var left = model.routes.map {
      (candidate: PricedCandidate(model, $0, at: workload), unknown: [Requirement]())
    }
    for (place, requirement) in question.requirements.enumerated() {
      var next: [(candidate: PricedCandidate, unknown: [Requirement])] = []
      var isUnknown = false
      for route in left {
        switch requirement.outcome(for: route.candidate, workload: workload) {
        case .passes: next.append(route)
        case .fails: continue
        case .unknown where question.unknown == .exclude: isUnknown = true
        case .unknown: next.append((route.candidate, route.unknown + [requirement]))
        }
      }
      guard !next.isEmpty else {
        return .excluded(
          ExcludedModel(
            model: model, requirement: requirement, outcome: isUnknown ? .unknown : .fails,
            routes: left.map(\.candidate)), place: place)
      }
      left = next
    }
    return .left(left)
  }

  /// Cost and what is preferred; without preferences cost, context window and the benchmarks that are required.
  private static func criteria(_ question: ShortlistQuestion) -> [Preference.Criterion] {
    var criteria: [Preference.Criterion] = [.cost]
    func add(_ criterion: Preference.Criterion) {
      if !criteria.contains(criterion) { criteria.append(criterion) }
    }
    question.preferences.forEach { add($0.criterion) }
    guard question.preferences.isEmpty else { return criteria }
    add(.context)
    for case .benchmark(let id, _) in question.requirements { add(.benchmark(id)) }
    return criteria
  }
}

/// A route on a shortlist.
public struct ShortlistedRoute: Sendable {
  public let candidate: PricedCandidate
  /// Requirements of which no source says whether the route meets them.
  public let unknown: [Requirement]
  /// For each preference its weight times the number of routes of the list that this one beats; nil without preferences.
  public let points: ExactDecimal?
  /// Whether no other route of the list is as good in every criterion of the front and better in one; nil where one of them
  /// is unknown of the route.
  public let isOnFront: Bool?
}

/// A model that no list holds, with the first requirement after which none of its routes was left.
public struct ExcludedModel: Sendable {
  public let model: IndexedModel
  public let requirement: Requirement
  /// `unknown` where no source says it of one of the routes that were left; else `fails`.
  public let outcome: Requirement.Outcome
  /// The routes that had met all requirements before; none for a model without routes.
  public let routes: [PricedCandidate]
}
