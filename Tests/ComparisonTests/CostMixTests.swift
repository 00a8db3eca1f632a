import Cataloguing
import Deciding
import Facts
import Pages
import Pricing
import Statistics
import Testing

/// What one route of a model charges, in dollars per million tokens.
private struct Charges {
  let input: String
  let output: String
  var cacheRead: String?
  var longInput: (above: Int64, price: String)?
  var maxOutput: Int64?
}

/// The rate cards of models whose routes charge so.
private func cards(_ models: [[Charges]]) throws -> [RateCard] {
  let day = try CalendarDate(parsing: "2026-11-01")
  let source = SourceDescription(
    id: SourceID("s"), title: "S", version: "1", licence: "MIT", homepage: nil, observed: day, digest: "00",
    lineage: SourceID("s"), correction: "s")
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
  func price(_ unit: BillableUnit, _ text: String, above: Int64? = nil) throws -> Claim {
    Claim(
      .price(PriceTerm(unit, above: above.map { TokenCount($0) })), .money(try Money(dollars: text)),
      asWritten: text)
  }
  var records: [SourceRecord] = []
  for (model, routes) in models.enumerated() {
    for (place, charges) in routes.enumerated() {
      var claims = [try price(.input, charges.input), try price(.output, charges.output)]
      if let text = charges.cacheRead { claims.append(try price(.cacheRead, text)) }
      if let tier = charges.longInput { claims.append(try price(.input, tier.price, above: tier.above)) }
      if let most = charges.maxOutput {
        claims.append(Claim(.maxOutput, .tokens(TokenCount(most)), asWritten: String(most)))
      }
      records.append(
        SourceRecord(
          key: "r\(model)-\(place)", subject: .route(provider: "host\(place)", apiID: "acme/rocket-\(model)"),
          claims: claims))
    }
  }
  builder.add(source: source, records: records)
  let catalogue = Catalogue(contents: builder.build())
  return try models.indices.map {
    RateCard(try #require(try catalogue.model(ModelID("acme/rocket-\($0)"), asOf: day)))
  }
}

private func month(input: Int64, output: Int64, requests: Int64 = 1, cached: Int64 = 0) -> Workload {
  Workload(
    inputTokens: TokenCount(input), outputTokens: TokenCount(output), requests: requests,
    cachedTokens: TokenCount(cached))
}

@Suite struct CostsOverTheMix {
  /// 700 tokens: (700 − o) + 10 o and 3 (700 − o) + 5 o meet at 7 o = 1400. At 200 both cost 2500; from 201 the second is
  /// cheaper.
  @Test func theCheaperSideChangesAtTheFirstTokenBeyondTheTie() throws {
    let mix = CostMix(
      try cards([[Charges(input: "1", output: "10")], [Charges(input: "3", output: "5")]]),
      workload: month(input: 500, output: 200))
    #expect(mix.total == 700)
    #expect(mix.breakEvens == [.init(output: 201, below: 0, above: 1)])
    #expect(mix.lines.map { $0.map(\.output) } == [[0, 700], [0, 700]])
    // 700 × 1 and 700 × 10 millionths of a dollar.
    #expect(mix.lines[0].map(\.cost.text) == ["0.0007", "0.007"])
  }

  /// The first model has two routes: 900 + 9 o, and 3600 whatever the mix. The second costs 1800 + 3 o: dearer until 150,
  /// cheaper until 600, dearer again. The first model's line bends where its routes meet, at 300.
  @Test func twoRoutesOfOneModelMakeTwoBreakEvens() throws {
    let mix = CostMix(
      try cards([
        [Charges(input: "1", output: "10"), Charges(input: "4", output: "4")],
        [Charges(input: "2", output: "5")],
      ]), workload: month(input: 600, output: 300))
    #expect(
      mix.breakEvens == [.init(output: 151, below: 0, above: 1), .init(output: 601, below: 1, above: 0)])
    #expect(mix.lines[0].map(\.output) == [0, 300, 301, 900])
  }

  /// With at most 100 tokens an answer the first model's line ends there: beyond, nothing is compared.
  @Test func aLimitEndsALineAndDecidesNothing() throws {
    let mix = CostMix(
      try cards([
        [Charges(input: "1", output: "10", maxOutput: 100)], [Charges(input: "3", output: "5")],
      ]), workload: month(input: 850, output: 50))
    #expect(mix.lines.map { $0.last?.output } == [100, 900])
    #expect(mix.breakEvens.isEmpty)
  }

  /// Prompts above 500 tokens cost 4 a million. Up to 399 output tokens of 900 the prompt is longer: 3600 − 3 o against
  /// 1800. At 400 the price falls to 1, and with it the cost to 900.
  @Test func aTierChangesTheCheaperSideAtItsLimit() throws {
    let mix = CostMix(
      try cards([
        [Charges(input: "1", output: "1", longInput: (500, "4"))], [Charges(input: "2", output: "2")],
      ]), workload: month(input: 800, output: 100))
    #expect(mix.breakEvens == [.init(output: 400, below: 1, above: 0)])
    #expect(mix.lines[0].map(\.output) == [0, 399, 400, 900])
  }

  /// All of the input comes from cache, at a tenth where the price is known: (1000 − o) × 0.1 + 4 o against
  /// (1000 − o) × 0.7 + 3 o meet at 0.6 (1000 − o) = o, o = 375.
  @Test func theCachedShareOfTheInputStays() throws {
    let mix = CostMix(
      try cards([[Charges(input: "1", output: "4", cacheRead: "0.1")], [Charges(input: "0.7", output: "3")]]),
      workload: month(input: 800, output: 200, cached: 800))
    #expect(mix.breakEvens == [.init(output: 376, below: 0, above: 1)])
  }

  @Test func equalPricesAndNoTrafficHaveNoBreakEven() throws {
    let equal = try cards([[Charges(input: "1", output: "2")], [Charges(input: "1", output: "2")]])
    #expect(CostMix(equal, workload: .usual).breakEvens.isEmpty)
    let nothing = CostMix(equal, workload: month(input: 0, output: 0))
    #expect(nothing.lines == [[], []] && nothing.breakEvens.isEmpty)
  }
}

