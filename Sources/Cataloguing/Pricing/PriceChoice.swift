import Facts

/// Chooses one route's price list for a day among what the lineages say.
struct PriceChoice {
  /// What one lineage says on the day.
  struct Vote {
    let lineage: PriceLineage
    /// The same lineage under other spellings of the id.
    let spellings: [PriceLineage]
    var terms: [PriceTerm: Witness]

    var isReader: Bool { lineage.id.rawValue == "facts" }
    var newest: CalendarDate { terms.values.map(\.observed).max() ?? .epoch }
    var rank: Int { terms.values.map(\.rank).min() ?? .max }
    /// What counts as one witness.
    var witness: SourceID { terms.values.first?.lineage ?? lineage.id }
  }

  private let day: CalendarDate
  private let isFree: Bool
  private let records: PriceRecords
  private let votes: [Vote]
  /// Lineages that price the route on other days alone.
  private let silent: [PriceLineage]
  /// The terms of which every member of a list has to have the same price.
  private let base: [PriceTerm]

  init(_ records: PriceRecords, on day: CalendarDate, sharing spellings: [PriceRecords]) {
    self.day = day
    self.records = records
    isFree = records.isFree
    var votes: [Vote] = []
    if spellings.isEmpty {
      votes = records.lineages.map { Self.vote($0, spellings: [], on: day) }
    } else {
      // Whichever spelling is asked for, the same one speaks first.
      let all = ([records] + spellings).sorted { $0.index < $1.index }
      let known = records.lineages.map(\.id)
      let others = Set(spellings.flatMap { $0.lineages.map(\.id) }).subtracting(known).sorted(by: <)
      for id in known + others {
        let own = all.compactMap { $0.lineage(id) }
        guard let first = own.first else { continue }
        votes.append(Self.vote(first, spellings: Array(own.dropFirst()), on: day))
      }
    }
    silent = votes.filter(\.terms.isEmpty).map(\.lineage)
    votes.removeAll { $0.terms.isEmpty }
    self.votes = votes
    let tokens = [PriceTerm(.input), PriceTerm(.output)]
    base =
      votes.contains { vote in tokens.contains { vote.terms[$0] != nil } }
      ? tokens : BillableUnit.allCases.filter(\.wider.isEmpty).map { PriceTerm($0) }
  }

  private static func vote(_ lineage: PriceLineage, spellings: [PriceLineage], on day: CalendarDate) -> Vote {
    var terms: [PriceTerm: Witness] = [:]
    for own in [lineage] + spellings {
      if own.snapshots.count == 1 {
        // Almost all lineages are one snapshot.
        for term in own.snapshots[0].claims.keys where terms[term] == nil {
          terms[term] = own.snapshots[0].inForce(term, on: day)
        }
      } else {
        for term in own.terms where terms[term] == nil { terms[term] = own.statement(term, on: day) }
      }
    }
    return Vote(lineage: lineage, spellings: spellings, terms: terms)
  }

  // MARK: The list

  func list() -> PriceList {
    guard !votes.isEmpty else { return PriceList(terms: [:], upcoming: records.upcoming(after: day)) }
    let speaking = votes.count + silent.count == 1 ? votes : votes.map(withoutOtherTimes)
    let believed = basePrices(speaking)
    let joined = speaking.filter { joins($0, believed.mapValues(\.value)) }
    var terms: [PriceTerm: Knowledge<Money>] = [:]
    for (term, choice) in believed {
      let zeros = (records.zeros[term] ?? []).filter { $0.claim.holds(on: day) }
      let witnesses = speaking.compactMap { $0.terms[term] } + zeros
      terms[term] =
        Resolution(field: .price(term), witnesses: witnesses).knowledge(
          believing: choice.value, by: choice.rule
        )
        .money
    }
    for (term, witnesses) in parts(of: joined, beside: believed) {
      terms[term] = Resolution(field: .price(term), witnesses: witnesses).knowledge().money
    }
    let (whole, contradicted) = Self.withoutContradictions(terms)
    return PriceList(
      terms: whole, contradicted: contradicted, upcoming: records.upcoming(after: day),
      sightings: sightings(joined, believed.mapValues(\.value)))
  }

