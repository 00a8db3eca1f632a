import Cataloguing
import Facts

/// Every model as plain values, so that a set of requirements is answered without resolving a fact; made once for a
/// catalogue and a day.
public struct ShortlistIndex: Sendable {
  public let models: [IndexedModel]
  public let vocabulary: ShortlistVocabulary
  public let asOf: CalendarDate

  public init(_ models: some Sequence<Model>, frame: CatalogueFrame, asOf: CalendarDate) {
    self.init(models.map(IndexedModel.init), frame: frame, asOf: asOf)
  }

  public init(_ models: [IndexedModel], frame: CatalogueFrame, asOf: CalendarDate) {
    self.models = models.sorted { $0.id < $1.id }
    self.asOf = asOf
    vocabulary = ShortlistVocabulary(models, frame: frame)
  }

  /// Reads every model of a catalogue, which takes about a second for some thousand.
  public init(_ catalogue: Catalogue, asOf: CalendarDate) throws(CatalogueError) {
    var models: [IndexedModel] = []
    for summary in try catalogue.summaries() {
      if let model = try catalogue.model(summary.id, asOf: asOf) { models.append(IndexedModel(model)) }
    }
    self.init(models, frame: catalogue.frame, asOf: asOf)
  }
}

/// The words of a catalogue that requirements may name.
public struct ShortlistVocabulary: Sendable {
  public let frame: CatalogueFrame
  public let labs: Set<LabID>
  public let providers: Set<ProviderID>
  public let licences: Set<LicenceID>
  /// Regions that routes name, and what stands before their first hyphen.
  public let regions: Set<String>
  public let benchmarks: Set<BenchmarkID>

  init(_ models: [IndexedModel], frame: CatalogueFrame) {
    self.frame = frame
    labs = Set(models.map(\.id.lab))
    providers = Set(models.flatMap { $0.routes.map(\.provider) })
    licences = Set(models.compactMap(\.license)).union(frame.licences.notes.map(\.id))
    let named = Set(models.flatMap { $0.routes.compactMap(\.region) })
    regions = named.union(named.compactMap { $0.split(separator: "-").first.map(String.init) })
    benchmarks = Set(models.flatMap { $0.scores.keys })
  }
}
