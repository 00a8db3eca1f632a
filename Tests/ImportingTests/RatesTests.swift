import Facts
import Importing
import Testing

@Suite struct RatesLedger {
  // Values read by eye in the fixture.
  @Test func onlyWhatModelsDevStatesIsRead() throws {
    let imported = try read(Rates.self, "rates.json")
    func price(_ key: String, _ term: PriceTerm) -> [String] { imported.claims(key, .price(term)) }
    // LiteLLM's 0.16 was taken; models.dev's own is 0.4.
    #expect(price("aihubmix:coding-xiaomi-mimo-v2.5", PriceTerm(.output)) == ["0.4 ← 0.4"])
    #expect(price("aihubmix:coding-xiaomi-mimo-v2.5", PriceTerm(.cacheRead)) == ["0.016 ← 0.016"])
    // At a provider that LiteLLM lists too a cache price may be LiteLLM's, which fills without a mark.
    #expect(price("openai:gpt-5.4", PriceTerm(.input)) == ["2.5 ← 2.5"])
    #expect(price("openai:gpt-5.4", PriceTerm(.cacheRead)).isEmpty)
    #expect(imported.claims("openai:gpt-5.4", .retirement).isEmpty)
    // A vendor's own row.
    #expect(!imported.records.contains { $0.key.hasPrefix("assemblyai") })
    #expect(imported.findings.contains { $0.rule == "unread-field" && $0.place == "models[]" })
  }

  @Test func tiersAreTrueUnlessGenAIPricesMayHaveFilledThem() throws {
    let imported = try read(Rates.self, "rates.json")
    #expect(
      imported.claims("openai:gpt-5.4", .price(PriceTerm(.input, above: TokenCount(272_000)))) == ["5 ← 5"])
    let sonnet = try #require(imported.records.first { $0.key == "anthropic:claude-sonnet-4-5" })
    #expect(
      !sonnet.claims.contains { if case .price(let term) = $0.field { term.tier != nil } else { false } })
    #expect(sonnet.flattenedTiers[.input]?.text == "6")
  }

  /// 4.5 an hour for a million tokens that are kept, beside an input of 1.25.
  @Test func geminisStorageIsNoCacheWrite() throws {
    let imported = try read(Rates.self, "rates.json")
    let key = "zenmux:google/gemini-2.5-pro"
    #expect(imported.claims(key, .price(PriceTerm(.cacheStorage))) == ["4.5 ← 4.5"])
    #expect(imported.claims(key, .price(PriceTerm(.cacheWrite))).isEmpty)
  }

  @Test func lifeAndEfforts() throws {
    let imported = try read(Rates.self, "rates.json")
    #expect(imported.claims("openai:gpt-5.4", .released) == ["2026-03-05 ← 2026-03-05"])
    #expect(
      imported.claims("openai:gpt-5.4", .effortLevels) == [
        "none, low, medium, high, xhigh ← none, low, medium, high, xhigh"
      ])
    #expect(imported.claims("openai:gpt-5.4", .status).isEmpty)
  }
}
