/// What a source says of a provider.
public struct ProviderNote: Hashable, Sendable {
  public let id: String
  public let name: String
  /// The package or protocol that talks to it: `@ai-sdk/openai-compatible`.
  public let dialect: String?
  public let documentation: String?

  public init(id: String, name: String, dialect: String? = nil, documentation: String? = nil) {
    self.id = id
    self.name = name
    self.dialect = dialect
    self.documentation = documentation
  }
}

/// Another name of a model, with the days it holds.
public struct AliasNote: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case floating
    case renamed
    case dated
    case preview
  }

  /// Who states it.
  public let source: SourceID
  public let alias: String
  /// The provider at which the alias holds; nil everywhere.
  public let provider: String?
  public let model: ModelID
  /// First day it holds.
  public let from: CalendarDate?
  /// Last day it holds.
  public let until: CalendarDate?
  public let kind: Kind
  public let url: String?
  public let seen: CalendarDate?
  public let mark: String?

  public init(
    source: SourceID, alias: String, provider: String?, model: ModelID, from: CalendarDate? = nil,
    until: CalendarDate? = nil,
    kind: Kind = .renamed, url: String? = nil, seen: CalendarDate? = nil, mark: String? = nil
  ) {
    self.source = source
    self.alias = alias
    self.provider = provider
    self.model = model
    self.from = from
    self.until = until
    self.kind = kind
    self.url = url
    self.seen = seen
    self.mark = mark
  }
}

/// A lab, the namespaces that catalogues use for it, and the providers that are its own.
public struct LabNote: Hashable, Sendable {
  public let id: LabID
  public let name: String
  public let namespaces: [String]
  public let firstParty: [String]

  public init(id: LabID, name: String, namespaces: [String], firstParty: [String]) {
    self.id = id
    self.name = name
    self.namespaces = namespaces
    self.firstParty = firstParty
  }
}

/// One row of the curated licence table.
public struct LicenceNote: Hashable, Sendable {
  /// Where a column of the row was read.
  public struct Evidence: Hashable, Sendable {
    public let url: String?
    public let seen: CalendarDate
    public let mark: String

    public init(url: String?, seen: CalendarDate, mark: String) {
      self.url = url
      self.seen = seen
      self.mark = mark
    }
  }

  public let id: LicenceID
  public let title: String
  public let isSPDX: Bool
  /// Spellings met in sources: `apache-2.0`, `Apache 2.0`.
  public let spellings: [String]
  public let osiApproved: Bool?
  public let commercialUse: CommercialUse?
  public let openness: String?
  public let recordKey: String
  public let evidence: Evidence
  /// Where the OSI column was read, when apart.
  public let osiEvidence: Evidence?

  public init(
    id: LicenceID, title: String, isSPDX: Bool, spellings: [String], osiApproved: Bool?,
    commercialUse: CommercialUse?, openness: String?, recordKey: String, evidence: Evidence,
    osiEvidence: Evidence?
  ) {
    self.id = id
    self.title = title
    self.isSPDX = isSPDX
    self.spellings = spellings
    self.osiApproved = osiApproved
    self.commercialUse = commercialUse
    self.openness = openness
    self.recordKey = recordKey
    self.evidence = evidence
    self.osiEvidence = osiEvidence
  }
}
