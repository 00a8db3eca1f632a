import Facts

/// The catalogue in use: a binary snapshot, and over it the facts that the reader gave.
///
/// Values are resolved model by model when asked for, as of the day asked for.
public struct Catalogue: Sendable {
  let base: SnapshotFile?
  private let layer: [ModelID: ModelContents]
  let layerKeys: [String: ModelID]
  private let layerSummaries: [ModelID: ModelSummary]
  private let layerFindings: [Finding]
  private let layerFloating: ModelContents
  public let frame: CatalogueFrame
  /// The sources whose records are read, by their place in the frame; nil reads all.
  private var readSources: Set<Int>?
  /// What the reader's own evaluations measured, in no order; empty unless ``measured(_:)`` gave some.
  public private(set) var measurements: [Measurement] = []

  /// A catalogue read from a snapshot.
  public init(snapshot: SnapshotFile) throws(CatalogueError) {
    base = snapshot
    frame = try snapshot.frame()
    (layer, layerKeys, layerSummaries, layerFindings) = ([:], [:], [:], [])
    layerFloating = ModelContents(id: CatalogueContents.noModel)
  }

  /// A catalogue held in memory, as a builder gives it.
  public init(contents: CatalogueContents) {
    base = nil
    frame = contents.frame
    layer = Dictionary(contents.models.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    layerKeys = contents.keys
    layerSummaries = Dictionary(
      contents.summaries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    layerFindings = contents.findings
    layerFloating = contents.floating
  }

  private init(
    base: SnapshotFile?, frame: CatalogueFrame, layer: [ModelID: ModelContents], keys: [String: ModelID],
    summaries: [ModelID: ModelSummary], findings: [Finding], floating: ModelContents
  ) {
    self.base = base
    self.frame = frame
    self.layer = layer
    layerKeys = keys
    layerSummaries = summaries
    layerFindings = findings
    layerFloating = floating
  }

  /// The newest day of any source.
  public var date: CalendarDate? { frame.date }
  /// SHA-256 of the snapshot; nil for a catalogue held in memory.
  public var digest: String? { base.flatMap { $0.digest.isEmpty ? nil : $0.digest } }

  // MARK: Models

  public func contents(of id: ModelID) throws(CatalogueError) -> ModelContents? {
    guard let whole = try allContents(of: id) else { return try release(id) }
    return readSources.map(whole.limited) ?? whole
  }

  /// What is known of a release below a model's page, see ``ModelID/release``.
  private func release(_ id: ModelID) throws(CatalogueError) -> ModelContents? {
    guard let release = id.release, let whole = try allContents(of: id.whole) else { return nil }
    return (readSources.map(whole.limited) ?? whole).limited(to: release, policy: frame.identity)
  }

  private func allContents(of id: ModelID) throws(CatalogueError) -> ModelContents? {
    if let own = layer[id] { return own }
    guard let base, let number = try base.model(forKey: id.rawValue) else { return nil }
    let contents = try base.contents(number)
    return contents.id == id ? contents : nil
  }

  /// Whether there is a model of exactly that id, which is cheaper to tell than what is said of it.
  func hasModel(_ id: ModelID) throws(CatalogueError) -> Bool {
    if layer[id] != nil { return true }
    if id.release != nil { return try contents(of: id) != nil }
    guard let base, let number = try base.model(forKey: id.rawValue) else { return false }
    return try base.summary(number).id == id
  }

  /// The day on which a model was released, as its summary has it; nil where nobody says or there is no such model.
  public func released(_ id: ModelID) throws(CatalogueError) -> CalendarDate? {
    let id = try knownID(of: id)
    if let own = layerSummaries[id] { return own.released }
    guard let base, let number = try base.model(forKey: id.rawValue) else { return nil }
    let summary = try base.summary(number)
    return summary.id == id ? summary.released : nil
  }

  /// The same catalogue read through some of its sources alone. Names and aliases are still all known; facts files count
  /// as the source `facts`.
  /// - Returns: nil when the catalogue has no source of one of the ids.
  public func reading(_ sources: [SourceID]) -> Catalogue? {
    var places: Set<Int> = []
    for id in sources {
      let own = frame.sources.indices.filter { frame.sources[$0].id == id || frame.sources[$0].lineage == id }
      guard !own.isEmpty else { return nil }
      // The id of a source comes before a lineage of the same name.
      let exact = own.filter { frame.sources[$0].id == id }
      places.formUnion(exact.isEmpty ? own : exact)
    }
    var result = self
    result.readSources = places
    return result
  }

  /// The model with its values as of a day; nil when the catalogue has none of that canonical id.
  public func model(_ id: ModelID, asOf: CalendarDate) throws(CatalogueError) -> Model? {
    guard let contents = try contents(of: id) else { return nil }
    return ModelResolver(frame: frame, asOf: asOf).model(contents)
  }

  /// The model that a normalised key or exact id leads to.
  func lookup(_ key: String) throws(CatalogueError) -> ModelID? {
    if let own = layerKeys[key] { return own }
    guard let base, let number = try base.model(forKey: key) else { return nil }
    return try base.summary(number).id
  }

  /// Every model in short, by id.
  public func summaries() throws(CatalogueError) -> [ModelSummary] {
    var result: [ModelSummary] = []
    if let base {
      for number in 0..<(try base.modelCount()) {
        let summary = try base.summary(number)
        if layerSummaries[summary.id] == nil { result.append(summary) }
      }
    }
    result += layerSummaries.values
    return result.sorted { $0.id < $1.id }
  }

  /// The models of the layer over a snapshot, by id: nobody has chosen their neighbours, or them as neighbours.
  public var layered: [ModelID] { base == nil ? [] : layer.keys.sorted() }

  /// The models nearest to one as chosen when the snapshot was built, nearest first; nil when nobody chose: for a
  /// catalogue in memory, and for a model of the layer.
  public func nearest(to id: ModelID) throws(CatalogueError) -> [(summary: ModelSummary, reasons: UInt16)]? {
    let id = id.whole
    guard layer[id] == nil, let base, let number = try base.model(forKey: id.rawValue) else { return nil }
    return try base.nearest(to: number)
  }

  /// What the sources say of every model, in no order; two models that share an id both stand here.
  func everyModel() throws(CatalogueError) -> [ModelContents] {
    var models = Array(layer.values)
    guard let base else { return models }
    for number in 0..<(try base.modelCount()) {
      let contents = try base.contents(number)
      if layer[contents.id] == nil { models.append(contents) }
    }
    return models
  }

  /// Every key of the snapshot by its hash; none for a catalogue in memory.
  func hashedKeys() throws(CatalogueError) -> [UInt64: ModelID] { try base?.hashedKeys() ?? [:] }

  /// Routes whose ids lead to no one model.
  func floatingContents() throws(CatalogueError) -> ModelContents {
    let whole = try base?.floating() ?? layerFloating
    return readSources.map(whole.limited) ?? whole
  }

  /// What the importers could not take.
  func importFindings() throws(CatalogueError) -> [Finding] {
    guard let base else { return layerFindings }
    return try base.findings() + layerFindings
  }

  // MARK: Layers

  /// This catalogue with more facts on top. A model that both know keeps all claims of both.
  public func adding(_ contents: CatalogueContents) throws(CatalogueError) -> Catalogue {
    var frame = self.frame
    let shift = frame.sources.count
    frame.sources += contents.frame.sources
    for (id, note) in contents.frame.providers where frame.providers[id] == nil { frame.providers[id] = note }
    var layer = self.layer
    var keys = layerKeys
    var summaries = layerSummaries
    let names = Dictionary(grouping: contents.keys, by: \.value)
    for model in contents.models {
      let id = try knownID(of: model.id)
      var merged = ModelContents(id: id)
      if let known = layer[id] {
        merged = known
      } else if let known = try self.contents(of: id) {
        merged = known
      }
      merged.records += model.records.map { CitedRecord(source: $0.source + shift, record: $0.record) }
      for route in model.routes {
        let shifted = route.records.map { CitedRecord(source: $0.source + shift, record: $0.record) }
        if let place = merged.place(of: route) {
          merged.routes[place].records += shifted
        } else {
          merged.routes.append(
            RouteContents(
              provider: route.provider, apiID: route.apiID, attributes: route.attributes, records: shifted))
        }
      }
      layer[id] = merged
      for (name, _) in names[model.id, default: []] { keys[name] = id }
      let resolved = ModelResolver(frame: frame, asOf: frame.date ?? model.defaultDay).model(merged)
      summaries[id] = ModelSummary(of: resolved)
    }
    return Catalogue(
      base: base, frame: frame, layer: layer, keys: keys, summaries: summaries,
      findings: layerFindings + contents.findings, floating: layerFloating
    ).measured(measurements)
  }

  /// This catalogue with measurements of the reader's own beside its claims; they replace none of these.
  public func measured(_ measurements: [Measurement]) -> Catalogue {
    var result = self
    result.measurements = measurements
    return result
  }

  /// The id under which the catalogue has a model; the same id for one that it does not have.
  func knownID(of id: ModelID) throws(CatalogueError) -> ModelID {
    if let exact = try lookup(id.rawValue) { return exact }
    let parsed = ParsedID(id.rawValue, policy: frame.identity)
    if let known = try lookup((parsed.lab ?? id.lab).rawValue + "/" + parsed.datedKey) { return known }
    return id
  }
}

extension ModelContents {
  /// What some sources say, by their place in the frame; a route that none of them lists is left out.
  fileprivate func limited(to sources: Set<Int>) -> ModelContents {
    let routes = self.routes.compactMap { route in
      let records = route.records.filter { sources.contains($0.source) }
      return records.isEmpty
        ? nil
        : RouteContents(
          provider: route.provider, apiID: route.apiID, attributes: route.attributes, records: records)
    }
    return ModelContents(id: id, records: records.filter { sources.contains($0.source) }, routes: routes)
  }

  /// The route that a layered route describes: the same API id, or the provider's only route.
  fileprivate func place(of route: RouteContents) -> Int? {
    let atProvider = routes.indices.filter { routes[$0].provider == route.provider }
    if let exact = atProvider.first(where: { routes[$0].apiID.lowercased() == route.apiID.lowercased() }) {
      return exact
    }
    return atProvider.count == 1 ? atProvider[0] : nil
  }

  fileprivate var defaultDay: CalendarDate { records.first?.record.observed ?? CalendarDate.epoch }
}

extension CalendarDate {
  /// 1970-01-01, for a catalogue without any source.
  static let epoch: CalendarDate = {
    guard let date = try? CalendarDate(dayNumber: 0) else { preconditionFailure("1970-01-01 is a date") }
    return date
  }()
}
