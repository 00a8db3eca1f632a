import Cataloguing
import Documents
import Facts
import Foundation
import Pages
import Platform
import Pricing
import Reports
import Testing

@Suite struct Decisions {
  /// Two models with two routes each, at 800M input and 250M output tokens. Rocket: 800 × 0.5 + 250 × 1.5 = 775 at Acme,
  /// 800 × 0.6 + 250 × 1.6 = 880 at Bolt. Sled: 800 × 1 + 250 × 2 = 1300 at Acme, 800 × 1.2 + 250 × 2 = 1460 at Bolt.
  private func shelf(rocket: (acme: String, bolt: String) = ("0.5", "0.6"), sled: String = "1") throws
    -> Shelf
  {
    func model(_ id: String, _ window: Int, _ routes: [(String, String, String)]) -> [String: Any] {
      [
        "id": "acme/\(id)", "name": id, "context_window": window,
        "routes": routes.map {
          [
            "provider": $0.0, "id": id, "input_usd_per_mtok": $0.1, "output_usd_per_mtok": $0.2,
            "context_window": window,
          ]
        },
      ]
    }
    let models = [
      model("rocket-1", 200_000, [("Acme", rocket.acme, "1.5"), ("Bolt", rocket.bolt, "1.6")]),
      model("sled-2", 100_000, [("Acme", sled, "2"), ("Bolt", "1.2", "2")]),
    ]
    let path = NSTemporaryDirectory() + "decision-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try JSONSerialization.data(withJSONObject: ["models": models]).write(to: URL(filePath: path))
    let (catalogue, findings) = try CatalogueStore.layer(
      [path], on: Catalogue(contents: CatalogueContents()), today: Seed.day())
    #expect(findings.isEmpty, "\(findings)")
    return Shelf(catalogue, asOf: try Seed.day())
  }

  private func record(_ shelf: Shelf) throws -> DecisionRecord {
    try #require(
      try DecisionRecord(
        [ModelID("acme/rocket-1"), ModelID("acme/sled-2")], on: shelf, traffic: .usual))
  }

  private func recheck(_ now: Shelf) throws -> (claims: [String], moved: [String], rests: [String]) {
    let check = DecisionRecheck(try record(try shelf()), edited: [], against: try record(now))
    let claims = check.claims.map { _, change in
      switch change {
      case .changed(let before, let now): "\(before.key): \(before.value) → \(now.value)"
      case .gone(let before): "\(before.key) gone"
      case .added(let now): "\(now.key) added"
      }
    }
    return (
      claims, check.conclusions.filter { !$0.stands }.compactMap { $0.before?.key },
      check.conclusions.filter(\.rests).compactMap { $0.before?.key }
    )
  }

  @Test func nothingMovesWhereNothingChanged() throws {
    let check = try recheck(try shelf())
    #expect(check.claims.isEmpty && check.moved.isEmpty && check.rests.isEmpty)
  }

  /// Rocket at Acme goes from 0.5 to 0.55: 800 × 0.55 + 375 = 815, still the cheapest and cheaper than Sled's 1300.
  @Test func aPriceOfTheCheapestRouteMovesItsCostAlone() throws {
    let check = try recheck(try shelf(rocket: ("0.55", "0.6")))
    #expect(check.claims == ["acme/rocket-1 @ acme/rocket-1 price.input: 0.5 → 0.55"])
    #expect(check.moved == ["cost acme/rocket-1"])
    #expect(check.rests == ["cost acme/rocket-1", "cheaper"])
  }

  /// Rocket at Bolt goes from 0.6 to 0.7: 880 becomes 960, and 775 at Acme stays the cheapest.
  @Test func aPriceOfAnotherRouteMovesNoConclusion() throws {
    let check = try recheck(try shelf(rocket: ("0.5", "0.7")))
    #expect(check.claims == ["acme/rocket-1 @ bolt/rocket-1 price.input: 0.6 → 0.7"])
    #expect(check.moved.isEmpty)
    #expect(check.rests == ["cost acme/rocket-1", "cheaper"])
  }

  /// Sled at Acme falls to 0.1: 80 + 500 = 580, below Rocket's 775.
  @Test func aPriceThatTurnsTheOrderMovesBothConclusions() throws {
    let check = try recheck(try shelf(sled: "0.1"))
    #expect(check.claims == ["acme/sled-2 @ acme/sled-2 price.input: 1 → 0.1"])
    #expect(check.moved == ["cost acme/sled-2", "cheaper"])
  }

  @Test func theConclusionsAreThoseOfTheClaims() throws {
    let record = try record(try shelf())
    let outcomes = Dictionary(record.conclusions.map { ($0.key, $0.outcome) }) { first, _ in first }
    #expect(outcomes["cost acme/rocket-1"] == "775 through acme/rocket-1")
    #expect(outcomes["cost acme/sled-2"] == "1300 through acme/sled-2")
    #expect(outcomes["cheaper"] == "acme/rocket-1")
    #expect(outcomes["larger context"] == "acme/rocket-1")
    #expect(outcomes["capability vision"] == "unknown, unknown")
    let keys = Set(record.claims.map(\.key))
    #expect(record.conclusions.allSatisfy { keys.isSuperset(of: $0.restsOn) })
    #expect(record.claims.allSatisfy { $0.state == .unknown || !$0.citations.isEmpty })
  }
}
