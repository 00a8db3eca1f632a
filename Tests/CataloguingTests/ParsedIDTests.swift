import Facts
import Testing

@testable import Cataloguing

private let policy: IdentityPolicy = {
  var policy = IdentityPolicy()
  for (lab, namespaces) in [
    ("anthropic", ["anthropic"]), ("openai", ["openai"]), ("meta", ["meta", "meta-llama", "llama"]),
    ("zai", ["zai", "z-ai", "zai-org"]),
    ("alibaba", ["qwen", "alibaba"]), ("deepseek", ["deepseek", "deepseek-ai"]), ("amazon", ["amazon"]),
    ("minimax", ["minimax", "minimaxai"]),
    ("mistral", ["mistral", "mistralai"]), ("xai", ["xai", "x-ai"]), ("moonshotai", ["moonshotai"]),
    ("google", ["google"]), ("nvidia", ["nvidia"]), ("bytedance", ["bytedance"]),
  ] {
    policy.add(lab: LabNote(id: LabID(lab), name: lab, namespaces: namespaces, firstParty: [lab]))
  }
  policy.families = [
    "gpt": "openai", "claude": "anthropic", "llama": "meta", "glm": "zai", "qwen": "alibaba",
    "deepseek": "deepseek", "nova": "amazon",
    "minimax": "minimax", "mistral": "mistral", "grok": "xai", "kimi": "moonshotai", "gemini": "google",
    "nemotron": "nvidia", "o": "openai", "doubao": "bytedance", "seed": "bytedance",
  ]
  policy.shortDatesAreSnapshots = ["openai"]
  policy.fastIsMode = ["meta", "zai"]
  policy.add(provider: "databricks", same: [], name: nil)
  return policy
}()

