import Facts
import Importing
import Testing

@Suite struct PlansAndLimits {
  // Values read by eye in the fixtures.
  @Test func zenSellsByTheTokenAndGoIsAPlan() throws {
    let imported = try read(OpenCodePlans.self, "opencode-models.json")
    // Up to 272,000 tokens 2.5 and 15, above 5 and 22.5.
    #expect(imported.claims("zen/gpt-5.4", .price(PriceTerm(.input))) == ["2.5 ← 2.5"])
    #expect(
      imported.claims("zen/gpt-5.4", .price(PriceTerm(.output, above: TokenCount(272_000)))) == [
        "22.5 ← 22.5"
      ])
    #expect(imported.claims("zen/big-pickle", .routeKind) == ["free ← true"])
    let haiku = try #require(imported.records.first { $0.key == "go/claude-haiku-5-5" })
    #expect(haiku.subject == .route(provider: "opencode-go", apiID: "claude-haiku-5-5"))
    let plan = try #require(haiku.claims.first { $0.field == .routeKind })
    #expect(plan.value == .text("plan") && plan.asWritten == "15" && plan.path == "limits.go")
    #expect(
      plan.note
        == "$15 of use a month, about 19230 requests in Go; $60 of use a month, about 76920 requests in Go Plus"
    )
    #expect(plan.url == "https://opencode.ai/v2/docs/console/go")
    // What Go's page prices is no price of a month.
    #expect(!haiku.claims.contains { $0.field.rawValue.hasPrefix("price") })
    #expect(imported.findings.contains { $0.rule == "unread-field" && $0.place == "tiers[] (go)" })
  }

  @Test func aLabelThatTellsNoHoursIsAFinding() throws {
    let imported = try read(
      OpenCodePlans.self,
      text:
        #"{"go":{"models":{}},"zen":{"models":{"a":{"tiers":[{"label":"50% off","in":1},{"label":"> manyK tokens","in":2},{"label":null,"in":-3}]},"b\u0007":{},"c":7}}}"#
    )
    #expect(
      imported.findings.filter { $0.rule != "unread-field" }.map(\.rule) == [
        "unread-hours", "bad-tier", "bad-price", "bad-record", "bad-record",
      ])
    #expect(imported.records.map(\.key) == ["zen/a"])
  }

  @Test func limitsAreThoseOfTheFirstTier() throws {
    let imported = try read(SpendGuardLimits.self, "spendguard.json")
    let key = "anthropic/claude-haiku-4-5"
    #expect(imported.claims(key, .requestsPerMinute) == ["1000 ← 1000"])
    #expect(imported.claims(key, .tokensPerMinute) == ["2000000 ← 2000000"])
    let claims = try #require(imported.records.first { $0.key == key }).claims
    #expect(
      claims.map(\.note) == [
        "tier start; build 5000, scale 10000", "tier start, of input tokens; build 5000000, scale 10000000",
      ])
    // The family of Opus 5 has no row in the tiers, and other vendors no table.
    #expect(!imported.records.contains { $0.key == "anthropic/claude-opus-5" })
    #expect(!imported.records.contains { $0.key.hasPrefix("openai/") })
    #expect(imported.findings.contains { $0.rule == "unread-field" && $0.place == "openai" })
  }

  @Test func aBadLimitIsAFinding() throws {
    let imported = try read(
      SpendGuardLimits.self,
      text:
        #"{"vendors":{"acme":{"cold_tier":"start","tiers":{"start":{"models":{"x":{"rpm":-1,"itpm":"many"}}}},"model_family_map":{"x":["a","b c"],"y":["d"]}},"odd":7}}"#
    )
    #expect(
      imported.findings.map(\.rule) == [
        "bad-count", "bad-count", "bad-record", "bad-record", "unread-field",
      ])
  }
}
