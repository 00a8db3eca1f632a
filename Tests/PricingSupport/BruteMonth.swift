import Facts

/// What a month costs, worked out the long way: every minute of a week, every request, every stretch of pieces, in whole numbers that
/// nothing bounds. It shares no code with the engine that it is held against, and looks at the drawn lines, not at a price list.
public struct BruteMonth: Sendable {
  public enum Cost: Hashable, Sendable {
    /// Rounded half up once at 10⁻¹⁸ dollars.
    case known(Money)
    case unknown(Set<BillableUnit>)

    public var money: Money? {
      if case .known(let money) = self { return money }
      return nil
    }
  }

  private let lines: [DrawnLine]
  private let traffic: DrawnTraffic
  private let counts: [BillableUnit: Int64]
  private let hours: [PriceHours]

  /// - Parameter lines: those in force on the day.
  public init(_ lines: [DrawnLine], _ traffic: DrawnTraffic) {
    self.lines = lines
    self.traffic = traffic
    counts = traffic.counts
    hours = Set(lines.compactMap(\.term.hours)).sorted { $0.text < $1.text }
  }

  public var cost: Cost {
    switch exact {
    case .unknown(let units): return .unknown(units)
    case .known(let amount): return .known(amount.money)
    }
  }

  /// A cost that nothing is rounded in.
  public struct Amount: Comparable, Sendable {
    /// In 10⁻¹⁸ dollars over 9,000,000, over the requests, over 10,000, over ``weight``.
    let sum: Natural
    let weight: Int64
    let requests: Int64

    /// Half up at 10⁻¹⁸ dollars: twice the sum and the divisor, over twice the divisor, which is taken away in parts.
    public var money: Money {
      let parts: [UInt32] = [2, BruteMonth.scale, UInt32(requests), 10_000, UInt32(weight)]
      var twice = sum * Natural(2) + parts.dropFirst().reduce(Natural(1)) { $0 * Natural(Int64($1)) }
      for part in parts { twice = twice.divided(by: part) }
      return Money(attodollars: twice.int128 ?? -1)
    }

    public static func < (left: Amount, right: Amount) -> Bool {
      left.sum * Natural(right.weight) * Natural(right.requests) < right.sum * Natural(left.weight)
        * Natural(left.requests)
    }

    public static func == (left: Amount, right: Amount) -> Bool { !(left < right) && !(right < left) }
  }

  public enum Exact: Sendable {
    case known(Amount)
    case unknown(Set<BillableUnit>)

    public var amount: Amount? {
      if case .known(let amount) = self { return amount }
      return nil
    }
  }

  public var exact: Exact {
    let minutes = minutesByHours()
    var costs: [(sum: Natural, minutes: Int64)] = []
    var unknown: Set<BillableUnit> = []
    for (held, count) in minutes {
      let month = month(Set(zip(hours, held).filter(\.1).map(\.0)))
      costs.append((month.sum, count))
      unknown.formUnion(month.unknown)
    }
    guard unknown.isEmpty else { return .unknown(unknown) }
    let sums = costs.map(\.sum)
    switch traffic.hours {
    case .peak: return .known(amount(sums.max() ?? .zero, weight: 1))
    case .offPeak: return .known(amount(sums.min() ?? .zero, weight: 1))
    case .spread, .window:
      let sum = costs.reduce(Natural.zero) { $0 + $1.sum * Natural($1.minutes) }
      return .known(amount(sum, weight: costs.map(\.minutes).reduce(0, +)))
    }
  }

  /// The same requests served at one instant, holidays heeded, all of them in one mode.
  public func exact(at time: Timestamp, mode: PriceMode) -> Exact {
    let one = request(mode, Set(hours.filter { $0.contains(time) }))
    guard one.unknown.isEmpty else { return .unknown(one.unknown) }
    return .known(amount(one.sum * Natural(traffic.requests) * Natural(10_000), weight: 1))
  }

  private func amount(_ sum: Natural, weight: Int64) -> Amount {
    Amount(sum: sum, weight: weight, requests: traffic.requests)
  }

  // MARK: Hours

  /// A week without holidays: 2031-03-03 was a Monday. No drawn day lies in it.
  private static let monday = Int64(22_341) * 86_400
  private static let week: [PriceHours: [Bool]] = {
    var week: [PriceHours: [Bool]] = [:]
    for hours in DrawnHours.pool + DrawnHours.pool.map(\.complement) {
      week[hours] = (0..<10_080).map { hours.contains(Timestamp(seconds: monday + Int64($0) * 60)) }
    }
    return week
  }()

  /// How many minutes of the traffic meet which hours of the list.
  private func minutesByHours() -> [[Bool]: Int64] {
    guard !hours.isEmpty else { return [[]: 1] }
    let marks = hours.compactMap { Self.week[$0] }
    var asked: [Bool]?
    if case .window(let window) = traffic.hours { asked = Self.week[window] }
    var minutes: [[Bool]: Int64] = [:]
    for minute in 0..<10_080 where asked?[minute] ?? true {
      minutes[marks.map { $0[minute] }, default: 0] += 1
    }
    return minutes
  }

