import Facts
import Testing

@testable import Cataloguing

/// The policy of the embedded catalogue, with rules of its own for what is tested here.
private func policy() throws -> IdentityPolicy {
  var policy = try Catalogue(snapshot: .embedded()).frame.identity
  policy.naming.callers["azure_openai"] = "azure"
  policy.naming.pathHosts = [
    "publishers": "google-vertex", "foundation-model": "amazon-bedrock",
    "inference-profile": "amazon-bedrock", "region.lab.": "amazon-bedrock",
  ]
  return policy
}

@Suite struct CalledIDs {
  @Test(arguments: [
    ("google_genai:text-embedding-004", "google", "text-embedding-004"),
    ("azure_openai:gpt-4.1-nano", "azure", "gpt-4.1-nano"),
    ("azure:chat:gpt-4.1-nano", "azure", "gpt-4.1-nano"),
    ("google_vertexai:jamba-1.5-large", "google-vertex", "jamba-1.5-large"),
    ("mistral:open-codestral-mamba", "mistral", "open-codestral-mamba"),
    ("gateway/bedrock:qwen.qwen3", "amazon-bedrock", "qwen.qwen3"),
    ("openrouter/openai/gpt-4-32k", "openrouter", "openai/gpt-4-32k"),
    ("groq/meta-llama/llama-guard-4-12b", "groq", "meta-llama/llama-guard-4-12b"),
    ("publishers/ai21/models/jamba-1.5-large", "google-vertex", "jamba-1.5-large"),
    (
      "projects/p/locations/us-central1/publishers/google/models/code-gecko", "google-vertex", "code-gecko"
    ),
    (
      "arn:aws:bedrock:us-east-1::foundation-model/ai21.jamba-1-5-large-v1:0", "amazon-bedrock",
      "ai21.jamba-1-5-large-v1:0"
    ),
    ("us.cohere.command-r-v1:0", "amazon-bedrock", "us.cohere.command-r-v1:0"),
    (
      "1024-x-1024/50-steps/bedrock/amazon.nova-canvas-v1:0", "amazon-bedrock", "amazon.nova-canvas-v1:0"
    ),
  ])
  func sayWhoServes(raw: String, provider: String, id: String) throws {
    let called = try policy().called(raw)
    #expect(called.provider?.rawValue == provider)
    #expect(called.ids.first == id)
  }

  @Test(arguments: ["gpt-4o", "mistral:7b", "mistral:7b-instruct-q4_0", "openai/gpt-4o", "llama3.2:3b"])
  func sayNothingOfWhoServesWhereNothingSaysSo(raw: String) throws {
    #expect(try policy().called(raw).provider == nil)
  }

  @Test func takeTheHostThatStandsOutside() throws {
    let called = try policy().called("gpt-4.1-nano", at: "azure")
    #expect(called.provider == "azure" && called.ids == ["gpt-4.1-nano"])
  }

  @Test func tryTheIDBehindRegionAndWaysOfCalling() throws {
    let policy = try policy()
    #expect(policy.called("bedrock/converse/us.anthropic.claude-v2:1").ids.contains("anthropic.claude-v2:1"))
    #expect(policy.called("azure/eu/o3").ids == ["eu/o3", "o3"])
    // A copy that somebody tuned is listed under its base.
    #expect(policy.called("ft:gpt-4o-2024-08-06:acme::x").ids.last == "ft:gpt-4o-2024-08-06")
    #expect(policy.called("ft-gpt-4").ids.last == "ft:gpt-4")
  }

  @Test func keepTheWordsOfRoutesApart() throws {
    let policy = try policy()
    #expect(ParsedID("gpt-4o@", policy: policy).attributes.parts.isEmpty)
    let tuned = ParsedID("ft:gpt-4o-2024-08-06:acme::x", policy: policy)
    #expect(
      tuned.slug == "gpt-4o" && tuned.attributes.mode == "fine-tuned"
        && tuned.attributes.release == "2024-08-06")
    let file = ParsedID("unsloth/Qwen3-8B-GGUF:Q4_K_M", policy: policy).attributes
    #expect(file.quantisation != nil && file.mode == nil)
  }

  @Test func readTheFirstNamesOfClaude() throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    let day = try CalendarDate(parsing: "2026-11-29")
    #expect(try catalogue.recognise("claude-v1.3", asOf: day)?.model == "anthropic/claude-1.3")
    #expect(try catalogue.recognise("claude-instant-v1", asOf: day)?.model == "anthropic/claude-1-instant")
  }
}
