import CLI
import Cataloguing
import Documents
import Facts
import Foundation
import Pages
import Platform
import Pricing
import Rendering
import Testing

@Suite struct HostileText {
  private static let payloads = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE models; --",
    "javascript:alert(1)", "[click](javascript:alert(1))",
    "\u{1B}[31mred\u{1B}[0m", "a\u{0}b", "\u{202E}txt.exe", "</title><h1>", "| a | b |", "```\ncode\n```",
    "{{7*7}}", "%s%n", "\u{FEFF}zero", "line\nbreak", "]]>",
  ]

  @Test(arguments: OutputFormat.allCases)
  func isShownHarmlessInEveryFormat(format: OutputFormat) throws {
    for (number, payload) in Self.payloads.enumerated() {
      let model: [String: Any] = [
        "id": "evil/model-\(number)", "name": payload, "lab": payload, "license": payload,
        "architecture": payload, "product_type": payload,
        "released": ["value": "2026-01-01", "source": payload],
        "routes": [
          ["provider": payload, "id": payload, "input_usd_per_mtok": "1", "output_usd_per_mtok": "2"]
        ],
        "benchmarks": [
          ["benchmark": payload, "score": 5, "harness": payload, "version": payload, "variant": payload]
        ],
      ]
      let other: [String: Any] = [
        "id": "evil/other-\(number)",
        "benchmarks": [
          ["benchmark": payload, "score": 4, "harness": payload, "version": payload, "variant": payload]
        ],
      ]
      let path = NSTemporaryDirectory() + "hostile-\(UUID().uuidString).json"
      defer { try? FileManager.default.removeItem(atPath: path) }
      try JSONSerialization.data(withJSONObject: ["models": [model, other]]).write(to: URL(filePath: path))
      let (catalogue, _) = try CatalogueStore.layer(
        [path], on: Catalogue(contents: CatalogueContents()), today: Seed.day())
      let comparison = try #require(
        try Comparison(
          [ModelID("evil/model-\(number)"), ModelID("evil/other-\(number)")], in: catalogue, traffic: .usual,
          asOf: Seed.day()))
      let text = String(decoding: format.render(comparison.document), as: UTF8.self)
      #expect(
        !text.unicodeScalars.contains { !$0.isHarmless && $0 != "\n" },
        "\(format) passes a control character of \(payload.debugDescription)")
      switch format {
      case .html:
        #expect(
          !text.contains("<script>alert") && !text.contains("<img") && !text.contains("<h1>\n")
            && !text.contains("href=\"javascript:"))
        // Only our own elements: the payload's tags came out as text.
        #expect(
          text.components(separatedBy: "<h1").count == 2
            && text.components(separatedBy: "</title>").count == 2)
      case .markdown:
        // An escaped bracket opens no link.
        let links = text.replacingOccurrences(of: "\\]", with: "")
        #expect(!text.contains("<script") && !text.contains("<img"))
        #expect(!links.contains("](javascript:"))
      case .json:
        #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil && !text.contains("<"))
      case .terminal: #expect(!text.contains("\u{1B}"))
      }
    }
  }
}

