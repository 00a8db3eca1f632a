import Cataloguing
import Facts
import Pricing

/// A model to compare next, with the reasons why it is near. The facts behind the reasons stand on the page that
/// compares the two.
public struct Alternative: Sendable {
  public enum Nearness: Hashable, Sendable {
    case sameFamily
    case tags([DecisionTag])
    case context
    case cost
    case released
    case otherLab
  }

  public let id: ModelID
  public let name: String
  public let nearness: [Nearness]
}

/// Finds the closest neighbours of a model: same product type, then shared tags, context and cost within a factor of
/// two, release within a year, the same family, another lab.
public struct Neighbourhood: Sendable {
  private let catalogue: Catalogue
  private let asOf: CalendarDate
  private let layered: [Assessment]

  /// - Throws: `CatalogueError` when the catalogue is broken.
  public init(_ catalogue: Catalogue, asOf: CalendarDate) throws(CatalogueError) {
    self.catalogue = catalogue
    self.asOf = asOf
    var layered: [Assessment] = []
    for id in catalogue.layered {
      if let own = try Self.assessed(id, in: catalogue, asOf: asOf) { layered.append(own) }
    }
    self.layered = layered
  }

  /// How many candidates are assessed whole; the rest is told apart by their summaries.
  private static let examined = 16
  /// How many a built catalogue keeps for each model: those shown, and some to spare for the models compared.
  private static let kept = 6

  /// The nearest models, nearest first, as a built catalogue chose them on the usual traffic of their product, with those of
  /// a layer over it; else as of the day.
  public func alternatives(to assessment: Assessment, excluding: Set<ModelID>, most: Int)
    throws(CatalogueError) -> [Alternative]
  {
    if let chosen = try catalogue.nearest(to: assessment.model.id) {
      let changed = Set(layered.map(\.model.id))
      var near = chosen.map { other -> (order: (Int, Int, String), alternative: Alternative) in
        let nearness = Nearness.read(other.reasons)
        return (
          (-nearness.count, -other.summary.routes, other.summary.id.rawValue),
          Alternative(id: other.summary.id, name: other.summary.name, nearness: nearness)
        )
      }.filter { !changed.contains($0.alternative.id) }
      for other in layered {
        guard let own = NearAssessment(other, to: assessment) else { continue }
        let model = other.model
        near.append((own.order, Alternative(id: model.id, name: model.name, nearness: own.nearness)))
      }
      if !layered.isEmpty { near.sort { $0.order < $1.order } }
      return Array(near.lazy.map(\.alternative).filter { !excluding.contains($0.id) }.prefix(most))
    }
    let candidates = Self.candidates(
      near: ModelSummary(assessment), among: try catalogue.summaries(), excluding: excluding)
    let own = try assessed(assessment.model.id) ?? assessment
    var near: [NearAssessment] = []
    for id in candidates {
      if let other = try assessed(id).flatMap({ NearAssessment($0, to: own) }) { near.append(other) }
    }
    return near.sorted { $0.order < $1.order }.prefix(most).map {
      Alternative(id: $0.other.model.id, name: $0.other.model.name, nearness: $0.nearness)
    }
  }

  private func assessed(_ id: ModelID) throws(CatalogueError) -> Assessment? {
    try Self.assessed(id, in: catalogue, asOf: asOf)
  }

  private static func assessed(
    _ id: ModelID, in catalogue: Catalogue, asOf: CalendarDate
  ) throws(CatalogueError) -> Assessment? {
    guard let model = try catalogue.model(id, asOf: asOf) else { return nil }
    return Assessment(model, traffic: .usual, medians: catalogue.frame.medians)
  }

  /// Adds to a catalogue that is being built what the engine says: of every model the cost of its usual month, and the nearest
  /// models.
  public static func complete(_ contents: inout CatalogueContents, asOf: CalendarDate) throws(CatalogueError)
  {
    let neighbourhood = try Neighbourhood(Catalogue(contents: contents), asOf: asOf)
    var assessments: [ModelID: Assessment] = [:]
    for (place, summary) in contents.summaries.enumerated() {
      let own = try neighbourhood.assessed(summary.id)
      assessments[summary.id] = own
      contents.summaries[place].usualCost = own?.estimate.cheapest?.cost
    }
    var result: [ModelID: [NearModel]] = [:]
    for (id, own) in assessments {
      let near = candidates(near: ModelSummary(own), among: contents.summaries, excluding: [id])
        .compactMap { assessments[$0].flatMap { NearAssessment($0, to: own) } }
      result[id] = near.sorted { $0.order < $1.order }.prefix(kept).map {
        NearModel(id: $0.other.model.id, reasons: Nearness.bits($0.nearness))
      }
    }
    contents.nearest = result
  }

