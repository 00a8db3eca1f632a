import Facts

/// Chooses one value among the claims for a field, and keeps the others with the likely reason.
///
/// The order: a reader's own facts; the lab, its model card or a curated citation; the lab's own route; then what
/// the routes of resellers say. Within the strongest group that speaks: the newest record of each lineage and
/// route; then the value with most independent witnesses; then the newest; then the policy's order.
struct Resolution {
  let field: Field
  let witnesses: [Witness]

  private struct Group {
    let value: FactValue
    var witnesses: [Witness]

    var independent: Int { Set(witnesses.map(\.lineage)).count }
    var newest: CalendarDate? { witnesses.map(\.observed).max() }
    var bestRank: Int { witnesses.map(\.rank).min() ?? .max }
  }

  func knowledge() -> Knowledge<FactValue> {
    if witnesses.count == 1, let only = witnesses.first { return alone(only) }
    guard let strongest = witnesses.map(\.role).min() else { return .unknown }
    if let first = witnesses.first?.claim.value, witnesses.allSatisfy({ $0.claim.value == first }) {
      let rule = isRouteOnly ? nil : rule(of: strongest)
      return believed(
        Group(value: first, witnesses: witnesses), by: rule ?? .independentWitnesses, among: witnesses)
    }
    let speaking = witnesses.filter { $0.role == strongest }
    let (current, stale) = newestOfEachLineage(speaking)
    let groups = grouped(current)
    guard let (winner, chosenBy) = choose(among: groups, role: strongest) else { return .unknown }
    let all = current + stale + witnesses.filter { $0.role != strongest }
    return believed(winner, by: chosenBy, among: all)
  }

  /// The value that was chosen together with others, with who agrees and who differs.
  /// - Parameter rule: that chose it; nil where nobody differs.
  func knowledge(believing value: FactValue, by rule: ResolutionRule?) -> Knowledge<FactValue> {
    if witnesses.count == 1, let only = witnesses.first { return alone(only) }
    let agreeing = witnesses.filter { $0.claim.value == value }
    return believed(
      Group(value: value, witnesses: agreeing), by: rule ?? .independentWitnesses, among: witnesses)
  }

  private func believed(_ winner: Group, by chosenBy: ResolutionRule, among all: [Witness])
    -> Knowledge<FactValue>
  {
    var agreeing: [Citation] = []
    var dissenting: [(witness: Witness, value: FactValue)] = []
    for witness in all.sorted(by: byStrength) {
      if witness.claim.value.agrees(with: winner.value) {
        agreeing.append(witness.citation)
      } else {
        dissenting.append((witness, witness.claim.value))
      }
    }
    let dissents = dissents(dissenting, against: winner, among: all)
    let rule: ResolutionRule =
      !dissents.contains { !$0.isVariation } && chosenBy == .independentWitnesses
      ? (agreeing.count == 1 ? .onlySource : .allAgree) : chosenBy
    let evidence = Evidence(agreeing: agreeing, dissenting: dissents, rule: rule)
    return winner.value == .none ? .absent(evidence) : .known(winner.value, evidence)
  }

  private func alone(_ witness: Witness) -> Knowledge<FactValue> {
    let rule: ResolutionRule =
      switch witness.role {
      case .reader: .readersFacts
      case .own where !isRouteOnly: .ownClaim
      case .firstParty where !isRouteOnly: .firstParty
      default: .onlySource
      }
    let evidence = Evidence(agreeing: [witness.citation], rule: rule)
    return witness.claim.value == .none ? .absent(evidence) : .known(witness.claim.value, evidence)
  }

  /// A lineage's older record of the same route and field yields to its newer one.
  private func newestOfEachLineage(_ witnesses: [Witness]) -> (current: [Witness], stale: [Witness]) {
    struct Key: Hashable {
      let lineage: SourceID
      let subject: String
    }
    func key(_ witness: Witness) -> Key {
      // Curated citations of one fact are several pages, not versions of one record.
      let subject = witness.provider?.rawValue ?? witness.record.key
      return Key(lineage: witness.source.lineage, subject: subject)
    }
    let newest = Dictionary(witnesses.map { (key($0), $0.observed) }, uniquingKeysWith: max)
    let current = witnesses.filter { newest[key($0)] == $0.observed }
    let stale = witnesses.filter { newest[key($0)] != $0.observed }
    return (current, stale)
  }

  private func grouped(_ witnesses: [Witness]) -> [Group] {
    var groups: [Group] = []
    // The more precise date first, so that "2025-06" joins "2025-06-30" and not the other way round.
    for witness in witnesses.sorted(by: byStrength) {
      if let place = groups.firstIndex(where: { $0.value.agrees(with: witness.claim.value) }) {
        groups[place].witnesses.append(witness)
      } else {
        groups.append(Group(value: witness.claim.value, witnesses: [witness]))
      }
    }
    return groups
  }

