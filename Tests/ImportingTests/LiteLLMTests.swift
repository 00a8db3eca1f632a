import Facts
import Importing
import Testing

// Values read by eye in the fixture.
@Suite struct LiteLLMRows {
  private let imported: Imported

  init() throws { imported = try read(LiteLLM.self, "litellm.json") }

  private func price(_ key: String, _ term: PriceTerm) -> [String] { imported.claims(key, .price(term)) }

  @Test func searchesHaveOneLineOrOneForEachSize() {
    // low, medium and high are all 0.01.
    #expect(price("claude-opus-5-5", PriceTerm(.webSearch)) == ["0.01 ← 0.01"])
    #expect(
      price("claude-opus-5-5", PriceTerm(.webSearch, condition: PriceCondition(.searchSize, "low"))).isEmpty)
    // 0.005, 0.008 and 0.012: a request that names no size has the medium one.
    #expect(price("perplexity/sonar", PriceTerm(.webSearch)) == ["0.008 ← 0.008"])
    for (size, dollars) in [("low", "0.005"), ("medium", "0.008"), ("high", "0.012")] {
      let term = PriceTerm(.webSearch, condition: PriceCondition(.searchSize, size))
      #expect(price("perplexity/sonar", term) == ["\(dollars) ← \(dollars)"])
    }
  }

  /// Gemini 2.5 has no billing unit, so that each prompt that searches pays once; Gemini 3.5 says per_query.
  @Test func aSearchSaysWhatIsCounted() throws {
    func unit(_ key: String) -> String? {
      imported.records.first { $0.key == key }?.claims.first { $0.field == .price(PriceTerm(.webSearch)) }?
        .unitAsWritten
    }
    #expect(unit("gemini-2.5-flash") == "per prompt that searches")
    #expect(unit("vertex_ai/gemini-3.5-flash") == "per search")
    #expect(price("vertex_ai/gemini-3.5-flash", PriceTerm(.mapsSearch)) == ["0.014 ← 0.014"])
  }

  @Test func unitsDependOnTheModeOfTheRow() {
    // 0.0001 a second, under both names: 0.36 an hour, once.
    #expect(price("whisper-1", PriceTerm(.audioInputSecond)) == ["0.36 ← 0.0001"])
    #expect(price("whisper-1", PriceTerm(.videoSecond)).isEmpty)
    // 0.00025 a second of speech: 0.9 an hour.
    #expect(price("gpt-4o-mini-tts", PriceTerm(.audioSecond)) == ["0.9 ← 0.00025"])
    // 0.001333333333333 × 3600 = 4.7999999999988, a rounded third.
    #expect(price("xai/grok-voice-3.0", PriceTerm(.audioInputSecond)) == ["4.8 ← 0.001333333333333"])
    #expect(price("xai/grok-voice-3.0", PriceTerm(.textMessage)) == ["0.004 ← 0.004"])
    #expect(price("dashscope/wan3.0-video", PriceTerm(.videoSecond)) == ["0.165025 ← 0.165025"])
    let small = PriceTerm(.videoSecond, condition: PriceCondition(.resolution, "480p"))
    #expect(price("dashscope/wan3.0-video", small) == ["0.041256 ← 0.041256"])
    #expect(price("amazon.rerank-v1:0", PriceTerm(.rerankSearch)) == ["0.001 ← 0.001"])
    #expect(price("mistral/mistral-ocr-latest", PriceTerm(.documentPage)) == ["0.004 ← 0.004"])
    #expect(
      price("mistral/mistral-ocr-latest", PriceTerm(.annotatedPage, mode: .batch)) == ["0.0025 ← 0.0025"])
  }

  @Test func readsEverySuffixOnEveryUnit() {
    let above = TokenCount(272_000)
    // 0.0003 a token: cached for 12 hours, in the mode ultrafast, above 272,000.
    #expect(
      price("gpt-6-astra", PriceTerm(.cacheWriteHalfDay, mode: .ultrafast, above: above)) == ["300 ← 0.0003"])
    #expect(price("gpt-6-astra", PriceTerm(.cacheWrite, mode: .batch, above: above)) == ["12.5 ← 1.25e-05"])
    let bedrock = "anthropic.claude-sonnet-4-5-20250929-v1:0"
    #expect(price(bedrock, PriceTerm(.cacheWriteHour, above: TokenCount(200_000))) == ["12 ← 1.2e-05"])
  }

  /// Each multiplier makes a line of every price of a token, whatever its mode and tier, and none of a search.
  @Test func multipliersAreLinesOnACondition() throws {
    func on(_ term: PriceTerm, _ key: PriceCondition.Key, _ value: String) -> PriceTerm {
      term.on(PriceCondition(key, value))
    }
    // 5e-06 × 1.1 a token.
    #expect(
      price("gpt-5.4", on(PriceTerm(.input, above: TokenCount(272_000)), .residency, "eu")) == [
        "5.5 ← 5e-06 × 1.1"
      ])
    #expect(
      price("gpt-5.4", on(PriceTerm(.output, mode: .batch), .residency, "fedramp")) == [
        "8.25 ← 7.5e-06 × 1.1"
      ])
    #expect(
      price("vertex_ai/gemini-3.5-flash", on(PriceTerm(.input), .region, "regional")) == [
        "1.65 ← 1.5e-06 × 1.1"
      ])
    // 4e-06 × 2 in the mode fast, × 1.1 of that in the United States.
    #expect(price("claude-opus-5-5", PriceTerm(.input, mode: .fast)) == ["8 ← 4e-06 × 2"])
    #expect(
      price("claude-opus-5-5", on(PriceTerm(.input, mode: .fast), .residency, "us")) == [
        "8.8 ← 4e-06 × 2 × 1.1"
      ])
    #expect(price("claude-opus-5-5", on(PriceTerm(.webSearch), .residency, "us")).isEmpty)
    let claim = try #require(
      imported.records.first { $0.key == "claude-opus-5-5" }?.claims.first {
        $0.field == .price(on(PriceTerm(.output, mode: .fast), .residency, "us"))
      })
    #expect(claim.basis == .derived)
    #expect(claim.note == "times provider_specific_entry.fast and provider_specific_entry.us")
    #expect(claim.path == "output_cost_per_token")
  }

  /// Off-peak from Monday to Friday 00:00-01:00, 04:00-06:00, 10:00-24:00 and all Saturday and Sunday: what is left is the peak.
  @Test func offPeakPricesHoldOutsideThePeak() throws {
    let hours = try PriceHours(parsing: "not mon-fri 01:00-04:00,06:00-10:00")
    #expect(price("deepseek-v4-pro", PriceTerm(.input)) == ["1.32 ← 1.32e-06"])
    #expect(price("deepseek-v4-pro", PriceTerm(.input, hours: hours)) == ["0.66 ← 6.6e-07"])
    // The same hours on the weekdays of Shanghai, eight hours ahead.
    let shanghai = try PriceHours(parsing: "not mon-fri 09:00-12:00,14:00-18:00 +08:00")
    #expect(price("tencent/deepseek-v4.1-flash", PriceTerm(.output, hours: shanghai)) == ["0.6 ← 6e-07"])
    // Monday 2026-11-23 at 07:00 UTC is peak in both; Sunday at 23:30 UTC is Monday morning in Shanghai, before the peak.
    for text in ["2026-11-23T07:00:00Z", "2026-11-23T01:30:00Z"] {
      let time = try Timestamp(parsing: text)
      #expect(!hours.contains(time) && !shanghai.contains(time))
    }
    #expect(shanghai.contains(try Timestamp(parsing: "2026-11-22T23:30:00Z")))
  }

  @Test func zerosForNothingAreNoPrices() {
    // 0.0 beside an input of 1.32e-06: what is written to DeepSeek's cache costs what any input does.
    #expect(price("deepseek-v4-pro", PriceTerm(.cacheWrite)).isEmpty)
    // Tokens at 0.0 beside a price of queries, and of songs under the name of pictures.
    #expect(price("amazon.rerank-v1:0", PriceTerm(.input)).isEmpty)
    #expect(price("gemini/lyria-3-clip-preview", PriceTerm(.input)).isEmpty)
    #expect(price("gemini/lyria-3-clip-preview", PriceTerm(.image)).isEmpty)
    // An embedding has no output to bill.
    #expect(price("text-embedding-3-small", PriceTerm(.output)) == ["0 ← 0.0"])
  }

  @Test func factsThatAreNoPrices() throws {
    let opus = "claude-opus-5-5"
    #expect(imported.claims(opus, .minCacheTokens) == ["512 ← 512"])
    #expect(
      imported.claims(opus, .refuses).first?.hasPrefix("assistant_prefill, sampling_params, forced_tool_use")
        == true)
    #expect(imported.claims(opus, .accepts).first?.hasPrefix("prompt_caching, pdf_input, web_search") == true)
    #expect(imported.claims(opus, .effortLevels).first?.hasPrefix("low, medium, high, xhigh, max") == true)
    #expect(imported.claims(opus, .thinking) == ["always ← true"])
    // none and xhigh are true, minimal is false.
    #expect(
      imported.claims("gpt-5.4", .effortLevels).first?.hasPrefix("none, low, medium, high, xhigh ←") == true)
    #expect(imported.claims("gpt-5.4", .defaultEffort) == ["none ← none"])
    #expect(imported.claims("azure_ai/FW-Kimi-K3", .effortLevels) == ["low, high, max ← low, high, max"])
    #expect(
      imported.claims("gpt-5.4", .endpoints) == [
        "chat, batch, responses ← /v1/chat/completions, /v1/batch, /v1/responses"
      ])
    let sonnet = "claude-sonnet-4-5-20250929"
    #expect(imported.claims(sonnet, .successor) == ["claude-sonnet-5-5 ← claude-sonnet-5-5"])
    let end = try #require(
      imported.records.first { $0.key == sonnet }?.claims.first { $0.field == .retirement })
    #expect(end.value.text == "2026-11-30")
    #expect(end.url == "https://platform.claude.com/docs/en/about-claude/model-deprecations")
  }

  @Test func anAliasIsAnEdgeOfTheDayAndNoRecord() throws {
    let alias = try #require(imported.aliases.first)
    #expect(imported.aliases.count == 1)
    #expect(alias.alias == "claude-opus-latest")
    #expect(alias.provider == "anthropic")
    #expect(alias.model.rawValue == "claude-opus-5-5")
    #expect(alias.from?.text == "2026-08-18" && alias.until?.text == "2026-08-18")
    #expect(!imported.records.contains { $0.key == "claude-opus-latest" })
  }

  @Test func rowsThatAreNoModelsSayWhatTheyPrice() {
    func message(_ key: String) -> String? { imported.findings.first { $0.place == key }?.message }
    #expect(message("openai/container") == "a price row for a tool's sessions at 0.03 each, not a model")
    #expect(
      message("bedrock/*/1-month-commitment/cohere.command-light-text-v14")
        == "a price row for reserved capacity, not a model")
  }
}
