import Facts
import Pricing
import Testing

@testable import Cataloguing

private func model(
  _ routes: [(provider: String, input: String?, output: String?, extra: [Claim])], asOf: String = "2026-11-01"
) throws -> Model {
  let source = SourceDescription(
    id: SourceID("litellm"), title: "L", version: "1", licence: "MIT", homepage: nil,
    observed: try CalendarDate(parsing: "2026-10-01"), digest: "00",
    lineage: SourceID("litellm"), correction: "l")
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: try CalendarDate(parsing: asOf))
  builder.add(
    source: source,
    records: try routes.enumerated().map { index, route in
      var claims = route.extra
      if let input = route.input {
        claims.append(Claim(.price(PriceTerm(.input)), .money(try Money(dollars: input)), asWritten: input))
      }
      if let output = route.output {
        claims.append(
          Claim(.price(PriceTerm(.output)), .money(try Money(dollars: output)), asWritten: output))
      }
      return SourceRecord(
        key: "r\(index)", subject: .route(provider: route.provider, apiID: "acme/rocket"), claims: claims)
    })
  let catalogue = Catalogue(contents: builder.build())
  return try #require(try catalogue.model(ModelID("acme/rocket"), asOf: CalendarDate(parsing: asOf)))
}

@Suite struct MonthlyCosts {
  /// 800M × 0.075 + 250M × 0.625 = 60 + 156.25; 800M × 0.3 + 250M × 2.5 = 240 + 625.
  @Test func theCheapestRouteCarriesTheWorkloadAloneAndTheFallbackIsAnotherProvider() throws {
    let estimate = Estimate(
      try model([("dear", "0.3", "2.5", []), ("cheap", "0.075", "0.625", [])]), workload: .usual)
    #expect(estimate.cheapest?.cost.text == "216.25")
    #expect(estimate.fallback?.cost.text == "865")
    #expect(estimate.dearest?.route.provider.rawValue == "dear")
  }

  /// Never one route's input with another's output: 0.1/9 and 9/0.1 cost 2330 and 7225.
  @Test func routesAreNeverMixed() throws {
    let estimate = Estimate(try model([("a", "0.1", "9", []), ("b", "9", "0.1", [])]), workload: .usual)
    #expect(estimate.candidates.map(\.cost.text) == ["2330", "7225"])
  }

  @Test func whatDoesNotCountIsListedWithTheReason() throws {
    let free = [Claim(.routeKind, .text("free"), asWritten: "free")]
    let plan = [Claim(.routeKind, .text("plan"), asWritten: "plan")]
    let retired = [
      Claim(.retirement, .date(try CalendarDate(parsing: "2026-01-01")), asWritten: "2026-01-01")
    ]
    let small = [Claim(.contextWindow, .tokens(TokenCount(1049)), asWritten: "1049")]
    let short = [Claim(.maxOutput, .tokens(TokenCount(249)), asWritten: "249")]
    let estimate = Estimate(
      try model([
        ("free", "0", "0", free), ("plan", "1", "1", plan), ("half", "1", nil, []),
        ("retired", "1", "1", retired), ("small", "1", "1", small), ("short", "1", "1", short),
      ]), workload: .usual)
    #expect(estimate.cheapest == nil)
    let reasons = Dictionary(
      uniqueKeysWithValues: estimate.excluded.map { ($0.route.provider.rawValue, $0.reason) })
    #expect(reasons["free"] == .free && reasons["plan"] == .plan && reasons["half"] == .unpriced([.output]))
    #expect(reasons["retired"] == .retired(try CalendarDate(parsing: "2026-01-01")))
    #expect(reasons["small"] == .window(TokenCount(1049)) && reasons["short"] == .answer(TokenCount(249)))
  }

  /// 800 + 250 tokens fit a window of 1,050 exactly.
  @Test func aLimitHoldsWhenItIsJustReached() throws {
    let exact = [
      Claim(.contextWindow, .tokens(TokenCount(1050)), asWritten: "1050"),
      Claim(.maxOutput, .tokens(TokenCount(250)), asWritten: "250"),
    ]
    let estimate = Estimate(
      try model([("exact", "1", "1", exact), ("untold", "2", "2", [])]), workload: .usual)
    #expect(estimate.candidates.map(\.route.provider.rawValue) == ["exact", "untold"])
    #expect(estimate.candidates.map(\.unverified) == [[], [.contextWindow, .maxOutput]])
  }

  /// One request of 300,000 tokens pays the tier above 272,000 for all of them: 0.3 × 5 = 1.5; output 0.001 × 22.5.
  @Test func longPromptsPayTheirTier() throws {
    let above = TokenCount(272_000)
    let tiers = [
      Claim(.price(PriceTerm(.input, above: above)), .money(try Money(dollars: "5")), asWritten: "5"),
      Claim(.price(PriceTerm(.output, above: above)), .money(try Money(dollars: "22.5")), asWritten: "22.5"),
    ]
    let workload = Workload(inputTokens: TokenCount(300_000), outputTokens: TokenCount(1000), requests: 1)
    let estimate = Estimate(try model([("host", "2.5", "15", tiers)]), workload: workload)
    #expect(estimate.cheapest?.cost.text == "1.5225")
    #expect(estimate.cheapest?.tier?.limit == above)
    #expect(Estimate(try model([("host", "2.5", "15", tiers)]), workload: .usual).cheapest?.tier == nil)
  }

  @Test func nothingCostsNothingAndHugeTrafficStaysExact() throws {
    let rocket = try model([("host", "1", "1", [])])
    #expect(
      Estimate(
        rocket, workload: Workload(inputTokens: TokenCount(0), outputTokens: TokenCount(0), requests: 1)
      ).cheapest?.cost == .zero)
    let huge = Workload(
      inputTokens: TokenCount(1_000_000_000_000_000), outputTokens: TokenCount(0), requests: 1_000_000_000_000
    )
    #expect(Estimate(rocket, workload: huge).cheapest?.cost.text == "1000000000")
  }
}
