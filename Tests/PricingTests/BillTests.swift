import Facts
import Importing
import Pricing
import Testing

@testable import Cataloguing

/// A route with the prices of a facts file, as of a day.
private func prices(_ list: String, on day: String = "2026-11-02") throws -> PriceList {
  let json =
    #"{"reviewed":"2026-06-01","models":[{"id":"acme/rocket","routes":[{"provider":"Acme","id":"rocket","prices":"#
    + list + "}]}]}"
  let source = SourceDescription(
    id: SourceID("facts:x"), title: "x", version: "1", licence: "own", homepage: nil,
    observed: try CalendarDate(parsing: "2026-06-01"), digest: "00", lineage: SourceID("facts"),
    correction: "x")
  let imported = try PlainFacts.read(Snapshot(source: source, bytes: Array(json.utf8), file: "x.json"))
  #expect(imported.findings.isEmpty, "\(imported.findings)")
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: try CalendarDate(parsing: day))
  builder.add(source: source, records: imported.records)
  let catalogue = Catalogue(contents: builder.build())
  let model = try #require(try catalogue.model(ModelID("acme/rocket"), asOf: CalendarDate(parsing: day)))
  return try #require(model.routes.first).prices
}

private let flat =
  #"[{"unit":"input","usd":"2"},{"unit":"output","usd":"8"},{"unit":"cache_read","usd":"0.2"}]"#

