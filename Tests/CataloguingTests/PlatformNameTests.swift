import Facts
import Testing

@testable import Cataloguing

private let day = "2026-11-01"

/// The policy of the rules that are tried here, with the words of `Data/policy/identity.json`.
private let policy: IdentityPolicy = {
  var policy = IdentityPolicy()
  for (lab, names, first) in [
    ("openai", ["openai"], ["openai"]), ("meta", ["meta-llama"], []), ("alibaba", ["qwen"], ["alibaba"]),
    ("google", ["google"], ["google"]), ("anthropic", ["anthropic"], ["anthropic"]),
    ("mistral", ["mistralai"], ["mistral"]), ("amazon", ["amazon"], ["amazon-bedrock"]),
  ] {
    policy.add(lab: LabNote(id: LabID(lab), name: lab, namespaces: names, firstParty: first))
  }
  policy.families = [
    "gpt": "openai", "llama": "meta", "qwen": "alibaba", "gemini": "google", "gemma": "google",
    "claude": "anthropic", "mistral": "mistral", "mixtral": "mistral", "nova": "amazon", "code-llama": "meta",
    "codellama": "meta",
  ]
  policy.add(provider: "google", same: ["gemini"], name: nil)
  policy.add(provider: "google-vertex", same: ["vertex_ai"], name: nil)
  policy.add(provider: "ollama", same: ["ollama_chat"], name: nil)
  policy.add(provider: "groq", same: [], name: nil)
  policy.add(provider: "azure", same: [], name: nil)
  policy.naming.callers = [
    "openai": "openai", "anthropic": "anthropic", "google-gla": "google", "mistral": "mistral",
    "ollama": "ollama", "litellm": "",
  ]
  policy.naming.calls = ["chat", "messages"]
  policy.naming.pathWords = ["publishers", "models", "openai", "azure-openai"]
  policy.naming.ownerWords = ["projects", "locations", "registries"]
  policy.naming.copiers = ["unsloth"]
  policy.naming.namePrefixes = ["text-embedding-"]
  policy.naming.tuned = ["llama": ["instruct"], "gemma": ["it"], "qwen3": ["instruct"]]
  policy.naming.ownNames = ["deepgram/nova"]
  policy.naming.labsWithHostWords = ["amazon"]
  policy.naming.repositories = ["Qwen/Qwen"]
  policy.naming.hostWords = ["nitro"]
  policy.naming.hosts = ["openrouter", "fireworks"]
  return policy
}()

private func catalogue(
  _ routes: [(String, String)], aliases: [(name: String, at: String?, model: String)] = [],
  repositories: [String] = []
) throws -> Catalogue {
  var frame = CatalogueFrame()
  frame.identity = policy
  let today = try CalendarDate(parsing: day)
  var builder = CatalogueBuilder(frame: frame, asOf: today)
  func source(_ id: SourceID) -> SourceDescription {
    SourceDescription(
      id: id, title: id.rawValue, version: "1", licence: "MIT", homepage: nil, observed: today, digest: "00",
      lineage: id, correction: id.rawValue)
  }
  builder.add(
    source: source("dev"),
    records: routes.enumerated().map {
      SourceRecord(key: "r\($0)", subject: .route(provider: $1.0, apiID: $1.1), claims: [])
    },
    aliases: aliases.map {
      AliasNote(source: "curated", alias: $0.name, provider: $0.at, model: ModelID($0.model))
    })
  builder.add(
    source: source("huggingface"),
    records: repositories.map {
      SourceRecord(
        key: $0, subject: .model($0),
        claims: [Claim(.openness, .text(Openness.openWeights.rawValue), asWritten: "open")])
    })
  return Catalogue(contents: builder.build().finished(asOf: today))
}

extension Catalogue {
  fileprivate func model(of id: String, at provider: String? = nil) throws -> String? {
    let resolution = try resolve(id, provider: provider, asOf: CalendarDate(parsing: day))
    guard case .resolved(let found) = resolution else { return nil }
    return found.model.rawValue
  }

  fileprivate func ids() throws -> [String] { try summaries().map(\.id.rawValue) }
}

@Suite struct NamesOfPlatforms {
  private static let known = [
    ("openai", "gpt-4o"), ("openai", "gpt-4o-2024-05-13"), ("deepinfra", "meta-llama/Llama-3.2-3B-Instruct"),
    ("deepinfra", "meta-llama/Llama-3.1-70B-Instruct"), ("deepinfra", "meta-llama/Llama-3.1-8B-Instruct"),
    ("deepinfra", "google/gemma-3-27b-it"), ("deepinfra", "Qwen/Qwen3-4B-Instruct-2507"),
    ("google", "gemini-2.5-flash"), ("google", "gemini-1.5-pro"), ("google", "gemini-1.5-flash-8b"),
    ("anthropic", "claude-sonnet-4-5-20250929"), ("mistral", "mistral-7b"), ("mistral", "mistral-large-2411"),
  ]

