import Facts
import Importing
import Testing

@Suite struct RetirementTables {
  private func routes(_ imported: Imported, _ key: String) -> [String] {
    imported.records.filter { $0.key == key }.map {
      if case .route(let provider, let apiID) = $0.subject { "\(provider) \(apiID)" } else { "a model" }
    }
  }

  // Values read by eye in the fixtures.
  @Test func aRowEndsARouteWithItsPageAndTheDayItWasChecked() throws {
    let imported = try read(
      ModelRetire.self, text: String(decoding: fixture("model-retire.json"), as: UTF8.self), "2026-10-16")
    let key = "anthropic/claude-instant-1.2"
    #expect(routes(imported, key) == ["anthropic claude-instant-1.2"])
    #expect(imported.claims(key, .retirement) == ["2024-11-06 ← 2024-11-06"])
    #expect(imported.claims(key, .successor) == ["claude-haiku-4-5-20251001 ← claude-haiku-4-5-20251001"])
    #expect(imported.claims(key, .status) == ["retired ← retired"])
    let record = try #require(imported.records.first { $0.key == key })
    #expect(record.observed?.text == "2026-10-16")
    let end = try #require(record.claims.first { $0.field == .retirement })
    #expect(end.url == "https://platform.claude.com/docs/en/about-claude/model-deprecations")
    #expect(end.note == "announced on 2024-09-04")
    #expect(end.path == "retires_on")
    // Of the replacement of veo-3.0-generate-001 the second half is a sentence.
    #expect(imported.findings.map(\.rule) == ["not-a-model"])
    // No day: that it is deprecated is all there is.
    let mythos = "anthropic/claude-mythos-preview"
    #expect(imported.claims(mythos, .retirement).isEmpty)
    #expect(imported.claims(mythos, .status) == ["deprecated ← deprecated"])
  }