/// The numbers of the rate cards against the engine, over models and traffic drawn from the embedded catalogue.
@Suite struct RateCardsAgreeWithEstimates {
  private static func draw(_ generator: inout RandomNumbers) -> Workload {
    let sizes: [Int64] = [0, 1, 999, 60_000, 800_000_000, 3_000_000_007, 250_000_000_000]
    let requests: [Int64] = [1, 7, 1000, 1_000_000, 30_000_001]
    let input = sizes.randomElement(using: &generator) ?? 0
    return month(
      input: input, output: sizes.randomElement(using: &generator) ?? 0,
      requests: requests.randomElement(using: &generator) ?? 1,
      cached: input > 0 && Bool.random(using: &generator) ? Int64.random(in: 0...input, using: &generator) : 0
    )
  }

  @Test func theyNameTheSameRouteAndTheSameCost() throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    let day = try #require(catalogue.date)
    var generator = RandomNumbers(seed: 14)
    var priced = 0
    for summary in try catalogue.summaries().shuffled(using: &generator).prefix(300) {
      let model = try #require(try catalogue.model(summary.id, asOf: day))
      let card = RateCard(model)
      for _ in 0..<8 {
        let workload = Self.draw(&generator)
        let estimate = Estimate(model, workload: workload)
        let cheapest = card.cheapest(at: workload)
        #expect(
          cheapest?.cost == estimate.cheapest?.cost && cheapest?.route.route.id == estimate.cheapest?.route.id
        )
        #expect(card.routes.count { $0.prices.cost(at: workload) != nil } == estimate.candidates.count)
        // Priced alone, the route rests on the same claims.
        let alone = cheapest.flatMap { Estimate.cost(of: workload, through: $0.route) }
        #expect(
          alone?.cost == estimate.cheapest?.cost && alone?.claimed == estimate.cheapest?.claimed
            && alone?.evidence == estimate.cheapest?.evidence)
        priced += estimate.cheapest == nil ? 0 : 1
      }
    }
    #expect(priced > 500)
  }

  /// On both sides of every break-even the engine itself names the cheaper model.
  @Test func theEngineAgreesOnBothSidesOfEveryBreakEven() throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    let day = try #require(catalogue.date)
    var generator = RandomNumbers(seed: 15)
    let priced = try catalogue.summaries().filter { $0.usualCost != nil }
    var met = 0
    for _ in 0..<150 {
      let models = try priced.shuffled(using: &generator).prefix(3).map {
        try #require(try catalogue.model($0.id, asOf: day))
      }
      let mix = CostMix(models.map { RateCard($0) }, workload: .usual)
      for point in mix.breakEvens {
        for (output, leader) in [(point.output - 1, point.below), (point.output, point.above)] {
          let costs = models.map {
            Estimate($0, workload: month(input: mix.total - output, output: output, requests: 1_000_000))
              .cheapest?.cost
          }
          let known = costs.compactMap(\.self)
          #expect(
            known.count == models.count && costs[leader] == known.min(), "\(models.map(\.id)) at \(output)")
          met += 1
        }
      }
    }
    #expect(met > 20)
  }
}