  // MARK: Requests

  /// Units of the sum are 10⁻¹⁸ dollars over this, over the requests, over 10,000.
  private static let scale: UInt32 = 9_000_000

  private func month(_ now: Set<PriceHours>) -> (sum: Natural, unknown: Set<BillableUnit>) {
    var sum = Natural.zero
    var unknown: Set<BillableUnit> = []
    for (mode, share) in [(PriceMode.standard, 10_000 - traffic.batch), (.batch, traffic.batch)]
    where share > 0 {
      let one = request(mode, now)
      unknown.formUnion(one.unknown)
      // Each request for itself where they are few; a million are no different from seven.
      if traffic.requests <= 40 {
        for _ in 0..<traffic.requests { sum = sum + one.sum * Natural(share) }
      } else {
        sum = sum + one.sum * Natural(share) * Natural(traffic.requests)
      }
    }
    return (sum, unknown)
  }

  /// The average request; its pieces are counted in parts of a piece, as many as there are requests.
  private func request(_ mode: PriceMode, _ now: Set<PriceHours>) -> (
    sum: Natural, unknown: Set<BillableUnit>
  ) {
    var billed: [BillableUnit: Int64] = [:]
    var unknown: Set<BillableUnit> = []
    for (unit, pieces) in atoms() where pieces > 0 {
      let chain = [unit] + unit.wider
      if let home = chain.first(where: { !prices($0, mode, now).isEmpty }) {
        billed[home, default: 0] += pieces
      } else if let outermost = chain.last, outermost != .request {
        unknown.insert(outermost)
      }
    }
    var sum = Natural.zero
    for (unit, pieces) in billed {
      let steps = prices(unit, mode, now)
      let factor = Natural(Int64(Self.scale) / unit.piecesPerPrice)
      // Each stretch between two limits at the price of its first piece.
      let ends = Set(steps.compactMap(\.above).map { min($0, pieces) } + [pieces]).sorted()
      var start: Int64 = 0
      for end in ends where end > start {
        let price = price(of: start, steps)
        sum = sum + Natural(wide: price.attodollars.magnitude) * factor * Natural(end - start)
        start = end
      }
    }
    return (sum, unknown)
  }

  /// Pieces that are of a unit and of none of its parts.
  private func atoms() -> [BillableUnit: Int64] {
    var atoms: [BillableUnit: Int64] = [:]
    for unit in counts.keys.sorted(by: { $0.wider.count > $1.wider.count }) {
      let inside = atoms.filter { $0.key.wider.contains(unit) }.values.reduce(0, +)
      atoms[unit] = counts[unit, default: 0] - inside
    }
    return atoms
  }

  private struct Step {
    /// In parts of a piece; nil for the price of the first piece on.
    let above: Int64?
    let isMarginal: Bool
    let price: Money
  }

  /// The prices of a unit for a request of this size, the highest tier first, down to one that holds for the first piece.
  private func prices(_ unit: BillableUnit, _ mode: PriceMode, _ now: Set<PriceHours>) -> [Step] {
    var steps: [Step] = []
    for mode in mode == .standard ? [mode] : [mode, .standard] {
      let own = lines.filter { line in
        line.term.unit == unit && line.term.mode == mode && isReached(line.term.tier)
          && (line.term.hours.map(now.contains) ?? true)
          && (line.term.condition.map(traffic.conditions.contains) ?? true)
      }
      let limits = Set(own.map { $0.term.tier?.limit.tokens ?? -1 }).sorted(by: >)
      for limit in limits {
        let level = own.filter { ($0.term.tier?.limit.tokens ?? -1) == limit }
        let special = level.filter { $0.term.condition != nil }
        let chosen = special.isEmpty ? level : special
        guard let line = chosen.first(where: { $0.term.hours != nil }) ?? chosen.first else { continue }
        let isMarginal = line.term.tier?.semantics == .marginal
        steps.append(
          Step(above: isMarginal ? limit * traffic.requests : nil, isMarginal: isMarginal, price: line.money))
        if !isMarginal { return steps }
      }
    }
    return []
  }

  private func isReached(_ tier: PriceTier?) -> Bool {
    guard let tier else { return true }
    let tokens = tier.counting == .prompt ? traffic.input : traffic.input + traffic.output
    return tokens > tier.limit.tokens * traffic.requests
  }

  /// The price of the piece behind so many others.
  private func price(of place: Int64, _ steps: [Step]) -> Money {
    for step in steps {
      guard step.isMarginal, let above = step.above else { return step.price }
      if place >= above { return step.price }
    }
    return .zero
  }
}
