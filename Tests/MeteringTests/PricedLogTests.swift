import Cataloguing
import Facts
import Metering
import Pricing
import Testing

/// Every sample priced with the prices of ``SampleCatalogue``; the sums are worked out by hand, in dollars per million tokens.
@Suite struct PricedLogs {
  struct Expected: Sendable {
    let fixture: String
    let costs: [String]
    var columns: String?
  }

  static let samples: [Expected] = [
    // r1: 600 × 2 + 400 × 0.5 + 200 × 10 = 3400.
    // r2, batch: 300 × 1 + 50 × 2.5 + 150 × 4 + 100 × 5 = 1525, and a search: cache writes have no batch price.
    Expected(fixture: "synthetic-rows.jsonl", costs: ["0.0034", "0.011525"]),
    // 86 × 2 + 1920 × 0.5 + 300 × 10 = 4132. Flex: 200 × 1 + 100 × 0.25 + 28 × 2.5 + 52 × 5 = 555, and a search.
    // Batch: 1000 × 1 + 500 × 5 = 3500.
    Expected(fixture: "synthetic-openai-chat.jsonl", costs: ["0.004132", "0.010555", "0.0035"]),
    // Priority: 3900 + 100 cached, 500 written, 300 + 100 of audio, so 5200 plain:
    // 5200 × 4 + 3900 × 1 + 100 × 0.6 + 500 × 2.5 + 300 × 6 + 2000 × 20 = 67810. Batch: 600 + 60 × 5 = 900.
    Expected(fixture: "synthetic-openai-usage.json", costs: ["0.06781", "0.0009"]),
    // 6000 × 2 + 2000 × 0.5 + 800 × 10 = 21000.
    Expected(fixture: "synthetic-openai-usage.csv", costs: ["0.021"]),
    // 12 × 2 + 5000 × 0.5 + 1500 × 2.5 + 500 × 4 + 300 × 10 = 11274, and two searches. Batch: 100 + 40 × 5 = 300.
    Expected(fixture: "synthetic-anthropic-messages.jsonl", costs: ["0.031274", "0.0003"]),
    // 1500 × 2 + 200 × 0.5 + 500 × 2.5 + 1000 × 4 + 500 × 10 = 13350, and ten searches. Batch: 450000 + 9 × 5 = 450045.
    Expected(fixture: "synthetic-anthropic-usage.json", costs: ["0.11335", "0.450045"]),
    // 240 × 2 + 700 × 0.5 + 100 × 0.6 + 200 × 6 + 500 × 10 = 7090. Flex: 10 + 5 × 5 = 35.
    Expected(fixture: "synthetic-gemini.jsonl", costs: ["0.00709", "0.000035"]),
    // 500 × 2 + 1000 × 0.5 + 400 × 10 = 5500; the second route is free.
    Expected(fixture: "synthetic-openrouter.csv", costs: ["0.0055", "0"]),
    // 4000 × 2 + 1000 × 0.5 + 1250 × 10 = 21000.
    Expected(fixture: "synthetic-openrouter-activity.json", costs: ["0.021"]),
    // 1000 × 2 + 4000 × 0.5 + 1000 × 2.5 + 120 × 10 = 7700; from the proxy's cache: nothing.
    Expected(fixture: "synthetic-litellm.jsonl", costs: ["0.0077", "0"]),
    // 400 × 2 + 600 × 0.5 + 100 × 10 = 2100.
    Expected(fixture: "synthetic-litellm.csv", costs: ["0.0021"]),
    // Both: 100 × 2 + 900 × 0.5 + 100 × 10 = 1650.
    Expected(fixture: "synthetic-langfuse.jsonl", costs: ["0.00165", "0.00165"]),
    // 10 × 2 + 40 × 0.5 + 50 × 2.5 + 5 × 10 = 215.
    Expected(fixture: "synthetic-langfuse.csv", costs: ["0.000215"]),
    // 400 × 2 + 600 × 0.5 + 100 × 10 = 2100; 10 × 2 + 600 × 0.5 + 90 × 2.5 + 100 × 10 = 1545.
    Expected(fixture: "synthetic-helicone.jsonl", costs: ["0.0021", "0.001545"]),
    // 25 × 2 + 50 × 0.5 + 25 × 2.5 + 180 × 10 = 1937.5; 10 × 2 + 900 × 0.5 + 20 × 10 = 670.
    Expected(fixture: "synthetic-otel-flat.jsonl", costs: ["0.0019375", "0.00067"]),
    // 700 × 2 + 70 × 10 = 2100.
    Expected(fixture: "synthetic-otlp.json", costs: ["0.0021"]),
    // 10 × 2 + 5 × 2.5 + 100 × 0.5 + 20 × 10 = 282.5; 2 × 2 + 50 × 0.5 + 5 × 10 = 79; 3 × 2 + 150 × 0.5 + 8 × 10 = 161.
    Expected(fixture: "claude-code-cctrail.jsonl", costs: ["0.0002825", "0.000079", "0.000161"]),
    // 4 × 2 + 4756 × 2.5 + 12008 × 0.5 + 2 × 10 = 17922.
    Expected(fixture: "claude-code-recorded.jsonl", costs: ["0.017922"]),
    // 120 × 2 + 45 × 10 = 690; 180 × 2 + 120 × 0.5 + 18 × 10 = 600.
    Expected(fixture: "claude-code-agent-session.jsonl", costs: ["0.00069", "0.0006"]),
    // 40 × 2 + 60 × 0.5 + 20 × 10 = 310; 50 × 2 + 150 × 0.5 + 30 × 10 = 475; 30 × 2 + 20 × 0.5 + 10 × 10 = 170.
    Expected(fixture: "codex-cctrail-main.jsonl", costs: ["0.00031", "0.000475", "0.00017"]),
    // gpt-5.4-mini: 10 × 2 + 5 × 0.5 + 5 × 10 = 72.5.
    Expected(fixture: "codex-cctrail-agent.jsonl", costs: ["0.0000725"]),
    // 750 × 2 + 250 × 0.5 + 100 × 10 = 2625; 10 × 2 + 10 = 30.
    Expected(
      fixture: "synthetic-columns.csv", costs: ["0.002625", "0.00003"],
      columns:
        "time=ts,model=model_name,input=prompt_tokens,cache_read=cached,output=completion_tokens,requests=calls"
    ),
  ]

  @Test(arguments: samples)
  func isPricedRight(expected: Expected) throws {
    let catalogue = try SampleCatalogue.make()
    var matcher = RouteMatcher(catalogue, today: try CalendarDate(parsing: "2026-06-02"))
    var options = UsageLogReader.Options()
    options.columns = try expected.columns.map { try ColumnMap(parsing: $0) }
    let costs = try SampleLog.fixture(expected.fixture, options).rows.map { row in
      guard case .route(let route) = try matcher.match(row) else { return "no route for \(row.model)" }
      let rates = try #require(
        try catalogue.rates(of: route.model, at: route.provider, apiID: route.apiID))
      let time = try row.time ?? Timestamp(parsing: "2026-06-02")
      let bill = try Bill(
        row.usage, at: rates.prices(at: time), mode: row.mode ?? .standard, isFree: rates.isFree,
        requests: row.requests, time: row.time)
      return bill.total.dollars?.text ?? "unknown"
    }
    #expect(costs == expected.costs)
  }
}
