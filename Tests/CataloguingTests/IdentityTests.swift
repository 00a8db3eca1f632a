import Facts
import Testing

@testable import Cataloguing

private let day = "2026-11-01"

private let policy: IdentityPolicy = {
  var policy = IdentityPolicy()
  for (lab, names) in [
    ("openai", ["openai"]), ("zai", ["zai", "zai-org"]), ("alibaba", ["qwen", "alibaba"]),
    ("mistral", ["mistralai"]),
    ("deepseek", ["deepseek-ai"]), ("moonshotai", ["moonshotai"]), ("nvidia", ["nvidia"]),
    ("meta", ["meta-llama"]),
    ("cohere", ["cohere"]), ("snowflake", ["snowflake"]),
  ] {
    policy.add(lab: LabNote(id: LabID(lab), name: lab, namespaces: names, firstParty: [lab]))
  }
  policy.families = [
    "gpt": "openai", "glm": "zai", "qwen": "alibaba", "mistral": "mistral", "codestral": "mistral",
    "deepseek": "deepseek", "kimi": "moonshotai", "llama": "meta", "nemotron": "nvidia", "step": "stepfun",
  ]
  policy.add(provider: "azure-ai-foundry", same: ["azure_ai"], name: nil)
  policy.add(provider: "snowflake-cortex", same: ["snowflake"], name: nil)
  policy.marks = ["azure-ai-foundry": ["fw-"]]
  policy.shortDatesAreSnapshots = ["openai"]
  return policy
}()

/// A catalogue of routes: provider, id, and the day of release that the source gives.
private func catalogue(
  _ routes: [(provider: String, id: String, released: String?)], aliases: [(String, String)] = []
) throws -> Catalogue {
  var frame = CatalogueFrame()
  frame.identity = policy
  let today = try CalendarDate(parsing: day)
  var builder = CatalogueBuilder(frame: frame, asOf: today)
  var records: [SourceRecord] = []
  for (index, route) in routes.enumerated() {
    let claims = try route.released.map {
      [Claim(.released, .date(try CalendarDate(parsing: $0)), asWritten: $0)]
    }
    records.append(
      SourceRecord(
        key: "r\(index)", subject: .route(provider: route.provider, apiID: route.id), claims: claims ?? []))
  }
  builder.add(
    source: SourceDescription(
      id: "dev", title: "dev", version: "1", licence: "MIT", homepage: nil, observed: today, digest: "00",
      lineage: "dev", correction: "dev"),
    records: records,
    aliases: aliases.map { AliasNote(source: "curated", alias: $0.0, provider: nil, model: ModelID($0.1)) })
  return Catalogue(contents: builder.build().finished(asOf: today))
}

extension Catalogue {
  fileprivate func ids() throws -> [String] { try summaries().map(\.id.rawValue) }

  fileprivate func model(of id: String, at provider: String? = nil) throws -> String? {
    guard case .resolved(let found) = try resolve(id, provider: provider, asOf: CalendarDate(parsing: day))
    else {
      return nil
    }
    return found.model.rawValue
  }
}

@Suite struct SpellingsOfOneModel {
  // the routes of a catalogue, and the models it has: spelled otherwise by one provider, one model
  @Test(arguments: [
    (["openai/gpt-5.2", "gpt-52"], ["openai/gpt-5.2"]),
    (["zai/glm-5.2", "zai-org-glm-5-2"], ["zai/glm-5.2"]),
    (["qwen/qwen3.6-35b-a3b", "qwen3.6-35b"], ["alibaba/qwen3.6-35b-a3b"]),
    (["openai/gpt-oss-120b", "gpt-oss:120b", "gpt-oss:20b"], ["openai/gpt-oss-120b", "openai/gpt-oss-20b"]),
    (["openai/gpt-4", "gpt-4-0613"], ["openai/gpt-4"]),
    (
      ["deepseek-ai/deepseek-v4-flash-0731", "deepseek-v4-flash-20260731"],
      ["deepseek/deepseek-v4-flash-0731"]
    ),
    (
      ["nvidia/llama-3.1-nemotron-ultra-253b-v1", "llama-3.1-nemotron-ultra-253b-v1"],
      ["nvidia/llama-3.1-nemotron-ultra-253b-v1"]
    ),
    (["cohere/rerank-v4-pro", "cohere-rerank-v4-pro"], ["cohere/rerank-v4-pro"]),
  ])
  func areOneModel(ids: [String], models: [String]) throws {
    #expect(try catalogue(ids.map { ("host", $0, nil) }).ids() == models)
  }