  private func choose(among groups: [Group], role: Witness.Role) -> (Group, ResolutionRule)? {
    // A zero price is a placeholder wherever another price is claimed.
    let candidates =
      groups.filter { !isZeroPrice($0.value) }.isEmpty ? groups : groups.filter { !isZeroPrice($0.value) }
    guard let first = candidates.first else { return nil }
    guard candidates.count > 1 else {
      return (first, isRouteOnly ? .independentWitnesses : rule(of: role) ?? .independentWitnesses)
    }
    let most = candidates.map(\.independent).max() ?? 0
    let widest = candidates.filter { $0.independent == most }
    if widest.count == 1 { return (widest[0], role == .reader ? .readersFacts : .independentWitnesses) }
    // Equal witnesses among resellers: the value that most routes carry, before dates.
    let routes = widest.map { Set($0.witnesses.compactMap(\.provider)).count }.max() ?? 0
    let carried =
      role == .reseller ? widest.filter { Set($0.witnesses.compactMap(\.provider)).count == routes } : widest
    if carried.count == 1 { return (carried[0], .independentWitnesses) }
    if isRouteOnly { return chosenByPage(among: carried) }
    if let exact = countedIn1024(carried) { return (exact, .independentWitnesses) }
    let latest = carried.compactMap(\.newest).max()
    let newest = carried.filter { $0.newest == latest }
    if newest.count == 1 { return (newest[0], .newest) }
    return newest.min { ($0.bestRank, $0.value.text) < ($1.bestRank, $1.value.text) }.map {
      ($0, .sourceRank)
    }
  }

  /// Of 128,000 and 131,072 tokens, which are both "128k", the one that is a count and no rounding.
  private func countedIn1024(_ groups: [Group]) -> Group? {
    guard field == .contextWindow || field == .maxInput || field == .maxOutput else { return nil }
    let counts = groups.compactMap { group -> (group: Group, tokens: Int64)? in
      guard case .tokens(let count) = group.value else { return nil }
      return (group, count.tokens)
    }
    guard counts.count == groups.count, let largest = counts.max(by: { $0.tokens < $1.tokens }) else {
      return nil
    }
    return counts.allSatisfy {
      $0.tokens == largest.tokens || DisputeAnalysis.isOneThousandTwentyFour($0.tokens, largest.tokens)
    } ? largest.group : nil
  }

  private func rule(of role: Witness.Role) -> ResolutionRule? {
    switch role {
    case .reader: .readersFacts
    case .own: .ownClaim
    case .firstParty: .firstParty
    case .reseller: nil
    }
  }

  /// Of prices with equal witnesses the one whose record names its page, as among base prices.
  private func chosenByPage(among groups: [Group]) -> (Group, ResolutionRule)? {
    let paged = groups.filter { $0.witnesses.contains { $0.claim.url != nil || $0.record.url != nil } }
    if paged.count == 1 { return (paged[0], .namedPage) }
    let latest = paged.compactMap(\.newest).max()
    let newest = paged.filter { $0.newest == latest }
    if newest.count == 1 { return (newest[0], .newest) }
    return (newest.isEmpty ? groups : newest).min {
      ($0.bestRank, $0.value.text) < ($1.bestRank, $1.value.text)
    }.map { ($0, .sourceRank) }
  }

  private var isRouteOnly: Bool {
    if case .price = field { return true }
    return false
  }

  private func isZeroPrice(_ value: FactValue) -> Bool {
    if case .money(let money) = value { return money.isZero }
    return false
  }

  private func byStrength(_ left: Witness, _ right: Witness) -> Bool {
    if left.role != right.role { return left.role < right.role }
    if left.observed != right.observed, left.observed.firstDayNumber != right.observed.firstDayNumber {
      return left.observed.firstDayNumber > right.observed.firstDayNumber
    }
    if left.rank != right.rank { return left.rank < right.rank }
    let precision = (left.claim.value.text.count, right.claim.value.text.count)
    return precision.0 == precision.1 ? left.record.key < right.record.key : precision.0 > precision.1
  }

  private func dissents(
    _ dissenting: [(witness: Witness, value: FactValue)], against winner: Group, among all: [Witness]
  ) -> [Dissent] {
    var order: [(value: FactValue, cause: DisputeCause, citations: [Citation])] = []
    for (witness, value) in dissenting {
      let cause = DisputeAnalysis(field: field, winner: winner.value, believed: winner.witnesses, all: all)
        .cause(of: witness)
      if let place = order.firstIndex(where: { $0.value == value && $0.cause == cause }) {
        order[place].citations.append(witness.citation)
      } else {
        order.append((value, cause, [witness.citation]))
      }
    }
    return order.map { Dissent(value: $0.value, citations: $0.citations, cause: $0.cause) }
  }
}
