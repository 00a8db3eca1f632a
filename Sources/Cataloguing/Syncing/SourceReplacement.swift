import Facts

/// A whole catalogue in which sources are replaced by newer snapshots of themselves.
///
/// What a newer snapshot no longer has stays under the older one, so that it is known when it was last seen. Models, ids and
/// nearest models stay; identity is decided anew only for records whose key the source did not have.
public struct SourceReplacement {
  let base: Catalogue
  private(set) var frame: CatalogueFrame
  private(set) var models: [ModelID: ModelContents] = [:]
  private(set) var floating: ModelContents
  private(set) var findings: [Finding]
  private(set) var keys: [String: ModelID] = [:]

  /// Reads every model.
  public init(_ catalogue: Catalogue) throws(CatalogueError) {
    base = catalogue
    frame = catalogue.frame
    for contents in try catalogue.everyModel() {
      models[contents.id, default: ModelContents(id: contents.id)].records += contents.records
      models[contents.id]?.routes += contents.routes
    }
    floating = try catalogue.floatingContents()
    findings = try catalogue.importFindings()
  }

  /// The newest description of a source that the catalogue has.
  public func newest(_ id: SourceID) -> SourceDescription? { frame.sources.last { $0.id == id } }

  /// The newest snapshot of a lineage that is of a later day.
  public func later(than day: CalendarDate, in lineage: SourceID) -> SourceDescription? {
    frame.sources.filter { $0.lineage == lineage && day < $0.observed }.max { $0.observed < $1.observed }
  }

  // MARK: Replacing

  struct Placed {
    let model: ModelID?
    let provider: ProviderID?
    let apiID: String?
    let record: SourceRecord
  }

  /// Puts a newer snapshot in the place of the one the catalogue has.
  /// - Parameters:
  ///   - imported: what its importer read.
  ///   - isLossAccepted: whether a loss of more than a tenth and an older file are taken.
  /// - Returns: what changed, by model, provider and id.
  /// - Throws: `SyncRefusal`, before anything is changed.
  public mutating func replace(
    _ source: SourceDescription, records: [SourceRecord], providers: [ProviderNote], aliases: [AliasNote],
    findings imported: [Finding], isLossAccepted: Bool
  ) throws(SyncRefusal) -> [SourceChange] {
    guard !records.isEmpty else { throw .empty }
    let old = frame.sources.lastIndex { $0.id == source.id }
    let before = old.map { self.records(of: $0) } ?? [:]
    var byKey: [String: [SourceRecord]] = [:]
    for record in records { byKey[record.key, default: []].append(record) }
    let removed = before.filter { byKey[$0.key] == nil }
    if !isLossAccepted {
      if removed.count * 10 > before.count { throw .loss(removed: removed.count, of: before.count) }
      if let newest = Self.newestRelease(records, until: source.observed),
        let kept = Self.newestRelease(before.values.flatMap { $0.map(\.record) }, until: source.observed),
        newest < kept
      {
        throw .older(newest: newest, kept: kept)
      }
      let shift = SourceShift(from: before, to: byKey, identity: frame.identity, day: source.observed)
      if let words = shift.refusal { throw .shift(words) }
    }
    let place = frame.sources.count
    frame.sources.append(source)
    for note in providers {
      let id = frame.identity.provider(note.id)
      if frame.providers[id] == nil { frame.providers[id] = note }
    }
    // Every snapshot of the source loses the records that stand in the newer one, but for price lists that have changed since.
    let places = Set(frame.sources.indices.filter { $0 != place && frame.sources[$0].id == source.id })
    keepRecords { cited in
      guard places.contains(cited.source), let newer = byKey[cited.record.key] else { return cited }
      return Self.formerPrices(of: cited, besides: newer)
    }
    var changes: [SourceChange] = []
    var unplaced: [SourceRecord] = []
    for (key, own) in byKey.sorted(by: { $0.key < $1.key }) {
      let known = before[key] ?? []
      for record in own {
        guard let home = known.first(where: { Self.isSameSubject($0, record, frame) }) ?? known.first else {
          unplaced.append(record)
          continue
        }
        let plain = normalised(record, at: home)
        // A built catalogue leaves out of an older snapshot what a newer one of its lineage repeats: that is no news.
        let repeated = repeatedValues(at: home, lineage: source.lineage)
        add(plain, at: home, source: place)
        let old = known.count == own.count ? home.record : nil
        changes += Self.changes(from: old, to: plain, at: home).compactMap { $0.after(repeated) }
      }
    }
    changes += placeNew(unplaced, source: source, at: place)
    for (key, gone) in removed.sorted(by: { $0.key < $1.key }) {
      changes += gone.prefix(1).map {
        SourceChange(kind: .removed, model: $0.model, provider: $0.provider, apiID: $0.apiID, record: key)
      }
    }
    findings = findings.filter { $0.source != source.id } + imported
    for alias in aliases where !frame.aliases.all.contains(alias) { frame.aliases.add(alias) }
    func order(_ change: SourceChange) -> (String, String, String, String, String) {
      (
        change.model?.rawValue ?? "", change.provider?.rawValue ?? "", change.apiID ?? "", change.record,
        change.field ?? ""
      )
    }
    return changes.sorted { order($0) < order($1) }
  }

  private static func newestRelease(_ records: [SourceRecord], until day: CalendarDate) -> CalendarDate? {
    var newest: CalendarDate?
    for record in records {
      for claim in record.claims where claim.field == .released {
        if case .date(let date) = claim.value, date <= day, newest.map({ $0 < date }) ?? true {
          newest = date
        }
      }
    }
    return newest
  }

  // MARK: Records