  @Test func aliasesEndWithTheirRowAndCopiesHaveTheirPlatformsSpelling() throws {
    let imported = try read(ModelRetire.self, "model-retire.json")
    let key = "openai/gpt-4-0613"
    #expect(
      routes(imported, key) == [
        "openai gpt-4-0613", "openai gpt-4", "openai gpt-4-0613-completions", "openai gpt-4-completions",
      ])
    let notes = imported.records.filter { $0.key == key }.map { record in
      record.claims.first { $0.field == .retirement }?.note
    }
    #expect(notes[0] == "announced on 2026-04-22")
    #expect(
      notes[1] == "announced on 2026-04-22; with gpt-4-0613, of which the table calls it an alias")
    #expect(routes(imported, "openai/ft-gpt-4") == ["openai ft:gpt-4"])
    #expect(
      routes(imported, "aws-bedrock/anthropic.claude-3-7-sonnet-20250219-v1:0") == [
        "amazon-bedrock anthropic.claude-3-7-sonnet-20250219-v1:0"
      ])
    #expect(
      routes(imported, "google-gemini-api/veo-3.1-generate-preview") == ["google veo-3.1-generate-preview"])
    let veo = imported.records.first { $0.key == "google-gemini-api/veo-3.1-generate-preview" }
    #expect(
      veo?.claims.first { $0.field == .retirement }?.note?.contains("earliest possible shutdown date") == true
    )
  }

  @Test func ofSeveralSuccessorsTheFirstIsTaken() throws {
    let imported = try read(ModelRetire.self, "model-retire.json")
    let choice = try #require(
      imported.records.first { $0.key == "openai/dall-e-2" }?.claims.first { $0.field == .successor })
    #expect(choice.value == .text("gpt-image-2"))
    #expect(choice.asWritten == "gpt-image-2, gpt-image-1, or gpt-image-1-mini")
    #expect(choice.note == "the first of those named: gpt-image-2, gpt-image-1, gpt-image-1-mini")
    #expect(
      imported.claims("openai/gpt-5-pro-2025-10-06", .successor) == [
        "gpt-5.6-sol ← gpt-5.6-sol (reasoning.mode: pro)"
      ])
    // "… or the GA models on the Gemini Enterprise Agent Platform" names one id.
    #expect(
      imported.claims("google-gemini-api/veo-3.0-generate-001", .successor).first?.hasPrefix(
        "veo-3.1-generate-preview ←") == true)
  }

  @Test func sunsetsRowsAreReadByPlatform() throws {
    let imported = try read(
      LLMSunset.self, text: String(decoding: fixture("llm-sunset.json"), as: UTF8.self), "2026-10-07")
    #expect(imported.claims("OpenAI/gpt-4-32k-0613", .retirement) == ["2025-06-06 ← 2025-06-06"])
    #expect(imported.claims("OpenAI/gpt-4-32k-0613", .successor) == ["gpt-4o ← gpt-4o"])
    // One page for both names under which catalogues keep Azure.
    #expect(
      routes(imported, "Azure/DeepSeek-R1") == ["azure DeepSeek-R1", "azure-ai-foundry DeepSeek-R1"])
    #expect(
      imported.claims("Groq/llama-3.3-70b-versatile", .successor) == [
        "openai/gpt-oss-120b ← openai/gpt-oss-120b"
      ])
    #expect(routes(imported, "Google Vertex/claude-3-7-sonnet") == ["google-vertex claude-3-7-sonnet"])
    // Deprecated without a day: the successors alone.
    #expect(imported.claims("Cohere/command-light", .retirement).isEmpty)
    // "Agent Builder" is a product, and "reasoning.mode: pro" and a sentence are no successors.
    #expect(routes(imported, "OpenAI/Agent Builder").isEmpty)
    #expect(Set(imported.findings.map(\.rule)) == ["not-a-model"])
    #expect(imported.claims("OpenAI/o1-pro", .successor) == ["gpt-5.6-sol ← gpt-5.6-sol"])
    #expect(imported.claims("OpenAI/gpt-5.4-cyber", .successor).isEmpty)
  }

  /// What a row says, and what is found.
  private static let hostile: [(row: String, rules: [String], routes: Int)] = [
    (#"{"provider":"openai","id":"a","status":"retired","retires_on":"2026-13-40"}"#, ["bad-date"], 1),
    (#"{"provider":"openai","id":"a","status":"gone","retires_on":"2026-01-01"}"#, ["bad-status"], 1),
    (#"{"provider":"openai","id":"a","retires_on":20260101}"#, ["bad-date"], 0),
    // Checked after the day of the table.
    (#"{"provider":"openai","id":"a","retires_on":"2026-01-01","checked":"2099-01-01"}"#, ["bad-date"], 1),
    (#"{"provider":"openai","id":"a\u001b[31m","retires_on":"2026-01-01"}"#, ["bad-record"], 0),
    (#"{"provider":"open\u202eai","id":"a","retires_on":"2026-01-01"}"#, ["bad-record"], 0),
    (#"{"provider":"openai","id":"","retires_on":"2026-01-01"}"#, ["bad-record"], 0),
    (#"{"provider":"openai","retires_on":"2026-01-01"}"#, ["bad-record"], 0),
    (#"{"provider":7,"id":"a","retires_on":"2026-01-01"}"#, ["bad-record"], 0),
    (
      #"{"provider":"openai","id":"a","aliases":["b\u0000",3,"c"],"retires_on":"2026-01-01"}"#,
      ["bad-alias", "bad-alias"], 2
    ),
    (
      #"{"provider":"openai","id":"a","retires_on":"2026-01-01","source":"javascript:alert(1)"}"#, [], 1
    ),
    (#""a text""#, ["bad-record"], 0), ("null", ["bad-record"], 0),
  ]

  @Test(arguments: hostile)
  func aBadRowIsAFindingAndNeverMore(row: String, rules: [String], routes: Int) throws {
    let good = #"{"provider":"openai","id":"good","status":"retired","retires_on":"2026-01-01"}"#
    let imported = try read(ModelRetire.self, text: "{\"models\":[\(row),\(good)]}")
    #expect(imported.findings.map(\.rule).sorted() == rules)
    #expect(imported.records.count == routes + 1)
    #expect(imported.claims("openai/good", .retirement) == ["2026-01-01 ← 2026-01-01"])
    #expect(imported.records.allSatisfy { $0.url == nil })
  }
}

private func read(_ importer: any Importer.Type, text: String, _ day: String) throws -> Imported {
  let source = SourceDescription(
    id: importer.id, title: "a table", version: "1", licence: "MIT", homepage: nil,
    observed: try CalendarDate(parsing: day), digest: "00", lineage: importer.id, correction: "upstream")
  return try importer.read(Snapshot(source: source, bytes: Array(text.utf8), file: "text"))
}