  // an id as a platform writes it, and the model; nil for one that stays unknown
  @Test(arguments: [
    ("openai:chat:gpt-4o", "openai/gpt-4o"), ("openai:gpt-4o", "openai/gpt-4o"),
    ("anthropic:messages:claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4.5"),
    ("google-gla:gemini-2.5-flash", "google/gemini-2.5-flash"), ("litellm:openai/gpt-4o", "openai/gpt-4o"),
    // A family that is a caller too: a size behind the colon is a tag.
    ("mistral:7b", "mistral/mistral-7b"), ("mistral:mistral-large-2411", "mistral/mistral-large-2411"),
    ("claude-sonnet-4-5[1m]", "anthropic/claude-sonnet-4.5"),
    ("azureml://registries/azure-openai/models/gpt-4o/versions/2024-05-13", "openai/gpt-4o"),
    ("projects/mine/locations/us-east5/publishers/google/models/gemini-2.5-flash", "google/gemini-2.5-flash"),
    ("vertex_ai/claude-sonnet-4-5@20250929", "anthropic/claude-sonnet-4.5"),
    ("gemini-1.5-pro-002", "google/gemini-1.5-pro"), ("gemini-flash-1.5-8b", "google/gemini-1.5-flash-8b"),
    ("llama3.2:3b", "meta/llama-3.2-3b-instruct"), ("ollama/llama3.2:3b", "meta/llama-3.2-3b-instruct"),
    ("llama3.1:70b-instruct-q4_K_M", "meta/llama-3.1-70b-instruct"), ("gemma3:27b", "google/gemma-3-27b-it"),
    ("unsloth/Llama-3.2-3B-Instruct-bnb-4bit", "meta/llama-3.2-3b-instruct"),
    ("Llama-3.2-3B-Instruct-Q4_K_M.gguf", "meta/llama-3.2-3b-instruct"),
    ("hf.co/unsloth/Llama-3.2-3B-Instruct-GGUF:Q8_0", "meta/llama-3.2-3b-instruct"),
    ("qwen/qwen3-4b-2507", "alibaba/qwen3-4b-instruct-2507"),
  ])
  func leadToTheirModel(id: String, model: String) throws {
    #expect(try catalogue(Self.known).model(of: id) == model)
  }

  @Test(arguments: [
    "foo/bar/gpt-4o", "generation/direct/gpt-4o", "results/run3/gemini-2.5-flash", "gpt-5.9",
    "gpt-4o-2024-99-99", "claude-sonnet-4-7", "openai:chat:gpt-5.9", "llama3.2:400b", "llama3.1:70b-text",
    "foo:gpt-4o",
  ])
  func stayUnknown(id: String) throws {
    #expect(try catalogue(Self.known).model(of: id) == nil)
  }

  @Test func leaveAProvidersOwnNameToIt() throws {
    // Amazon has a Nova too; Deepgram serves only what it made.
    let catalogue = try catalogue([
      ("deepgram", "nova-2"), ("deepgram", "gpt-4o"), ("amazon-bedrock", "amazon.nova-2-lite-v1:0"),
    ])
    #expect(try catalogue.ids() == ["amazon/nova-2-lite", "deepgram/nova-2", "openai/gpt-4o"])
    #expect(try catalogue.model(of: "nova-2", at: "deepgram") == "deepgram/nova-2")
    #expect(try catalogue.model(of: "nova-2") == "deepgram/nova-2")
  }

  @Test func takeTheAliasesOfWhoServes() throws {
    let catalogue = try catalogue(
      [("groq", "llama-3.1-8b-instant"), ("deepinfra", "meta-llama/Llama-3.1-8B-Instruct")],
      aliases: [("llama-3.1-8b-instant", "groq", "meta/llama-3.1-8b-instruct")])
    #expect(try catalogue.ids() == ["meta/llama-3.1-8b-instruct"])
    #expect(try catalogue.model(of: "groq/llama-3.1-8b-instant") == "meta/llama-3.1-8b-instruct")
  }

