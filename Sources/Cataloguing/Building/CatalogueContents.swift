import Facts

/// A record of a source inside the catalogue, with the place of its source among the catalogue's.
public struct CitedRecord: Sendable {
  public let source: Int
  public let record: SourceRecord

  public init(source: Int, record: SourceRecord) {
    self.source = source
    self.record = record
  }
}

/// The records about one route of a model.
public struct RouteContents: Sendable {
  public let provider: ProviderID
  /// The id that a caller sends, as the provider writes it.
  public let apiID: String
  public let attributes: RouteAttributes
  public var records: [CitedRecord]

  public init(provider: ProviderID, apiID: String, attributes: RouteAttributes, records: [CitedRecord]) {
    self.provider = provider
    self.apiID = apiID
    self.attributes = attributes
    self.records = records
  }
}

/// Everything the sources say of one model, unresolved.
public struct ModelContents: Sendable {
  public let id: ModelID
  public var records: [CitedRecord]
  /// By provider, then API id.
  public var routes: [RouteContents]

  public init(id: ModelID, records: [CitedRecord] = [], routes: [RouteContents] = []) {
    self.id = id
    self.records = records
    self.routes = routes
  }
}

/// What is needed of every model to choose neighbours without reading its facts.
public struct ModelSummary: Hashable, Sendable {
  public let id: ModelID
  public var name: String
  public var family: String?
  /// The product type a source states, if any.
  public var productType: String?
  public var capabilities: Set<Capability>
  public var contextWindow: TokenCount?
  public var released: CalendarDate?
  public var routes: Int
  /// Dollars for 800M input and 250M output tokens through the cheapest metered route, if one is priced.
  public var usualCost: Money?

  public init(
    id: ModelID, name: String, family: String? = nil, productType: String? = nil,
    capabilities: Set<Capability> = [],
    contextWindow: TokenCount? = nil, released: CalendarDate? = nil, routes: Int = 0, usualCost: Money? = nil
  ) {
    self.id = id
    self.name = name
    self.family = family
    self.productType = productType
    self.capabilities = capabilities
    self.contextWindow = contextWindow
    self.released = released
    self.routes = routes
    self.usualCost = usualCost
  }
}

/// A model near another, and why. The reasons are bits that `Deciding` gives a meaning to.
public struct NearModel: Hashable, Sendable {
  public let id: ModelID
  public let reasons: UInt16

  public init(id: ModelID, reasons: UInt16) {
    self.id = id
    self.reasons = reasons
  }
}

/// What every part of the catalogue shares: sources, names, tables.
public struct CatalogueFrame: Sendable {
  public var sources: [SourceDescription] = []
  public var identity = IdentityPolicy()
  public var aliases = Aliases()
  public var licences = LicenceTable()
  public var providers: [ProviderID: ProviderNote] = [:]
  /// What buying through a provider adds to its prices; a provider without an entry is unknown.
  public var fees: [ProviderID: ChannelFee] = [:]
  /// Sources from the one that wins a tie to the one that yields.
  public var rank: [SourceID] = []
  /// The median of each benchmark over the tracked models' best scores, and how many there are.
  public var medians: [BenchmarkID: BenchmarkMedian] = [:]

  public init() {}

  /// The newest day of any source: the date of the catalogue.
  public var date: CalendarDate? { sources.map(\.observed).max() }

  /// The places of sources that a later snapshot of the same source follows: what only they have is no longer listed.
  var superseded: Set<Int> {
    var later: Set<SourceID> = []
    var result: Set<Int> = []
    for place in sources.indices.reversed() where sources[place].lineage.rawValue != "facts" {
      if !later.insert(sources[place].id).inserted { result.insert(place) }
    }
    return result
  }

  /// The newest snapshot day of each lineage, against which a route counts as still listed.
  public var newestOfLineage: [SourceID: CalendarDate] {
    Dictionary(sources.map { ($0.lineage, $0.observed) }, uniquingKeysWith: max)
  }
}

public struct BenchmarkMedian: Hashable, Sendable {
  public let value: ExactDecimal
  public let models: Int

  public init(value: ExactDecimal, models: Int) {
    self.value = value
    self.models = models
  }
}

/// A whole catalogue before it is written, or a reader's layer over one.
public struct CatalogueContents: Sendable {
  public var frame = CatalogueFrame()
  /// By id.
  public var models: [ModelContents] = []
  /// Routes under ids such as `gpt-latest` that lead to one release after another, with no source that dates the target:
  /// they have prices, and no model.
  public var floating = ModelContents(id: noModel)
  public var summaries: [ModelSummary] = []
  /// The models nearest to each, nearest first; chosen when the catalogue is built, because a start resolves none of
  /// them.
  public var nearest: [ModelID: [NearModel]] = [:]
  /// Model by every normalised key and id that resolves to it alone.
  public var keys: [String: ModelID] = [:]
  public var findings: [Finding] = []
  /// Keys whose texts are not known any more, by their hashes in a snapshot; `keys` come before them.
  var hashedKeys: [UInt64: ModelID] = [:]

  /// Stands for the model of a route whose id leads to no one model.
  public static let noModel = ModelID("unknown")

  public init() {}
}
