import Cataloguing
import Facts
import Metering
import Testing

/// Rows find the route that served them, and no sibling's.
@Suite struct RouteMatching {
  private func match(_ provider: String?, _ model: String, day: String = "2026-11-20") throws -> String {
    var matcher = RouteMatcher(try Catalogue(snapshot: .embedded()), today: try CalendarDate(parsing: day))
    switch try matcher.match(provider: provider, model: model, day: nil) {
    case .route(let route): return route.model.rawValue + " at " + route.id
    case .problem(let reason, _): return reason.rawValue
    }
  }

  @Test(arguments: [
    // The provider's own id, in any case, with a gateway's prefix, in another spelling of the provider.
    ("openai", "gpt-4o", "openai/gpt-4o at openai/gpt-4o"),
    ("openai", "GPT-4O-2024-11-20", "openai/gpt-4o at openai/gpt-4o-2024-11-20"),
    ("azure", "azure/gpt-4o", "openai/gpt-4o at azure/gpt-4o"),
    ("azure", "eu/gpt-4o-2024-11-20", "openai/gpt-4o at azure/eu/gpt-4o-2024-11-20"),
    (
      "bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "anthropic/claude-sonnet-4.5 at amazon-bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0"
    ),
    ("vertex_ai", "gemini-2.5-pro", "google/gemini-2.5-pro at google-vertex/gemini-2.5-pro"),
    ("gemini", "gemini-2.5-pro", "google/gemini-2.5-pro at google/gemini-2.5-pro"),
    ("fireworks_ai", "glm-4p6", "zai/glm-4.6 at fireworks-ai/accounts/fireworks/models/glm-4p6"),
    ("OPENAI", "gpt-5", "openai/gpt-5 at openai/gpt-5"),
    // A dated id falls back on the undated one, and not on another date.
    ("openrouter", "openai/gpt-4.1-2025-04-14", "openai/gpt-4.1 at openrouter/openai/gpt-4.1"),
    // Free and paid are two routes.
    (
      "openrouter", "deepseek/deepseek-r1:free",
      "deepseek/deepseek-r1 at openrouter/deepseek/deepseek-r1:free"
    ),
    ("openrouter", "deepseek/deepseek-r1", "deepseek/deepseek-r1 at openrouter/deepseek/deepseek-r1"),
    // Look-alikes.
    (
      "openrouter", "deepseek/deepseek-r1-distill-qwen-32b",
      "deepseek/deepseek-r1-distill-qwen-32b at openrouter/deepseek/deepseek-r1-distill-qwen-32b"
    ),
    ("openrouter", "z-ai/glm-4.6v", "zai/glm-4.6v at openrouter/z-ai/glm-4.6v"),
    ("openrouter", "z-ai/glm-4.6", "zai/glm-4.6 at openrouter/z-ai/glm-4.6"),
    ("openrouter", "qwen/qwen3-235b-a22b", "alibaba/qwen3-235b-a22b at openrouter/qwen/qwen3-235b-a22b"),
    (
      "openrouter", "qwen/qwen3-235b-a22b-2507",
      "alibaba/qwen3-235b-a22b-instruct-2507 at openrouter/qwen/qwen3-235b-a22b-2507"
    ),
    // What a provider does not serve.
    ("anthropic", "gpt-5", "unknown_route"), ("acme", "gpt-5", "unknown_route"),
    ("openai", "no-such-model", "unknown_model"), ("openai", "gpt-5-nonsense", "unknown_model"),
    // Together serves this model in a faster mode only, which is another price.
    ("together_ai", "llama-3.3-70b-instruct", "unknown_route"),
  ])
  func aRowWithAProviderIsItsRoute(provider: String, model: String, expected: String) throws {
    #expect(try match(provider, model) == expected)
  }

  @Test(arguments: [
    ("gpt-5.3-codex-spark", "openai/gpt-5.3-codex-spark at openai/gpt-5.3-codex-spark"),
    ("gpt-5.3-codex", "openai/gpt-5.3-codex at openai/gpt-5.3-codex"),
    ("claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4.5 at anthropic/claude-sonnet-4-5-20250929"),
    ("glm-4.6v", "zai/glm-4.6v at zai/glm-4.6v"), ("glm-4.6", "zai/glm-4.6 at zai/glm-4.6"),
    // The id itself names the provider, as gateways write it or because no other uses it.
    (
      "openrouter/anthropic/claude-sonnet-4.5",
      "anthropic/claude-sonnet-4.5 at openrouter/anthropic/claude-sonnet-4.5"
    ),
    ("groq/llama-3.3-70b-versatile", "meta/llama-3.3-70b-instruct at groq/llama-3.3-70b-versatile"),
    ("accounts/fireworks/models/glm-4p6", "zai/glm-4.6 at fireworks-ai/accounts/fireworks/models/glm-4p6"),
    (
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "anthropic/claude-sonnet-4.5 at amazon-bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0"
    ),
    // Many serve it, the lab does not.
    ("qwen/qwen3-235b-a22b-2507", "unknown_route"), ("claude-sonnet-latest", "unknown_model"),
    ("r1-distill-qwen-32b", "unknown_model"), ("", "unknown_model"),
  ])
  func aRowWithoutAProviderIsTheLabsOwn(model: String, expected: String) throws {
    #expect(try match(nil, model) == expected)
  }

