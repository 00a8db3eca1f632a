import Facts

/// What a check of files kept by hand asks of a catalogue, without reading whole models.
extension Catalogue {
  /// Whether the catalogue has a model of exactly that id, or under another spelling of its name.
  public func isModel(_ id: ModelID) throws(CatalogueError) -> Bool {
    if try hasModel(id) { return true }
    return try hasModel(knownID(of: id))
  }

  /// Whether one source alone knows a model, and no provider serves it.
  public func isKnown(_ id: ModelID, from source: SourceID) throws(CatalogueError) -> Bool {
    guard let contents = try contents(of: knownID(of: id)), contents.routes.isEmpty else { return false }
    return contents.records.allSatisfy { frame.sources[$0.source].id == source }
  }

  /// The model whose canonical name is exactly a text, where it is another than the one that the text is said to mean.
  public func model(called name: String, otherThan target: ModelID) throws(CatalogueError) -> ModelID? {
    let target = try knownID(of: target)
    let name = name.lowercased()
    for id in try canonicalIDs(named: name) where id != target { return id }
    return nil
  }

  /// The model that a provider serves under a name, where it is another than the one that the name is said to mean there.
  public func model(served name: String, at provider: String, otherThan target: ModelID)
    throws(CatalogueError) -> ModelID?
  {
    let key = CatalogueContents.servedName(name.lowercased(), at: frame.identity.provider(provider))
    guard let served = try lookup(key), served != (try knownID(of: target)) else { return nil }
    return served
  }

  private func canonicalIDs(named name: String) throws(CatalogueError) -> [ModelID] {
    if name.contains("/") {
      let id = ModelID(name)
      return try hasModel(id) ? [id] : []
    }
    let labs = Set([frame.identity.lab(ofSlug: name)].compactMap(\.self)).union(
      try lookup(name).map { [$0.lab] } ?? [])
    var ids: [ModelID] = []
    for lab in labs.sorted() {
      let id = ModelID(lab.rawValue + "/" + name)
      if try hasModel(id) { ids.append(id) }
    }
    return ids
  }

  /// The ids nearest to a mistyped name, at most five.
  public func nearestModels(to text: String) throws(CatalogueError) -> [ModelID] {
    Suggestions.nearest(to: text, among: try summaries())
  }

  /// Whether a source or the policy knows a provider by that id or spelling.
  public func isProvider(_ text: String) -> Bool {
    frame.identity.providers[text.lowercased()] != nil
      || frame.providers[frame.identity.provider(text)] != nil
  }

  /// Whether a provider serves anything under a name.
  public func isServed(_ name: String, at provider: String) throws(CatalogueError) -> Bool {
    try lookup(CatalogueContents.servedName(name.lowercased(), at: frame.identity.provider(provider))) != nil
  }

  /// Every provider that has a route or that a source describes. Reads every model.
  public func providers() throws(CatalogueError) -> Set<ProviderID> {
    var providers = Set(frame.providers.keys)
    for contents in try everyModel() { providers.formUnion(contents.routes.map(\.provider)) }
    return providers
  }

  /// The labs that have a model or that the policy names.
  public func labs() throws(CatalogueError) -> Set<LabID> {
    Set(frame.identity.labNames.keys).union(try summaries().map(\.id.lab))
  }
}
