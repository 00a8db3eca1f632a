import Facts

extension Grouping {
  /// An older snapshot of a lineage keeps only what the newest one of the same route does not repeat word for word; its tiers end
  /// where the newest, which may flatten their limits, no longer has one at the same price.
  func withoutRepeats(_ route: RouteContents) -> RouteContents {
    var newer: [SourceID: (day: CalendarDate, claims: Set<RepeatKey>)] = [:]
    let flattened = flattenedTiers(of: route)
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
      // A price list that has changed since stays whole: what it left out it did not have. So does the first after a change:
      // its day is when the price was first seen.
      let isOtherList =
        record.claims.contains { $0.isBasePrice && !known.claims.contains(RepeatKey($0)) }
        || hasChangedBefore(cited, in: route)
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

  /// Whether the snapshot of the lineage before this one has other base prices.
  private func hasChangedBefore(_ cited: CitedRecord, in route: RouteContents) -> Bool {
    let source = frame.sources[cited.source]
    func isBefore(_ other: CitedRecord) -> Bool {
      let earlier = frame.sources[other.source]
      return earlier.lineage == source.lineage && earlier.observed < source.observed
    }
    let former = route.records.filter(isBefore).max {
      frame.sources[$0.source].observed < frame.sources[$1.source].observed
    }
    guard let former else { return false }
    let own = cited.record.claims.filter(\.isBasePrice)
    return former.record.claims.filter(\.isBasePrice).contains { claim in
      own.contains { $0.field == claim.field && $0.value != claim.value }
    }
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
