import Cataloguing
import Facts
import Pricing
import Testing

@testable import Metering

/// What the SQL computes, in Swift: the rate whose conditions a request meets, and its pieces times its prices.
private func evaluate(
  _ table: RateTable, mode: PriceMode, usage: Usage, time: Timestamp
) throws -> (units: Int128, isKnown: Bool) {
  let set = try #require(table.names.first?.sets[mode])
  let (prompt, total) = (usage[.input], usage[.input] + usage[.output])
  let minute = Int(((time.seconds / 60 + 4320) % 10_080 + 10_080) % 10_080)
  let found = table.rates.filter { rate in
    let conditions = rate.conditions
    return rate.set == set && (conditions.from..<conditions.until).contains(time.seconds)
      && prompt > conditions.promptAbove && prompt <= conditions.promptUpTo && total > conditions.totalAbove
      && total <= conditions.totalUpTo && (conditions.minuteFrom..<conditions.minuteUntil).contains(minute)
  }
  try #require(found.count == 1, "\(found.count) rates hold for \(usage.units) at \(time.text)")
  let prices = found[0].prices
  let own = Dictionary(
    uniqueKeysWithValues: table.units.map { unit in
      let sum = Pieces.own(unit, of: table.units).map { usage[$0.key] * Int64($0.value) }.reduce(0, +)
      return (unit, sum)
    })
  var sum: Int128 = 0
  var isKnown = true
  for (unit, pieces) in own where pieces > 0 {
    guard let price = prices.perPiece[unit] else {
      isKnown = false
      continue
    }
    sum += Int128(pieces) * price
  }
  for (unit, rebates) in prices.rebates {
    let pieces = own.filter { prices.billedAs[$0.key] == unit }.values.reduce(0, +)
    for rebate in rebates { sum -= Int128(min(pieces, rebate.upTo)) * rebate.perPiece }
  }
  return (sum, isKnown)
}

extension RateTable {
  /// Dollars of a number of units of money at 10⁻¹⁸, rounded half up.
  fileprivate func dollars(_ units: Int128) -> ExactDecimal {
    var divisor = Int128(countsNinths ? 9 : 1)
    var factor: Int128 = 1
    for _ in min(18, moneyDigits)..<18 { factor *= 10 }
    for _ in 18..<max(18, moneyDigits) { divisor *= 10 }
    return ExactDecimal(reducing: (2 * units * factor + divisor) / (2 * divisor), exponent: -18)
  }
}

private struct RateDice {
  var state: UInt64
  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(sides))
  }
  mutating func pick<Element>(_ all: [Element]) -> Element { all[roll(all.count)] }
}

private let units: [BillableUnit] = [
  .input, .output, .cacheRead, .cacheWrite, .cacheWriteHour, .reasoning, .audioInput, .audioOutput, .request,
  .webSearch,
]

@Suite struct RateTables {
  /// Price lists with every kind of line, and usage of all units at any time: the flattened rows give the bill.
  @Test(arguments: 0..<60) func giveTheSameAmountAsTheBill(_ seed: Int) throws {
    var dice = RateDice(state: UInt64(seed))
    var route = PricedRoute()
    route.isFree = dice.roll(12) == 0
    let hours = try [
      "16:30-00:30", "mon-fri 09:00-12:00,14:00-18:00 +08:00 except 2026-03-04,2026-03-05",
      "22:00-06:00 -05:30",
    ]
    .map { try PriceHours(parsing: $0) }
    for unit in units where unit == .input || dice.roll(3) > 0 {
      guard dice.roll(10) > 0 else { continue }
      for mode in [PriceMode.standard, .batch] where mode == .standard || dice.roll(2) > 0 {
        let price = { (dice: inout RateDice) in "\(dice.roll(40)).\(dice.roll(8))\(dice.roll(9) + 1)" }
        route.add(PriceTerm(unit, mode: mode), price(&dice))
        if dice.roll(3) == 0 {
          route.add(PriceTerm(unit, mode: mode), price(&dice), from: "2026-03-01")
        }
        if dice.roll(3) == 0 {
          route.add(PriceTerm(unit, mode: mode, hours: dice.pick(hours)), price(&dice))
        }
        for limit in [200_000, 1_000_000] where dice.roll(4) == 0 {
          let tier = PriceTier(
            above: TokenCount(Int64(limit)), semantics: dice.pick(TierSemantics.allCases),
            counting: dice.pick(TierCounting.allCases))
          route.add(PriceTerm(unit, mode: mode, tier: tier), price(&dice))
        }
      }
    }
    let rates = try route.rates()
    var builder = RateTableBuilder(units: units)
    builder.add(provider: "acme", model: "rocket", rates)
    let table = builder.table()
    for _ in 0..<120 {
      let mode = dice.pick([PriceMode.standard, .batch, .flex])
      let input = Int64(dice.roll(2_200_000))
      let output = Int64(dice.roll(1_300_000))
      let write = input / Int64(3 + dice.roll(5))
      let usage = try Usage([
        .input: input, .output: output, .cacheRead: Int64(dice.roll(2)) * input / 4, .cacheWrite: write,
        .cacheWriteHour: Int64(dice.roll(2)) * write / 2, .audioInput: Int64(dice.roll(2)) * input / 9,
        .reasoning: Int64(dice.roll(2)) * output / 3, .audioOutput: Int64(dice.roll(2)) * output / 5,
        .request: 1, .webSearch: Int64(dice.roll(4)),
      ])
      // 2026-02-25 to 2026-03-11: before and after a change, and both holidays.
      let time = Timestamp(seconds: 1_771_977_600 + Int64(dice.roll(14 * 86_400)))
      let bill = try Bill(
        usage, at: rates.prices(at: time), mode: mode, isFree: rates.isFree, time: time)
      let own = try evaluate(table, mode: mode, usage: usage, time: time)
      // A call as such costs only where a source prices calls; its count does not make a bill unknown.
      let isKnown = bill.unpriced.allSatisfy { $0.unit == .request }
      #expect(own.isKnown == isKnown, "\(time.text) \(mode) unpriced \(bill.unpriced.map(\.unit))")
      #expect(table.dollars(own.units).text == bill.total.knownPart.text, "\(time.text) \(mode)")
    }
  }

