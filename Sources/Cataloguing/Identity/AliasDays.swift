import Facts

extension Catalogue {
  /// The days, counted from 1970-01-01, on which an id may begin to mean another model: those on which an alias of one of its
  /// names begins to hold or has ended. Ascending.
  public func aliasDays(of id: String) -> [Int] {
    let wanted = String(id.unicodeScalars.prefix(200).map(Character.init)).lowercased().trimmed
    var names: Set<String> = []
    // A gateway may put a provider before the id.
    for name in [Substring(wanted), wanted.drop { $0 != "/" }.dropFirst()] where !name.isEmpty {
      let parsed = ParsedID(String(name), policy: frame.identity)
      names.formUnion([String(name), parsed.datedSlug, parsed.slug])
    }
    var days: Set<Int> = []
    for name in names {
      for note in frame.aliases.notes(named: name) {
        if let from = note.from { days.formUnion([from.firstDayNumber, from.firstDayNumber + 1]) }
        if let until = note.until { days.formUnion([until.firstDayNumber + 1, until.lastDayNumber + 1]) }
      }
    }
    return days.sorted()
  }
}

extension Catalogue {
  /// Whether the catalogue has a model of exactly that id, or under another spelling of its name.
  public func isModel(_ id: ModelID) throws(CatalogueError) -> Bool {
    if try contents(of: id) != nil { return true }
    return try contents(of: knownID(of: id)) != nil
  }

  /// The model whose canonical name is exactly a text, where it is another than the one that the text is said to mean.
  public func model(called name: String, otherThan target: ModelID) throws(CatalogueError) -> ModelID? {
    let target = try knownID(of: target)
    let name = name.lowercased()
    for id in try canonicalIDs(named: name) where id != target { return id }
    return nil
  }

  private func canonicalIDs(named name: String) throws(CatalogueError) -> [ModelID] {
    if name.contains("/") { return try contents(of: ModelID(name)).map { [$0.id] } ?? [] }
    let labs = Set([frame.identity.lab(ofSlug: name)].compactMap(\.self)).union(
      try lookup(name).map { [$0.lab] } ?? [])
    var ids: [ModelID] = []
    for lab in labs.sorted() {
      if let model = try contents(of: ModelID(lab.rawValue + "/" + name)) { ids.append(model.id) }
    }
    return ids
  }

  /// The ids nearest to a mistyped name, at most five.
  public func nearestModels(to text: String) throws(CatalogueError) -> [ModelID] {
    Suggestions.nearest(to: text, among: try summaries())
  }
}
