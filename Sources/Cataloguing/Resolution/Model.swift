import Facts

/// A model with its values resolved as of a day.
public final class Model: Sendable {
  public let id: ModelID
  public let lab: LabID
  public let labName: String
  /// The name shown to people; the id's slug when no source names the model.
  public let name: String
  public let asOf: CalendarDate
  /// The releases that ids of its routes tell, where there are several; none for a release itself.
  public let releases: [String]
  /// By provider name, then API id. Routes that their source no longer lists stand here too, marked.
  public let routes: [Route]
  /// The routes that their newest source still lists and that are not retired as of the day.
  public let availableRoutes: [Route]
  /// Whether it is still served, by anybody.
  public let life: Life
  public let scores: [Score]
  /// Terms of the licence, when the licence table has them.
  public let licenceTerms: LicenceTerms?
  public let contextWindow: Knowledge<TokenCount>
  public let maxOutput: Knowledge<TokenCount>
  private let values: [Field: Knowledge<FactValue>]

  init(
    id: ModelID, labName: String, name: String, asOf: CalendarDate, releases: [String], routes: [Route],
    life: Life,
    scores: [Score],
    licenceTerms: LicenceTerms?, values: [Field: Knowledge<FactValue>]
  ) {
    self.id = id
    self.lab = id.lab
    self.labName = labName
    self.name = name
    self.asOf = asOf
    self.releases = releases
    self.routes = routes
    availableRoutes = routes.filter(\.isAvailable)
    self.life = life
    self.scores = scores
    self.licenceTerms = licenceTerms
    contextWindow = values[.contextWindow]?.tokens ?? .unknown
    maxOutput = values[.maxOutput]?.tokens ?? .unknown
    self.values = values
  }

  /// What is known of a field of the model itself; unknown for price fields, which belong to routes.
  public subscript(field: Field) -> Knowledge<FactValue> { values[field] ?? .unknown }

  public func capability(_ capability: Capability) -> Knowledge<Bool> {
    // "false" is a stated absence: a source says No.
    switch self[.capability(capability)] {
    case .known(.flag(true), let evidence): .known(true, evidence)
    case .known(.flag(false), let evidence), .absent(let evidence): .absent(evidence)
    default: .unknown
    }
  }

  public var released: Knowledge<CalendarDate> { self[.released].date }
  public var family: String? { self[.family].value?.text }

}

extension Knowledge where Value == FactValue {
  public var tokens: Knowledge<TokenCount> {
    compactMap { if case .tokens(let count) = $0 { count } else { nil } }
  }
  public var date: Knowledge<CalendarDate> {
    compactMap { if case .date(let date) = $0 { date } else { nil } }
  }
  public var text: Knowledge<String> {
    compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
  public var money: Knowledge<Money> {
    compactMap { if case .money(let money) = $0 { money } else { nil } }
  }
}

/// A benchmark result with its citation.
public struct Score: Hashable, Sendable {
  public let claim: ScoreClaim
  public let citation: Citation

  public init(claim: ScoreClaim, citation: Citation) {
    self.claim = claim
    self.citation = citation
  }
}
