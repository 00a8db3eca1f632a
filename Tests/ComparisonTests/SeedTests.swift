import Cataloguing
import Deciding
import Documents
import Facts
import Foundation
import Pages
import Platform
import Pricing
import Rendering
import Testing

/// The pair on which the project was designed, from its facts alone.
enum Seed {
  static let spark = ModelID("openai/gpt-5.3-codex-spark")
  static let ling = ModelID("inclusionai/ling-2.6-1t")

  static func day(_ text: String = "2026-06-20") throws -> CalendarDate { try CalendarDate(parsing: text) }

  static func path() throws -> String {
    try #require(Bundle.module.path(forResource: "Fixtures/seed", ofType: "json"))
  }

  static func catalogue(on base: Catalogue = Catalogue(contents: CatalogueContents())) throws -> Catalogue {
    let (catalogue, findings) = try CatalogueStore.layer([path()], on: base, today: day("2026-06-15"))
    #expect(findings.isEmpty)
    return catalogue
  }

  static func comparison(
    _ ids: [ModelID] = [spark, ling], in catalogue: Catalogue, asOf: String = "2026-06-20"
  ) throws -> Comparison {
    try #require(try Comparison(ids, in: catalogue, traffic: .usual, asOf: day(asOf)))
  }
}

@Suite struct TheSeedPair {
  /// The conclusions of the seed, by hand from its facts and the rules of the page.
  @Test func hasTheExpectedConclusions() throws {
    let comparison = try Seed.comparison(in: Seed.catalogue())
    let verdict = comparison.verdict
    #expect(
      verdict.assessments.map { $0.fitness.tags.prefix(3).map(\.value.rawValue) } == [
        ["Coding", "RAG", "Agents"], ["RAG", "Agents", "Long context"],
      ])
    #expect(
      verdict.assessments.map { $0.fitness.uses.prefix(3).map(\.value.rawValue) }
        == [
          ["custom coding agents", "code generation", "tool loops"],
          ["reasoning-heavy apps", "tool-calling agents", "provider-routed production"],
        ])
    #expect(verdict.assessments.map(\.estimate.cheapest?.cost.text) == [nil, "216.25"])
    #expect(verdict.assessments[1].estimate.cheapest?.route.providerName == "OpenRouter")
    #expect(verdict.cost == .unknown([0]))
    #expect(verdict.assessments.map(\.trackedRoutes.count) == [1, 2])
    #expect(verdict.sharedProviders.isEmpty)
    #expect(verdict.benchmarks.isEmpty)
    #expect(verdict.capabilities.filter { $0.onlyIn == 0 }.map(\.capability) == [.codeExecution])
    #expect(verdict.capabilities.filter { $0.onlyIn == 1 }.map(\.capability) == [.reasoning])
    #expect(verdict.context == .leader(1) && verdict.routes == .leader(1))
    #expect(verdict.typesDiffer)
  }

  @Test(arguments: OutputFormat.allCases)
  func statesEveryFactInEveryFormat(format: OutputFormat) throws {
    let text = String(
      decoding: format.render(
        try Seed.comparison(in: Seed.catalogue()).document, terminal: .init(width: 4000, colour: false)),
      as: UTF8.self)
    for fact in [
      "131k", "262k", "$0.075", "$0.625", "$216.25", "2026-02-12", "2026-04-23", "1T", "decoder-only",
      "mixture-of-experts", "Apache-2.0", "proprietary", "open source",
      "conditional", "permitted", "unknown", "OpenRouter", "Novita AI", "OpenAI API",
      "coding-specialized model", "standalone API model", "custom coding agents",
      "reasoning-heavy apps", "Long context", "1 tracked", "2 tracked", "0 shared", "2026-06-15",
    ] {
      #expect(text.contains(fact), "\(format) lacks \(fact)")
    }
    for slip in ["$0.07 ", "1 rows", "1 routes", "a 8k", "(-)"] {
      #expect(!text.contains(slip), "\(format) holds \(slip)")
    }
  }

  @Test func saysUnknownAndNeverZeroForWhatNobodySays() throws {
    let document = try Seed.comparison(in: Seed.catalogue()).document
    #expect(
      document.cells.filter { $0.state == .unknown }.allSatisfy {
        $0.display == "unknown" && $0.citations.isEmpty
      })
    #expect(!document.cells.contains { $0.display == "$0" || $0.display == "$0.00" })
  }

  /// On the embedded catalogue each difference is a dispute, the reader's own facts are believed, and nothing is lost.
  @Test func disputesTheEmbeddedCatalogue() throws {
    let catalogue = try Seed.catalogue(on: Catalogue(snapshot: .embedded()))
    let spark = try #require(try catalogue.model(Seed.spark, asOf: Seed.day("2026-11-23")))
    let ling = try #require(try catalogue.model(Seed.ling, asOf: Seed.day("2026-11-23")))
    #expect(spark.contextWindow.value?.tokens == 131_072)
    #expect(spark.contextWindow.evidence?.dissenting.contains { $0.cause == .thousandVersus1024 } == true)
    #expect(spark.capability(.reasoning).value == nil && spark.capability(.reasoning).isDisputed)
    #expect(ling.capability(.reasoning).value == true && ling.capability(.reasoning).isDisputed)
    #expect(ling[.license].value?.text == "Apache-2.0")
    #expect(ling[.license].evidence?.dissenting.map(\.value.text) == ["MIT"])
    #expect(ling[.license].evidence?.rule == .readersFacts)
    #expect(ling[.openness].isDisputed)
    #expect(ling.routes.filter { $0.provider.rawValue == "openrouter" }.count == 1)
  }

  @Test func mirrorsWhenTheModelsAreSwapped() throws {
    let catalogue = try Seed.catalogue()
    let forth = try Seed.comparison(in: catalogue)
    let back = try Seed.comparison([Seed.ling, Seed.spark], in: catalogue)
    Laws.checkMirror(forth, back)
  }

  /// Byte for byte; read the difference, then record it with RECORD=1.
  @Test(arguments: OutputFormat.allCases)
  func rendersAsRecorded(format: OutputFormat) throws {
    let bytes = format.render(
      try Seed.comparison(in: Seed.catalogue()).document, terminal: .init(width: 100, colour: false))
    let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Golden/seed.\(format.rawValue)")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" { try Data(bytes).write(to: golden) }
    #expect(try Data(contentsOf: golden) == Data(bytes))
  }
}
