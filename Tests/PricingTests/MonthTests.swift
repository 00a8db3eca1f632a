import Facts
import Importing
import Testing

@testable import Cataloguing
@testable import Pricing

/// A route with the prices of a facts file.
private func route(_ list: String, _ members: String = "") throws -> Route {
  let json =
    #"{"reviewed":"2026-06-01","models":[{"id":"acme/rocket","routes":[{"provider":"Acme","id":"rocket","prices":"#
    + list + members + "}]}]}"
  let source = SourceDescription(
    id: SourceID("facts:x"), title: "x", version: "1", licence: "own", homepage: nil,
    observed: try CalendarDate(parsing: "2026-06-01"), digest: "00", lineage: SourceID("facts"),
    correction: "x")
  let imported = try PlainFacts.read(Snapshot(source: source, bytes: Array(json.utf8), file: "x.json"))
  #expect(imported.findings.isEmpty, "\(imported.findings)")
  let day = try CalendarDate(parsing: "2026-11-02")
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
  builder.add(source: source, records: imported.records)
  let catalogue = Catalogue(contents: builder.build())
  let model = try #require(try catalogue.model(ModelID("acme/rocket"), asOf: day))
  return try #require(model.routes.first)
}

private func month(
  _ input: Int64, _ output: Int64, requests: Int64 = 1_000_000, cached: Int64 = 0,
  _ others: [BillableUnit: Int64] = [:], batch: Share = .none, hours: TrafficHours = .spread,
  on conditions: Set<PriceCondition> = []
) -> Workload {
  Workload(
    inputTokens: TokenCount(input), outputTokens: TokenCount(output), requests: requests,
    cachedTokens: TokenCount(cached), others: others, batchShare: batch, hours: hours, conditions: conditions)
}

