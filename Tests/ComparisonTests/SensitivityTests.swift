import Cataloguing
import Facts
import Importing
import Pricing
import Testing

@testable import Deciding

/// Two models of a facts file; 100M tokens in and 10M out a month.
/// A: 100 × 1 + 10 × 10 = 200. B: 100 × 1.2 + 10 × 7 = 190.
private func cards(a: String = "", b: String = "") throws -> [RateCard] {
  func model(_ name: String, _ input: String, _ output: String, _ more: String) -> String {
    #"{"id":"acme/\#(name)","routes":[{"provider":"Acme","id":"\#(name)","prices":[{"unit":"input","usd":"\#(input)"},{"unit":"output","usd":"\#(output)"}\#(more)]}]}"#
  }
  let json = #"{"models":["# + model("a", "1", "10", a) + "," + model("b", "1.2", "7", b) + "]}"
  let day = try CalendarDate(parsing: "2026-06-01")
  let source = SourceDescription(
    id: SourceID("facts:x"), title: "x", version: "1", licence: "own", homepage: nil, observed: day,
    digest: "00", lineage: SourceID("facts"), correction: "x")
  let imported = try PlainFacts.read(Snapshot(source: source, bytes: Array(json.utf8), file: "x.json"))
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
  builder.add(source: source, records: imported.records)
  let catalogue = Catalogue(contents: builder.build())
  return try ["acme/a", "acme/b"].map {
    RateCard(try #require(try catalogue.model(ModelID($0), asOf: day)))
  }
}

@Suite struct Sensitivities {
  private let workload = Workload(
    inputTokens: TokenCount(100_000_000), outputTokens: TokenCount(10_000_000), requests: 1_000_000)

  /// A reads its cache at 0.1: 200 − 90 s < 190 from s = 11.12% on.
  @Test func aCheaperCacheTurnsTheOrder() throws {
    let all = Sensitivity(
      try cards(a: #",{"unit":"cache_read","usd":"0.1"}"#), workload: workload)
    #expect(all.cached.map(\.share) == [1112])
    #expect(all.cached.map(\.below) == [1] && all.cached.map(\.above) == [0])
    #expect(all.batched.isEmpty && all.pricedAsBatch == [false, false])
  }

  /// A batches at half: 200 − 100 s < 190 above s = 10%.
  @Test func batchesAtHalfPriceTurnTheOrder() throws {
    let batch = #",{"unit":"input","usd":"0.5","mode":"batch"},{"unit":"output","usd":"5","mode":"batch"}"#
    let all = Sensitivity(try cards(a: batch), workload: workload)
    #expect(all.batched.map(\.share) == [1001])
    #expect(all.pricedAsBatch == [true, false])
    // The answer has no batch price and costs the standard one: 200 − 50 s < 190 above s = 20%.
    let half = Sensitivity(
      try cards(a: #",{"unit":"input","usd":"0.5","mode":"batch"}"#), workload: workload)
    #expect(half.batched.map(\.share) == [2001])
    #expect(half.pricedAsBatch == [true, false])
  }

  /// B may rise from 190 to 200 before A costs less.
  @Test func theMarginIsBetweenTheCheapestAndTheNext() throws {
    let margin = try #require(Sensitivity(try cards(), workload: workload).margin)
    #expect(margin.cheapest == 1 && margin.cost.text == "190" && margin.nextCost.text == "200")
  }

  @Test func nothingFlipsWhereNothingMoves() throws {
    let all = Sensitivity(try cards(), workload: workload)
    #expect(all.cached.isEmpty && all.batched.isEmpty)
  }
}