  /// The lines that contradict no other, and the units whose own price was not believed and that are not safely billed as what they
  /// are part of: that would be cheaper than any source says.
  private static func withoutContradictions(
    _ terms: [PriceTerm: Knowledge<Money>]
  ) -> (terms: [PriceTerm: Knowledge<Money>], contradicted: Set<BillableUnit>) {
    var contradicted: Set<BillableUnit> = []
    var kept = terms
    for (term, money) in terms {
      guard let price = money.value,
        let contradiction = PriceContradiction(term, price, among: { terms[$0]?.value })
      else { continue }
      if contradiction == .partAboveWhole, term.unit == .reasoning { contradicted.insert(term.unit) }
      kept[term] = nil
    }
    return (kept, contradicted)
  }

  private func sightings(_ joined: [Vote], _ believed: [PriceTerm: FactValue]) -> PriceSightings {
    let witnesses = believed.flatMap { term, value in
      joined.compactMap { $0.terms[term] }.filter { $0.claim.value == value }
    }
    let days = witnesses.map(\.observed).sorted()
    return PriceSightings(
      isStated: witnesses.contains { $0.claim.statesDays }, first: days.first, last: days.last)
  }

  // MARK: What belongs to another time

  /// A vote without what speaks for another side of a change that some lineage tells: an undated record of the new price says
  /// nothing of the days before, and one of the old price that was read before the change nothing of the days after.
  private func withoutOtherTimes(_ vote: Vote) -> Vote {
    guard !vote.isReader else { return vote }
    var result = vote
    var isOfAnotherTime = false
    for (term, witness) in vote.terms where !witness.claim.statesDays {
      guard isContested(witness, term, of: vote), speaksOfAnotherTime(witness, term, of: vote) else {
        continue
      }
      result.terms[term] = nil
      if base.contains(term) { isOfAnotherTime = true }
    }
    // A list whose base prices are of another time is whole of another time.
    if isOfAnotherTime { result.terms = [:] }
    return result
  }

  /// Whether another lineage says something else on the day, or has the price on other days alone.
  private func isContested(_ witness: Witness, _ term: PriceTerm, of vote: Vote) -> Bool {
    votes.contains {
      guard $0.lineage.id != vote.lineage.id else { return false }
      return $0.terms[term].map { $0.claim.value != witness.claim.value } ?? false
    } || silent.contains { $0.terms.contains(term) }
  }

  private func speaksOfAnotherTime(_ witness: Witness, _ term: PriceTerm, of vote: Vote) -> Bool {
    let value = witness.claim.value
    let others = votes.filter { $0.lineage.id != vote.lineage.id }.flatMap { [$0.lineage] + $0.spellings }
    return (others + silent).contains { lineage in
      lineage.changes(term).contains { change in
        day < change.day
          ? value == change.after && (change.isStated || day < witness.observed)
          : value == change.before && witness.observed < change.day
      }
    }
  }

  // MARK: Base prices

  private struct Choice {
    let value: FactValue
    /// nil where nothing had to be chosen.
    let rule: ResolutionRule?
  }

  /// The base prices of the group of votes that wins; a reader's own come first, unit by unit.
  private func basePrices(_ speaking: [Vote]) -> [PriceTerm: Choice] {
    var believed: [PriceTerm: Choice] = [:]
    for vote in speaking where vote.isReader {
      for term in base {
        if let own = vote.terms[term] { believed[term] = Choice(value: own.claim.value, rule: .readersFacts) }
      }
    }
    let groups = grouped(speaking.filter { !$0.isReader })
    guard let (members, rule) = choose(among: groups) else { return believed }
    for term in base where believed[term] == nil {
      guard let value = members.lazy.compactMap({ $0.terms[term]?.claim.value }).first else { continue }
      believed[term] = Choice(value: value, rule: rule)
    }
    return believed
  }

  /// Votes that agree about every base price that both state, the fullest and newest first.
  private func grouped(_ votes: [Vote]) -> [[Vote]] {
    func stated(_ vote: Vote) -> Int { base.count { vote.terms[$0] != nil } }
    let sorted = votes.filter { stated($0) > 0 }.sorted { left, right in
      let (one, other) = (stated(left), stated(right))
      if one != other { return one > other }
      if left.newest != right.newest { return left.newest > right.newest }
      return (left.rank, left.lineage.id.rawValue) < (right.rank, right.lineage.id.rawValue)
    }
    var groups: [[Vote]] = []
    for vote in sorted {
      if let index = groups.firstIndex(where: { $0.first.map { agree($0, vote) } ?? false }) {
        groups[index].append(vote)
      } else {
        groups.append([vote])
      }
    }
    return groups
  }