/// What a month costs by every view of the engine, which must agree.
private func cost(_ workload: Workload, _ list: String) throws -> String? {
  let route = try route(list)
  let prices = RoutePrices(route)
  let money = prices.month(of: workload).money
  #expect(prices.lines.cost(of: workload, isFree: false) == prices.month(of: workload))
  let month = try #require(Month(workload, at: route.prices))
  #expect(month.cost == prices.month(of: workload))
  #expect(RoutePrices(route, keepsEvidence: false).month(of: workload).money == money)
  if money != nil { #expect(Estimate.cost(of: workload, through: route)?.cost == money) }
  return money?.text
}

@Suite struct Months {
  /// A request of 2,000 tokens: 1,000 at $1 and 1,000 at $10 a million are $0.011; a million of them $11,000.
  @Test func marginalTiersBillEachRequest() throws {
    let list =
      #"[{"unit":"input","usd":"1"},{"unit":"output","usd":"1"},{"unit":"input","usd":"10","above":1000,"tier":"marginal"}]"#
    #expect(try cost(month(2_000_000_000, 0), list) == "11000")
    // Up to the limit nothing is dearer: 1,000M × $1.
    #expect(try cost(month(1_000_000_000, 0), list) == "1000")
    // 1,000.5 tokens a request: 1,000M × $1 and 0.5M × $10, though the average rounded up is 1,001.
    #expect(try cost(month(1_000_500_000, 0), list) == "1005")
  }

  /// 2,000 tokens of prompt and answer are above 1,500: 1,000M × $3 + 1,000M × $30.
  @Test func tiersCountPromptAndAnswerWhereTheySaySo() throws {
    let list =
      #"[{"unit":"input","usd":"1"},{"unit":"output","usd":"5"},{"unit":"input","usd":"3","above":1500,"counting":"prompt_and_answer"},{"unit":"output","usd":"30","above":1500,"counting":"prompt_and_answer"}]"#
    #expect(try cost(month(1_000_000_000, 1_000_000_000), list) == "33000")
    // 750 and 750 are not above 1,500, though each average of 749.5 and 750.5 rounded up sums to 1,501.
    #expect(try cost(month(749_500_000, 750_500_000), list) == "4502")
  }

  /// $1 up to 100, $2 up to 300, $4 beyond: 100 × 1 + 200 × 2 + 100 × 4 = 900 a million for a request of 400.
  @Test func marginalTiersNest() throws {
    let list =
      #"[{"unit":"input","usd":"1"},{"unit":"input","usd":"2","above":100,"tier":"marginal"},{"unit":"input","usd":"4","above":300,"tier":"marginal"}]"#
    #expect(try cost(month(400_000_000, 0), list) == "900")
  }

  // Off peak $0.27 for 17 hours of the day, $0.54 for 7: (17 × 270 + 7 × 540) ÷ 24 = 348.75.
  @Test(arguments: [
    ("spread", "348.75"), ("peak", "540"), ("off-peak", "270"), ("01:00-02:00", "540"),
    // Half of it at dear hours.
    ("00:00-02:00", "405"), ("mon-fri 12:00-13:00", "270"),
  ])
  func hoursAreAnAssumption(hours: String, dollars: String) throws {
    let list =
      #"[{"unit":"input","usd":"0.27"},{"unit":"output","usd":"0"},{"unit":"input","usd":"0.54","hours":"01:00-04:00,06:00-10:00"}]"#
    let workload = month(1_000_000_000, 0, hours: try TrafficHours(parsing: hours))
    #expect(try cost(workload, list) == dollars)
  }

  /// Dear on working days from 09:00 to 17:00 in Shanghai: 40 of 168 hours. (128 × 100 + 40 × 184) ÷ 168 = 120.
  @Test func weekdaysWeighWhatTheyLast() throws {
    let list =
      #"[{"unit":"input","usd":"0.1"},{"unit":"input","usd":"0.184","hours":"mon-fri 09:00-17:00 +08:00 except 2026-11-03"}]"#
    #expect(try cost(month(1_000_000_000, 0), list) == "120")
    let month = try #require(Month(month(1_000_000_000, 0), at: try route(list).prices))
    #expect(month.parts.map(\.weight) == [7680, 2400] && month.weight == 10_080)
    #expect(month.parts.map(\.hours) == [nil, "from 09:00 to 17:00 UTC+08:00 on mon-fri without holidays"])
  }

  /// 70% at 1,000 + 500, 30% at 400 + 500: the answer has no batch price. 1,050 + 270 = 1,320.
  @Test func aShareIsSentInBatches() throws {
    let list =
      #"[{"unit":"input","usd":"1"},{"unit":"output","usd":"5"},{"unit":"input","usd":"0.4","mode":"batch"}]"#
    let workload = month(1_000_000_000, 100_000_000, batch: try Share(parsing: "30%"))
    #expect(try cost(workload, list) == "1320")
    #expect(try cost(workload.batched(.all), list) == "900")
  }

  /// 700M × 2 + 300M × 0.2 + 100M × 8; without a cache price 1,000M × 2 + 100M × 8.
  @Test func cachedTokensCostTheirPriceOrThatOfInput() throws {
    let flat = #"[{"unit":"input","usd":"2"},{"unit":"output","usd":"8"}"#
    let workload = month(1_000_000_000, 100_000_000, cached: 300_000_000)
    #expect(try cost(workload, flat + #",{"unit":"cache_read","usd":"0.2"}]"#) == "2260")
    #expect(try cost(workload, flat + "]") == "2800")
  }

  /// Marginal prices bill a unit's own pieces: 1,500 of the 2,000 prompt tokens are not cached, 1,000 × 1 + 500 × 10 + 500 × 0.1.
  @Test func aMarginalTierCountsTheUnitsOwnPieces() throws {
    let list =
      #"[{"unit":"input","usd":"1"},{"unit":"cache_read","usd":"0.1"},{"unit":"input","usd":"10","above":1000,"tier":"marginal"}]"#
    #expect(try cost(month(2_000_000_000, 0, cached: 500_000_000), list) == "6050")
  }

  /// Calls cost where a list prices them: 800 + 250 and 1M × 0.001.
  @Test func callsCostWhereTheyArePriced() throws {
    let list =
      #"[{"unit":"input","usd":"1"},{"unit":"output","usd":"1"},{"unit":"request","usd":"0.001"}]"#
    #expect(try cost(.usual, list) == "2050")
  }

  /// 1,000M at $1, or at $1.10 for requests that are kept in the EU.
  @Test func aConditionIsMetOrTheLineIsLeftAside() throws {
    func known(_ dollars: String) throws -> Knowledge<Money> {
      .known(try Money(dollars: dollars), Evidence(agreeing: [], rule: .derived))
    }
    let list = PriceList(
      terms: [
        PriceTerm(.input): try known("1"),
        PriceTerm(.input).on(PriceCondition(.residency, "eu")): try known("1.1"),
      ], upcoming: [])
    #expect(Month(month(1_000_000_000, 0), at: list)?.knownPart.text == "1000")
    let bound = month(1_000_000_000, 0, on: [PriceCondition(.residency, "eu")])
    #expect(Month(bound, at: list)?.knownPart.text == "1100")
  }

  @Test func whatNobodyPricesIsUnknownByName() throws {
    let prices = RoutePrices(try route(#"[{"unit":"input","usd":"1"}]"#))
    #expect(
      prices.month(of: .usual)
        == .unknown(knownPart: try Money(dollars: "800"), units: [.output]))
    #expect(
      prices.month(of: month(0, 0, [.image: 10])) == .unknown(knownPart: .zero, units: [.image]))
    #expect(Estimate.cost(of: .usual, through: try route(#"[{"unit":"input","usd":"1"}]"#)) == nil)
  }

  /// A marginal price without one below it prices nothing: the pieces up to its limit have none.
  @Test func aMarginalPriceAloneIsNone() throws {
    let tier = PriceTier(above: TokenCount(1000), semantics: .marginal)
    let list = PriceList(
      terms: [
        PriceTerm(.input, tier: tier): .known(
          try Money(dollars: "10"), Evidence(agreeing: [], rule: .derived))
      ], upcoming: [])
    #expect(
      Month(month(2_000_000_000, 0), at: list)?.cost == .unknown(knownPart: .zero, units: [.input]))
  }

  /// A third of a cent of 10⁻¹⁸ dollars: 7 of 24 parts at 10⁻¹² and 17 at 0 are 0.29166…, rounded once.
  @Test func theSumIsRoundedOnce() throws {
    let list =
      #"[{"unit":"input","usd":"0"},{"unit":"output","usd":"0.000001"},{"unit":"output","usd":"0.000002","hours":"00:00-08:00"}]"#
    // One token at 10⁻¹² dollars, for a third of the time at twice that: 4 ÷ 3 × 10⁻¹².
    #expect(try cost(month(0, 1, requests: 1), list) == "0.000000000001333333")
  }

  /// An hour of sound at $0.36: 90 seconds are $0.009, and 100 seconds exactly a hundredth.
  @Test func secondsOfSoundAreExact() throws {
    let list = #"[{"unit":"audio_second","usd":"0.36"}]"#
    #expect(try cost(month(0, 0, requests: 1, [.audioSecond: 90]), list) == "0.009")
    #expect(try cost(month(0, 0, requests: 1, [.audioSecond: 90, .audioInputSecond: 90]), list) == "0.009")
  }
}

