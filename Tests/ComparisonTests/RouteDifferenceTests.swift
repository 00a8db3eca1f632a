import Exporting
import Testing

@Suite struct RouteDifferences {
  private func table(_ rows: [[String?]]) -> RouteTables.Table {
    RouteTables.Table(
      name: "routes",
      columns: ["provider", "api_id", "model", "region", "last_seen", "input_usd_per_mtok"].map {
        ($0, false)
      },
      rows: rows)
  }

  private func told(_ before: [[String?]], _ after: [[String?]]) -> [String] {
    let difference = RouteDifference(from: table(before), to: table(after))
    return difference.added.map { "new \($0.apiID)" } + difference.removed.map { "gone \($0.apiID)" }
      + difference.changed.map {
        "\($0.route.apiID) \($0.column) \($0.before ?? "unknown") \($0.after ?? "unknown")"
      }
  }

  @Test func routesAndValuesThatDiffer() {
    let rocket: [String?] = ["acme", "rocket", "acme/rocket", nil, "2026-10-01", "1"]
    #expect(told([rocket], [rocket]).isEmpty)
    // A later day on which it was seen is no change of an answer.
    #expect(told([rocket], [["acme", "rocket", "acme/rocket", nil, "2026-11-01", "1"]]).isEmpty)
    #expect(
      told([rocket], [["acme", "rocket", "acme/rocket", nil, "2026-11-01", nil]]) == [
        "rocket input_usd_per_mtok 1 unknown"
      ])
    #expect(told([], [rocket]) == ["new rocket"])
    #expect(told([rocket], []) == ["gone rocket"])
    // In another region it is another route.
    #expect(
      told([rocket], [["acme", "rocket", "acme/rocket", "eu", "2026-10-01", "1"]]) == [
        "new rocket", "gone rocket",
      ])
    // Two rows of one route are held against each other in their order.
    #expect(told([rocket, rocket], [rocket]) == ["gone rocket"])
  }
}
