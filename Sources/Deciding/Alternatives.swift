import Cataloguing
import Facts
import Pricing

/// A model to compare next, with the reasons why it is near.
public struct Alternative: Sendable {
  public enum Nearness: Hashable, Sendable {
    case sameFamily
    case tags([DecisionTag])
    case context
    case cost
    case released
    case otherLab
  }

  public let assessment: Assessment
  public let nearness: [Nearness]
}

/// Finds the closest neighbours of a model: same product type, then shared tags, context and cost within a factor of
/// two, release within a year, the same family, another lab.
public struct Neighbourhood: Sendable {
  private let catalogue: Catalogue
  private let summaries: [ModelSummary]
  private let asOf: CalendarDate

  public init(_ catalogue: Catalogue, asOf: CalendarDate) throws(CatalogueError) {
    self.catalogue = catalogue
    self.asOf = asOf
    summaries = try catalogue.summaries()
  }

  /// How many candidates are read whole; the rest is chosen by their summaries.
  private static let examined = 4

  public func alternatives(to assessment: Assessment, excluding: Set<ModelID>, most: Int)
    throws(CatalogueError) -> [Alternative]
  {
    let own = ModelSummary(
      id: assessment.model.id, name: assessment.model.name, family: assessment.model.family,
      capabilities: Set(Capability.allCases.filter(assessment.model.has)),
      contextWindow: assessment.model.contextWindow.value,
      released: assessment.model.released.value, routes: assessment.trackedRoutes.count,
      usualCost: assessment.estimate.cheapest?.cost)
    let prefix = own.id.lab.rawValue + "/"
    var scored: [(score: Int, summary: ModelSummary)] = []
    for summary in summaries where !excluding.contains(summary.id) && summary.routes > 0 {
      scored.append((score(summary, against: own, prefix: prefix), summary))
    }
    scored.sort {
      ($1.score, $1.summary.routes, $0.summary.id) < ($0.score, $0.summary.routes, $1.summary.id)
    }
    var result: [(score: Int, alternative: Alternative)] = []
    let sameType = scored.lazy.filter { ProductType($0.summary) == assessment.type.value }
    for candidate in sameType.prefix(Self.examined) {
      guard let model = try catalogue.model(candidate.summary.id, asOf: asOf) else { continue }
      let other = Assessment(model, workload: assessment.estimate.workload, medians: catalogue.frame.medians)
      guard other.type.value == assessment.type.value else { continue }
      let nearness = nearness(of: other, to: assessment)
      guard !nearness.isEmpty else { continue }
      result.append((nearness.count, Alternative(assessment: other, nearness: nearness)))
    }
    func order(_ entry: (score: Int, alternative: Alternative)) -> (Int, Int, String) {
      (
        -entry.score, -entry.alternative.assessment.trackedRoutes.count,
        entry.alternative.assessment.model.id.rawValue
      )
    }
    return result.sorted { order($0) < order($1) }
      .prefix(most).map(\.alternative)
  }

  private func score(_ other: ModelSummary, against own: ModelSummary, prefix: String) -> Int {
    var score = 2 * own.capabilities.intersection(other.capabilities).count
    if let a = own.contextWindow, let b = other.contextWindow, Self.isWithinTwo(a.tokens, b.tokens) {
      score += 3
    }
    if let a = own.usualCost, let b = other.usualCost, Self.isWithinTwo(a, b) { score += 3 }
    if let a = own.released, let b = other.released, Self.isWithinYear(a, b) { score += 3 }
    if let family = own.family, family == other.family { score += 2 }
    if !other.id.rawValue.hasPrefix(prefix) { score += 1 }
    return score
  }

  private func nearness(of other: Assessment, to own: Assessment) -> [Alternative.Nearness] {
    var result: [Alternative.Nearness] = []
    if let family = own.model.family, family == other.model.family { result.append(.sameFamily) }
    let mine = Set(own.fitness.tags.map(\.value))
    let shared = other.fitness.tags.map(\.value).filter(mine.contains)
    if !shared.isEmpty { result.append(.tags(Array(shared.prefix(3)))) }
    if let a = own.model.contextWindow.value, let b = other.model.contextWindow.value,
      Self.isWithinTwo(a.tokens, b.tokens)
    {
      result.append(.context)
    }
    if let a = own.estimate.cheapest?.cost, let b = other.estimate.cheapest?.cost, Self.isWithinTwo(a, b) {
      result.append(.cost)
    }
    if let a = own.model.released.value, let b = other.model.released.value, Self.isWithinYear(a, b) {
      result.append(.released)
    }
    if own.model.lab != other.model.lab { result.append(.otherLab) }
    return result
  }

  private static func isWithinTwo(_ a: Int64, _ b: Int64) -> Bool {
    a > 0 && b > 0 && a <= 2 * b && b <= 2 * a
  }

  private static func isWithinTwo(_ a: Money, _ b: Money) -> Bool {
    a > .zero && b > .zero && a <= b + b && b <= a + a
  }

  private static func isWithinYear(_ a: CalendarDate, _ b: CalendarDate) -> Bool {
    abs(a.firstDayNumber - b.firstDayNumber) <= 366
  }
}
