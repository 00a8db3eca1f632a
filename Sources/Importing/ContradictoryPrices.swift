import Facts

/// What one price list of a facts file says that cannot all be true.
struct ContradictoryPrices {
  /// The place in the file, the rule and what to do.
  struct Fault {
    let path: String
    let rule: String
    let hint: String
  }

  private let claims: [Claim]

  /// - Parameter claims: of one route.
  init(_ claims: [Claim]) {
    self.claims = claims.filter {
      if case .price = $0.field, case .money(let money) = $0.value { !money.isZero } else { false }
    }
  }

  /// The first fault on any day; nil for a list that can be true.
  func first() -> Fault? {
    guard claims.count > 1 else { return nil }
    let days: [CalendarDate?] = [nil] + Set(claims.compactMap(\.validFrom)).sorted().map(Optional.some)
    for day in days {
      if let fault = fault(on: day) { return fault }
    }
    return nil
  }

  private typealias Line = (claim: Claim, money: Money)

  private func fault(on day: CalendarDate?) -> Fault? {
    var lines: [PriceTerm: Line] = [:]
    for claim in claims where Self.holds(claim, on: day) {
      guard case .price(let term) = claim.field, case .money(let money) = claim.value else { continue }
      if let known = lines[term], known.money != money {
        return Fault(
          path: claim.path ?? "prices",
          rule: "a line has one price on a day: \(term.text) is \(known.money.text) and \(money.text)",
          hint: "give each its from and until, or leave one out")
      }
      lines[term] = (claim, money)
    }
    for (term, line) in lines.sorted(by: { $0.key.text < $1.key.text }) {
      if let fault = PriceContradiction(term, line.money, among: { lines[$0]?.money }) {
        return Fault(
          path: line.claim.path ?? "prices", rule: "\(fault.rule): \(term.text) is \(line.money.text)",
          hint: "correct it, or leave the line out")
      }
    }
    return tierOrder(lines) ?? overlap(lines)
  }

  private static func holds(_ claim: Claim, on day: CalendarDate?) -> Bool {
    guard let day else { return claim.validFrom == nil }
    return (claim.validFrom.map { $0 <= day } ?? true) && (claim.validUntil.map { day < $0 } ?? true)
  }

  /// A higher tier costs at least what a lower one does.
  private func tierOrder(_ lines: [PriceTerm: Line]) -> Fault? {
    let tiers = lines.compactMap { term, line in term.tier.map { (term: term, tier: $0, line: line) } }
      .sorted { ($0.tier.limit, $0.term.text) < ($1.tier.limit, $1.term.text) }
    for (index, high) in tiers.enumerated() {
      for low in tiers.prefix(index)
      where low.tier.limit < high.tier.limit && low.tier.counting == high.tier.counting
        && low.term.hours == high.term.hours && Self.same(low.term, high.term)
        && high.line.money < low.line.money
      {
        return Fault(
          path: high.line.claim.path ?? "prices",
          rule:
            "a higher tier costs at least what a lower one does: \(high.term.text) is \(high.line.money.text), \(low.term.text) \(low.line.money.text)",
          hint: "correct one of the two")
      }
    }
    return nil
  }

  /// Two lines that differ in their hours alone hold at no common minute.
  private func overlap(_ lines: [PriceTerm: Line]) -> Fault? {
    let hourly = lines.filter { $0.key.hours != nil }.sorted { $0.key.text < $1.key.text }
    for (index, right) in hourly.enumerated() {
      for left in hourly.prefix(index)
      where left.key.tier == right.key.tier && Self.same(left.key, right.key)
        && left.value.money != right.value.money
      {
        guard let one = left.key.hours, let other = right.key.hours, one.overlaps(other) else { continue }
        return Fault(
          path: right.value.claim.path ?? "prices",
          rule: "hours of one unit do not overlap: \(left.key.text) and \(right.key.text) hold at once",
          hint: "let one end where the other begins")
      }
    }
    return nil
  }

  private static func same(_ left: PriceTerm, _ right: PriceTerm) -> Bool {
    left.unit == right.unit && left.mode == right.mode && left.condition == right.condition
  }
}