  /// $2.5 and $0.075 per 1M are 0.0000025 and 0.000000075 a token: 9 digits hold both, as 2500 and 75.
  @Test func countsMoneyInTheLargestUnitThatHoldsEveryPrice() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2.5")
    route.add(PriceTerm(.cacheRead), "0.075")
    var builder = RateTableBuilder(units: [.input, .cacheRead])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    let table = builder.table()
    #expect(table.moneyDigits == 9 && !table.countsNinths)
    #expect(table.rates.map(\.prices.perPiece) == [[.input: 2500, .cacheRead: 75]])
  }

  /// $0.5 an hour is 0.5/3600 dollars a second: 1.25 × 10²¹ of 9 × 10²⁴ a dollar, so 1250 × 10¹⁸ of 9 × 10²⁴; at 18
  /// digits a second costs 1.25 × 10¹⁵ ninths.
  @Test func countsNinthsWhereAnHourOfSoundIsPriced() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.audioSecond), "0.5")
    var builder = RateTableBuilder(units: [.audioSecond])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    let table = builder.table()
    #expect(table.countsNinths && table.moneyDigits == 18)
    #expect(table.rates.map(\.prices.perPiece) == [[.audioSecond: 1_250_000_000_000_000]])
  }

  /// A unit without a price has that of the unit it is part of; one in nothing has none.
  @Test func inheritsPricesAndKeepsUnknownOnesOut() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "3")
    route.add(PriceTerm(.cacheWrite), "4")
    var builder = RateTableBuilder(units: [
      .input, .output, .cacheRead, .cacheWriteHour, .reasoning, .webSearch,
    ])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    let prices = try #require(builder.table().rates.first).prices.perPiece
    #expect(prices == [.input: 3, .cacheRead: 3, .cacheWriteHour: 4])
  }

  /// 200,000 is in the lower tier, 200,001 in the upper.
  @Test func cutsTiersAboveTheirLimit() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "1")
    route.add(PriceTerm(.input, above: TokenCount(200_000)), "2")
    var builder = RateTableBuilder(units: [.input])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    let rates = builder.table().rates
    #expect(rates.map(\.conditions.promptAbove) == [-1, 200_000])
    #expect(rates.map(\.conditions.promptUpTo) == [200_000, RateTable.mostTokens])
    #expect(rates.map { $0.prices.perPiece[.input] } == [1, 2])
  }

  /// A marginal tier above 100 tokens at $3 over $1: 150 tokens are 100 × 1 + 50 × 3 = 250, which is 150 × 3 − 100 × (3 − 1).
  @Test func takesOffWhatTheTokensBelowAMarginalTierAreCheaper() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "1")
    route.add(
      PriceTerm(.input, tier: PriceTier(above: TokenCount(100), semantics: .marginal)), "3")
    var builder = RateTableBuilder(units: [.input, .cacheRead])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    let rates = builder.table().rates
    #expect(rates[0].prices.rebates.isEmpty)
    #expect(rates[1].prices.rebates == [.input: [RateTable.Rebate(upTo: 100, perPiece: 2)]])
    #expect(rates[1].prices.billedAs == [.input: .input, .cacheRead: .input])
  }

  /// Every day from 16:30 to 00:30 UTC: 14 cuts a week and the one at its start. Monday's night ends 30 minutes into
  /// Tuesday, minute 1470; the hours before midnight on Sunday and after it on Monday are two rows, because a week ends there.
  @Test func cutsTheWeekWhereHoursBeginAndEnd() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2")
    route.add(PriceTerm(.input, hours: try PriceHours(parsing: "16:30-00:30")), "1")
    var builder = RateTableBuilder(units: [.input])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    let rates = builder.table().rates
    #expect(rates.prefix(4).map(\.conditions.minuteFrom) == [0, 30, 990, 1470])
    #expect(rates.prefix(4).map { $0.prices.perPiece[.input] } == [1, 2, 1, 2])
    #expect(rates.count == 15)
    #expect(rates.last?.conditions.minuteUntil == 10_080)
  }

  /// Weekdays 09:00–17:00 UTC but not on Wednesday 2026-03-04 (1772582400): from its midnight on, two days are instants:
  /// nothing starts on the 4th, the 5th has its hours from 09:00 (1772701200) to 17:00 (1772730000).
  @Test func cutsHolidaysOutByTheClock() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2")
    route.add(PriceTerm(.input, hours: try PriceHours(parsing: "mon-fri 09:00-17:00 except 2026-03-04")), "1")
    var builder = RateTableBuilder(units: [.input])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    let around = builder.table().rates.filter {
      $0.conditions.from >= 1_772_582_400 && $0.conditions.until <= 1_772_755_200
    }
    #expect(around.map(\.conditions.from) == [1_772_582_400, 1_772_701_200, 1_772_730_000])
    #expect(around.map(\.conditions.until) == [1_772_701_200, 1_772_730_000, 1_772_755_200])
    #expect(around.map { $0.prices.perPiece[.input] } == [2, 1, 2])
  }

  @Test func modesWithoutPricesAndEqualRoutesShareASet() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2")
    route.add(PriceTerm(.input, mode: .batch), "1")
    var builder = RateTableBuilder(units: [.input])
    builder.add(provider: "acme", model: "rocket", try route.rates())
    builder.add(provider: "other", model: "Rocket 2", try route.rates("rocket2"))
    builder.add(provider: "acme", model: "rocket", try route.rates("rocket3"))
    let table = builder.table()
    #expect(table.names.map(\.route) == ["acme/acme/rocket", "acme/acme/rocket2"])
    #expect(table.names.allSatisfy { $0.sets[.standard] == 1 && $0.sets[.batch] == 2 && $0.sets[.fast] == 1 })
    #expect(table.rates.map(\.set) == [1, 2])
  }

  /// A name that means one route until day 20,000 and another from it on, with a gap of none between: three spans without a
  /// gap, 86,400 seconds a day.
  @Test func namesMayMeanOneRouteAfterAnother() throws {
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2")
    let (first, second) = (try route.rates(), try route.rates("rocket2"))
    var builder = RateTableBuilder(units: [.input])
    builder.add(provider: "", model: "latest", [(19_000, first), (20_000, nil), (20_010, second)])
    builder.add(provider: "", model: "nothing", [(19_000, nil)])
    let names = builder.table().names
    #expect(names.map(\.route) == ["acme/acme/rocket", nil, "acme/acme/rocket2"])
    #expect(names.map(\.from) == [RateTable.earliest, 1_728_000_000, 1_728_864_000])
    #expect(names.map(\.until) == [1_728_000_000, 1_728_864_000, RateTable.latest])
    #expect(names.map { $0.sets[.standard] } == [1, nil, 1])
  }

  /// Input less what a cache read, wrote and what was heard; heard tokens from a cache are in two of these, so once back.
  @Test func takesPiecesApart() {
    let counted: [BillableUnit] = [
      .input, .cacheRead, .audioInput, .cacheReadAudio, .cacheWrite, .cacheWriteHour,
    ]
    #expect(
      Pieces.own(.input, of: counted) == [
        .input: 1, .cacheRead: -1, .audioInput: -1, .cacheReadAudio: 1, .cacheWrite: -1,
      ])
    #expect(Pieces.own(.cacheRead, of: counted) == [.cacheRead: 1, .cacheReadAudio: -1])
    #expect(Pieces.own(.cacheWrite, of: counted) == [.cacheWrite: 1, .cacheWriteHour: -1])
  }
}
