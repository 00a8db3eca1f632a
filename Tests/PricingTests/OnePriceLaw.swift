import Cataloguing
import Facts
import Foundation
import Pricing
import PricingSupport
import Testing

/// The law of one price inside the engine: whatever list and traffic are drawn, whatever prices the month says what the month costs when
/// every request of every minute is billed by hand.
@Suite struct OnePriceLaw {
  private static let batches = 20
  /// 10,000 lists in `bin/test`, a thousand in a plain `swift test`.
  private static let listsOfABatch =
    (Int(ProcessInfo.processInfo.environment["LLMREF_SCALE"] ?? "") ?? 100) * 10 / batches
  private static let days = ["2026-10-13", "2026-10-14", "2026-11-10", "2026-12-01", "2026-12-02"]

  /// Models of one to two routes, half of them of chat.
  private static func models(_ dice: inout Dice, shape: DrawnList.Shape) -> [DrawnModel] {
    (0..<max(2, listsOfABatch / 10)).map { number in
      let providers = dice.chance(20) ? ["acme", "bolt"] : ["acme"]
      return DrawnModel(
        ModelID("acme/" + DrawnModel.name(number)), providers.map { ($0, DrawnList(&dice, shape: shape)) })
    }
  }

  /// Draws lists for pairs of models until a batch is full; each pair meets a month of its own.
  /// - Parameter share: of the lists of a batch, one in so many.
  private func eachPair(
    seed: UInt64, oneIn share: Int = 1,
    _ check: (_ pair: [DrawnModel], _ models: [Model], DrawnTraffic, _ day: String) throws -> Void
  ) throws {
    var dice = Dice(seed)
    var drawn = 0
    while drawn < Self.listsOfABatch / share {
      let shape = dice.chance(60) ? .chat : dice.pick(DrawnList.Shape.allCases)
      let models = Self.models(&dice, shape: shape)
      let catalogue = try Catalogue(drawn: models)
      let day = dice.pick(Self.days)
      let asOf = try CalendarDate(parsing: day)
      for pair in stride(from: 0, to: models.count - 1, by: 2).map({ Array(models[$0...($0 + 1)]) }) {
        drawn += pair.flatMap(\.routes).count
        let traffic = DrawnTraffic(&dice, for: pair.flatMap(\.routes).map(\.list), shape: shape)
        let found = try pair.map { try #require(try catalogue.model($0.id, asOf: asOf)) }
        try check(pair, found, traffic, day)
      }
    }
  }

  private func words(_ traffic: DrawnTraffic, _ list: DrawnList, _ day: String) -> String {
    "\(traffic)\n"
      + list.lines(on: day).map { "\($0.term.text) \($0.money.text)" }.sorted().joined(separator: "\n")
  }

  /// A month, its parts, its route and the estimate of its model.
  @Test(arguments: 0..<batches)
  func aMonthCostsWhatItsRequestsDo(batch: Int) throws {
    var known = 0
    try eachPair(seed: UInt64(batch)) { pair, models, traffic, day in
      let workload = Workload(traffic)
      for (drawn, model) in zip(pair, models) {
        for (provider, list) in drawn.routes {
          let route = try #require(model.routes.first { $0.provider.rawValue == provider })
          let expected = BruteMonth(list.lines(on: day), traffic).cost
          let month = try #require(Month(workload, at: route.prices))
          #expect(says(month.cost) == expected, "\(words(traffic, list, day))")
          #expect(RoutePrices(route).month(of: workload) == month.cost)
          if case .known(let money) = expected {
            known += 1
            #expect(sumOfParts(month).map { $0 == money } ?? true, "\(words(traffic, list, day))")
          }
        }
        guard model.routes.allSatisfy(\.servesOrdinaryRequest) else { continue }
        let estimate = Estimate(model, workload: workload)
        #expect(estimate.cheapest?.cost == drawn.cost(of: traffic, on: day))
        #expect(RateCard(model).cheapest(at: workload)?.cost == estimate.cheapest?.cost)
      }
    }
    #expect(known > Self.listsOfABatch / 3)
  }

  /// The same requests at an instant of a day, holidays heeded, in each mode.
  @Test(arguments: 0..<batches)
  func aBillCostsWhatItsRequestsDo(batch: Int) throws {
    try eachPair(seed: UInt64(batch)) { pair, models, traffic, day in
      for minute in [0, 13 * 60, 23 * 60 + 59] as [Int64] {
        let time = Timestamp(
          seconds: Timestamp(startOf: try CalendarDate(parsing: day)).seconds + minute * 60)
        for (drawn, model) in zip(pair, models) {
          for mode in [PriceMode.standard, .batch] {
            guard let list = drawn.routes.first?.list,
              let route = model.routes.first(where: { $0.provider.rawValue == "acme" })
            else { continue }
            let expected = BruteMonth(list.lines(on: day), traffic).exact(at: time, mode: mode)
            let bill = try Bill(
              try Usage(traffic.counts), at: route.prices, mode: mode, requests: traffic.requests, time: time,
              conditions: traffic.conditions)
            switch expected {
            case .unknown(let units):
              #expect(Set(bill.unpriced.map(\.unit)) == units, "\(words(traffic, list, day))")
            case .known(let amount):
              #expect(
                bill.total.dollars.flatMap { try? Money(rounding: $0) } == amount.money,
                "\(time) \(mode) \(words(traffic, list, day))")
            }
          }
        }
      }
    }
  }