@Suite struct UsualMonths {
  // Embedding: 800M × 0.1. Rerank: a million searches, or 800M tokens where the list prices those. Pictures: 10,000 × 0.04.
  // Speech into text: 100,000 minutes at 0.36 an hour. Text into speech: 100M characters. Video: 10,000 seconds. Pages.
  @Test(arguments: [
    (ProductKind.embedding, #"{"unit":"input","usd":"0.1"}"#, "80"),
    (.moderation, #"{"unit":"input","usd":"0.2"}"#, "160"),
    (.rerank, #"{"unit":"rerank_search","usd":"0.002"}"#, "2000"),
    (.rerank, #"{"unit":"input","usd":"0.05"}"#, "40"),
    (.image, #"{"unit":"image","usd":"0.04"}"#, "400"),
    (.transcription, #"{"unit":"audio_second","usd":"0.36"}"#, "600"),
    (.transcription, #"{"unit":"audio_input_second","usd":"0.36"}"#, "600"),
    (.speech, #"{"unit":"input_character","usd":"15"}"#, "1500"),
    (.video, #"{"unit":"video_second","usd":"0.1"}"#, "1000"),
    (.ocr, #"{"unit":"document_page","usd":"0.001"}"#, "100"),
    (
      .realtimeAudio,
      #"{"unit":"input","usd":"4"},{"unit":"output","usd":"16"},{"unit":"audio_input","usd":"32"},{"unit":"audio_output","usd":"64"}"#,
      "9600"
    ),
  ])
  func followTheProduct(kind: ProductKind, prices: String, dollars: String) throws {
    #expect(try cost(Workload.usual(for: kind), "[\(prices)]") == dollars)
  }

  /// Prices of text tokens do not price sound, and tokens no minutes.
  @Test func anotherMeasureIsUnknownByName() throws {
    let tokens = RoutePrices(try route(#"[{"unit":"input","usd":"4"},{"unit":"output","usd":"16"}]"#))
    guard case .unknown(_, let sound) = tokens.month(of: .usual(for: .realtimeAudio)),
      case .unknown(_, let minutes) = tokens.month(of: .usual(for: .transcription))
    else {
      Issue.record("priced")
      return
    }
    #expect(sound == [.audioInput, .audioOutput] && minutes == [.audioSecond])
  }

  @Test func whatIsSaidTakesThePlaceOfWhatIsUsual() {
    #expect(Traffic.usual.workload(for: .chat) == .usual)
    var traffic = Traffic()
    traffic.inputTokens = TokenCount(5)
    #expect(traffic.workload(for: .embedding).outputTokens == TokenCount(0))
    #expect(traffic.workload(for: .chat).outputTokens == TokenCount(250_000_000))
    traffic = Traffic()
    traffic.amounts[.image] = 7
    #expect(traffic.workload(for: .image).others == [.image: 7])
  }
}
