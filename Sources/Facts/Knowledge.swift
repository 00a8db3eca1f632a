/// What is known of one value. It stands where others write an Optional and a zero.
public enum Knowledge<Value: Sendable>: Sendable {
  /// Sources give the value.
  case known(Value, Evidence)
  /// A source says that there is none.
  case absent(Evidence)
  /// No source says.
  case unknown

  public var value: Value? {
    if case .known(let value, _) = self { return value }
    return nil
  }

  public var evidence: Evidence? {
    switch self {
    case .known(_, let evidence), .absent(let evidence): evidence
    case .unknown: nil
    }
  }

  public var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  /// Whether sources contradict each other about it.
  public var isDisputed: Bool { evidence?.isDisputed ?? false }

  @inlinable
  public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Knowledge<Other> {
    switch self {
    case .known(let value, let evidence): .known(transform(value), evidence)
    case .absent(let evidence): .absent(evidence)
    case .unknown: .unknown
    }
  }

  /// The value where the transform has one; unknown where it has none.
  @inlinable
  public func compactMap<Other: Sendable>(_ transform: (Value) -> Other?) -> Knowledge<Other> {
    switch self {
    case .known(let value, let evidence): transform(value).map { .known($0, evidence) } ?? .unknown
    case .absent(let evidence): .absent(evidence)
    case .unknown: .unknown
    }
  }

  /// Both values with the evidence of both; unknown when either is unknown or absent.
  public func zip<Other: Sendable>(_ other: Knowledge<Other>) -> Knowledge<(Value, Other)> {
    guard case .known(let left, let leftEvidence) = self, case .known(let right, let rightEvidence) = other
    else { return .unknown }
    return .known((left, right), leftEvidence.merged(with: rightEvidence))
  }
}

extension Knowledge: Equatable where Value: Equatable {}
extension Knowledge: Hashable where Value: Hashable {}

/// Why a value is believed: the citations that agree, those that differ, and the rule that chose.
public struct Evidence: Hashable, Sendable {
  public let agreeing: [Citation]
  public let dissenting: [Dissent]
  public let rule: ResolutionRule

  public init(agreeing: [Citation], dissenting: [Dissent] = [], rule: ResolutionRule) {
    self.agreeing = agreeing
    self.dissenting = dissenting
    self.rule = rule
  }

  /// Whether any dissent contradicts the value, rather than describing a narrower quantity.
  public var isDisputed: Bool { dissenting.contains { !$0.isVariation } }

  /// The day of the oldest citation that agrees.
  public var oldest: CalendarDate? { agreeing.map(\.observed).min() }

  public func merged(with other: Evidence) -> Evidence {
    var agreeing = self.agreeing
    for citation in other.agreeing where !agreeing.contains(citation) { agreeing.append(citation) }
    return Evidence(agreeing: agreeing, dissenting: dissenting + other.dissenting, rule: rule)
  }
}

/// A value that differs from the one chosen, who claims it, and the likely reason.
public struct Dissent: Hashable, Sendable {
  public let value: FactValue
  public let citations: [Citation]
  public let cause: DisputeCause
  /// True when the claim is about a narrower or rounded quantity and contradicts nothing.
  public var isVariation: Bool { cause.isVariation }

  public init(value: FactValue, citations: [Citation], cause: DisputeCause) {
    self.value = value
    self.citations = citations
    self.cause = cause
  }
}

/// The likely reason why two sources differ, where it can be told from the values, dates and sources.
public enum DisputeCause: String, CaseIterable, Hashable, Sendable {
  case staleDate = "stale date"
  case peakVersusOffPeak = "peak versus off-peak"
  case regionalUplift = "regional uplift"
  case unitMismatch = "unit mismatch"
  case windowVersusMaxInput = "window versus max input"
  case thousandVersus1024 = "1000 versus 1024"
  case zeroMeaningUnknown = "zero meaning unknown"
  case floatingAlias = "floating alias"
  case routeLimit = "a route's own limit"
  case routeListing = "listing date of a route"
  case resellerFlag = "a reseller's flag"
  case resellerPrice = "a reseller's own price"
  case copiedFromSibling = "copied from a sibling model"
  case differentDefinition = "different definitions of the word"
  case roundedCount = "a rounded count"
  case real = "real dispute"

  /// Whether the differing claim describes a narrower or rounded quantity and contradicts nothing.
  public var isVariation: Bool { self == .routeLimit || self == .roundedCount }

  public var explanation: String {
    switch self {
    case .staleDate: "the differing record is older than the one believed"
    case .peakVersusOffPeak: "the two differ by a known off-peak discount"
    case .regionalUplift: "the two differ by the usual 10% for a region"
    case .unitMismatch: "the two differ by a power of 1000, as per-token and per-million prices do"
    case .windowVersusMaxInput: "one counts the whole window, the other the prompt alone"
    case .thousandVersus1024: "one counts in thousands of 1000, the other of 1024"
    case .zeroMeaningUnknown: "a zero stands where the source has no value"
    case .floatingAlias: "the id points to different releases over time"
    case .routeLimit: "one provider's limit is below the model's own"
    case .routeListing: "the later date is the day a provider listed the model"
    case .resellerFlag: "a provider that is not the lab describes its own route"
    case .resellerPrice: "another provider sets its own price"
    case .copiedFromSibling: "a sibling model at the same provider has exactly this value"
    case .differentDefinition: "the sources use the word for different things"
    case .roundedCount: "one of the two is rounded"
    case .real: "nothing in the records explains it"
    }
  }
}

/// The rule that chose a value among the claims, strongest first.
public enum ResolutionRule: String, CaseIterable, Hashable, Sendable {
  case readersFacts = "facts given by the reader"
  case ownClaim = "the lab's own claim or a curated citation"
  case firstParty = "the lab's own route"
  case allAgree = "all sources agree"
  case independentWitnesses = "most independent sources"
  case newest = "newest record of the same quantity"
  /// Prices alone: among equal witnesses the record that says where it was read.
  case namedPage = "the record that names its page"
  case sourceRank = "source rank at equal date"
  case onlySource = "the only source"
  case derived = "derived from other facts"

  public var explanation: String {
    switch self {
    case .readersFacts: "a facts file given on the command line refines or disputes the catalogue"
    case .ownClaim: "what the lab, the model card or a curated citation says of the model comes first"
    case .firstParty: "the lab's own route comes before resellers"
    case .allAgree: "no claim differs"
    case .independentWitnesses:
      "two independent sources beat one; a reseller never settles a fact of the model alone"
    case .namedPage:
      "among equal witnesses a record that names the page it was read on comes before one that does not"
    case .newest: "among equal witnesses the newer record of the same quantity wins"
    case .sourceRank: "at equal witnesses and date the order in Data/policy decides"
    case .onlySource: "one source says it and none differs"
    case .derived: "computed by a named rule from facts that carry their own citations"
    }
  }
}
