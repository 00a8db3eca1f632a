import Facts

/// A line of a drawn price list.
public struct DrawnLine: Sendable {
  public let term: PriceTerm
  /// US dollars per pieces of the unit's price.
  public let money: Money
  /// The days on which it holds: from the first on, before the last.
  public let from: String?
  public let until: String?

  public init(term: PriceTerm, money: Money, from: String?, until: String?) {
    self.term = term
    self.money = money
    self.from = from
    self.until = until
  }
}

/// A price list drawn at random, of which nothing is taken from any catalogue: tiers of every kind one above the other, modes, hours,
/// conditions, periods, units that are part of others and units that stand alone.
public struct DrawnList: Sendable {
  public let lines: [DrawnLine]

  /// What kinds of product a list is for: which units it prices, with the chance in percent and the dearest price in dollars.
  public enum Shape: CaseIterable, Sendable {
    case chat, embedding, rerank, transcription, speech, image, video, pages

    fileprivate var units: [(BillableUnit, chance: Int64, most: Int64)] {
      switch self {
      case .chat:
        [
          (.input, 96, 30), (.output, 96, 90), (.cacheRead, 55, 3), (.cacheWrite, 25, 40),
          (.cacheWriteHour, 15, 60),
          (.reasoning, 20, 90), (.request, 20, 1), (.audioInput, 15, 50), (.cacheReadAudio, 10, 5),
          (.imageInput, 10, 9),
          (.webSearch, 20, 1), (.codeSession, 10, 1),
        ]
      case .embedding: [(.input, 100, 2), (.request, 20, 1)]
      case .rerank: [(.rerankSearch, 70, 1), (.input, 50, 1)]
      case .transcription: [(.audioSecond, 60, 2), (.audioInputSecond, 60, 2)]
      case .speech: [(.inputCharacter, 95, 60), (.outputCharacter, 20, 60)]
      case .image: [(.image, 95, 1), (.input, 20, 5)]
      case .video: [(.videoSecond, 95, 1)]
      case .pages: [(.documentPage, 95, 1), (.annotatedPage, 50, 1)]
      }
    }
  }

  static let limits: [Int64] = [1, 100, 500, 799, 800, 1000, 1050, 1500, 2000, 32_000, 200_000]
  static let changes = ["2026-10-14", "2026-11-10", "2026-12-02"]
  public static let conditions = [
    PriceCondition(.residency, "eu"), PriceCondition(.region, "us-east5"),
    PriceCondition(.searchSize, "high"),
  ]

  /// What the lines of a list have in common. Factors are in percent and hold for every unit alike, so that no part of a request
  /// costs more than the whole, no batch more than what is served as usual, and no tier less than what is below it.
  private struct Scheme {
    var tiers: [(tier: PriceTier?, factor: Int64)] = [(nil, 100)]
    /// nil is every hour that no other line names.
    var hours: [(hours: PriceHours?, factor: Int64)] = [(nil, 100)]
    var modes: [(mode: PriceMode, factor: Int64)] = [(.standard, 100)]
    var conditions: [(condition: PriceCondition?, factor: Int64)] = [(nil, 100)]
    var changes: [String] = []
    var periods: [Int64] = [100]
    /// Prices at no factor are multiples of 10 to this power.
    let exponent: Int

    init(_ dice: inout Dice) {
      if dice.chance(75) {
        let semantics = dice.pick([TierSemantics.cliff, .marginal, nil])
        let counting = dice.pick([TierCounting.prompt, .promptAndAnswer, nil])
        for limit in Set((0..<dice.pick([1, 1, 2, 3])).map { _ in dice.pick(DrawnList.limits) }).sorted() {
          let tier = PriceTier(
            above: TokenCount(limit), semantics: semantics ?? dice.pick([.cliff, .marginal]),
            counting: counting ?? dice.pick([.prompt, .promptAndAnswer]))
          tiers.append((tier, (tiers.last?.factor ?? 100) + dice.below(200)))
        }
      }
      if dice.chance(45), let drawn = DrawnHours.pool.randomElement(using: &dice) {
        hours.append((drawn, 25 + dice.below(150)))
        if dice.chance(40) {
          hours.append((drawn.complement, 25 + dice.below(150)))
          if dice.chance(50) { hours.removeFirst() }
        }
      }
      if dice.chance(50) { modes.append((.batch, 10 + dice.below(91))) }
      if dice.chance(20) { modes.append((dice.pick([.priority, .fast]), 100 + dice.below(150))) }
      if dice.chance(30) { changes = Set((0..<2).map { _ in dice.pick(DrawnList.changes) }).sorted() }
      periods = (0...changes.count).map { _ in 50 + dice.below(100) }
      if dice.chance(30) { conditions.append((dice.pick(DrawnList.conditions), 90 + dice.below(60))) }
      exponent = dice.pick([-1, -2, -3, -3, -3, -6, -12, -18])
    }
  }

