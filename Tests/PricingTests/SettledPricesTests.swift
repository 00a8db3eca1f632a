import Facts
import Importing
import Testing

@testable import Cataloguing
@testable import Pricing

@Suite struct SettledPriceLists {
  private func prices(_ list: String) throws -> PriceList {
    let json =
      #"{"reviewed":"2026-06-01","models":[{"id":"acme/rocket","routes":[{"provider":"Acme","id":"rocket","prices":"#
      + list + "}]}]}"
    let source = SourceDescription(
      id: SourceID("facts:x"), title: "x", version: "1", licence: "own", homepage: nil,
      observed: try CalendarDate(parsing: "2026-06-01"), digest: "00", lineage: SourceID("facts"),
      correction: "x")
    let imported = try PlainFacts.read(Snapshot(source: source, bytes: Array(json.utf8), file: "x.json"))
    let day = try CalendarDate(parsing: "2026-11-02")
    var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
    builder.add(source: source, records: imported.records)
    let model = try #require(
      try Catalogue(contents: builder.build()).model(ModelID("acme/rocket"), asOf: day))
    return try #require(model.routes.first).prices
  }

  private func cost(
    _ settled: SettledPrices, _ usage: [BillableUnit: Int64], scale: SettledPrices.Scale = .one
  ) -> SettledPrices.Cost? {
    var counts = [Int64](repeating: 0, count: BillableUnit.allCases.count)
    for (unit, count) in usage { counts[unit.place] = count }
    return counts.withUnsafeBufferPointer { settled.cost(of: $0, scale: scale) }
  }

  private static let list =
    #"[{"unit":"input","usd":"2"},{"unit":"output","usd":"8"},{"unit":"cache_read","usd":"0.2"},{"unit":"audio_second","usd":"0.36"},{"unit":"request","usd":"0.001"},{"unit":"input","usd":"3","above":1000},{"unit":"output","usd":"4","mode":"batch"}]"#

  /// A sum of requests is a bill of its own: 3 requests, 1,500 in, 600 of them cached, 100 out, 36 seconds of sound:
  /// 900 × 2 + 600 × 0.2 + 100 × 8 = 2720 per million, 36 × 0.36 ÷ 3600 = 0.0036, and three calls.
  @Test func sumsCostWhatABillOfThemDoes() throws {
    let usage: [BillableUnit: Int64] = [
      .input: 1500, .cacheRead: 600, .output: 100, .audioSecond: 36, .request: 3,
    ]
    let list = try prices(Self.list)
    let settled = SettledPrices(list, mode: .standard, prompt: 500)
    #expect(settled.isLinear)
    #expect(cost(settled, usage)?.dollars.text == "0.00932")
    let bill = try Bill(Usage(usage), at: list, size: RequestSize(prompt: 500, answer: 40))
    #expect(bill.total.dollars?.text == "0.00932")
  }

  /// The bill of the same counts in `aPartOfTwoUnitsIsBilledOnceAndAsTheNearer`: 50 × 0.2 + 20 × 4 + 30 × 2.
  @Test func aPartOfTwoUnitsIsBilledOnce() throws {
    let list = try prices(
      #"[{"unit":"input","usd":"2"},{"unit":"cache_read","usd":"0.2"},{"unit":"audio_input","usd":"4"}]"#)
    let settled = SettledPrices(list, mode: .standard, prompt: 100)
    let usage: [BillableUnit: Int64] = [.input: 100, .cacheRead: 50, .audioInput: 60, .cacheReadAudio: 40]
    #expect(cost(settled, usage)?.dollars.text == "0.00015")
  }

  /// Above the tier 1,001 × 3; in batch the answer has a price of its own and the prompt has not: 100 × 2 + 10 × 4.
  @Test func conditionsAreSettledOnce() throws {
    let list = try prices(Self.list)
    let above = SettledPrices(list, mode: .standard, prompt: 1001)
    #expect(cost(above, [.input: 1001])?.dollars.text == "0.003003")
    let batch = SettledPrices(list, mode: .batch, prompt: 100)
    #expect(cost(batch, [.input: 100, .output: 10])?.dollars.text == "0.00024")
    #expect(batch.quoted.filter(\.isStandardPrice).map(\.unit).contains(.input))
  }

  @Test func whatHasNoPriceIsUnknownUnlessTheRouteIsFree() throws {
    let list = try prices(#"[{"unit":"input","usd":"2"}]"#)
    let paid = SettledPrices(list, mode: .standard, prompt: 1)
    // A call as such costs only where a source prices calls.
    #expect(cost(paid, [.input: 1, .request: 1])?.isKnown == true)
    #expect(
      cost(paid, [.input: 1, .output: 1]) == .init(yoctodollars: 2_000_000_000_000_000_000, isKnown: false))
    let free = SettledPrices(list, mode: .standard, isFree: true, prompt: 1)
    #expect(cost(free, [.input: 1, .output: 1])?.isKnown == true)
  }

  @Test func partsThatExceedTheirWholeHaveNoCost() throws {
    let settled = SettledPrices(try prices(Self.list), mode: .standard, prompt: 1)
    #expect(cost(settled, [.input: 5, .cacheRead: 6]) == nil)
  }

  /// A third more tokens of text: 300 × 1.333333 × 2 = 799.9998; the seconds and the call stay: 0.0001 and 0.001.
  @Test func anotherTokenizerChangesTextAlone() throws {
    let settled = SettledPrices(try prices(Self.list), mode: .standard, prompt: 1)
    let scaled = cost(
      settled, [.input: 300, .audioSecond: 1, .request: 1], scale: .init(prompt: 1_333_333, answer: 1_000_000)
    )
    #expect(scaled?.dollars.text == "0.0018999998")
  }

  @Test func marginalPricesAreNotLinear() throws {
    let list = try prices(
      #"[{"unit":"input","usd":"2"},{"unit":"input","usd":"3","above":100,"tier":"marginal"}]"#)
    #expect(SettledPrices(list, mode: .standard, prompt: 100).isLinear)
    #expect(!SettledPrices(list, mode: .standard, prompt: 101).isLinear)
  }
}