  /// Whether two votes state a base price in common and differ in none.
  private func agree(_ left: Vote, _ right: Vote) -> Bool {
    var isShared = false
    for term in base {
      guard let one = left.terms[term], let other = right.terms[term] else { continue }
      guard one.claim.value == other.claim.value else { return false }
      isShared = true
    }
    return isShared
  }

  /// Most independent witnesses, then records that name a page, then the newest of these, then the order of the policy.
  private func choose(among groups: [[Vote]]) -> (members: [Vote], rule: ResolutionRule?)? {
    guard let first = groups.first else { return nil }
    guard groups.count > 1 else { return (first, nil) }
    func independent(_ group: [Vote]) -> Int { Set(group.map(\.witness)).count }
    let most = groups.map(independent).max() ?? 0
    let widest = groups.filter { independent($0) == most }
    if widest.count == 1 { return (widest[0], .independentWitnesses) }
    // The day of a file tells when a row was read only where the row names the page: without one it may be years old.
    let paged = widest.filter { $0.contains(where: namesPage) }
    let candidates = paged.isEmpty ? widest : paged
    if candidates.count == 1 { return (candidates[0], .namedPage) }
    func newest(_ group: [Vote]) -> CalendarDate { group.map(\.newest).max() ?? .epoch }
    func rank(_ group: [Vote]) -> (Int, String) {
      group.map { ($0.rank, $0.lineage.id.rawValue) }.min { $0 < $1 } ?? (.max, "")
    }
    if paged.isEmpty { return candidates.min { rank($0) < rank($1) }.map { ($0, .sourceRank) } }
    let latest = candidates.map(newest).max() ?? .epoch
    let last = candidates.filter { newest($0) == latest }
    if last.count == 1 { return (last[0], .newest) }
    return last.min { rank($0) < rank($1) }.map { ($0, .sourceRank) }
  }

  private func namesPage(_ vote: Vote) -> Bool {
    base.contains { vote.terms[$0].map { $0.claim.url != nil || $0.record.url != nil } ?? false }
  }

  // MARK: What else the list holds

  /// Whether a vote's other prices belong to the list: its base prices are the list's. One that states no base price can only
  /// add units that stand alone.
  private func joins(_ vote: Vote, _ believed: [PriceTerm: FactValue]) -> Bool {
    if vote.isReader { return true }
    return base.allSatisfy { term in
      guard let own = vote.terms[term], let value = believed[term] else { return true }
      return own.claim.value == value
    }
  }

  private func parts(
    of joined: [Vote], beside believed: [PriceTerm: Choice]
  ) -> [PriceTerm: [Witness]] {
    let tiers = chosen(among: joined) { Set($0.terms.keys.compactMap(\.tier)) }
    let hours = chosen(among: joined) { Set($0.terms.keys.compactMap(\.hours)) }
    var parts: [PriceTerm: [Witness]] = [:]
    for vote in joined {
      let hasBase = vote.isReader || base.contains { vote.terms[$0] != nil }
      for (term, witness) in vote.terms where believed[term] == nil {
        guard hasBase || term.unit.wider.isEmpty && term.tier == nil else { continue }
        if let tier = term.tier, let tiers, !tiers.contains(tier) { continue }
        if let own = term.hours, let hours, !hours.contains(own) { continue }
        parts[term, default: []].append(witness)
      }
    }
    return parts
  }

  /// Limits of tiers, and hours, come from votes that have the same: a reader's, else what most independent votes have, else
  /// the newest. nil where no vote has any.
  private func chosen<Value: Hashable>(among votes: [Vote], _ of: (Vote) -> Set<Value>) -> Set<Value>? {
    var groups: [Set<Value>: [Vote]] = [:]
    for vote in votes {
      let own = of(vote)
      if !own.isEmpty { groups[own, default: []].append(vote) }
    }
    func order(_ group: [Vote]) -> (Int, Int, Int, Int) {
      (
        group.contains(where: \.isReader) ? 1 : 0, Set(group.map(\.witness)).count,
        group.map(\.newest.firstDayNumber).max() ?? 0, -(group.map(\.rank).min() ?? .max)
      )
    }
    return groups.max { order($0.value) < order($1.value) }?.key
  }
}