@Suite struct Bills {
  /// 1,000 in, 400 of them cached; 100 out: 600 × 2 + 400 × 0.2 + 100 × 8 = 2,080 per million.
  @Test func partsAreBilledAtTheirOwnPriceAndTakenFromTheirWhole() throws {
    let bill = try Bill(Usage([.input: 1000, .cacheRead: 400, .output: 100]), at: prices(flat))
    #expect(bill.total.dollars?.text == "0.00208")
    #expect(
      bill.lines.map { "\($0.unit.rawValue) \($0.quantity)" } == [
        "input 600", "output 100", "cache_read 400",
      ])
  }

  /// Writes and reasoning have no price: 1,000 × 2 + 100 × 8.
  @Test func aPartWithoutAPriceIsBilledAsItsWhole() throws {
    let usage = try Usage([.input: 1000, .cacheWrite: 300, .output: 100, .reasoning: 60])
    let bill = try Bill(usage, at: prices(flat))
    #expect(bill.total.dollars?.text == "0.0028")
    #expect(bill.inherited == [.cacheWrite, .reasoning])
  }

  /// 100 in, 50 of them read from a cache, 60 of them sound, 40 both. Nothing prices sound from a cache apart, so it is a cache
  /// read: 50 × 0.2, sound that was not cached 20 × 4, and what is neither 30 × 2: 150 per million.
  @Test func aPartOfTwoUnitsIsBilledOnceAndAsTheNearer() throws {
    let list =
      #"[{"unit":"input","usd":"2"},{"unit":"cache_read","usd":"0.2"},{"unit":"audio_input","usd":"4"}]"#
    let usage = try Usage([.input: 100, .cacheRead: 50, .audioInput: 60, .cacheReadAudio: 40])
    let bill = try Bill(usage, at: prices(list))
    #expect(bill.total.dollars?.text == "0.00015")
    #expect(
      bill.lines.map { "\($0.unit.rawValue) \($0.quantity)" } == [
        "input 30", "cache_read 50", "audio_input 20",
      ])
  }

  /// Searches stand alone: nothing prices them, so the total is unknown and its known part is 1,000 × 2.
  @Test func whatNobodyPricesMakesTheTotalUnknown() throws {
    let bill = try Bill(Usage([.input: 1000, .webSearch: 2]), at: prices(flat))
    #expect(bill.total == .unknown(knownPart: try ExactDecimal(parsing: "0.002")))
    #expect(bill.unpriced.map(\.unit) == [.webSearch])
    let free = try Bill(Usage([.input: 1000, .webSearch: 2]), at: prices("[]"), isFree: true)
    #expect(free.total == .known(.zero))
  }

  @Test func answersThatNobodyPricesAreUnknownAndNotFree() throws {
    let bill = try Bill(Usage([.input: 10, .output: 5]), at: prices(#"[{"unit":"input","usd":"2"}]"#))
    #expect(bill.total == .unknown(knownPart: try ExactDecimal(parsing: "0.00002")))
  }

  // A cliff at 100: 100 × 2, 101 × 3. Marginal: 100 × 2 + 1 × 3. Prompt and answer: 60 + 50 > 100. A marginal tier that the
  // answer reached leaves 60 input tokens at 2, because none of them is beyond 100.
  @Test(arguments: [
    (#"{"unit":"input","usd":"3","above":100}"#, Int64(100), Int64(0), "0.0002"),
    (#"{"unit":"input","usd":"3","above":100}"#, 101, 0, "0.000303"),
    (#"{"unit":"input","usd":"3","above":100,"tier":"marginal"}"#, 101, 0, "0.000203"),
    (#"{"unit":"input","usd":"3","above":100,"counting":"prompt_and_answer"}"#, 60, 50, "0.00018"),
    (
      #"{"unit":"input","usd":"3","above":100,"tier":"marginal","counting":"prompt_and_answer"}"#, 60, 50,
      "0.00012"
    ),
    (#"{"unit":"input","usd":"3","above":100}"#, 60, 50, "0.00012"),
  ])
  func tiersRepriceByTheirOwnRule(tier: String, input: Int64, output: Int64, dollars: String) throws {
    let list = try prices(#"[{"unit":"input","usd":"2"},{"unit":"output","usd":"0.000001"},"# + tier + "]")
    let bill = try Bill(Usage([.input: input, .output: output]), at: list)
    let answers = try ExactDecimal(parsing: "-0.000000000001").multiplied(by: ExactDecimal(output)) ?? .zero
    #expect(bill.total.dollars?.adding(answers)?.text == dollars)
  }

  /// Batch prices the input alone: 10 × 1; the answer keeps the standard price, 10 × 8, and says so.
  @Test func aModeFallsBackOnTheStandardPriceUnitByUnit() throws {
    let list = try prices(
      #"[{"unit":"input","usd":"2"},{"unit":"output","usd":"8"},{"unit":"input","usd":"1","mode":"batch"}]"#)
    let bill = try Bill(Usage([.input: 10, .output: 10]), at: list, mode: .batch)
    #expect(bill.total.dollars?.text == "0.00009")
    #expect(bill.lines.map(\.isStandardPrice) == [false, true])
  }

  // Half price at night in Shanghai: 22:00–06:00 there is 14:00–22:00 UTC.
  @Test(arguments: [("2026-11-02T13:59:59Z", "0.00002"), ("2026-11-02T14:00:00Z", "0.00001")])
  func hoursChooseThePrice(time: String, dollars: String) throws {
    let list = try prices(
      #"[{"unit":"input","usd":"2"},{"unit":"input","usd":"1","hours":"22:00-06:00 +08:00"}]"#)
    let bill = try Bill(Usage([.input: 10]), at: list, time: Timestamp(parsing: time))
    #expect(bill.total.dollars?.text == dollars)
  }

  @Test(arguments: [("2026-05-31", "2"), ("2026-06-01", "3"), ("2026-06-30", "3"), ("2026-07-01", "2")])
  func datesChooseThePriceInForceOnTheDay(day: String, price: String) throws {
    let list = try prices(
      #"[{"unit":"input","usd":"2","until":"2026-06-01"},{"unit":"input","usd":"3","from":"2026-06-01","until":"2026-07-01"},{"unit":"input","usd":"2","from":"2026-07-01"}]"#,
      on: day)
    #expect(list.base(.input).value?.text == price)
  }

  /// 100 × 2 = 200 per million; −15% leaves 170; +10% of that makes 187.
  @Test func adjustmentsStackInTheirOrder() throws {
    let bill = try Bill(
      Usage([.input: 100]), at: prices(flat),
      adjustments: [
        Adjustment(name: "agreement", percent: ExactDecimal(-15)),
        Adjustment(name: "uplift", percent: ExactDecimal(10)),
      ])
    #expect(bill.total.dollars?.text == "0.000187")
    #expect(bill.changes.map(\.amount.text) == ["-0.00003", "0.000017"])
  }

  /// 0.5 CNY at 0.1405 dollars is 0.07025 a search; 90 seconds of an hour at 0.36 are 0.009.
  @Test func piecesHoursAndOtherCurrenciesArePricedInTheirUnit() throws {
    let list = try prices(
      #"[{"unit":"web_search","amount":"0.5","currency":"CNY","usd_per_unit":"0.1405","rate_day":"2026-11-02"},{"unit":"audio_second","usd":"0.36"}]"#
    )
    #expect(try Bill(Usage([.webSearch: 3]), at: list).total.dollars?.text == "0.21075")
    #expect(try Bill(Usage([.audioSecond: 90]), at: list).total.dollars?.text == "0.009")
  }

  /// Sums of requests below one limit cost what the requests cost, whatever is split.
  @Test func costsAddUpOverRequests() throws {
    let list = try prices(flat)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var sum = Usage.none
      var dollars = ExactDecimal.zero
      for _ in 0..<5 {
        let input = Int64.random(in: 0...1_000_000, using: &generator)
        let usage = try Usage([
          .input: input, .cacheRead: Int64.random(in: 0...input, using: &generator),
          .output: Int64.random(in: 0...10_000, using: &generator),
        ])
        sum = try #require(sum.adding(usage))
        let own = try #require(try Bill(usage, at: list).total.dollars)
        dollars = try #require(dollars.adding(own))
      }
      #expect(try Bill(sum, at: list).total.dollars == dollars)
    }
  }
}

@Suite struct UsageCounts {
  @Test func inputWithoutCacheGainsIt() throws {
    let usage = try Usage.cacheExcluded([.input: 10, .cacheRead: 5, .cacheWrite: 3, .output: 1])
    #expect(usage[.input] == 18)
  }

  @Test func writesForAnHourAloneAreAllWrites() throws {
    #expect(try Usage([.input: 10, .cacheWriteHour: 4])[.cacheWrite] == 4)
  }

  @Test(arguments: [
    [BillableUnit.input: Int64(10), .cacheRead: 11], [.input: 10, .cacheRead: 6, .cacheWrite: 5],
    [.output: 1, .reasoning: 2], [.input: -1], [.input: 9, .cacheWrite: 4, .cacheWriteHour: 5],
    [.input: Usage.most + 1],
  ])
  func contradictionsAreRefused(counts: [BillableUnit: Int64]) {
    #expect(throws: UsageError.self) { try Usage(counts) }
  }
}