  /// The models that are nearest by their summaries.
  private static func candidates(
    near own: ModelSummary, among summaries: [ModelSummary], excluding: Set<ModelID>
  ) -> [ModelID] {
    let prefix = own.id.lab.rawValue + "/"
    let type = ProductType(own)
    var scored: [(score: Int, summary: ModelSummary)] = []
    for summary in summaries where summary.routes > 0 && !excluding.contains(summary.id) {
      scored.append((score(summary, against: own, prefix: prefix), summary))
    }
    scored.sort {
      ($1.score, $1.summary.routes, $0.summary.id) < ($0.score, $0.summary.routes, $1.summary.id)
    }
    return scored.lazy.filter { ProductType($0.summary) == type }.prefix(examined).map(\.summary.id)
  }

  private static func score(_ other: ModelSummary, against own: ModelSummary, prefix: String) -> Int {
    var score = 2 * own.capabilities.intersection(other.capabilities).count
    if let a = own.contextWindow, let b = other.contextWindow, NearAssessment.isWithinTwo(a.tokens, b.tokens)
    {
      score += 3
    }
    if let a = own.usualCost, let b = other.usualCost, NearAssessment.isWithinTwo(a, b) { score += 3 }
    if let a = own.released, let b = other.released, NearAssessment.isWithinYear(a, b) { score += 3 }
    if let family = own.family, family == other.family { score += 2 }
    if !other.id.rawValue.hasPrefix(prefix) { score += 1 }
    return score
  }

}

private typealias Nearness = Alternative.Nearness

/// Another model with everything decided about it, and why it is near.
private struct NearAssessment {
  let other: Assessment
  let nearness: [Nearness]

  /// Nil when the types differ, when nothing is near, or for what can no longer be had.
  init?(_ other: Assessment, to own: Assessment) {
    guard other.type.value == own.type.value, !other.model.life.hasEnded else { return nil }
    self.other = other
    nearness = Self.nearness(of: other, to: own)
    if nearness.isEmpty { return nil }
  }

  /// Most reasons first, then most routes, then by id.
  var order: (Int, Int, String) {
    (-nearness.count, -other.trackedRoutes.count, other.model.id.rawValue)
  }

  private static func nearness(of other: Assessment, to own: Assessment) -> [Nearness] {
    var result: [Nearness] = []
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

  static func isWithinTwo(_ a: Int64, _ b: Int64) -> Bool {
    a > 0 && b > 0 && a <= 2 * b && b <= 2 * a
  }

  static func isWithinTwo(_ a: Money, _ b: Money) -> Bool {
    a > .zero && b > .zero && a <= b + b && b <= a + a
  }

  static func isWithinYear(_ a: CalendarDate, _ b: CalendarDate) -> Bool {
    abs(a.firstDayNumber - b.firstDayNumber) <= 366
  }
}

extension Alternative.Nearness {
  private static let plain: [Self] = [.sameFamily, .context, .cost, .released, .otherLab]

  /// Bits of the snapshot: the plain reasons from bit 0, the tags from bit 5. Part of the format: never renumber.
  static func bits(_ reasons: [Self]) -> UInt16 {
    var bits: UInt16 = 0
    for (bit, reason) in plain.enumerated() where reasons.contains(reason) { bits |= 1 << UInt16(bit) }
    for case .tags(let tags) in reasons {
      for (bit, tag) in DecisionTag.allCases.enumerated() where tags.contains(tag) {
        bits |= 1 << UInt16(plain.count + bit)
      }
    }
    return bits
  }

  static func read(_ bits: UInt16) -> [Self] {
    var reasons = plain.enumerated().filter { bits & (1 << UInt16($0.offset)) != 0 }.map(\.element)
    let tags = DecisionTag.allCases.enumerated().filter {
      bits & (1 << UInt16(plain.count + $0.offset)) != 0
    }.map(\.element)
    if !tags.isEmpty { reasons.insert(.tags(tags), at: reasons.first == .sameFamily ? 1 : 0) }
    return reasons
  }
}

extension ModelSummary {
  init(_ assessment: Assessment) {
    let model = assessment.model
    self.init(
      id: model.id, name: model.name, family: model.family, productType: model[.productType].value?.text,
      capabilities: Set(Capability.allCases.filter(model.has)), contextWindow: model.contextWindow.value,
      released: model.released.value, routes: assessment.trackedRoutes.count,
      usualCost: assessment.estimate.cheapest?.cost)
  }
}