@Suite(.serialized) struct Commands {
  /// Unknown, ambiguous and malformed input ends with exit code 2; the catalogue in use is untouched.
  @Test(arguments: [
    ["compare", "no-such-model-xyz", "ling-2.6-1t"], ["compare", "ling-2.6-1t"],
    ["compare", "ling-2.6-1t", "inclusionai/ling-2.6-1t"], ["frobnicate"],
    ["compare", "ling-2.6-1t", "gpt-5.2", "--input-tokens", "lots"],
    ["compare", "ling-2.6-1t", "gpt-5.2", "--as-of", "someday"],
    ["compare", "ling-2.6-1t", "gpt-5.2", "--facts", "/no/such/file.json"],
    ["compare", "a/b", "c/d", "--catalogue", "/no/such/catalogue"],
    ["compare", "ling-2.6-1t", "gpt-5.2", "--format", "pdf"], ["explain", "ling-2.6-1t", "colour"],
    ["model", ""], ["compare", "ling-2.6-1t", "gpt-5.2", "--requests", "0"],
    ["provider", "no-such-provider-xyz"], ["mcp", "--facts", "/no/such/file.json"],
    ["mcp", "--as-of", "someday"], ["mcp", "--http", "--port", "70000"],
    ["usage", "import", "/no/such/log.jsonl"], ["usage", "report", "/no/such/log.jsonl"],
    ["usage", "report", "--by", "colour"], ["usage", "report", "--since", "soon"],
    ["reprice", "/no/such/log.jsonl"], ["reprice", "/"], ["reprice", "x", "--by", "colour"],
    ["reprice", "x", "--by", "day,day"], ["reprice", "x", "--on", "gpt-5"],
    ["reprice", "x", "--on", "openai/no-such"],
    ["reprice", "x", "--token-ratio", "2-1"], ["reprice", "x", "--adjust", "much"],
    ["reprice", "x", "--format", "pdf"],
    ["reprice", "x", "--until", "soon"],
    ["eval", "plan", "--prompts", "/no/such/prompts.jsonl"], ["eval", "plan", "--trials", "0"],
    ["eval", "explain", "p", "r", "--prompts", "/no/such/prompts.jsonl"],
    ["eval", "run", "--prompts", "/no/such/prompts.jsonl"], ["eval", "run", "--deadline", "soon"],
    ["eval", "resume", "--store", "/no/such/folder/eval.sqlite"], ["eval", "work", "--lease", "0"],
    ["eval", "plan", "--max-cost", "much"], ["eval", "plan", "--difference", "0"],
    ["eval", "init", "--from", "/no/such/file.csv", "--prompts", "/no/such/folder/p.jsonl"],
    ["eval", "init", "--from", "/", "--from-format", "csv"],
    ["eval", "report", "--records", "/no/such/cells.jsonl"],
    ["eval", "report", "--store", "/no/such/eval.sqlite"],
    ["eval", "report", "--records", "/", "--margin", "many"],
    ["eval", "report", "--records", "/", "--limit", "speed=1"],
    ["eval", "fold", "--records", "/no/such/cells.jsonl"],
    ["eval", "fold", "--records", "/", "--valid", "0"],
    ["eval", "fold", "--records", "/", "--as", "nothing"], ["eval", "statistics", "--frobnicate"],
    ["shortlist", "--needs", "toolz"], ["shortlist", "--context", "lots"], ["shortlist", "--region", ""],
    ["shortlist", "--benchmark", "swe-bench"], ["shortlist", "--max-cost", "500/day"],
    ["shortlist", "--unknown", "maybe"], ["shortlist", "--most", "0"],
    ["shortlist", "--license", "\u{1B}[31m"],
    ["decide", "gpt-5.2"], ["decide", "gpt-5.2", "gpt-5.2"], ["decide", "--recheck", "/no/such/record.md"],
    ["decide", "gpt-5.2", "ling-2.6-1t", "--record", "decision.pdf"],
    ["decide", "gpt-5.2", "--recheck", "decision.md"], ["sync", "--source", "nowhere"],
    ["sync", "--from", "/no/such/folder"], ["sync", "--address", "litellm"], ["sync", "--timeout", "0"],
    ["sync", "--source", "litellm", "--address", "litellm=file:///etc/passwd"],
    ["sync", "--source", "litellm", "--observed", "2026"], ["sync", "--packages", "--from", "/"],
    ["sync", "--from", "/", "--save", "/"], ["sync", "--source", "litellm", "--accept", "rates"],
    ["sync", "--catalogue", "file:///etc/passwd"],
    ["sync", "--catalogue", "http://127.0.0.1:1/c", "--source", "litellm"],
    ["changes", "--since", "soon"],
    ["changes", "--since", "2026-11"],
    ["audit", "/no/such/folder"], ["audit"], ["audit", ".", "--near", "-1"],
    ["audit", ".", "--since", "2999-01-01"],
    ["audit", ".", "--format", "pdf"], ["switch", "gpt-4o", "gpt-4o"],
    ["switch", "gpt-4o", "no-such-model-xyz"],
    ["switch", "gpt-4o", "gpt-5.2", "--log", "/no/such/log"],
    ["switch", "gpt-4o", "gpt-5.2", "--to-provider", "nobody"],
    ["switch", "gpt-4o", "gpt-5.2", "--to-api", "soap"], ["export", "parquet"], ["export", "sqlite"],
    ["export", "csv", "--provider", "nobody"], ["export", "csv", "--model", "no-such-model-xyz"],
    ["reprice", "x.csv", "--engine", "duckdb", "--print-sql", "--until", "soon"],
    ["reprice", "x.csv", "--engine", "duckdb", "--print-sql", "--by", "day", "--by", "model"],
    ["catalogue", "build", "--data", "/no/such/folder", "--output", "/tmp/never-written.llmref"],
  ])
  func refuseBadInputWithExitCode2(arguments: [String]) async {
    #expect(await LLMRef.start(arguments) == 2)
  }

  /// What the SQL leaves out is refused, never passed over; the same command without it prints the SQL.
  @Test(arguments: [
    ["--on", "cheapest"], ["--token-ratio", "1.1"], ["--output-ratio", "1.1"], ["--adjust", "deal=-5%"],
    ["--at", "2026-06-01"], ["--log-format", "rows"], ["--format", "html"], ["--format", "csv"], ["--digest"],
    ["--places", "5"], ["--threads", "1"], ["--zone", "+02:00"],
  ])
  func anEngineRefusesWhatItCannotDo(option: [String]) async {
    let command = [
      "reprice", "x.csv", "--engine", "duckdb", "--print-sql", "--catalogue", "none", "--since", "2026-06-01",
      "--until", "2026-07-01", "--by", "day,model",
    ]
    #expect(await LLMRef.start(command + option) == 2)
    #expect(await LLMRef.start(command) == 0)
  }

  @Test func aMalformedCatalogueIsRefused() async throws {
    let path = NSTemporaryDirectory() + "broken-\(UUID().uuidString).llmref"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("LLMREF but not a catalogue".utf8).write(to: URL(filePath: path))
    #expect(await LLMRef.start(["compare", "ling-2.6-1t", "gpt-5.2", "--catalogue", path]) == 2)
    #expect(await LLMRef.start(["resolve", "ling-2.6-1t"]) == 0)
  }

  @Test func resolveFindsProvidersIds() throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    for (raw, model) in [
      ("ling-2.6-1t", "inclusionai/ling-2.6-1t"),
      ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic/claude-sonnet-4.5"),
      ("accounts/fireworks/models/glm-4p6", "zai/glm-4.6"),
      ("gpt-5.3-codex-spark", "openai/gpt-5.3-codex-spark"), ("GPT-4O", "openai/gpt-4o"),
    ] {
      guard case .resolved(let found) = try catalogue.resolve(raw, asOf: Seed.day("2026-11-23")) else {
        Issue.record("\(raw) is not resolved")
        continue
      }
      #expect(found.model.rawValue == model)
    }
    guard case .unknown(let nearest) = try catalogue.resolve("ling-2.6-1x", asOf: Seed.day("2026-11-23"))
    else {
      Issue.record("a mistyped id resolves")
      return
    }
    #expect(nearest.contains(ModelID("inclusionai/ling-2.6-1t")))
  }
}
