import Facts

/// Everything that the sources say of one route's prices, from which its price list follows on any day.
///
/// On every day each lineage has one vote, with the record that speaks for that day. The base prices are those of one group of
/// votes that agree about all of them; what else a vote states joins only if its base prices are these.
struct PriceRecords: Sendable {
  let lineages: [PriceLineage]
  /// The place of the route among its model's: of the spellings of one list the first speaks first.
  let index: Int
  /// Whether a source calls the route free, so that zero is a price.
  let isFree: Bool
  /// Whether all sources count as one: they follow the provider's own list.
  let isOneWitness: Bool
  /// Zeros that stand for a value that nobody wrote: no prices, and shown as such beside the prices of others.
  let zeros: [PriceTerm: [Witness]]

  init(_ witnesses: Witnesses, isFree: Bool, index: Int = 0) {
    self.isFree = isFree
    self.index = index
    var isOneWitness = false
    var zeros: [PriceTerm: [Witness]] = [:]
    var snapshots: [PriceSnapshot] = []
    for (term, speaking) in witnesses.prices {
      for witness in speaking {
        if !isFree, case .money(let money) = witness.claim.value, money.isZero {
          zeros[term, default: []].append(witness)
          continue
        }
        isOneWitness = isOneWitness || witness.lineage != witness.source.lineage
        let place =
          snapshots.firstIndex { $0.observed == witness.observed && $0.source == witness.source }
          ?? snapshots.endIndex
        if place == snapshots.endIndex {
          snapshots.append(PriceSnapshot(source: witness.source, observed: witness.observed))
        }
        snapshots[place].claims[term, default: []].append(witness)
      }
    }
    self.isOneWitness = isOneWitness
    self.zeros = zeros
    lineages = Dictionary(grouping: snapshots, by: \.source.lineage).map { id, own in
      PriceLineage(
        id: id,
        snapshots: own.count == 1
          ? own
          : own.sorted {
            ($0.observed, $0.source.id.rawValue, $0.source.version)
              < ($1.observed, $1.source.id.rawValue, $1.source.version)
          })
    }.sorted { $0.id.rawValue < $1.id.rawValue }
  }

  /// The days on which the price list may change.
  var days: Set<CalendarDate> { lineages.reduce(into: []) { $0.formUnion($1.days) } }

  /// The first day on which any of the records was seen.
  var firstSeen: CalendarDate? { lineages.compactMap { $0.snapshots.first?.observed }.min() }

  func lineage(_ id: SourceID) -> PriceLineage? { lineages.first { $0.id == id } }

  /// Whether a source states the base prices of both spellings of an id and they differ: then they are two lists.
  func isApart(from other: PriceRecords, on day: CalendarDate) -> Bool {
    lineages.contains { own in
      guard let theirs = other.lineage(own.id) else { return false }
      return [BillableUnit.input, .output].contains { unit in
        let term = PriceTerm(unit)
        guard let left = own.statement(term, on: day), let right = theirs.statement(term, on: day) else {
          return false
        }
        return left.claim.value != right.claim.value
      }
    }
  }

  /// Whether two spellings are apart although no source states both: one states the other apart from a third that has this one's
  /// own base prices. `gpt-3.5-turbo` costs what `-0125` does, which a source tells from `-1106`.
  func isApart(from other: PriceRecords, among spellings: [PriceRecords], on day: CalendarDate) -> Bool {
    if isApart(from: other, on: day) { return true }
    return spellings.contains { third in
      (third.isApart(from: other, on: day) && third.hasBase(of: self, on: day))
        || (third.isApart(from: self, on: day) && third.hasBase(of: other, on: day))
    }
  }

  /// Whether some source gives one spelling the base prices that some source gives the other.
  private func hasBase(of other: PriceRecords, on day: CalendarDate) -> Bool {
    func base(_ records: PriceRecords) -> Set<[FactValue?]> {
      Set(
        records.lineages.map { lineage in
          [BillableUnit.input, .output].map { lineage.statement(PriceTerm($0), on: day)?.claim.value }
        }.filter { $0.contains { $0 != nil } })
    }
    return !base(self).isDisjoint(with: base(other))
  }

  /// The price list on a day.
  /// - Parameter spellings: the records of the same list under other spellings of its id.
  func list(on day: CalendarDate, sharing spellings: [PriceRecords] = []) -> PriceList {
    let shared = spellings.enumerated().filter { index, other in
      let others = spellings.enumerated().filter { $0.offset != index }.map(\.element)
      return !isApart(from: other, among: others, on: day)
    }
    return PriceChoice(self, on: day, sharing: shared.map(\.element)).list()
  }

  /// Prices that sources state for days to come, soonest first.
  func upcoming(after day: CalendarDate) -> [PriceList.UpcomingPrice] {
    var upcoming: [PriceList.UpcomingPrice] = []
    for lineage in lineages {
      for (term, claims) in lineage.snapshots.flatMap(\.claims) {
        for witness in claims {
          guard let from = witness.claim.validFrom, day < from, case .money(let money) = witness.claim.value
          else { continue }
          upcoming.append(.init(term: term, money: money, from: from, citation: witness.citation))
        }
      }
    }
    return upcoming.sorted {
      ($0.from, $0.term.text, $0.citation.recordKey) < ($1.from, $1.term.text, $1.citation.recordKey)
    }
  }
}
