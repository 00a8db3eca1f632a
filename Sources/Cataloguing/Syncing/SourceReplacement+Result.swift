import Facts

extension SourceReplacement {
  /// The catalogue with what was replaced, resolved as of a day.
  public func finished(asOf: CalendarDate) throws(CatalogueError) -> CatalogueContents {
    var contents = CatalogueContents()
    contents.frame = frame
    contents.models = models.values.sorted { $0.id < $1.id }
    contents.floating = floating
    contents.findings = findings
    contents.keys = keys
    for id in models.keys { contents.keys[id.rawValue] = id }
    contents.hashedKeys = try base.hashedKeys()
    for id in models.keys {
      if let near = try base.nearest(to: id) {
        contents.nearest[id] = near.map { NearModel(id: $0.summary.id, reasons: $0.reasons) }
      }
    }
    return contents.withoutUnusedSources().finished(asOf: asOf)
  }
}

extension CatalogueContents {
  /// Without older snapshots of which no record is left.
  fileprivate func withoutUnusedSources() -> CatalogueContents {
    var used: Set<Int> = []
    for model in models + [floating] {
      used.formUnion(model.records.map(\.source))
      for route in model.routes { used.formUnion(route.records.map(\.source)) }
    }
    let kept = frame.sources.indices.filter { place in
      used.contains(place) || !frame.superseded.contains(place)
    }
    guard kept.count < frame.sources.count else { return self }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    func moved(_ records: [CitedRecord]) -> [CitedRecord] {
      records.compactMap { cited in places[cited.source].map { CitedRecord(source: $0, record: cited.record) }
      }
    }
    func moved(_ contents: ModelContents) -> ModelContents {
      ModelContents(
        id: contents.id, records: moved(contents.records),
        routes: contents.routes.map {
          RouteContents(
            provider: $0.provider, apiID: $0.apiID, attributes: $0.attributes, records: moved($0.records))
        })
    }
    var result = self
    result.frame.sources = kept.map { frame.sources[$0] }
    result.models = models.map(moved)
    result.floating = moved(floating)
    return result
  }
}
