import Facts

/// Counts over a whole catalogue.
public struct CatalogueStatistics: Sendable {
  public struct Coverage: Hashable, Sendable {
    /// Models for which some source says, disputed or not.
    public var known = 0
    public var of = 0
  }

  public private(set) var models = 0
  public private(set) var routes = 0
  public private(set) var listedRoutes = 0
  public private(set) var facts = 0
  public private(set) var scores = 0
  /// Models that two sources know which do not follow each other.
  public private(set) var independentlyKnown = 0
  /// By field, over the independently known models; prices and benchmarks stand under `price` and `benchmarks`.
  public private(set) var coverage: [(field: String, coverage: Coverage)] = []
  /// Models that two independent sources price: those that people can use, without leaderboards' and repositories' rest.
  public private(set) var pricedTwice = 0
  /// The same over the models that two independent sources price.
  public private(set) var pricedCoverage: [(field: String, coverage: Coverage)] = []
  public private(set) var disputed = 0

  private static let fields: [Field] =
    [
      .released, .contextWindow, .maxOutput, .parameters, .architecture, .license, .osiApproved, .openness,
      .commercialUse, .knowledgeCutoff,
    ]
    + Capability.allCases.map(Field.capability)

  /// Resolves every model as of the day; takes about a second for some thousand models.
  public init(_ catalogue: Catalogue, asOf: CalendarDate) throws(CatalogueError) {
    let resolver = ModelResolver(frame: catalogue.frame, asOf: asOf)
    var counts: [String: Int] = [:]
    var pricedCounts: [String: Int] = [:]
    for summary in try catalogue.summaries() {
      guard let contents = try catalogue.contents(of: summary.id) else { continue }
      let model = resolver.model(contents)
      models += 1
      routes += contents.routes.count
      listedRoutes += model.routes.filter(\.isListed).count
      let records = contents.records + contents.routes.flatMap(\.records)
      facts += records.map(\.record.claims.count).reduce(0, +)
      scores += model.scores.count
      if Self.fields.contains(where: { model[$0].isDisputed }) { disputed += 1 }
      guard Self.lineages(of: contents, frame: catalogue.frame).count >= 2 else { continue }
      independentlyKnown += 1
      let known = Self.known(of: model)
      for name in known { counts[name, default: .zero] += 1 }
      guard Self.pricingLineages(of: contents, frame: catalogue.frame).count >= 2 else { continue }
      pricedTwice += 1
      for name in known { pricedCounts[name, default: .zero] += 1 }
    }
    for name in ["price"] + Self.fields.map(\.rawValue) + ["benchmarks"] {
      coverage.append((name, Coverage(known: counts[name] ?? .zero, of: independentlyKnown)))
      pricedCoverage.append((name, Coverage(known: pricedCounts[name] ?? .zero, of: pricedTwice)))
    }
  }

  private static func known(of model: Model) -> [String] {
    var known = fields.filter { !model[$0].isUnknown }.map(\.rawValue)
    if model.routes.contains(where: { $0.prices.base(.input).value != nil }) { known.append("price") }
    if !model.scores.isEmpty { known.append("benchmarks") }
    return known
  }

  /// The independent witnesses of a model's token prices.
  private static func pricingLineages(of contents: ModelContents, frame: CatalogueFrame) -> Set<SourceID> {
    var priced = ModelContents(id: contents.id)
    for route in contents.routes {
      var own = route
      own.records.removeAll { !$0.record.claims.contains { $0.field == .price(PriceTerm(.input)) } }
      if !own.records.isEmpty { priced.routes.append(own) }
    }
    return lineages(of: priced, frame: frame)
  }

  /// The independent witnesses of a model. Whatever describes OpenRouter's own route follows OpenRouter.
  static func lineages(of contents: ModelContents, frame: CatalogueFrame) -> Set<SourceID> {
    var result = Set(
      contents.records.filter { !$0.record.claims.isEmpty || !$0.record.scores.isEmpty }.map {
        frame.sources[$0.source].lineage
      })
    for route in contents.routes {
      if route.provider == ProviderID("openrouter") {
        result.insert(SourceID("openrouter"))
      } else {
        result.formUnion(route.records.map { frame.sources[$0.source].lineage })
      }
    }
    return result
  }
}

extension ModelContents {
  /// How many sources that do not follow each other know the model.
  public func independentSources(_ frame: CatalogueFrame) -> Int {
    CatalogueStatistics.lineages(of: self, frame: frame).count
  }
}