  /// Corners of the curves over the share of output, where the cheaper side changes, and where cached input or batches change it.
  @Test(arguments: 0..<batches)
  func curvesGoThroughMonthsAndChangeWhereTheMonthsDo(batch: Int) throws {
    var changes = 0
    // Each costs hundreds of months.
    try eachPair(seed: UInt64(batch), oneIn: 10) { pair, models, drawn, day in
      guard models.flatMap(\.routes).allSatisfy(\.servesOrdinaryRequest) else { return }
      // Parts of tokens stay what they are while the tokens that hold them move.
      var traffic = drawn
      traffic.others = drawn.others.filter { $0.key.wider.isEmpty }
      let lines = pair.map { $0.routes.map { $0.list.lines(on: day) } }
      func costs(_ traffic: DrawnTraffic) -> [BruteMonth.Amount?] {
        lines.map { $0.compactMap { BruteMonth($0, traffic).exact.amount }.min() }
      }
      let words = pair.flatMap(\.routes).map { self.words(traffic, $0.list, day) }.joined(separator: "\n\n")
      let (cards, workload) = (models.map { RateCard($0) }, Workload(traffic))
      let mix = CostMix(cards, workload: workload)
      for (place, corners) in mix.lines.enumerated() {
        for corner in corners {
          let cost = costs(traffic.mixed(output: corner.output))[place]?.money
          let said = try? Money(rounding: corner.cost)
          #expect(said == cost, "corner at \(corner.output), \(corner.cost.text)\n\(words)")
        }
      }
      let breakEvens = mix.breakEvens.map {
        LeaderWalk.Change(place: $0.output, below: $0.below, above: $0.above)
      }
      let overMix = LeaderWalk { costs(traffic.mixed(output: $0)) }
      #expect(overMix.fault(in: breakEvens, last: mix.total) == nil, "break-even\n\(words)")
      let sensitivity = Sensitivity(cards, workload: workload)
      func flips(_ flips: [Sensitivity.Flip]) -> [LeaderWalk.Change] {
        flips.map { .init(place: Int64($0.share), below: $0.below, above: $0.above) }
      }
      let overCache = LeaderWalk { costs(traffic.cached(share: $0)) }
      #expect(overCache.fault(in: flips(sensitivity.cached), last: 10_000) == nil, "cached\n\(words)")
      if sensitivity.pricedAsBatch.contains(true) {
        let overBatches = LeaderWalk { costs(traffic.batched(share: $0)) }
        #expect(overBatches.fault(in: flips(sensitivity.batched), last: 10_000) == nil, "batches\n\(words)")
      }
      let own = costs(traffic).map { $0?.money }
      if let margin = sensitivity.margin {
        #expect(
          [margin.cost, margin.nextCost] == own.compactMap(\.self).sorted()
            && own[margin.cheapest] == margin.cost)
      } else {
        #expect(own.contains(nil) || own[0] == own[1])
      }
      changes += mix.breakEvens.count + sensitivity.cached.count + sensitivity.batched.count
    }
    #expect(changes > 0 || Self.listsOfABatch < 500)
  }

  // MARK: -

  private func says(_ cost: MonthCost) -> BruteMonth.Cost? {
    switch cost {
    case .known(let money): .known(money)
    case .unknown(_, let units): .unknown(Set(units))
    case .tooLarge: nil
    }
  }

  /// The bills of the parts by their weights, rounded half up; nil where a bill is rounded itself, for seconds of sound.
  private func sumOfParts(_ month: Month) -> Money? {
    var sum = Natural.zero
    for part in month.parts {
      guard !part.bill.lines.contains(where: { $0.unit.piecesPerPrice == 3600 }),
        let dollars = part.bill.total.dollars?.mantissa(atExponent: -24)
      else { return nil }
      sum = sum + Natural(wide: dollars.magnitude) * Natural(part.weight)
    }
    let divisor = Natural(1_000_000) * Natural(month.weight)
    var twice = sum * Natural(2) + divisor
    for part in [2, 1_000_000, UInt32(month.weight)] as [UInt32] { twice = twice.divided(by: part) }
    return twice.int128.map { Money(attodollars: $0) }
  }
}