  @Test func knowTheRepositoriesThatNobodyServes() throws {
    // A quantised copy is no model, and neither is a repository of which the rules say nothing.
    let catalogue = try catalogue(
      [], repositories: ["Qwen/Qwen2.5-7B-Instruct-1M", "Qwen/Qwen2.5-7B-Instruct-AWQ", "someone/else-7b"])
    #expect(try catalogue.ids() == ["alibaba/qwen2.5-7b-instruct-1m"])
  }

  @Test func keepTheRulesInTheSnapshot() throws {
    let contents = CatalogueContents.of(policy)
    let read = try Catalogue(
      snapshot: SnapshotFile(bytes: try SnapshotFormat.write(contents), digest: ""))
    #expect(read.frame.identity.naming == policy.naming)
    #expect(read.frame.identity.toldApart == ["rerank1": "two first rerankers"])
  }
}

extension CatalogueContents {
  fileprivate static func of(_ policy: IdentityPolicy) -> CatalogueContents {
    var contents = CatalogueContents()
    contents.frame.identity = policy
    contents.frame.identity.toldApart = ["rerank1": "two first rerankers"]
    return contents
  }
}

@Suite struct OneModelOnePage {
  // routes of a catalogue, and the models that it has
  private static let names: [(routes: [(String, String)], models: [String])] = [
    // A `v`, a dash or a point is no other model, nor is `-hf`.
    (
      [
        ("fireworks-ai", "accounts/fireworks/models/llama-v3p3-70b-instruct"),
        ("a", "llama-3.3-70b-instruct"),
      ],
      ["meta/llama-3.3-70b-instruct"]
    ),
    ([("a", "meta-llama/Llama-2-70b-chat-hf"), ("b", "llama-2-70b-chat")], ["meta/llama-2-70b-chat"]),
    ([("a", "code-llama-34b-instruct"), ("b", "codellama-34b-instruct")], ["meta/codellama-34b-instruct"]),
    // The host that lists a name without its owner has not made the model.
    (
      [("openrouter", "goliath-120b"), ("openrouter", "alpindale/goliath-120b")], ["alpindale/goliath-120b"]
    ),
    ([("a", "ricursive-ai/ripple-65b"), ("b", "ricursiveai/ripple-65b")], ["ricursive-ai/ripple-65b"]),
    // Each router is its host's own.
    ([("openrouter", "auto"), ("fireworks", "auto")], ["fireworks/auto", "openrouter/auto"]),
    // What one host writes behind a name says how it serves it; the lab's own word does not.
    ([("a", "gpt-4o"), ("b", "gpt-4o-nitro")], ["openai/gpt-4o"]),
    ([("a", "gpt-4o"), ("openai", "gpt-4o-nitro")], ["openai/gpt-4o", "openai/gpt-4o-nitro"]),
    ([("a", "gpt-4o-6bit"), ("b", "gpt-4o-tput")], ["openai/gpt-4o"]),
    // A word behind two colons is an effort; behind one it may be a size.
    ([("a", "gpt-4o"), ("b", "gpt-4o:thinking:medium")], ["openai/gpt-4o"]),
    (
      [("a", "nova-2-lite"), ("b", "nova-2-lite-nitro")], ["amazon/nova-2-lite", "amazon/nova-2-lite-nitro"]
    ),
    // Other digits are another model.
    ([("a", "llama-3.1-8b"), ("b", "llama-3-18b")], ["meta/llama-3-18b", "meta/llama-3.1-8b"]),
  ]

  @Test(arguments: names)
  func joinsTheNames(routes: [(String, String)], models: [String]) throws {
    #expect(try catalogue(routes).ids() == models)
  }

  // two ids, and whether the rule finds the second
  @Test(arguments: [
    ("meta/llama-v3.3-70b", "meta/llama-3.3-70b", true),
    ("openrouter/goliath-120b", "alpindale/goliath-120b", true),
    ("openai/gpt-4o", "openai/gpt-4o-mini", false), ("a/auto", "b/auto", false),
  ])
  func findsAModelThatStandsTwice(one: String, other: String, isFound: Bool) throws {
    var frame = CatalogueFrame()
    frame.identity = policy
    let findings = Lints.sameModelTwice(
      [one, other].map { ModelSummary(id: ModelID($0), name: $0) }, frame)
    #expect(findings.map(\.rule) == (isFound ? ["same-model-twice"] : []))
  }

  @Test func saysOfAHostsModelThatItsLabIsUnknown() throws {
    let catalogue = try catalogue([("openrouter", "caller-large-1")])
    let today = try CalendarDate(parsing: day)
    let model = try #require(try catalogue.model("openrouter/caller-large-1", asOf: today))
    #expect(model.labName == "unknown lab")
    #expect(model.routes.allSatisfy { !$0.isFirstParty })
  }
}
