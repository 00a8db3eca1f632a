import Facts

/// How all that a source states moved from one snapshot to the next, as a whole and provider by provider: its prices, its limits, whose
/// its records are, and when they end.
struct SourceShift {
  private var prices: [ProviderID?: ValueShift] = [:]
  private var limits: [ProviderID?: ValueShift] = [:]
  private var providers = ValueShift("records")
  private var ends: [ProviderID?: EndShift] = [:]

  /// The ends of the records that both snapshots have.
  private struct EndShift {
    var records = 0
    /// Those that the older snapshot ended on some day, and what became of the day.
    var stated = ValueShift("days of an end")
    /// Records that had no end and get one.
    var added = 0
    /// Records that were served on the day of the newer snapshot and would have ended before it.
    var ended = 0
  }

  private static let limitFields: [Field] = [.contextWindow, .maxInput, .maxOutput]

  /// - Parameters:
  ///   - before: the records of the catalogue, by their keys.
  ///   - after: those of the newer snapshot.
  ///   - day: of the newer snapshot.
  init(
    from before: [String: [SourceReplacement.Placed]], to after: [String: [SourceRecord]],
    identity: IdentityPolicy, day: CalendarDate
  ) {
    for (key, placed) in before {
      guard let newer = after[key] else { continue }
      let provider = placed.first?.provider
      let (old, new) = (Self.values(placed.map(\.record)), Self.values(newer))
      for (field, value) in old {
        guard let value else { continue }
        let other = new[field]
        // Several values of one field are no pair.
        if case .some(nil) = other { continue }
        add(field, value, other ?? nil, at: provider)
      }
      add(ends: (old[.retirement] ?? nil)?.day, (new[.retirement] ?? nil)?.day, at: provider, on: day)
      let owners = Set(placed.compactMap(\.provider))
      let own = Set(
        newer.compactMap { record -> ProviderID? in
          if case .route(let provider, _) = record.subject { identity.provider(provider) } else { nil }
        })
      if !owners.isEmpty, !own.isEmpty { providers.add(isSame: !owners.isDisjoint(with: own)) }
    }
  }

  private mutating func add(
    _ field: Field, _ before: FactValue, _ after: FactValue?, at provider: ProviderID?
  ) {
    switch (before, after) {
    case (.money(let old), .money(let new)?):
      prices[provider, default: ValueShift("prices")].add(from: old, to: new)
    case (.money(let old), _): prices[provider, default: ValueShift("prices")].add(from: old, to: nil)
    case (.tokens(let old), .tokens(let new)?) where Self.limitFields.contains(field):
      limits[provider, default: ValueShift("limits")].add(from: old.tokens, to: new.tokens)
    case (.tokens(let old), _) where Self.limitFields.contains(field):
      limits[provider, default: ValueShift("limits")].add(from: old.tokens, to: nil)
    default: break
    }
  }

  private mutating func add(
    ends before: CalendarDate?, _ after: CalendarDate?, at provider: ProviderID?, on day: CalendarDate
  ) {
    func isOver(_ end: CalendarDate?) -> Bool { end.map { $0.lastDayNumber < day.firstDayNumber } ?? false }
    var own = ends[provider] ?? EndShift()
    own.records += 1
    if let before { own.stated.add(isSame: after.map { $0.agrees(with: before) }) }
    if before == nil, after != nil { own.added += 1 }
    if isOver(after), !isOver(before) { own.ended += 1 }
    ends[provider] = own
  }

  /// The value of each field that is compared; nil for one of which the records state several.
  private static func values(_ records: [SourceRecord]) -> [Field: FactValue?] {
    var result: [Field: FactValue?] = [:]
    for claim in records.flatMap(\.claims) where claim.validFrom == nil && claim.validUntil == nil {
      guard claim.field.isPrice || claim.field == .retirement || limitFields.contains(claim.field) else {
        continue
      }
      if let known = result[claim.field], known != claim.value {
        result[claim.field] = .some(nil)
      } else {
        result[claim.field] = claim.value
      }
    }
    return result
  }

  /// Why no source moves so, the three first reasons; nil for what may be.
  var refusal: String? {
    var reasons: [String] = []
    for shifts in [prices, limits] {
      guard let noun = shifts.values.first?.noun else { continue }
      var whole = ValueShift(noun)
      for shift in shifts.values { whole.add(shift) }
      if let words = whole.refusal {
        reasons.append(words)
      } else {
        reasons += shifts.compactMap { provider, shift in
          provider.flatMap { shift.refusal(at: $0) }
        }.sorted()
      }
    }
    if providers.moved >= ValueShift.fewest, providers.moved * 50 > providers.compared {
      reasons.append(
        "\(providers.moved) of \(providers.compared) records would go to another provider")
    }
    reasons += endReasons
    guard !reasons.isEmpty else { return nil }
    let more = reasons.count > 3 ? "; and \(reasons.count - 3) more reasons" : ""
    return reasons.prefix(3).joined(separator: "; ") + more
  }

  private var endReasons: [String] {
    var whole = EndShift()
    for own in ends.values {
      whole.records += own.records
      whole.stated.add(own.stated)
      whole.added += own.added
      whole.ended += own.ended
    }
    func isMany(_ count: Int, _ share: Int, of all: Int) -> Bool {
      count >= ValueShift.fewest && count * share > all
    }
    if isMany(whole.ended, 20, of: whole.records) {
      return ["\(whole.ended) of \(whole.records) records would have ended already"]
    }
    if let words = whole.stated.refusal { return [words] }
    if isMany(whole.added, 4, of: whole.records) {
      return ["\(whole.added) of \(whole.records) records would get an end, more than a quarter"]
    }
    return ends.compactMap { provider, own -> String? in
      guard let provider else { return nil }
      if isMany(own.ended, 2, of: own.records) {
        return "at \(provider) \(own.ended) of \(own.records) records would have ended already"
      }
      let set = own.added + own.stated.moved
      return isMany(set, 2, of: own.records)
        ? "at \(provider) \(set) of \(own.records) records would get another end" : nil
    }.sorted()
  }
}

extension FactValue {
  fileprivate var day: CalendarDate? {
    if case .date(let day) = self { day } else { nil }
  }
}