/// The two examples of prices.md.
@Suite struct WorkedExamples {
  private func month(_ list: [(PriceTerm, String)], _ traffic: DrawnTraffic) throws -> Money? {
    let drawn = DrawnList(
      try list.map { DrawnLine(term: $0.0, money: try Money(dollars: $0.1), from: nil, until: nil) })
    let catalogue = try Catalogue(drawn: [DrawnModel(ModelID("acme/rocket"), [("acme", drawn)])])
    let model = try #require(
      try catalogue.model(ModelID("acme/rocket"), asOf: try CalendarDate(parsing: "2026-11-10")))
    let cost = Month(Workload(traffic), at: try #require(model.routes.first).prices)?.cost.money
    #expect(BruteMonth(drawn.lines, traffic).cost.money == cost)
    return cost
  }

  /// Each of a million requests costs 1,000 × $1 and 1,000 × $10 a million: $0.011.
  @Test func beyondAMarginalLimitOnlyTheRestIsDearer() throws {
    let marginal = PriceTier(above: TokenCount(1000), semantics: .marginal)
    let cost = try month(
      [(PriceTerm(.input), "1"), (PriceTerm(.input, tier: marginal), "10"), (PriceTerm(.output), "1")],
      DrawnTraffic(input: 2_000_000_000, output: 0, requests: 1_000_000))
    #expect(cost?.text == "11000")
  }

  /// 1,000 in and 1,000 out are 2,000, above 1,500: 1B × $3 and 1B × $30 a million.
  @Test func promptAndAnswerCountTogether() throws {
    let both = PriceTier(above: TokenCount(1500), counting: .promptAndAnswer)
    let cost = try month(
      [
        (PriceTerm(.input), "1"), (PriceTerm(.input, tier: both), "3"), (PriceTerm(.output), "5"),
        (PriceTerm(.output, tier: both), "30"),
      ], DrawnTraffic(input: 1_000_000_000, output: 1_000_000_000, requests: 1_000_000))
    #expect(cost?.text == "33000")
  }
}
