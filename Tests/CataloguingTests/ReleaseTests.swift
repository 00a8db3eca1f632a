import Facts
import Testing

@testable import Cataloguing

private let day = "2026-11-01"

/// One model in two releases and a route that names none, with a score of one release.
private func catalogue() throws -> Catalogue {
  var frame = CatalogueFrame()
  frame.identity.add(
    lab: LabNote(id: "openai", name: "OpenAI", namespaces: ["openai"], firstParty: ["openai"]))
  frame.identity.families = ["gpt": "openai", "o3": "openai"]
  let today = try CalendarDate(parsing: day)
  var builder = CatalogueBuilder(frame: frame, asOf: today)
  func record(_ id: String, output: Int64, input: String) throws -> SourceRecord {
    SourceRecord(
      key: id, subject: .route(provider: "openai", apiID: id),
      claims: [
        Claim(.maxOutput, .tokens(TokenCount(output)), asWritten: "\(output)"),
        Claim(.price(PriceTerm(.input)), .money(try Money(dollars: input)), asWritten: input),
        Claim(.effortLevels, .text("low, high"), asWritten: "low, high"),
      ])
  }
  let description = SourceDescription(
    id: "dev", title: "dev", version: "1", licence: "MIT", homepage: nil, observed: today, digest: "00",
    lineage: "dev", correction: "dev", proves: .soldToday)
  builder.add(
    source: description,
    records: [
      try record("gpt-4o", output: 16384, input: "2.5"),
      try record("gpt-4o-2024-05-13", output: 4096, input: "5"),
      try record("gpt-4o-2024-08-06", output: 16384, input: "2.5"),
      try record("o3-2025-04-16", output: 100_000, input: "2"),
      SourceRecord(
        key: "gpt-4o-2024-05-13", subject: .model("gpt-4o-2024-05-13"),
        claims: [Claim(.license, .text("proprietary"), asWritten: "proprietary")],
        scores: [
          ScoreClaim(
            benchmark: "gpqa", value: ExactDecimal(50), asWritten: "50", unit: .percent, metric: "accuracy",
            evaluator: nil, version: nil,
            variant: "", interval: nil)
        ]),
    ])
  return Catalogue(contents: builder.build().finished(asOf: today))
}

extension Catalogue {
  fileprivate func page(_ id: String) throws -> String? {
    guard case .resolved(let found) = try resolvePage(id, asOf: CalendarDate(parsing: day)) else {
      return nil
    }
    return found.model.rawValue
  }

  fileprivate func hints(_ id: String) throws -> [String]? {
    guard case .unknown(let near) = try resolvePage(id, asOf: CalendarDate(parsing: day)) else { return nil }
    return near.map(\.rawValue)
  }
}

@Suite struct ReleasesBelowThePage {
  @Test(arguments: [
    ("gpt-4o", "openai/gpt-4o"), ("gpt-4o-2024-05-13", "openai/gpt-4o@2024-05-13"),
    ("gpt-4o@2024-05-13", "openai/gpt-4o@2024-05-13"), ("openai/gpt-4o@20240806", "openai/gpt-4o@2024-08-06"),
    ("azure/gpt-4o-2024-08-06", nil),
    // A model of one release is its own page.
    ("o3-2025-04-16", "openai/o3"), ("o3@2025-04-16", "openai/o3"), ("gpt-4o@high", "openai/gpt-4o"),
  ])
  func areAddressed(id: String, page: String?) throws {
    #expect(try catalogue().page(id) == page)
  }

  @Test(arguments: [
    ("gpt-4o@2024-05-14", ["openai/gpt-4o@2024-05-13", "openai/gpt-4o@2024-08-06"]),
    ("gpt-4o@hgih", ["openai/gpt-4o@2024-05-13", "openai/gpt-4o@2024-08-06"]),
  ])
  func areNamedWhereOneIsUnknown(id: String, releases: [String]) throws {
    let hints = try #require(try catalogue().hints(id))
    #expect(Array(hints.prefix(2)) == releases)
  }

  @Test func haveTheirOwnLimitsPricesAndScores() throws {
    let catalogue = try catalogue()
    let today = try CalendarDate(parsing: day)
    let may = try #require(try catalogue.model("openai/gpt-4o@2024-05-13", asOf: today))
    let august = try #require(try catalogue.model("openai/gpt-4o@2024-08-06", asOf: today))
    let whole = try #require(try catalogue.model("openai/gpt-4o", asOf: today))
    #expect(may.routes.map(\.apiID) == ["gpt-4o-2024-05-13"])
    #expect(may.maxOutput.value == TokenCount(4096))
    #expect(august.maxOutput.value == TokenCount(16384))
    #expect(may.routes.first?.prices.base(.input).value == (try Money(dollars: "5")))
    #expect(august.routes.first?.prices.base(.input).value == (try Money(dollars: "2.5")))
    // The score's record names the release of May.
    #expect(may.scores.count == 1)
    #expect(august.scores.isEmpty)
    #expect(whole.scores.count == 1)
    #expect(whole.releases == ["2024-05-13", "2024-08-06"])
    #expect(may.releases.isEmpty)
    #expect(may.name.hasSuffix("(2024-05-13)"))
  }

  @Test func thatNoRouteServesAreNotThere() throws {
    let today = try CalendarDate(parsing: day)
    for id in ["openai/gpt-4o@2024-05-14", "openai/gpt-4o@", "openai/none@2024-05-13"] {
      #expect(try catalogue().model(ModelID(id), asOf: today) == nil)
    }
  }
}
