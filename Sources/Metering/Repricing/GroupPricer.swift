import Cataloguing
import Facts
import Pricing

/// What one group, or one row, costs on every route in question.
struct GroupCosts {
  typealias Cost = SettledPrices.Cost

  /// nil where an amount leaves what can be held.
  var own: Cost?
  /// At the least and the most that the assumptions allow.
  var alternatives: [(low: Cost?, high: Cost?)] = []
  var siblings: [Cost?] = []

  /// The costs of so many rows alike.
  func times(_ rows: Int64) -> GroupCosts {
    func times(_ cost: Cost?) -> Cost? {
      cost.map { Cost(yoctodollars: $0.yoctodollars &* Int128(rows), isKnown: $0.isKnown) }
    }
    return GroupCosts(
      own: times(own), alternatives: alternatives.map { (times($0.low), times($0.high)) },
      siblings: siblings.map(times))
  }
}

/// Prices the groups of one span: settles the conditions of its price lists once for each variant, then multiplies.
final class GroupPricer {
  /// The prices of a variant on all routes in question.
  private final class Settled {
    let conditions: UInt32
    /// The day, where prices depend on hours.
    let day: Int?
    let own: SettledPrices
    let alternatives: [(low: SettledPrices, high: SettledPrices)]
    let siblings: [SettledPrices]
    /// Bits of the units that were used, by place in `BillableUnit.allCases`.
    var used: UInt64 = 0

    init(
      conditions: UInt32, day: Int?, own: SettledPrices,
      alternatives: [(low: SettledPrices, high: SettledPrices)],
      siblings: [SettledPrices]
    ) {
      self.conditions = conditions
      self.day = day
      self.own = own
      self.alternatives = alternatives
      self.siblings = siblings
    }
  }

  let prices: PricesInForce
  private let question: RepriceQuestion
  private var known: [Settled] = []
  private let lowScale: SettledPrices.Scale
  private let highScale: SettledPrices.Scale

  init(_ prices: PricesInForce, _ question: RepriceQuestion) {
    self.prices = prices
    self.question = question
    lowScale = Self.scale(question.tokenRatio.low, question.answerRatio.low)
    highScale = Self.scale(question.tokenRatio.high, question.answerRatio.high)
  }

  /// Another model counts its own tokens, and its answers have a length of their own.
  private static func scale(_ token: Int64, _ answer: Int64) -> SettledPrices.Scale {
    let both = (Int128(token) * Int128(answer) + 500_000) / 1_000_000
    return SettledPrices.Scale(prompt: token, answer: Int64(clamping: both))
  }

  /// - Parameters:
  ///   - counts: by the place of their unit.
  ///   - day: of a row of the group.
  func costs(_ counts: UnsafeBufferPointer<Int64>, _ variant: RowVariant, day: Int) -> GroupCosts {
    let settled = settled(variant, day: prices.hours.isEmpty ? nil : day)
    var used: UInt64 = 0
    for unit in counts.indices where counts[unit] > 0 { used |= 1 &<< UInt64(truncatingIfNeeded: unit) }
    settled.used |= used
    var costs = GroupCosts(own: settled.own.cost(of: counts))
    guard !settled.alternatives.isEmpty || !settled.siblings.isEmpty else { return costs }
    costs.alternatives = settled.alternatives.map { other in
      (other.low.cost(of: counts, scale: lowScale), other.high.cost(of: counts, scale: highScale))
    }
    costs.siblings = settled.siblings.map { $0.cost(of: counts) }
    return costs
  }

  /// The prices that the groups were priced at, each with the mode it was asked for.
  var usedPrices: [(mode: PriceMode, quoted: SettledPrices.Quoted)] {
    known.flatMap { settled in
      settled.own.quoted.filter { settled.used & (1 << UInt64($0.unit.place)) != 0 }.map {
        (RowVariant(bits: settled.conditions).priceMode, $0)
      }
    }
  }

  private func settled(_ variant: RowVariant, day: Int?) -> Settled {
    let conditions = variant.conditions
    if let known = known.first(where: { $0.conditions == conditions && $0.day == day }) { return known }
    let time = day.map { Self.time(prices, variant.hours, day: $0) }
    let prompt = variant.promptTier > 0 ? prices.promptLimits[variant.promptTier - 1] + 1 : 0
    let total = variant.totalTier > 0 ? prices.totalLimits[variant.totalTier - 1] + 1 : 0
    func settle(_ rates: PricesInForce.Rates, _ factor: Int64) -> SettledPrices {
      SettledPrices(
        rates.prices, mode: variant.priceMode, isFree: rates.rates.isFree,
        prompt: Self.scaled(prompt, factor), answer: Self.scaled(total, factor) - Self.scaled(prompt, factor),
        time: time)
    }
    let ratio = question.tokenRatio
    let made = Settled(
      conditions: conditions, day: day, own: settle(prices.own, 1_000_000),
      alternatives: prices.alternatives.map { (settle($0, ratio.low), settle($0, ratio.high)) },
      siblings: prices.siblings.map { settle($0, 1_000_000) })
    known.append(made)
    return made
  }

  /// Rounded up: a length just above a limit stays above it.
  private static func scaled(_ count: Int64, _ factor: Int64) -> Int64 {
    guard factor != 1_000_000 else { return count }
    return Int64(clamping: (Int128(count) * Int128(factor) + 999_999) / 1_000_000)
  }

  /// The first minute of a day whose hours are those.
  private static func time(_ prices: PricesInForce, _ hours: UInt32, day: Int) -> Timestamp {
    let start = Int64(day) * 86_400
    for minute in 0..<1440 {
      let time = Timestamp(seconds: start + Int64(minute) * 60)
      if prices.hoursBits(at: time) == hours { return time }
    }
    return Timestamp(seconds: start)
  }

  // MARK: Rows that stand alone

  /// Prices one row by itself, as `Bill` does.
  func costs(of row: SingleRow.Key, _ variant: RowVariant) -> GroupCosts {
    let time = Timestamp(seconds: row.minute * 60)
    func cost(_ rates: PricesInForce.Rates, _ scale: SettledPrices.Scale) -> SettledPrices.Cost? {
      guard let usage = row.scaled(scale) else { return nil }
      guard
        let bill = try? Bill(
          usage, at: rates.prices, mode: variant.priceMode, isFree: rates.rates.isFree,
          requests: row.requests, time: time),
        let yoctodollars = bill.total.knownPart.mantissa(atExponent: -24)
      else { return nil }
      return SettledPrices.Cost(yoctodollars: yoctodollars, isKnown: bill.total.dollars != nil)
    }
    return GroupCosts(
      own: cost(prices.own, .one),
      alternatives: prices.alternatives.map { (cost($0, lowScale), cost($0, highScale)) },
      siblings: prices.siblings.map { cost($0, .one) })
  }
}

extension RowVariant {
  /// The bits that decide prices: all but those of the charge and of what has no price.
  var conditions: UInt32 { bits & 0xF_F7FF }

  var priceMode: PriceMode { PriceMode.allCases[mode] }
}
