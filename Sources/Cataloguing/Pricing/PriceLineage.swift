import Facts

/// What one snapshot of a source claims of a route's prices.
struct PriceSnapshot: Sendable {
  let source: SourceDescription
  /// The day on which the record was seen.
  let observed: CalendarDate
  var claims: [PriceTerm: [Witness]] = [:]

  /// The claim in force on a day; of several the one that began last.
  func inForce(_ term: PriceTerm, on day: CalendarDate) -> Witness? {
    guard let claims = claims[term] else { return nil }
    var best: Witness?
    for witness in claims where witness.claim.holds(on: day) {
      if let known = best, !Self.beganLater(witness, than: known) { continue }
      best = witness
    }
    return best
  }

  /// Whether it has base prices of its own, and with them a whole list.
  var statesBase: Bool { claims[PriceTerm(.input)] != nil || claims[PriceTerm(.output)] != nil }

  private static func beganLater(_ left: Witness, than right: Witness) -> Bool {
    guard let other = right.claim.validFrom else { return left.claim.validFrom != nil }
    return left.claim.validFrom.map { other < $0 } ?? false
  }
}

/// The snapshots of one lineage that price a route, oldest first.
///
/// An undated record tells the price of the day on which it was seen, and of the days before as long as nothing older speaks.
/// A lineage changes a price on a day that it states, or on the day of a snapshot that says another value than the one before;
/// a value that a single snapshot has between two that agree is a slip and no change.
struct PriceLineage: Sendable {
  let id: SourceID
  let snapshots: [PriceSnapshot]

  /// A price that this lineage says to have changed.
  struct Change: Hashable {
    let day: CalendarDate
    let before: FactValue
    let after: FactValue
    /// Whether the source states the day, rather than showing it by two snapshots.
    let isStated: Bool
  }

  var newest: CalendarDate? { snapshots.last?.observed }

  /// Every term that some snapshot prices.
  var terms: Set<PriceTerm> { snapshots.reduce(into: []) { $0.formUnion($1.claims.keys) } }

  /// The claim that speaks for a day; nil where the lineage says nothing, or no longer does.
  func statement(_ term: PriceTerm, on day: CalendarDate) -> Witness? {
    guard snapshots.count > 1, let newest = snapshots.last else {
      return snapshots.first?.inForce(term, on: day)
    }
    // A claim with days of its own speaks for them, whenever it was read.
    if let dated = newest.inForce(term, on: day), dated.claim.statesDays { return dated }
    let current = index(on: day)
    if let stated = settled(term, at: current, on: day) { return stated }
    return carried(term, to: current, on: day)
  }

  /// The snapshot whose turn a day is: the last one seen by then, else the first.
  private func index(on day: CalendarDate) -> Int {
    snapshots.lastIndex { $0.observed <= day } ?? snapshots.startIndex
  }

  /// What a snapshot says. A built catalogue leaves out of an older one whose base prices are those of the newest what the newest
  /// repeats, so silence there is agreement.
  private func said(_ term: PriceTerm, at index: Int, on day: CalendarDate) -> Witness? {
    guard snapshots.indices.contains(index) else { return nil }
    let snapshot = snapshots[index]
    if let own = snapshot.inForce(term, on: day) { return own }
    guard index < snapshots.endIndex - 1, !snapshot.statesBase else { return nil }
    return snapshots.last?.inForce(term, on: day)
  }

  /// The same without slips.
  private func settled(_ term: PriceTerm, at index: Int, on day: CalendarDate) -> Witness? {
    let own = said(term, at: index, on: day)
    guard let own, index > 0, index < snapshots.endIndex - 1,
      let before = said(term, at: index - 1, on: day), let after = said(term, at: index + 1, on: day),
      before.claim.value == after.claim.value, own.claim.value != after.claim.value
    else { return own }
    return after
  }

  /// What an older snapshot says and the one in force does not, as long as that one could not have said it and its base prices
  /// are the same.
  private func carried(_ term: PriceTerm, to current: Int, on day: CalendarDate) -> Witness? {
    for index in snapshots.indices.prefix(current).reversed() {
      guard let older = snapshots[index].inForce(term, on: day) else { continue }
      // Silence between two snapshots that agree is a slip.
      let isRepeated = snapshots[current...].dropFirst().contains {
        $0.inForce(term, on: day)?.claim.value == older.claim.value
      }
      if isRepeated { return older }
      // Tiers end where the catalogue is built: a newer snapshot may tell that there is one and not its limit.
      let hasEnded =
        term.tier == nil && snapshots[(index + 1)...current].contains { $0.source.canState(.price(term)) }
      return hasEnded || !hasSameBase(index, current, on: day) ? nil : older
    }
    return nil
  }

  private func hasSameBase(_ left: Int, _ right: Int, on day: CalendarDate) -> Bool {
    [BillableUnit.input, .output].allSatisfy { unit in
      let (one, other) = (said(PriceTerm(unit), at: left, on: day), said(PriceTerm(unit), at: right, on: day))
      return one == nil || other == nil || one?.claim.value == other?.claim.value
    }
  }

  /// The changes of a price that the lineage itself tells, oldest first.
  func changes(_ term: PriceTerm) -> [Change] {
    var changes: [Change] = []
    if let newest = snapshots.last {
      for witness in newest.claims[term] ?? [] {
        guard let day = witness.claim.validFrom,
          let eve = try? CalendarDate(dayNumber: day.firstDayNumber - 1),
          let before = newest.inForce(term, on: eve), before.claim.value != witness.claim.value
        else { continue }
        changes.append(
          Change(day: day, before: before.claim.value, after: witness.claim.value, isStated: true))
      }
    }
    for index in snapshots.indices.dropFirst() {
      let day = snapshots[index].observed
      guard let after = settled(term, at: index, on: day), !after.claim.statesDays,
        let before = settled(term, at: index - 1, on: snapshots[index - 1].observed),
        before.claim.value != after.claim.value
      else { continue }
      changes.append(
        Change(day: day, before: before.claim.value, after: after.claim.value, isStated: false))
    }
    return changes.sorted { $0.day < $1.day }
  }

  /// The days on which what the lineage says may change.
  var days: Set<CalendarDate> {
    var days = Set(snapshots.dropFirst().map(\.observed))
    for witness in snapshots.flatMap({ $0.claims.values.joined() }) {
      days.formUnion([witness.claim.validFrom, witness.claim.validUntil].compactMap(\.self))
    }
    return days
  }
}

extension Claim {
  /// The note of a claim that a newer snapshot of its source ended by no longer making it.
  public static let endedNote = "ended: a newer snapshot of the source could state it and no longer does"

  func holds(on day: CalendarDate) -> Bool {
    (validFrom.map { $0 <= day } ?? true) && (validUntil.map { day < $0 } ?? true)
  }

  /// Whether the source itself states a day on which the claim begins or ends.
  var statesDays: Bool { validFrom != nil || validUntil != nil && note != Self.endedNote }
}