@Suite struct IdsComeApart {
  // raw id, lab, undated name, attributes: worked out by hand from the id's own parts
  @Test(arguments: [
    (
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic", "claude-sonnet-4.5",
      "region us, release 2025-09-29"
    ),
    ("anthropic/claude-3-5-sonnet@20240620", "anthropic", "claude-3.5-sonnet", "release 2024-06-20"),
    ("anthropic/claude-4.5-sonnet", "anthropic", "claude-sonnet-4.5", ""),
    ("claude-opus-4-0", nil, "claude-opus-4", ""),
    ("accounts/fireworks/models/glm-4p6", nil, "glm-4.6", ""),
    ("meta.llama3-1-70b-instruct-v1:0", "meta", "llama3.1-70b-instruct", ""),
    ("meta-llama/Meta-Llama-3.1-8B-Instruct-FP8", "meta", "llama-3.1-8b-instruct", "quantisation fp8"),
    (
      "@cf/meta/llama-3.1-8b-instruct-fp8-fast", "meta", "llama-3.1-8b-instruct",
      "quantisation fp8, mode fast"
    ),
    ("qwen/qwen3-coder:free", "alibaba", "qwen3-coder", "kind free"),
    ("azure/eu/gpt-5.1", nil, "gpt-5.1", "region eu"),
    ("bedrock/us-east-1/anthropic.claude-v2:1", "anthropic", "claude-2.1", "region us-east-1"),
    ("nvidia.nemotron-nano-9b-v2", "nvidia", "nemotron-nano-9b-v2", ""),
    ("ollama/gpt-oss:120b-cloud", nil, "gpt-oss-120b", "variant cloud"),
    ("deepseek-v4-flash:0731", nil, "deepseek-v4-flash-0731", ""),
    ("claude-opus-4-thinking:1024", nil, "claude-opus-4-thinking", ""),
    ("mistral-large@2411-001", nil, "mistral-large-2411", ""),
    ("gpt-4-0613", nil, "gpt-4", "release 06-13"),
    ("gpt-35-turbo-16k-0613", nil, "gpt-3.5-turbo-16k", "release 06-13"),
    ("gpt-4-1106-preview", nil, "gpt-4-1106-preview", ""), ("gpt-4-9999", nil, "gpt-4-9999", ""),
    ("volcengine/doubao-seed-1-6-250615", nil, "doubao-seed-1.6", "release 2025-06-15"),
    ("databricks-meta-llama-3-1-8b-instruct", "meta", "llama-3.1-8b-instruct", ""),
    ("databricks/system.ai.kimi-k3", nil, "kimi-k3", ""),
    ("zai-org-glm-4.7", "zai", "glm-4.7", ""), ("deepseek-llama3.3-70b", nil, "deepseek-llama3.3-70b", ""),
    ("accounts/fireworks/routers/glm-5p2-fast-us", nil, "glm-5.2", "region us, mode fast"),
    (
      "Intel/Qwen3-Coder-480B-A35B-Instruct-int4-mixed-ar", nil, "qwen3-coder-480b-a35b-instruct",
      "quantisation int4-mixed-ar"
    ),
    ("deepseek.v3.2", "deepseek", "deepseek-v3.2", ""),
    ("minimax/m2.5", "minimax", "minimax-m2.5", ""),
    ("amazon.nova-pro-v1:0", "amazon", "nova-pro", ""),
    ("mistral.mistral-7b-instruct-v0:2", "mistral", "mistral-7b-instruct-v0.2", ""),
    ("openai/gpt-4o-2024-08-06", "openai", "gpt-4o", "release 2024-08-06"),
    ("databricks-claude-opus-4-6", nil, "claude-opus-4.6", ""),
    ("google/gemini-2.5-flash-preview-04-17", "google", "gemini-2.5-flash-preview-04-17", ""),
    ("grok-4.6-latest", nil, "grok-4.6", "variant latest"),
    ("gpt-5.4-pro-gt-128k", nil, "gpt-5.4-pro", "variant gt-128k"),
    (
      "meta/llama-4-maverick-17b-128e-instruct-maas", "meta", "llama-4-maverick-17b-128e-instruct",
      "variant maas"
    ),
    ("kimi-k2-5", nil, "kimi-k2.5", ""),
    ("meta-llama/Llama-3.3-70B-Instruct-Turbo", "meta", "llama-3.3-70b-instruct", "mode turbo"),
    ("workers-ai/@cf/openai/gpt-oss-120b", "openai", "gpt-oss-120b", ""),
    ("openai/gpt-image-2.5/flare/text-to-image", "openai", "gpt-image-2.5-flare", "mode text-to-image"),
    ("ft:gpt-4o-2024-08-06", nil, "gpt-4o", "mode fine-tuned, release 2024-08-06"),
    ("command-r-08-2024", nil, "command-r", "release 2024-08"),
    ("gpt-35-turbo", nil, "gpt-3.5-turbo", ""), ("open-mistral-7b", nil, "mistral-7b", ""),
  ])
  func intoLabNameAndRoute(raw: String, lab: String?, slug: String, attributes: String) {
    let parsed = ParsedID(raw, policy: policy)
    #expect(parsed.lab?.rawValue == lab)
    #expect(parsed.slug == slug)
    #expect(parsed.attributes.parts.map { "\($0.name) \($0.value)" }.joined(separator: ", ") == attributes)
  }

  @Test(arguments: [
    ("llama3.1-70b", "llama-3.1-70b"), ("qwen-3-235b", "qwen3-235b"), ("gpt5", "gpt-5"),
    ("claude-2.0", "claude-2"),
  ])
  func spellingsOfOneNameShareAKey(left: String, right: String) {
    #expect(ParsedID(left, policy: policy).key == ParsedID(right, policy: policy).key)
  }

  /// Look-alikes that must not merge.
  @Test(arguments: [
    ("deepseek-r1", "deepseek-r1-distill-qwen-32b"), ("glm-4.6", "glm-4.6v"),
    ("gpt-5.3-codex", "gpt-5.3-codex-spark"),
    ("qwen3-235b-a22b", "qwen3-235b-a22b-2507"), ("grok-4", "grok-4-fast"), ("llama-3-8b", "llama-3.8b"),
    ("kimi-k2", "kimi-k2-0905"),
    ("gpt-4", "gpt-4o"), ("claude-opus-4", "claude-opus-4.5"), ("deepseek-r1", "deepseek-r1-0528"),
    ("gpt-oss:20b", "gpt-oss:120b"), ("deepseek-r1", "deepseek-r1:70b"),
    ("mistral-large@2407", "mistral-large@2411"),
    ("amazon.titan-embed-text-v1", "amazon.titan-embed-text-v2:0"),
    ("bedrock/anthropic.claude-v2", "bedrock/anthropic.claude-v2:1"),
  ])
  func lookAlikesStayApart(left: String, right: String) {
    #expect(ParsedID(left, policy: policy).key != ParsedID(right, policy: policy).key)
  }

