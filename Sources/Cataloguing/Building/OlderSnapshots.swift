import Facts

extension Grouping {
  /// An older snapshot of a lineage keeps only what the newer one of the same route does not repeat word for word.
  func withoutRepeats(_ route: RouteContents) -> RouteContents {
    var newer: [SourceID: (day: CalendarDate, claims: Set<RepeatKey>)] = [:]
    for cited in route.records {
      let source = frame.sources[cited.source]
      let claims = Set(cited.record.claims.map(RepeatKey.init))
      if let known = newer[source.lineage], known.day > source.observed { continue }
      if newer[source.lineage]?.day == source.observed {
        newer[source.lineage]?.claims.formUnion(claims)
      } else {
        newer[source.lineage] = (source.observed, claims)
      }
    }
    var result = route
    result.records = route.records.map { cited in
      let source = frame.sources[cited.source]
      guard let known = newer[source.lineage], source.observed < known.day else { return cited }
      var record = cited.record
      record.claims.removeAll { known.claims.contains(RepeatKey($0)) }
      return CitedRecord(source: cited.source, record: record)
    }
    return result
  }

  private struct RepeatKey: Hashable {
    let field: Field
    let value: FactValue

    init(_ claim: Claim) {
      field = claim.field
      value = claim.value
    }
  }
}
