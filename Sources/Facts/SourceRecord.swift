/// How a claim came from its source.
public enum Basis: String, Hashable, Sendable {
  /// The source writes this value.
  case stated
  /// A named rule of ours reads it off something the source writes; the claim's note names the rule.
  case derived
}

/// One value that one source record claims for one field.
public struct Claim: Hashable, Sendable {
  public let field: Field
  public let value: FactValue
  /// The value exactly as the source writes it, before any normalisation.
  public let asWritten: String
  /// The unit the source writes it in, when it is not the field's own: `per token`.
  public let unitAsWritten: String?
  public let basis: Basis
  /// The rule of a derived claim, or what else a reader should know.
  public let note: String?
  /// First day the claim holds, for prices with an effective date.
  public let validFrom: CalendarDate?
  /// First day it no longer holds.
  public let validUntil: CalendarDate?
  /// A page that the source names for this very value.
  public let url: String?
  /// Where the value stands inside the record: `input_cost_per_token`, `limit.context`.
  public let path: String?

  public init(
    _ field: Field, _ value: FactValue, asWritten: String, unit: String? = nil, basis: Basis = .stated,
    note: String? = nil, validFrom: CalendarDate? = nil, validUntil: CalendarDate? = nil, url: String? = nil,
    path: String? = nil
  ) {
    self.field = field
    self.value = value
    self.asWritten = asWritten
    self.unitAsWritten = unit
    self.basis = basis
    self.note = note
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.url = url
    self.path = path
  }
}

/// What a record of a source is about, in the source's own words; `Cataloguing.Identity` finds the model.
public enum Subject: Hashable, Sendable {
  /// A model served by a provider under an API id.
  case route(provider: String, apiID: String)
  /// A model, by any id or name the source uses.
  case model(String)
}

/// An id under which a provider serves something, both in the source's words.
public struct ServedName: Hashable, Sendable {
  public let provider: String?
  public let apiID: String

  public init(provider: String?, apiID: String) {
    self.provider = provider
    self.apiID = apiID
  }
}

/// One record of one source: its key there, what it is about, and what it claims.
public struct SourceRecord: Hashable, Sendable {
  /// The source's own key, enough to find the record again: `openrouter:inclusionai/ling-2.6-1t`.
  public let key: String
  public let subject: Subject
  /// The canonical id when the record names it itself (curated files, plain facts), else nil.
  public let canonicalID: ModelID?
  public var claims: [Claim]
  public var scores: [ScoreClaim]
  /// A page that the source names for the record.
  public let url: String?
  /// When the source observed the record, if it says; else the snapshot's date holds.
  public let observed: CalendarDate?
  /// A short mark of what was seen, for records read by hand.
  public let mark: String?
  /// Other ids that the source gives for the same model.
  public let alsoServedAs: [ServedName]
  /// Prices above some prompt length that the source lost, by unit: it shows that a tier is there and what it costs, not where
  /// it begins, so it is no claim. It serves the building of a catalogue and is not kept in one.
  public var flattenedTiers: [BillableUnit: Money]

  public init(
    key: String, subject: Subject, canonicalID: ModelID? = nil, claims: [Claim], scores: [ScoreClaim] = [],
    url: String? = nil, observed: CalendarDate? = nil, mark: String? = nil, alsoServedAs: [ServedName] = [],
    flattenedTiers: [BillableUnit: Money] = [:]
  ) {
    self.key = key
    self.subject = subject
    self.canonicalID = canonicalID
    self.claims = claims
    self.scores = scores
    self.url = url
    self.observed = observed
    self.mark = mark
    self.alsoServedAs = alsoServedAs
    self.flattenedTiers = flattenedTiers
  }
}

/// One benchmark result as a source gives it.
public struct ScoreClaim: Hashable, Sendable {
  public let benchmark: BenchmarkID
  public let value: ExactDecimal
  public let asWritten: String
  public let unit: ScoreUnit
  /// The metric's name at the source: `mean_score`, `Elo`.
  public let metric: String
  /// Who ran it; nil when the source does not say, and then it is comparable to nothing.
  public let evaluator: String?
  /// The benchmark's version or the panel's freeze; nil makes the score comparable to nothing.
  public let version: String?
  /// Reasoning effort or agent: `high`, `32K`; empty is the model's default.
  public let variant: String
  /// Half the width of the 95% interval where given, in the metric's unit.
  public let interval: String?
  public let url: String?

  public init(
    benchmark: BenchmarkID, value: ExactDecimal, asWritten: String, unit: ScoreUnit, metric: String,
    evaluator: String?, version: String?, variant: String, interval: String? = nil, url: String? = nil
  ) {
    self.benchmark = benchmark
    self.value = value
    self.asWritten = asWritten
    self.unit = unit
    self.metric = metric
    self.evaluator = evaluator
    self.version = version
    self.variant = variant
    self.interval = interval
    self.url = url
  }
}

/// The scale of a score. Scores of different units are never ranked against each other.
public enum ScoreUnit: String, CaseIterable, Hashable, Sendable {
  /// 0–100.
  case percent
  case elo
  /// A number whose scale the source does not tell.
  case points
}
