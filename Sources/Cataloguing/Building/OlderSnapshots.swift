import Facts

extension Grouping {
  /// An older snapshot of a lineage keeps only what the newest one of the same route does not repeat word for word; its tiers end
  /// where the newest, which may flatten their limits, no longer has one at the same price.
  func withoutRepeats(_ route: RouteContents) -> RouteContents {
    var newer: [SourceID: (day: CalendarDate, claims: Set<RepeatKey>)] = [:]
    let flattened = flattenedTiers(of: route)
    let changed = changedLineages(of: route)
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
      // Where a price list has changed, all snapshots keep theirs whole: what one left out it did not have, and its day is when
      // its prices were seen.
      let isOtherList = changed.contains(source.lineage)
      record.claims.removeAll {
        known.claims.contains(RepeatKey($0)) && !(isOtherList && $0.field.isPrice)
      }
      if let (day, tiers) = flattened[source.lineage], source.observed < day {
        record.claims = record.claims.map { Self.endedTier($0, on: day, unless: tiers) }
      }
      return CitedRecord(source: cited.source, record: record)
    }
    return result
  }

  /// The lineages whose snapshots do not all have the same base prices.
  private func changedLineages(of route: RouteContents) -> Set<SourceID> {
    var base: [SourceID: [Field: FactValue]] = [:]
    var changed: Set<SourceID> = []
    for cited in route.records {
      let lineage = frame.sources[cited.source].lineage
      for claim in cited.record.claims where claim.isBasePrice {
        if let known = base[lineage]?[claim.field], known != claim.value { changed.insert(lineage) }
        base[lineage, default: [:]][claim.field] = claim.value
      }
    }
    return changed
  }

  /// The tiers that the newest snapshot able to tell them has, by lineage: their limits may be flattened, their prices are true.
  private func flattenedTiers(of route: RouteContents) -> [SourceID: (
    day: CalendarDate, tiers: [BillableUnit: Money]
  )] {
    var result: [SourceID: (day: CalendarDate, tiers: [BillableUnit: Money])] = [:]
    for cited in route.records {
      let source = frame.sources[cited.source]
      guard source.canState(.price(PriceTerm(.input, above: TokenCount(1)))),
        result[source.lineage].map({ $0.day < source.observed }) ?? true
      else { continue }
      result[source.lineage] = (source.observed, cited.record.flattenedTiers)
    }
    return result
  }

  private static func endedTier(_ claim: Claim, on day: CalendarDate, unless tiers: [BillableUnit: Money])
    -> Claim
  {
    guard case .price(let term) = claim.field, term.tier != nil, term.mode == .standard,
      case .money(let money) = claim.value, claim.validUntil == nil, tiers[term.unit] != money
    else { return claim }
    return Claim(
      claim.field, claim.value, asWritten: claim.asWritten, unit: claim.unitAsWritten, basis: claim.basis,
      note: Claim.endedNote, validFrom: claim.validFrom, validUntil: day, url: claim.url, path: claim.path)
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

extension Claim {
  /// Whether it is the price of input or output below every tier, as usually served.
  var isBasePrice: Bool {
    field == .price(PriceTerm(.input)) || field == .price(PriceTerm(.output))
  }
}
