import Facts
import Foundation
import Importing
import Testing

func fixture(_ name: String) throws -> [UInt8] {
  let url = try #require(Bundle.module.url(forResource: "Fixtures/" + name, withExtension: nil))
  return Array(try Data(contentsOf: url))
}

func source(_ id: SourceID) throws -> SourceDescription {
  SourceDescription(
    id: id, title: id.rawValue, version: "1", licence: "MIT", homepage: nil,
    observed: try CalendarDate(parsing: "2026-08-18"), digest: "00",
    lineage: id, correction: "upstream")
}

func read(_ importer: any Importer.Type, _ file: String) throws -> Imported {
  try importer.read(Snapshot(source: source(importer.id), bytes: fixture(file), file: file))
}

func read(_ importer: any Importer.Type, text: String) throws -> Imported {
  try importer.read(Snapshot(source: source(importer.id), bytes: Array(text.utf8), file: "text"))
}

extension Imported {
  func claims(_ key: String, _ field: Field) -> [String] {
    records.filter { $0.key == key }.flatMap(\.claims).filter { $0.field == field }.map {
      "\($0.value.text) ← \($0.asWritten)"
    }
  }
}

@Suite struct Importing_ {
  // Values read by eye in the fixtures.
  @Test func modelsDotDevTakesBasePricesFlagsAndLimits() throws {
    let imported = try read(ModelsDotDev.self, "modelsdotdev.json")
    let ling = "openrouter:inclusionai/ling-2.6-1t"
    #expect(imported.claims(ling, .price(PriceTerm(.input))) == ["0.075 ← 0.075"])
    #expect(imported.claims(ling, .price(PriceTerm(.output))) == ["0.625 ← 0.625"])
    #expect(imported.claims(ling, .capability(.reasoning)) == ["no ← 0"])
    #expect(imported.claims(ling, .contextWindow) == ["262144 ← 262144"])
    #expect(imported.claims(ling, .openness) == ["proprietary ← 0"])
    #expect(imported.claims("openai:gpt-5.3-codex-spark", .maxInput) == ["100000 ← 100000"])
    #expect(
      imported.claims("alibaba-coding-plan:qwen3-max-2026-01-23", .routeKind) == [
        "plan ← Alibaba Coding Plan"
      ])
    // 0.049999999999999996 is binary noise of 0.05, read as that and reported.
    #expect(
      imported.claims("amazon-bedrock:google.gemma-3-12b-it", .price(PriceTerm(.input))) == [
        "0.05 ← 0.049999999999999996"
      ])
    #expect(
      imported.findings.contains {
        $0.rule == "float-noise" && $0.place == "amazon-bedrock:google.gemma-3-12b-it"
      })
  }

  /// gpt-5.4 there: 2.5 and 15, and in a second row, "above 200000", 5 and 22.5; the true limit is 272,000.
  @Test func modelsDotDevKeepsFlattenedTiersOutOfClaims() throws {
    let imported = try read(
      ModelsDotDev.self,
      text:
        #"{"providers":[{"id":"openai","name":"OpenAI"}],"models":[{"full_id":"openai:gpt-5.4","provider_id":"openai","id":"gpt-5.4","pricing":[{"min_context":0,"cost_input":2.5,"cost_output":15.0},{"min_context":200000,"cost_input":5.0,"cost_output":22.5},{"min_context":0,"experimental_mode_name":"fast","cost_input":5.0}]}]}"#
    )
    let record = try #require(imported.records.first)
    #expect(
      record.claims.map { "\($0.field.rawValue)=\($0.value.text)" } == [
        "price.input=2.5", "price.output=15", "price.input.priority=5",
      ])
    #expect(record.flattenedTiers.mapValues(\.text) == [.input: "5", .output: "22.5"])
    // "fast" of a GPT is the priority tier.
    #expect(imported.claims("openai:gpt-5.4", .price(PriceTerm(.input, mode: .priority))) == ["5 ← 5.0"])
    #expect(imported.findings.map(\.rule) == ["flattened-tier"])
    #expect(imported.findings.first?.message.hasSuffix("claim of it: 1") == true)
  }

  @Test func modelsDevTakesReleaseDatesAndTrueTiers() throws {
    let imported = try read(ModelsDev.self, "models-dev.json")
    #expect(imported.claims("openai:gpt-5.4", .released) == ["2026-03-05 ← 2026-03-05"])
    #expect(
      imported.claims("openai:gpt-5.4", .price(PriceTerm(.input, above: TokenCount(272_000)))) == ["5 ← 5"])
    #expect(imported.claims("openai:gpt-5.4", .price(PriceTerm(.output))) == ["15 ← 15"])
    #expect(imported.claims("novita-ai:inclusionai/ling-2.6-1t", .price(PriceTerm(.input))) == ["0 ← 0"])
  }

  @Test func liteLLMScalesTokenPricesAndReadsNamesOfPrices() throws {
    let imported = try read(LiteLLM.self, "litellm.json")
    // 2.5e-06 a token is 2.5 a million.
    #expect(imported.claims("gpt-5.4", .price(PriceTerm(.input))) == ["2.5 ← 2.5e-06"])
    #expect(
      imported.claims("gpt-5.4", .price(PriceTerm(.input, above: TokenCount(272_000)))) == ["5 ← 5e-06"])
    #expect(imported.claims("gpt-5.4", .price(PriceTerm(.output, mode: .batch))) == ["7.5 ← 7.5e-06"])
    #expect(imported.claims("gpt-5.4", .price(PriceTerm(.input, mode: .priority))) == ["5 ← 5e-06"])
    let sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0"
    #expect(imported.claims(sonnet, .price(PriceTerm(.cacheWriteHour))) == ["6 ← 6e-06"])
    #expect(imported.claims(sonnet, .capability(.computerUse)) == ["yes ← true"])
    #expect(imported.claims(sonnet, .contextWindow).isEmpty)
    // 2.9999900000000002e-06: the six digits 2.99999 with noise.
    #expect(
      imported.claims("databricks/databricks-claude-sonnet-4-1", .price(PriceTerm(.input))) == [
        "2.99999 ← 2.9999900000000002e-06"
      ])
    // DashScope's ranges: the base price up to 32,000 tokens, then 1.8.
    #expect(
      imported.claims("dashscope/qwen3-coder-plus", .price(PriceTerm(.input, above: TokenCount(32_000)))) == [
        "1.8 ← 1.8e-06"
      ])
    #expect(imported.findings.contains { $0.rule == "not-a-model" && $0.place.hasPrefix("1024-x-1024") })
    #expect(!imported.records.contains { $0.key == "sample_spec" })
    #expect(imported.claims("text-embedding-3-small", .productType) == ["embedding model ← embedding"])
  }

  @Test func genAIPricesTakesTiersVariantsDatesAndHours() throws {
    let imported = try read(GenAIPrices.self, "genai-prices.json")
    let sonnet = "anthropic/claude-sonnet-4-5"
    #expect(imported.claims(sonnet, .price(PriceTerm(.input))) == ["3 ← 3"])
    #expect(imported.claims(sonnet, .price(PriceTerm(.input, above: TokenCount(200_000)))) == ["6 ← 6"])
    #expect(imported.claims(sonnet, .price(PriceTerm(.input, mode: .batch))) == ["1.5 ← 1.5"])
    let batch = try #require(
      imported.records.first { $0.key == sonnet }?.claims.first {
        $0.field == .price(PriceTerm(.input, mode: .batch))
      })
    #expect(batch.validFrom?.text == "2026-10-14")
    // Two prices by the hour: 0.27 from 00:30 to 16:30 is the standard, 0.135 the discount at all other hours.
    #expect(imported.claims("deepseek/deepseek-chat", .price(PriceTerm(.input))) == ["0.27 ← 0.27"])
    let discount = try PriceHours(parsing: "not 00:30-16:30")
    #expect(
      imported.claims("deepseek/deepseek-chat", .price(PriceTerm(.input, hours: discount))) == [
        "0.135 ← 0.135"
      ])
    let names = imported.records.first { $0.key == "openai/gpt-4o" }?.alsoServedAs.map(\.apiID)
    #expect(names == ["gpt-4o-2024-08-06", "gpt-4o-2024-11-20"])
  }

  /// The package bills 0.13999999999999999, not the 0.14 that its source meant.
  @Test func genAIPricesKeepTheirDigits() throws {
    let imported = try read(
      GenAIPrices.self,
      text:
        #"{"providers":[{"id":"host","models":[{"id":"rocket","prices":{"_":"ModelPrice","input_mtok":"0.13999999999999999"}}]}]}"#
    )
    #expect(
      imported.claims("host/rocket", .price(PriceTerm(.input))) == [
        "0.13999999999999999 ← 0.13999999999999999"
      ])
    #expect(imported.findings.isEmpty)
  }

  /// mistral-large-4-0 at OpenRouter: 0.77 by Mistral's European address. What has neither mode nor condition is counted.
  @Test func genAIPricesVariantsMayBeConditions() throws {
    let imported = try read(
      GenAIPrices.self,
      text:
        #"{"providers":[{"id":"host","models":[{"id":"m","prices":{"_":"ModelPrice","input_mtok":"0.7"},"price_variants":[{"_":"PriceVariant","when":{"route":"mistral/eu"},"prices":{"_":"ModelPrice","input_mtok":"0.77"}},{"_":"PriceVariant","when":{"search_type":"fast"},"prices":{"_":"ModelPrice","web_searches_kcount":"1"}}]}]}]}"#
    )
    let european = PriceTerm(.input, condition: PriceCondition(.region, "eu"))
    #expect(imported.claims("host/m", .price(european)) == ["0.77 ← 0.77"])
    #expect(imported.claims("host/m", .price(PriceTerm(.webSearch))).isEmpty)
    #expect(imported.findings.map(\.place) == ["price_variants[].when search_type=fast"])
  }

  /// What a mode sends says which of ours it is; `cache_write` 4.5 of a Gemini is storage; a zero for thoughts is no price.
  @Test func modelsDevReadsModesEffortsAndStorage() throws {
    let imported = try read(
      ModelsDev.self,
      text:
        #"{"host":{"name":"Host","models":{"gemini-x-pro":{"reasoning_options":[{"type":"effort","values":["low","high"]},{"type":"budget_tokens","min":1}],"cost":{"input":2,"output":12,"cache_write":4.5,"reasoning":0},"experimental":{"modes":{"fast":{"cost":{"input":4},"provider":{"body":{"service_tier":"priority"}}}}}},"claude-x":{"cost":{"input":5,"cache_write":6.25},"experimental":{"modes":{"fast":{"cost":{"input":30},"provider":{"body":{"speed":"fast"}}}}}}}}}"#
    )
    let gemini = "host:gemini-x-pro"
    #expect(imported.claims(gemini, .effortLevels) == ["low, high ← low, high"])
    #expect(imported.claims(gemini, .price(PriceTerm(.cacheStorage))) == ["4.5 ← 4.5"])
    #expect(imported.claims(gemini, .price(PriceTerm(.reasoning))).isEmpty)
    #expect(imported.claims(gemini, .price(PriceTerm(.input, mode: .priority))) == ["4 ← 4"])
    #expect(imported.claims("host:claude-x", .price(PriceTerm(.input, mode: .fast))) == ["30 ← 30"])
    #expect(imported.claims("host:claude-x", .price(PriceTerm(.cacheWrite))) == ["6.25 ← 6.25"])
  }

  /// Half the price outside 01:00-04:00 and 06:00-10:00 of Monday to Friday.
  @Test func metergraphDiscountsTheHoursOffPeak() throws {
    let imported = try read(
      Metergraph.self,
      text: """
        models:
        - canonical_id: lab/m
          aliases:
          - {alias: m, channel: lab-api, provider: lab}
          prices:
          - channel: lab-api
            region: global
            effective_from: "2026-09-10"
            input_per_mtok: 1.32
            output_per_mtok: 3.96
            request_fee_per_1k_usd: 2.5
            rules:
              off_peak_discount: {multiplier: 0.5, peak_hours_utc: [[1, 4], [6, 10]], peak_weekdays_only: true}
        """)
    let key = "lab/m|lab-api|global|2026-09-10"
    let hours = try PriceHours(parsing: "not mon-fri 01:00-04:00,06:00-10:00")
    #expect(imported.claims(key, .price(PriceTerm(.input, hours: hours))) == ["0.66 ← 1.32 × 0.5"])
    #expect(imported.claims(key, .price(PriceTerm(.request))) == ["0.0025 ← 2.5"])
  }

  /// `<<: *name` takes over the days and the channel: a floating name under another spelling is no plain one.
  @Test func metergraphTakesOverWhatAnAliasRefersTo() throws {
    let imported = try read(
      Metergraph.self,
      text: """
        models:
        - canonical_id: lab/m
          aliases:
          - &latest {provider: lab, alias: m-latest, channel: lab-api, effective_from: "2026-05-19", effective_to: "2026-07-21"}
          - {<<: *latest, alias: models/m-latest}
        """)
    #expect(imported.aliases.map(\.alias) == ["m-latest", "models/m-latest"])
    // The source's last day is the first on which it no longer holds.
    #expect(imported.aliases.map { $0.until?.text } == ["2026-07-20", "2026-07-20"])
    #expect(imported.aliases.map(\.provider) == ["lab", "lab"])
  }

  @Test func metergraphTakesDatedPricesAndMultipliersByChannel() throws {
    let imported = try read(Metergraph.self, "metergraph.yaml")
    let key = "openai/gpt-6-sol|openai-api|global|2026-09-22"
    #expect(imported.claims(key, .price(PriceTerm(.input))) == ["2 ← 2.00"])
    // 2.00 × 2 above 272,000 prompt tokens; 10.00 × 1.5.
    #expect(imported.claims(key, .price(PriceTerm(.input, above: TokenCount(272_000)))) == ["4 ← 2.00 × 2"])
    #expect(
      imported.claims(key, .price(PriceTerm(.output, above: TokenCount(272_000)))) == ["15 ← 10.00 × 1.5"])
    #expect(imported.records.first { $0.key == key }?.claims.first?.validFrom?.text == "2026-09-22")
    #expect(
      imported.records.first { $0.key == key }?.subject == .route(provider: "openai-api", apiID: "gpt-6-sol"))
    #expect(imported.records.first { $0.key == "openai/gpt-6-sol" }?.alsoServedAs.count == 7)
  }

  @Test func huggingFaceLeavesEstimatesAndDefaultsOut() throws {
    let imported = try read(HuggingFaceTable.self, "huggingface.json")
    #expect(imported.claims("inclusionAI/Ling-2.6-1T", .license) == ["mit ← mit"])
    #expect(imported.claims("inclusionAI/Ling-2.6-1T", .parameters) == ["1025414425344 ← 1025414425344"])
    #expect(imported.claims("inclusionAI/Ling-2.6-1T", .architecture) == ["mixture-of-experts ← true"])
    #expect(imported.claims("inclusionAI/Ling-2.6-1T-base", .contextWindow).isEmpty)
    #expect(imported.claims("Qwen/Qwen3-235B-A22B", .activeParameters).isEmpty)
  }

  @Test func epochSplitsEffortsAndScalesProportions() throws {
    let imported = try read(EpochPanel.self, "epoch.json")
    let first = try #require(imported.records.first { $0.key == "glm-5.2_max" })
    #expect(first.subject == .model("glm-5.2"))
    #expect(first.scores.first?.variant == "max")
    #expect(first.scores.first?.value.text == "78.7")
    #expect(first.scores.first?.asWritten == "0.787")
    // "unattributed" names nobody
    #expect(imported.records.flatMap(\.scores).map(\.evaluator).last == .some(nil))
  }

  @Test func arenaKeepsIntervalsAndDays() throws {
    let imported = try read(Arena.self, "arena.json")
    let score = try #require(imported.records.first?.scores.first)
    #expect(score.unit == .elo)
    #expect(score.version == "2026-10-05")
    #expect(score.interval?.contains("–") == true)
    #expect(imported.records.flatMap(\.scores).count == 5)
  }

  @Test func openRouterTakesDecimalTextsAndCompleteLists() throws {
    let imported = try read(OpenRouterModels.self, "synthetic-openrouter-models.json")
    #expect(imported.claims("acme/rocket-1", .price(PriceTerm(.input))) == ["0.25 ← 0.00000025"])
    #expect(imported.claims("acme/rocket-1", .price(PriceTerm(.webSearch))) == ["0.01 ← 0.01"])
    #expect(imported.claims("acme/rocket-1", .retirement) == ["2027-01-01 ← 2027-01-01"])
    #expect(imported.claims("acme/rocket-1", .capability(.functionCalling)) == ["yes ← tools"])
    #expect(imported.claims("acme/rocket-1", .capability(.reasoning)) == ["no ← no reasoning"])
    #expect(imported.claims("acme/rocket-1", .capability(.vision)) == ["yes ← in: text, image; out: text"])
    #expect(imported.claims("acme/router", .price(PriceTerm(.input))).isEmpty)
    #expect(imported.findings.map(\.rule).filter { $0 != "unread-field" } == ["bad-record"])
  }

  /// Another source's file is refused as a whole, never half read.
  private static let fromPackages = Importers.all.map { $0.id.rawValue }.filter { $0 != "curated" }

  @Test(arguments: fromPackages)
  func refusesAnotherShape(id: String) throws {
    let importer = try #require(Importers.named(id))
    #expect(throws: ImportError.self) { try read(importer, text: "[1, 2, 3]") }
    #expect(throws: ImportError.self) { try read(importer, text: "{\"cut\": ") }
  }
}
