import Facts
import Importing
import Testing

@Suite struct PlainFactsReading {
  private func read(_ text: String) throws -> Imported {
    let source = SourceDescription(
      id: "facts:test.json", title: "Facts file test.json", version: "1", licence: "own", homepage: nil,
      observed: try CalendarDate(parsing: "2026-01-01"), digest: "00", lineage: "facts",
      correction: "test.json")
    return try PlainFacts.read(Snapshot(source: source, bytes: Array(text.utf8), file: "test.json"))
  }

  @Test func unknownMakesNoClaimFalseMakesAnAbsence() throws {
    let imported = try read(
      #"{"reviewed":"2026-06-15","models":[{"id":"Acme/Rocket-1","context_window":"unknown","capabilities":{"vision":false},"routes":[]}]}"#
    )
    let record = try #require(imported.records.first)
    #expect(record.canonicalID?.rawValue == "acme/rocket-1")
    #expect(record.observed?.text == "2026-06-15")
    #expect(record.claims.map { "\($0.field.rawValue)=\($0.value.text)" } == ["vision=no"])
    #expect(record.claims.first?.path == "capabilities.vision")
    #expect(imported.findings.isEmpty)
  }

  @Test func aValueMayCarryItsOwnSource() throws {
    let imported = try read(
      #"{"models":[{"id":"a/b","license":{"value":"MIT","source":"https://example.org/card"},"released":{"value":"2026-01-02","source":"javascript:alert(1)"}}]}"#
    )
    #expect(imported.records.first?.claims.map(\.url) == [nil, "https://example.org/card"])
  }

  @Test func aPriceMayHoldOnACondition() throws {
    let imported = try read(
      #"{"models":[{"id":"a/b","routes":[{"provider":"P","prices":[{"unit":"input","usd":"1"},{"unit":"input","usd":"1.1","when":"residency=EU"}]}]}]}"#
    )
    #expect(
      imported.records.flatMap(\.claims).map(\.field.rawValue) == [
        "price.input", "price.input.when(residency=eu)",
      ])
  }

  /// Each bad record or value is a finding with its key, and the rest is imported.
  @Test(arguments: [
    (#"{"models":[{"name":"no id"},{"id":"a/b"}]}"#, "bad-id"),
    (#"{"models":[{"id":"../../etc"},{"id":"a/b"}]}"#, "bad-id"),
    (#"{"models":[{"id":"a/b","context_window":-5}]}"#, "bad-value"),
    (#"{"models":[{"id":"a/b","context_window":1e99}]}"#, "bad-value"),
    (#"{"models":[{"id":"a/b","released":"soon"}]}"#, "bad-value"),
    (#"{"models":[{"id":"a/b","openness":"kind of"}]}"#, "bad-value"),
    (#"{"models":[{"id":"a/b","colour":"red"}]}"#, "unknown-key"),
    (#"{"models":[{"id":"a/b","capabilities":{"flight":true}}]}"#, "unknown-key"),
    (#"{"models":[{"id":"a/b","routes":[{"input_usd_per_mtok":"1"}]}]}"#, "bad-record"),
    (#"{"models":[{"id":"a/b","routes":[{"provider":"P","input_usd_per_mtok":"1,5"}]}]}"#, "bad-price"),
    (#"{"models":[{"id":"a/b","routes":[{"provider":"P","input_usd_per_mtok":-1}]}]}"#, "bad-price"),
    (#"{"models":[{"id":"a/b","routes":[{"provider":"P","input_usd_per_mtok":"1e-20"}]}]}"#, "inexact-price"),
    (
      #"{"models":[{"id":"a/b","routes":[{"provider":"P","prices":[{"unit":"input","usd":"1","when":"colour=red"}]}]}]}"#,
      "bad-price"
    ),
    (#"{"models":[{"id":"a/b","benchmarks":[{"name":"x"}]}]}"#, "bad-score"),
  ])
  func aBadRecordIsAFinding(text: String, rule: String) throws {
    let imported = try read(text)
    #expect(imported.findings.map(\.rule) == [rule])
    #expect(imported.records.contains { $0.canonicalID == ModelID("a/b") })
  }

  @Test(arguments: ["[]", "{}", #"{"models":{}}"#, "null", "", #"{"models":["#])
  func aMalformedFileIsRefusedWhole(text: String) {
    #expect(throws: ImportError.self) { try read(text) }
  }

  @Test func longTextsAreRefusedNotCut() throws {
    let imported = try read(#"{"models":[{"id":"a/b","name":"\#(String(repeating: "x", count: 5000))"}]}"#)
    #expect(imported.records.first?.claims.isEmpty == true)
    #expect(imported.findings.count == 1)
  }
}