  public init(_ dice: inout Dice, shape: Shape = .chat) {
    let scheme = Scheme(&dice)
    var lines: [DrawnLine] = []
    var bases: [BillableUnit: Int128] = [:]
    for (unit, chance, most) in shape.units where dice.chance(chance) {
      var base = Self.base(most, scheme.exponent, &dice)
      // Of those that come at a discount the nearest whole with a price is dearer by far.
      if [.cacheRead, .reasoning, .cacheReadAudio].contains(unit),
        let whole = unit.wider.compactMap({ bases[$0] }).min()
      {
        base = max(1, whole / 2500 * Int128(1 + dice.below(50)))
      }
      bases[unit] = base
      lines += Self.lines(of: unit, base: base, scheme, &dice)
    }
    self.lines = lines.shuffled(using: &dice)
  }

  public init(_ lines: [DrawnLine]) { self.lines = lines }

  private static func lines(
    of unit: BillableUnit, base: Int128, _ scheme: Scheme, _ dice: inout Dice
  ) -> [DrawnLine] {
    var lines: [DrawnLine] = []
    let leavesRest = scheme.hours.first?.hours == nil
    let tiers = dice.chance(85) ? scheme.tiers : Array(scheme.tiers.prefix(1))
    // Of each tier whether lines for hours have one of their own; where no line is for all other hours, all have.
    let atHours = tiers.map { $0.tier == nil || !leavesRest || dice.chance(50) }
    for (mode, byMode) in scheme.modes where mode == .standard || dice.chance(80) {
      let inMode = tiers.map { mode == .standard || $0.tier == nil || dice.chance(75) }
      for (hours, byHours) in scheme.hours {
        for (condition, byCondition) in scheme.conditions where condition == nil || dice.chance(70) {
          for (period, byPeriod) in scheme.periods.enumerated() {
            for (height, (tier, byTier)) in tiers.enumerated()
            where inMode[height] && (hours == nil || atHours[height]) {
              var price = base
              for factor in [byMode, byHours, byCondition, byPeriod, byTier] {
                price = price * Int128(factor) / 100
              }
              lines.append(
                DrawnLine(
                  term: PriceTerm(unit, mode: mode, tier: tier, hours: hours, condition: condition),
                  money: Money(attodollars: max(1, price)),
                  from: period > 0 ? scheme.changes[period - 1] : nil,
                  until: period < scheme.changes.count ? scheme.changes[period] : nil))
            }
          }
        }
      }
    }
    return lines
  }

  /// In 10⁻¹⁸ dollars and above zero: zero is a price only where a source says that a route is free.
  private static func base(_ most: Int64, _ exponent: Int, _ dice: inout Dice) -> Int128 {
    var unit: Int128 = 1
    for _ in 0..<(18 + max(-3, exponent)) { unit *= 10 }
    let coarse = Int128(1 + dice.below(most * (exponent == -1 ? 10 : exponent == -2 ? 100 : 1000))) * unit
    guard exponent < -3 else { return coarse }
    var fine: Int128 = 1
    for _ in 0..<(18 + exponent) { fine *= 10 }
    return coarse + Int128(dice.below(99_999)) * fine
  }

  /// The lines in force on a day, `2026-11-10`.
  public func lines(on day: String) -> [DrawnLine] {
    lines.filter { ($0.from.map { $0 <= day } ?? true) && ($0.until.map { day < $0 } ?? true) }
  }
}

/// Hours from which lists and traffic are drawn: by weekdays, over midnight, by clocks ahead and behind, with holidays.
public enum DrawnHours {
  public static let pool: [PriceHours] = [
    "09:00-18:00", "16:30-00:30", "mon-fri 09:00-12:00,14:00-18:00 +08:00", "sat,sun 00:00-24:00",
    "22:00-06:00 -05:30",
    "mon-fri 22:00-06:00 +08:00 except 2026-10-15", "sun 23:59-00:01", "mon,wed,fri 00:00-12:00 +14:00",
    "mon-sat 08:00-20:00 -12:00 except 2026-11-10,2026-12-25", "23:59-00:01 +05:45", "mon 00:00-24:00",
    "not mon-fri 09:00-18:00", "sat 18:00-06:00,08:00-09:00", "00:00-00:01", "tue-thu 12:30-12:29",
  ].compactMap { try? PriceHours(parsing: $0) }
}
