import Cataloguing
import Documents
import Facts
import Importing
import Pricing
import Testing

@testable import Pages

@Suite struct RouteContests {
  private let day: CalendarDate
  private let catalogue: Catalogue

  /// Two models of one route each: $2 in, $0.2 cached, $8 out against $3 in and $3 out, per million.
  init() throws {
    day = try CalendarDate(parsing: "2026-11-02")
    let json =
      #"{"reviewed":"2026-06-01","models":[{"id":"acme/rocket","name":"Rocket","routes":[{"provider":"Acme","id":"rocket","prices":[{"unit":"input","usd":"2"},{"unit":"cache_read","usd":"0.2"},{"unit":"output","usd":"8"}]}]},{"id":"acme/sled","name":"Sled","routes":[{"provider":"Acme","id":"sled","prices":[{"unit":"input","usd":"3"},{"unit":"output","usd":"3"}]}]},{"id":"acme/void","routes":[{"provider":"Acme","id":"void","prices":[{"unit":"input","usd":"3"}]}]}]}"#
    let source = SourceDescription(
      id: SourceID("facts:x"), title: "x", version: "1", licence: "own", homepage: nil,
      observed: try CalendarDate(parsing: "2026-06-01"), digest: "00", lineage: SourceID("facts"),
      correction: "x")
    let imported = try PlainFacts.read(Snapshot(source: source, bytes: Array(json.utf8), file: "x.json"))
    var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
    builder.add(source: source, records: imported.records)
    catalogue = Catalogue(contents: builder.build())
  }

  private func contest(_ ids: String...) throws -> RouteContest {
    let sides = try ids.map { id in
      let model = try #require(try catalogue.model(ModelID(id), asOf: day))
      let route = try #require(model.routes.first)
      return try #require(RouteContest.Side(FoundRoute(route: route, model: model)))
    }
    return RouteContest(
      sides,
      workload: Workload(
        inputTokens: TokenCount(800_000), outputTokens: TokenCount(200_000), requests: 1000))
  }

  private func text(_ value: DataValue, _ path: String...) throws -> String {
    var value = value
    for step in path {
      switch value {
      case .object(let object):
        guard let member = object[step] else { throw Missing() }
        value = member
      case .array(let items):
        guard let place = Int(step), items.indices.contains(place) else { throw Missing() }
        value = items[place]
      default: throw Missing()
      }
    }
    guard let text = value.string else { throw Missing() }
    return text
  }

  private struct Missing: Error {}

  /// 0.8 × 2 + 0.2 × 8 = 3.2 against 0.8 × 3 + 0.2 × 3 = 3.0. With a cached share s the first costs 3.2 − 1.44 s, which is below
  /// 3.0 from 13.89% on (13.88% gives 3.000128). With o output of one million it costs 2 + 6 o, which is above 3 from 166,667 on.
  @Test func saysWhereTheCheaperSideChanges() throws {
    let data = try contest("acme/rocket", "acme/sled").data
    #expect(try text(data, "routes", "0", "cost_usd") == "3.2")
    #expect(try text(data, "routes", "1", "cost_usd") == "3")
    #expect(try text(data, "cached_share", "0", "percent") == "13.89")
    #expect(try text(data, "cached_share", "0", "below") == "1")
    #expect(try text(data, "cached_share", "0", "above") == "0")
    #expect(try text(data, "output_share", "0", "output_tokens") == "166667")
    #expect(try text(data, "output_share", "0", "above") == "1")
    #expect(try text(data, "margin", "cheapest") == "1")
    #expect(try text(data, "margin", "difference_usd") == "0.2")
  }

  /// Nothing prices the answers of the second route: its cost is unknown, and so is what would change the cheaper side.
  @Test func anUnknownCostLeavesTheRestOpen() throws {
    let data = try contest("acme/rocket", "acme/void").data
    #expect(try text(data, "routes", "0", "cost_usd") == "3.2")
    #expect(data.object?.members.map(\.key) == ["routes"])
  }
}
