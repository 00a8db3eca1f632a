import Facts
import Importing
import Testing

@Suite struct AzureMeters {
  private func us(_ term: PriceTerm) -> PriceTerm { term.on(PriceCondition(.residency, "us")) }
  private func eu(_ term: PriceTerm) -> PriceTerm { term.on(PriceCondition(.residency, "eu")) }

  // Values read by eye in the fixture.
  @Test func metersBecomeLinesOfOneRoute() throws {
    let imported = try read(AzureRetail.self, "azure-retail.json")
    func price(_ key: String, _ term: PriceTerm) -> [String] { imported.claims(key, .price(term)) }
    let gpt = "azure/gpt-5.4"
    #expect(price(gpt, PriceTerm(.input)) == ["2.5 ← 2.5"])
    #expect(price(gpt, PriceTerm(.cacheRead)) == ["0.25 ← 0.25"])
    #expect(price(gpt, PriceTerm(.input, mode: .priority)) == ["5 ← 5.0"])
    // The data zone: 16.5 in American and European regions, 18 in Asian ones, which have no condition here.
    #expect(price(gpt, us(PriceTerm(.output))) == ["16.5 ← 16.5"])
    #expect(price(gpt, eu(PriceTerm(.output))) == ["16.5 ← 16.5"])
    let record = try #require(imported.records.first { $0.key == gpt })
    #expect(record.subject == .route(provider: "azure", apiID: "gpt-5.4"))
    let input = try #require(record.claims.first { $0.field == .price(PriceTerm(.input)) })
    // Northern Europe joined in June at the same price.
    #expect(input.validFrom?.text == "2026-03-01")
    #expect(input.path == "5.4 inp Gl 1M Tokens")
    // "longco" does not say above which length.
    #expect(record.flattenedTiers.mapValues(\.text) == [.input: "5"])
    // 0.00019 a thousand tokens; the government's regions have 0.00023 and are another cloud.
    #expect(price("azure_ai/deepseek-v4-flash", PriceTerm(.input)) == ["0.19 ← 0.00019"])
    #expect(price("azure/text-embedding-3-large", PriceTerm(.input)) == ["0.13 ← 0.00013"])
    #expect(price("azure/gpt-image-2", us(PriceTerm(.cacheReadImage))) == ["2.2 ← 2.2"])
    #expect(price("azure/gpt-realtime-2025-08-28", PriceTerm(.audioInput)) == ["32 ← 0.032"])
    // 2 a thousand searches, 5 a thousand annotated pages.
    #expect(price("azure_ai/cohere-rerank-v4.0-fast", PriceTerm(.rerankSearch)) == ["0.002 ← 2.0"])
    #expect(price("azure_ai/mistral-ocr-4-0", PriceTerm(.annotatedPage)) == ["0.005 ← 5.0"])
    #expect(price("azure/sora-2", PriceTerm(.videoSecond)) == ["0.1 ← 0.1"])
    // Fine-tuning, and two Groks under one name.
    let unread = imported.findings.filter { $0.rule == "unread-meter" }
    #expect(
      unread.contains { $0.place == "Azure Grok Models" && $0.message.contains("Grok 4.1 Inp Glbl Tokens") })
    #expect(unread.contains { $0.place == "Azure OpenAI" && $0.message.contains("gpt-4.1-ft output") })
    #expect(!imported.records.contains { $0.key.contains("o4-mini") })
  }

  /// One item whose only word is unknown, or whose words contradict each other, makes no claim.
  @Test(arguments: [
    "5.4 opt 1M Tokens", "5.4 inp opt Gl 1M Tokens", "5.4 inp Gl Dz 1M Tokens", "5.4 turbo inp Gl 1M Tokens",
    "5.4 cd opt Gl 1M Tokens", "Gl inp 5.4 1M Tokens", "5.4 Gl 1M Tokens", "", "inp Gl",
  ])
  func aNameThatIsNotReadWholeIsNotRead(name: String) throws {
    let imported = try read(
      AzureRetail.self,
      text:
        #"{"fetched_at":"2026-08-11","items":[{"meterName":"\#(name)","productName":"Azure OpenAI GPT5","retailPrice":1,"unitOfMeasure":"1M","effectiveStartDate":"2026-03-01T00:00:00Z","regions":["eastus"]}]}"#
    )
    #expect(imported.records.isEmpty)
    #expect(imported.findings.map(\.rule) == ["unread-meter"])
  }

  @Test func regionsThatDifferMakeNoPrice() throws {
    func item(_ price: String, _ regions: String, _ day: String) -> String {
      #"{"meterName":"5.4 inp Gl 1M Tokens","productName":"Azure OpenAI GPT5","retailPrice":\#(price),"unitOfMeasure":"1M","effectiveStartDate":"\#(day)T00:00:00Z","regions":["\#(regions)"]}"#
    }
    func claims(_ items: [String]) throws -> [String] {
      try read(
        AzureRetail.self, text: #"{"fetched_at":"2026-08-11","items":[\#(items.joined(separator: ","))]}"#
      )
      .records.flatMap(\.claims).map { "\($0.value.text) from \($0.validFrom?.text ?? "")" }
    }
    #expect(try claims([item("1", "eastus", "2026-03-01"), item("2", "westus", "2026-03-01")]).isEmpty)
    // A region that changed its price on a day, and nothing else.
    #expect(
      try claims([item("1", "eastus", "2026-03-01"), item("2", "eastus", "2026-06-01")]) == [
        "2 from 2026-06-01"
      ])
  }
}