  /// Every route of the catalogue that a log names by provider and id is that route: no other id, and no other model.
  @Test func everyRouteFindsItself() throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    let today = try CalendarDate(parsing: "2026-11-20")
    var matcher = RouteMatcher(catalogue, today: today)
    var checked = 0
    for (number, summary) in try catalogue.summaries().enumerated() where number.isMultiple(of: 60) {
      for route in try catalogue.contents(of: summary.id)?.routes ?? [] {
        let found = try matcher.match(provider: route.provider.rawValue, model: route.apiID, day: nil)
        guard case .route(let match) = found else {
          Issue.record("\(route.provider)/\(route.apiID): \(found)")
          continue
        }
        #expect(match.provider == route.provider && match.apiID.lowercased() == route.apiID.lowercased())
        checked += 1
      }
    }
    #expect(checked > 60)
  }

  @Test func problemsNameTheCandidates() throws {
    var matcher = RouteMatcher(
      try Catalogue(snapshot: .embedded()), today: try CalendarDate(parsing: "2026-11-20"))
    let unserved = try matcher.match(provider: nil, model: "qwen/qwen3-235b-a22b-2507", day: nil)
    guard case .problem(.unknownRoute, let message) = unserved else {
      Issue.record("\(unserved)")
      return
    }
    #expect(message.contains("served by"))
    let turbo = try matcher.match(provider: "together_ai", model: "llama-3.3-70b-instruct", day: nil)
    guard case .problem(_, let others) = turbo else {
      Issue.record("\(turbo)")
      return
    }
    #expect(others.contains("Llama-3.3-70B-Instruct-Turbo"))
  }

  /// An alias that changes hands: before 2026-03-01 the name means rocket-1, from then on rocket-2.
  @Test func anAliasIsReadOnTheDayOfTheRow() throws {
    var frame = CatalogueFrame()
    frame.identity.families["rocket"] = LabID("acme")
    frame.identity.add(
      lab: LabNote(id: LabID("acme"), name: "Acme", namespaces: ["acme"], firstParty: ["acme"]))
    var builder = CatalogueBuilder(frame: frame, asOf: try CalendarDate(parsing: "2026-06-01"))
    func alias(_ model: String, from: String?, until: String?) throws -> AliasNote {
      AliasNote(
        source: SourceID("sample"), alias: "rocket", provider: "acme", model: ModelID(model),
        from: try from.map { try CalendarDate(parsing: $0) },
        until: try until.map { try CalendarDate(parsing: $0) }, kind: .floating)
    }
    builder.add(
      source: SourceDescription(
        id: SourceID("sample"), title: "S", version: "1", licence: "MIT", homepage: nil,
        observed: try CalendarDate(parsing: "2026-01-01"), digest: "00", lineage: SourceID("sample"),
        correction: "s"),
      records: ["rocket-1", "rocket-2"].map {
        SourceRecord(key: $0, subject: .route(provider: "acme", apiID: $0), claims: [])
      },
      aliases: [
        try alias("acme/rocket-1", from: nil, until: "2026-02-28"),
        try alias("acme/rocket-2", from: "2026-03-01", until: nil),
      ])
    var matcher = RouteMatcher(
      Catalogue(contents: builder.build()), today: try CalendarDate(parsing: "2026-06-01"))
    for (day, model) in [
      ("2026-02-28", "acme/rocket-1"), ("2026-03-01", "acme/rocket-2"), ("2026-01-01", "acme/rocket-1"),
    ] {
      let number = try CalendarDate(parsing: day).firstDayNumber
      guard case .route(let route) = try matcher.match(provider: "acme", model: "rocket", day: number) else {
        Issue.record("no route on \(day)")
        continue
      }
      #expect(route.model.rawValue == model)
    }
  }

  /// A host whose source says that `rocket-20251208` is its `rocket-v`, and that `lift` is its glider in either region.
  @Test func anIDThatASourceGivesARouteIsThatRoute() throws {
    var frame = CatalogueFrame()
    frame.identity.families["rocket"] = LabID("acme")
    frame.identity.families["glider"] = LabID("acme")
    var builder = CatalogueBuilder(frame: frame, asOf: try CalendarDate(parsing: "2026-06-01"))
    func record(_ id: String, at provider: String = "host", also: [String]) -> SourceRecord {
      SourceRecord(
        key: provider + id, subject: .route(provider: provider, apiID: id), claims: [],
        alsoServedAs: also.map { ServedName(provider: provider, apiID: $0) })
    }
    builder.add(
      source: SourceDescription(
        id: SourceID("sample"), title: "S", version: "1", licence: "MIT", homepage: nil,
        observed: try CalendarDate(parsing: "2026-01-01"), digest: "00", lineage: SourceID("sample"),
        correction: "s"),
      records: [
        record("rocket", also: ["rocket-next"]),
        record("rocket-v", also: ["Rocket-20251208", "rocket-next"]),
        record("eu.glider", also: ["lift"]), record("us.glider", also: ["lift"]),
        record("rocket", at: "other", also: []),
      ])
    var matcher = RouteMatcher(
      Catalogue(contents: builder.build()), today: try CalendarDate(parsing: "2026-06-01"))
    func match(_ provider: String, _ model: String) throws -> String? {
      guard case .route(let route) = try matcher.match(provider: provider, model: model, day: nil) else {
        return nil
      }
      return route.id
    }
    #expect(try match("host", "rocket-20251208") == "host/rocket-v")
    #expect(try match("host", "rocket") == "host/rocket")
    // Elsewhere nobody says so, and the dated id falls back on the undated one.
    #expect(try match("other", "rocket-20251208") == "other/rocket")
    // Two models, or two routes: neither is chosen.
    #expect(try match("host", "rocket-next") == nil)
    #expect(try match("host", "lift") == nil)
  }
}
