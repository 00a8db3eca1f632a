import Facts

/// The prices of one route in force on a day.
public struct PriceList: Sendable {
  /// Unit, mode, tier and hours, with what is known of each; US dollars per `BillableUnit.piecesPerPrice`.
  public let terms: [PriceTerm: Knowledge<Money>]
  /// Units that a source prices apart in a way that contradicts its other prices: what they cost is unknown.
  public let contradicted: Set<BillableUnit>
  /// Prices with a start date after the day, soonest first.
  public let upcoming: [UpcomingPrice]
  /// When the base prices were seen.
  public let sightings: PriceSightings

  public struct UpcomingPrice: Sendable {
    public let term: PriceTerm
    public let money: Money
    public let from: CalendarDate
    public let citation: Citation
  }

  /// A price with the line of the list that gave it.
  public struct Quote: Sendable {
    public let term: PriceTerm
    public let money: Money
    public let evidence: Evidence
  }

  init(
    terms: [PriceTerm: Knowledge<Money>], contradicted: Set<BillableUnit> = [], upcoming: [UpcomingPrice],
    sightings: PriceSightings = .none
  ) {
    self.terms = terms
    self.contradicted = contradicted
    self.upcoming = upcoming
    self.sightings = sightings
  }

  /// The standard price below every tier limit, at all hours that no other line names.
  public func base(_ unit: BillableUnit) -> Knowledge<Money> { terms[PriceTerm(unit)] ?? .unknown }

  /// The tier limits of the standard prices, ascending.
  public var limits: [TokenCount] {
    Set(terms.keys.filter { $0.mode == .standard }.compactMap(\.above)).sorted()
  }

  /// The standard price of a unit for a request with that many prompt tokens, at all hours that no other line names. A
  /// tier that does not price the unit leaves the price below it.
  public func price(_ unit: BillableUnit, promptTokens: Int64) -> (money: Knowledge<Money>, term: PriceTerm) {
    guard let quote = quote(unit, prompt: promptTokens) else { return (base(unit), PriceTerm(unit)) }
    return (terms[quote.term] ?? .unknown, quote.term)
  }

  /// The price of a unit for one request.
  ///
  /// The highest tier reached comes before lower ones, a line whose condition is met before one without, a line that names
  /// hours before one for all hours. A mode without any line for the unit gives nothing; so does a list that no source fills.
  /// - Parameters:
  ///   - prompt: all prompt tokens of the request, cached ones included.
  ///   - answer: its answer tokens; they count only against tiers of prompt and answer together.
  ///   - time: when it is served; nil leaves lines with hours aside.
  ///   - conditions: those that the request meets.
  public func quote(
    _ unit: BillableUnit, mode: PriceMode = .standard, prompt: Int64, answer: Int64 = 0,
    at time: Timestamp? = nil, on conditions: Set<PriceCondition> = []
  ) -> Quote? {
    var best: Quote?
    for (term, money) in terms where term.unit == unit && term.mode == mode {
      consider(term, money, prompt, answer, time, conditions, &best)
    }
    return best
  }

  /// The prices of all units for one request: of each what ``quote(_:mode:prompt:answer:at:)`` gives.
  public func quotes(
    mode: PriceMode = .standard, prompt: Int64, answer: Int64 = 0, at time: Timestamp? = nil,
    on conditions: Set<PriceCondition> = []
  ) -> [BillableUnit: Quote] {
    var best: [BillableUnit: Quote] = [:]
    for (term, money) in terms where term.mode == mode {
      consider(term, money, prompt, answer, time, conditions, &best[term.unit])
    }
    return best
  }

  /// Puts a line in the place of the best one where it holds and comes before it.
  private func consider(
    _ term: PriceTerm, _ money: Knowledge<Money>, _ prompt: Int64, _ answer: Int64, _ time: Timestamp?,
    _ conditions: Set<PriceCondition>, _ best: inout Quote?
  ) {
    guard case .known(let price, let evidence) = money, Self.isReached(term.tier, prompt, answer) else {
      return
    }
    if let hours = term.hours {
      guard let time, hours.contains(time) else { return }
    }
    if let condition = term.condition, !conditions.contains(condition) { return }
    if let known = best, !Self.comesBefore(term, known.term) { return }
    best = Quote(term: term, money: price, evidence: evidence)
  }

  private static func isReached(_ tier: PriceTier?, _ prompt: Int64, _ answer: Int64) -> Bool {
    guard let tier else { return true }
    switch tier.counting {
    case .prompt: return prompt > tier.limit.tokens
    case .promptAndAnswer: return prompt + answer > tier.limit.tokens
    }
  }

  /// Of two lines of one unit and mode that both hold, the one that is billed.
  package static func comesBefore(_ left: PriceTerm, _ right: PriceTerm) -> Bool {
    let (own, other) = (left.above?.tokens ?? -1, right.above?.tokens ?? -1)
    if own != other { return own > other }
    if (left.condition == nil) != (right.condition == nil) { return left.condition != nil }
    if (left.hours == nil) != (right.hours == nil) { return left.hours != nil }
    return left.text < right.text
  }
}
