import Cataloguing
import Deciding
import Facts
import Foundation
import Pricing
import Reports
import Testing

private let day = "2026-11-25"

private func plan(_ from: String, _ to: String, at provider: String? = nil, log: RequestLog? = nil) throws
  -> SwitchPlan
{
  let catalogue = try Catalogue(snapshot: .embedded())
  let asOf = try CalendarDate(parsing: day)
  let rules = try SwitchRules.embedded()
  func side(_ id: String, _ provider: String?) throws -> SwitchSide {
    let found = try #require(try catalogue.recognise(id, asOf: asOf), "\(id)")
    return try SwitchSide(
      #require(try catalogue.model(found.model, asOf: asOf)), provider: provider.map { ProviderID($0) },
      api: nil, rules: rules)
  }
  let before = try side(from, nil)
  return SwitchPlan(
    from: before, to: try side(to, provider), rules: rules, months: (.usual, .usual), log: log,
    candidates: [:],
    isFrom: { (try? catalogue.recognise($0, asOf: asOf)?.model) == before.model.id })
}

@Suite struct SwitchPlans {
  /// Twenty pairs over OpenAI, Anthropic, Gemini, Bedrock, Mistral, Cohere, Groq, DeepSeek, xAI and OpenRouter.
  @Test(
    arguments: [
      ("gpt-4o", "claude-sonnet-4.5", nil), ("gpt-4o", "claude-opus-4.8", nil),
      ("gpt-4.1", "gemini-2.5-flash", nil),
      ("claude-opus-4.1", "gpt-5.2", nil), ("claude-sonnet-4.5", "claude-opus-5", nil),
      ("gemini-2.5-pro", "claude-haiku-4.5", nil),
      ("gemini-2.5-pro", "gpt-5.1", nil), ("gpt-4o-mini", "o3", nil), ("o3", "gpt-5", nil),
      ("gpt-4o", "mistral-large-2512", nil),
      ("mistral-large-2512", "gpt-4.1", nil), ("command-a-03-2025", "claude-sonnet-4.5", nil),
      ("gpt-4o", "command-a-03-2025", nil),
      ("claude-sonnet-4.5", "claude-sonnet-4.5", "amazon-bedrock"), ("gpt-4o", "openai/gpt-oss-120b", "groq"),
      ("gpt-4.1-mini", "deepseek-v3.2", nil), ("deepseek-v3.2", "gemini-2.5-flash-lite", nil),
      ("grok-4", "gpt-5.2", nil),
      ("gpt-4o", "grok-4", nil), ("claude-haiku-4.5", "qwen3-coder-480b-a35b-instruct", "openrouter"),
    ] as [(String, String, String?)])
  func everyLineHasASourceOrSaysThatNoneIsKnown(from: String, to: String, provider: String?) throws {
    let plan = try plan(from, to, at: provider)
    #expect(plan.lines.count >= 8)
    for line in plan.lines {
      #expect(line.citations.isEmpty == (line.action == .unknown), "\(line.topic): \(line.text)")
      for citation in line.citations { #expect(!citation.recordKey.isEmpty && !citation.asWritten.isEmpty) }
    }
    let topics = Set(plan.lines.map(\.topic))
    for topic in [SwitchLine.Topic.model, .endpoint, .sdk, .key, .dialect, .tokenizer, .cost, .policy] {
      #expect(topics.contains(topic), "\(topic)")
    }
  }

  /// The log of `RequestLogTests`, worked out by hand: of 100 calls to gpt-4o 10 set temperature, 3 of them to 1; claude-opus-4.8 takes
  /// no temperature but 1 (litellm's `supports_sampling_params`), so that 7 are refused.
  @Test func sharesOfARecordedLogAreThoseOfItsCalls() throws {
    let path = try #require(
      Bundle.module.path(forResource: "requests", ofType: "jsonl", inDirectory: "Fixtures"))
    var log = RequestLog()
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      log.read(line: Array(line.utf8))
    }
    let plan = try plan("gpt-4o", "claude-opus-4.8", log: log)
    #expect(plan.log?.total == 100 && plan.otherCalls == 5)
    func line(_ start: String) throws -> SwitchLine {
      try #require(plan.lines.first { $0.text.hasPrefix(start) }, "\(start)")
    }
    let temperature = try line("temperature: ")
    #expect(temperature.action == .remove && temperature.share?.text == "7%")
    // Calls 0 and 50 of 100 bias tokens; Anthropic's API has no such parameter.
    let bias = try line("logit_bias ")
    #expect(bias.action == .remove && bias.share?.text == "2%")
    // Calls 0, 1 and 2.
    #expect(try line("seed ").share?.text == "3%")
    // 5 calls; the 40 with max_tokens keep it.
    let limit = try line("max_completion_tokens is called max_tokens")
    #expect(limit.action == .change && limit.share?.text == "5%")
    #expect(try line("max_tokens stays").share?.text == "40%")
    // 100 − 40 − 5.
    #expect(try line("max_tokens must be set").share?.text == "55%")
    let stop = try line("stop is called stop_sequences")
    #expect(stop.share?.text == "1%")
    #expect(try line("System prompt: ").share?.text == "25%")
    #expect(try line("Tool schemas: ").share?.text == "6%")
    #expect(try line("Images: ").share?.text == "1%")
    // One call ends with a message of the assistant.
    #expect(try line("the model takes no begun answer").share?.text == "1%")
    // The sum of no two lines: tools stay under their name.
    #expect(try line("tools stays").share?.text == "6%")
  }

  /// Bedrock names it inferenceConfig.topP: the definition of Converse in botocore.
  @Test func namesWhatBedrockCallsIt() throws {
    let plan = try plan("gpt-4o", "claude-sonnet-4.5", at: "amazon-bedrock")
    #expect(plan.lines.contains { $0.text.hasPrefix("top_p is called topP") })
    #expect(
      plan.lines.contains {
        $0.topic == .parameter && $0.action == .remove && $0.text.hasPrefix("frequency_penalty")
      })
  }
}