  @Test(arguments: [
    "", "/", ":", "@", "-", "....", "a/", ":free", "\u{202E}abc", String(repeating: "x-", count: 4000), "🦙/🦙",
  ])
  func survivesNonsense(raw: String) {
    _ = ParsedID(raw, policy: policy).key
  }
}

@Suite struct ShortReleases {
  // a release in four digits fits the model released then, and no other
  @Test(arguments: [
    ("kimi-k2.5-0127", "2026-01-27", true), ("qwen3-14b-04-28", "2025-04-29", true),
    ("ministral-8b-2410", "2024-10-16", true), ("kimi-k2-1105", "2025-07-11", false),
    ("glm-4-0000", "2023-03-14", false), ("qwen3-235b-a22b-2512", "2025-04-29", false),
    ("x-0127", "2026", false),
    ("command-1106", "2022-11-30", false), ("grok-4-07-09", "2025-07-09", true),
    ("qwen3-14b-04-28", "2025-04", true), ("qwen3-14b-04-28", "2025-05", false),
  ])
  func fitTheirModelAlone(raw: String, released: String, fits: Bool) throws {
    let found = try #require(ParsedID(raw, policy: policy).shortRelease)
    #expect(try found.release.fits(CalendarDate(parsing: released)) == fits)
  }
}

@Suite struct OtherSpellings {
  private static let policy: IdentityPolicy = {
    var policy = policy
    policy.marks = ["azure-ai-foundry": ["fw-"], "novita-ai": ["-h"]]
    return policy
  }()

  // raw id, its only provider, a name it may stand for: worked out by hand
  @Test(arguments: [
    ("gpt-52", "venice", "gpt-5.2"), ("claude-opus-41", "github-copilot", "claude-opus-4.1"),
    ("qwen35-122b-a10b", "neon", "qwen3.5-122b-a10b"), ("minimax-m25", "venice", "minimax-m2.5"),
    ("mistral-7b-instruct-v03", "nvidia", "mistral-7b-instruct-v0.3"),
    ("grok-build-0-1", "venice", "grok-build-0.1"),
    ("doubao-seed-1.6", "ofox", "seed-1.6"), ("gpt-5.4-high", "aihubmix", "gpt-5.4"),
    ("claude-sonnet-4-thinking", "nano-gpt", "claude-sonnet-4"),
    ("qwen3-235b-a22b-07-25", "openrouter", "qwen3-235b-a22b-2507"),
    ("FW-GLM-5.2-Fast", "azure-ai-foundry", "glm-5.2"), ("glm-4.7-h", "novita-ai", "glm-4.7"),
  ])
  func areAmongTheNames(raw: String, provider: String, name: String) {
    let parsed = ParsedID(raw, policy: Self.policy)
    #expect(parsed.otherNames(at: [ProviderID(provider)], policy: Self.policy).map(\.slug).contains(name))
  }

  // a mark counts at its own provider alone, and a word of a name is none
  @Test(arguments: [
    ("glm-4.7-h", "venice", "glm-4.7"), ("mistral-medium", "mistral", "mistral"),
    ("kimi-k2-thinking", "groq", "kimi-k2"),
    ("deepseek-llama3.3-70b", "lambda", "llama3.3-70b"), ("gpt-4o", "openai", "gpt-4"),
  ])
  func areNotMadeUp(raw: String, provider: String, name: String) {
    let parsed = ParsedID(raw, policy: Self.policy)
    #expect(!parsed.otherNames(at: [ProviderID(provider)], policy: Self.policy).map(\.slug).contains(name))
  }

  @Test func aMarkCountsOnlyWhenAllWhoUseTheNameWriteIt() {
    let parsed = ParsedID("glm-4.7-h", policy: Self.policy)
    #expect(parsed.otherNames(at: ["novita-ai", "venice"], policy: Self.policy).isEmpty)
  }
}
