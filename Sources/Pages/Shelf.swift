import Cataloguing
import Deciding
import Documents
import Facts
import Synchronization

/// A catalogue as of a day, with the sheet of each model, made when it is first asked for and kept.
public final class Shelf: Sendable {
  public let catalogue: Catalogue
  public let asOf: CalendarDate
  /// What every page prints of the catalogue.
  public let stamp: CatalogueStamp
  private let sheets = Mutex<[ModelID: ModelSheet]>([:])
  /// Those that pages quote a few facts of, some hundred at most: lists name the same ones again and again.
  private let models = Mutex<[ModelID: Model]>([:])
  private static let keptModels = 200
  private let indexed = Mutex<ShortlistIndex?>(nil)
  private let index = SetOnce<NameIndex>()
  private let neighbourhood = Mutex<Neighbourhood?>(nil)

  public init(_ catalogue: Catalogue, asOf: CalendarDate) {
    self.catalogue = catalogue
    self.asOf = asOf
    stamp = CatalogueStamp(catalogue, asOf: asOf)
  }

  /// Every name of the catalogue, read when first asked for.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func names() throws(CatalogueError) -> NameIndex {
    if let known = index.value { return known }
    return index.set(try NameIndex(catalogue))
  }

  private func madeNeighbourhood() throws(CatalogueError) -> Neighbourhood {
    if let known = neighbourhood.withLock({ $0 }) { return known }
    let made = try Neighbourhood(catalogue, asOf: asOf)
    neighbourhood.withLock { $0 = made }
    return made
  }

  /// What an id stands for as of the day of the shelf.
  public func resolve(_ raw: String, provider: String? = nil) throws(CatalogueError) -> IDResolution {
    try catalogue.resolve(raw, provider: provider, asOf: asOf, names: names)
  }

  /// The page that an id stands for, a release's own where the id names one of several.
  public func resolvePage(_ raw: String, provider: String? = nil) throws(CatalogueError) -> IDResolution {
    try catalogue.resolvePage(raw, provider: provider, asOf: asOf, names: names)
  }

  /// The sheet of a model by its canonical id; nil when the catalogue lacks it.
  public func sheet(_ id: ModelID) throws(CatalogueError) -> ModelSheet? {
    if let kept = sheets.withLock({ $0[id] }) { return kept }
    let neighbourhood = try madeNeighbourhood()
    guard let made = try ModelSheet(id, in: catalogue, asOf: asOf, neighbourhood: neighbourhood) else {
      return nil
    }
    // Two readers may make the same sheet at once: the first one stays.
    return sheets.withLock { kept in
      if let other = kept[id] { return other }
      kept[id] = made
      return made
    }
  }

  /// A model without its sheet, for pages that quote a few of its facts.
  package func model(_ id: ModelID) throws(CatalogueError) -> Model? {
    if let kept = sheets.withLock({ $0[id] }) { return kept.model }
    if let kept = models.withLock({ $0[id] }) { return kept }
    let made = try catalogue.model(id, asOf: asOf)
    models.withLock { kept in
      if kept.count >= Self.keptModels { kept = [:] }
      kept[id] = made
    }
    return made
  }

  /// What requirements ask of every model; made when it is first asked for, which reads every model.
  public func shortlistIndex() throws(CatalogueError) -> ShortlistIndex {
    if let kept = indexed.withLock({ $0 }) { return kept }
    let sheets = sheets.withLock { $0 }
    var models: [IndexedModel] = []
    for summary in try catalogue.summaries() {
      if let kept = sheets[summary.id] {
        models.append(IndexedModel(kept.model))
      } else if let model = try catalogue.model(summary.id, asOf: asOf) {
        models.append(IndexedModel(model))
      }
    }
    let made = ShortlistIndex(models, frame: catalogue.frame, asOf: asOf)
    return indexed.withLock { kept in
      kept = kept ?? made
      return kept ?? made
    }
  }
}