  /// By key, wherever they stand.
  private func records(of place: Int) -> [String: [Placed]] {
    var result: [String: [Placed]] = [:]
    func collect(_ contents: ModelContents, _ model: ModelID?) {
      for cited in contents.records where cited.source == place {
        result[cited.record.key, default: []].append(
          Placed(model: model, provider: nil, apiID: nil, record: cited.record))
      }
      for route in contents.routes {
        for cited in route.records where cited.source == place {
          result[cited.record.key, default: []].append(
            Placed(model: model, provider: route.provider, apiID: route.apiID, record: cited.record))
        }
      }
    }
    for (id, contents) in models { collect(contents, id) }
    collect(floating, nil)
    return result
  }

  private static func isSameSubject(_ placed: Placed, _ record: SourceRecord, _ frame: CatalogueFrame) -> Bool
  {
    switch record.subject {
    case .route(let provider, let apiID):
      placed.provider == frame.identity.provider(provider) && placed.apiID?.lowercased() == apiID.lowercased()
    case .model: placed.provider == nil
    }
  }

  /// Leaves of each record what the closure gives.
  private mutating func keepRecords(_ kept: (CitedRecord) -> CitedRecord?) {
    func limited(_ contents: ModelContents) -> ModelContents {
      var result = contents
      result.records = contents.records.compactMap(kept)
      for index in result.routes.indices {
        result.routes[index].records = result.routes[index].records.compactMap(kept)
      }
      return result
    }
    for (id, contents) in models { models[id] = limited(contents) }
    floating = limited(floating)
  }

  /// The price list of an older record, where its base prices are not those of the newer one: a source that says two values on
  /// two days has changed its price. nil where nothing changed.
  private static func formerPrices(of cited: CitedRecord, besides newer: [SourceRecord]) -> CitedRecord? {
    func base(_ record: SourceRecord) -> Set<String> {
      Set(record.claims.filter(\.isBasePrice).map { "\($0.field.rawValue) \($0.value.text)" })
    }
    let own = base(cited.record)
    guard !own.isEmpty, newer.allSatisfy({ !own.isSubset(of: base($0)) }) else { return nil }
    var record = cited.record
    record.claims = record.claims.filter(\.field.isPrice)
    record.scores = []
    return CitedRecord(source: cited.source, record: record)
  }

  private mutating func add(_ record: SourceRecord, at home: Placed, source: Int) {
    let cited = CitedRecord(source: source, record: record)
    func adding(_ contents: ModelContents) -> ModelContents {
      var result = contents
      if let provider = home.provider, let apiID = home.apiID {
        if let route = result.routes.firstIndex(where: {
          $0.provider == provider && $0.apiID.lowercased() == apiID.lowercased()
        }) {
          result.routes[route].records.append(cited)
        }
      } else {
        result.records.append(cited)
      }
      return result
    }
    if let id = home.model, let contents = models[id] {
      models[id] = adding(contents)
    } else {
      floating = adding(floating)
    }
  }

  private func normalised(_ record: SourceRecord, at home: Placed) -> SourceRecord {
    Grouping.normalised(record, provider: home.provider, apiID: home.apiID, frame)
  }

  /// Places records with keys that the source did not have, as a builder does, under the models that the catalogue knows.
  private mutating func placeNew(_ records: [SourceRecord], source: SourceDescription, at place: Int)
    -> [SourceChange]
  {
    guard !records.isEmpty else { return [] }
    var own = CatalogueFrame()
    own.identity = frame.identity
    own.aliases = frame.aliases
    own.licences = frame.licences
    var builder = CatalogueBuilder(frame: own, asOf: source.observed)
    builder.add(source: source, records: records)
    let built = builder.build()
    var changes: [SourceChange] = []
    for model in built.models {
      let id = (try? base.knownID(of: model.id)) ?? model.id
      var merged = models[id] ?? ModelContents(id: id)
      merged.records += model.records.map { CitedRecord(source: place, record: $0.record) }
      for route in model.routes { merged.merge(route, source: place) }
      models[id] = merged
      for key in built.keys where key.value == model.id { keys[key.key] = id }
      changes += Self.added(model, id)
    }
    for route in built.floating.routes { floating.merge(route, source: place) }
    return changes + Self.added(built.floating, nil)
  }

  private static func added(_ contents: ModelContents, _ model: ModelID?) -> [SourceChange] {
    contents.records.map {
      SourceChange(kind: .added, model: model, provider: nil, apiID: nil, record: $0.record.key)
    }
      + contents.routes.flatMap { route in
        route.records.map {
          SourceChange(
            kind: .added, model: model, provider: route.provider, apiID: route.apiID, record: $0.record.key)
        }
      }
  }

  // MARK: Changes

  /// By field, everything that snapshots of a lineage say of a route.
  private func repeatedValues(at home: Placed, lineage: SourceID) -> [String: Set<String>] {
    let contents = home.model.flatMap { models[$0] } ?? floating
    let route = contents.routes.first {
      $0.provider == home.provider && $0.apiID.lowercased() == home.apiID?.lowercased()
    }
    var values: [String: Set<String>] = [:]
    for cited in route?.records ?? contents.records where frame.sources[cited.source].lineage == lineage {
      for (field, value) in Self.values(of: cited.record) { values[field, default: []].insert(value) }
    }
    return values
  }
}

extension ModelContents {
  fileprivate mutating func merge(_ route: RouteContents, source: Int) {
    let records = route.records.map { CitedRecord(source: source, record: $0.record) }
    if let place = routes.firstIndex(where: {
      $0.provider == route.provider && $0.apiID.lowercased() == route.apiID.lowercased()
    }) {
      routes[place].records += records
    } else {
      routes.append(
        RouteContents(
          provider: route.provider, apiID: route.apiID, attributes: route.attributes, records: records))
    }
  }
}