  // names that look alike and stay two models
  @Test(arguments: [
    ["openai/gpt-5", "openai/gpt-5.2"], ["meta-llama/llama-3.3-70b", "deepseek-llama3.3-70b"],
    ["qwen/qwen3-30b-a3b-instruct-2507", "qwen/qwen3-30b-a3b-thinking-2507", "qwen/qwen3-30b"],
    ["deepseek-ai/deepseek-r1", "deepseek-r1:70b"], ["mistralai/mistral", "mistralai/mistral-medium"],
    ["moonshotai/kimi-k2", "moonshotai/kimi-k2-0905"],
  ])
  func stayApart(ids: [String]) throws {
    #expect(try catalogue(ids.map { ("host", $0, nil) }).ids().count == ids.count)
  }

  @Test func aWordWithoutTheOtherNameStays() throws {
    #expect(try catalogue([("host", "gpt-52", nil)]).ids() == ["openai/gpt-52"])
  }

  @Test func aProvidersMarkIsTakenOffAtThatProvider() throws {
    let known = try catalogue([
      ("host", "zai/glm-5.2", nil), ("azure_ai", "FW-GLM-5.2", nil), ("other", "fw-glm-5.3", nil),
      ("host", "zai/glm-5.3", nil),
    ])
    #expect(try known.ids().filter { $0.hasPrefix("zai/") } == ["zai/glm-5.2", "zai/glm-5.3"])
    #expect(try known.model(of: "azure_ai/FW-GLM-5.2", at: "azure_ai") == "zai/glm-5.2")
    // The other provider writes no such mark: its name is its own.
    #expect(try known.model(of: "fw-glm-5.3", at: "other") != "zai/glm-5.3")
  }
}

@Suite struct ReleasesInFourDigits {
  // days of the undated name, day of the name with four digits, whether they are one model
  @Test(arguments: [
    (["2025-06-20", "2025-06-20", "2025-03-01"], "2025-06-20", true),  // one wrong day decides nothing
    (["2025-06-20"], nil, true), (["2025-06-20"], "2025-07-01", true),
    (["2026-02-02"], "2026-04-02", false),  // released two months later under the name of the month between
    (["2025-01-20"], "2025-06-20", false), ([], "2025-06-20", false),
  ])
  func areOneModelWhenTheDaysFit(days: [String], own: String?, isOne: Bool) throws {
    let name = own == "2026-04-02" ? "step-3.5-flash-2603" : "step-3.5-flash-2506"
    var routes: [(String, String, String?)] = days.enumerated().map {
      ("host\($0.offset)", "stepfun/step-3.5-flash", $0.element)
    }
    if days.isEmpty { routes.append(("host", "stepfun/step-3.5-flash", nil)) }
    routes.append(("host", "stepfun/" + name, own))
    #expect(try catalogue(routes).ids().count == (isOne ? 1 : 2))
  }
}

@Suite struct FindingAModel {
  private static let routes: [(String, String, String?)] = [
    ("host", "zai/glm-5.2", nil), ("host", "meta-llama/llama-3.1-8b-instruct", nil),
    ("snowflake", "rocket-1", nil),
    ("host", "ricursiveai/ripple-65b-preview", nil), ("host", "qwen/qwen3-235b-a22b-2507", nil),
    ("host", "qwen/qwen3-vl-235b-a22b", nil), ("host", "qwen/qwen3-14b", "2025-04"),
  ]

  // an id as somebody writes it, whose it is, the model: a path may name a host that trains too
  @Test(arguments: [
    ("snowflake/llama3.1-8b-instruct", nil, "meta/llama-3.1-8b-instruct"),
    ("snowflake/rocket-1", "snowflake", "snowflake-cortex/rocket-1"),
    ("snowflake/rocket-1", nil, "snowflake-cortex/rocket-1"),
    ("mistralai/glm-5-2", nil, "zai/glm-5.2"),
    ("ricursiveai/ripple-65b-preview-20261104", nil, "ricursiveai/ripple-65b-preview"),
    ("qwen/qwen3-235b-a22b-07-25", "openrouter", "alibaba/qwen3-235b-a22b-2507"),
    ("qwen3-vl:235b", "ollama", "alibaba/qwen3-vl-235b-a22b"),
    ("qwen/qwen3-14b-04-28", nil, "alibaba/qwen3-14b"),
    ("glm-52", nil, "zai/glm-5.2"), ("glm-5.2-turbo", nil, nil), ("qwen3-14b-0815", nil, nil),
    ("qwen3-30b", nil, nil),
  ])
  func byAnyId(raw: String, provider: String?, expected: String?) throws {
    #expect(try catalogue(Self.routes).model(of: raw, at: provider) == expected)
  }

  @Test func byAnAliasInAnotherSpelling() throws {
    let known = try catalogue(
      [("host", "qwen/qwen3-14b-instruct", nil)], aliases: [("qwen-3-14b", "alibaba/qwen3-14b-instruct")])
    #expect(try known.model(of: "qwen3-14b") == "alibaba/qwen3-14b-instruct")
  }
}
