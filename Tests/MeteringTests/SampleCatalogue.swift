import Cataloguing
import Facts

/// A small catalogue whose every route has the same prices, in US dollars per million tokens:
///
///     input 2 · output 10 · cache read 0.5 · cache write 2.5, for an hour 4 · audio 6, from cache 0.6 · a web search 0.01
///     batch: input 1, output 5 · flex: input 1, output 5, cache read 0.25 · priority: input 4, output 20, cache read 1
enum SampleCatalogue {
  static let prices: [(PriceTerm, String)] = [
    (PriceTerm(.input), "2"), (PriceTerm(.output), "10"), (PriceTerm(.cacheRead), "0.5"),
    (PriceTerm(.cacheWrite), "2.5"), (PriceTerm(.cacheWriteHour), "4"), (PriceTerm(.audioInput), "6"),
    (PriceTerm(.cacheReadAudio), "0.6"), (PriceTerm(.webSearch), "0.01"),
    (PriceTerm(.input, mode: .batch), "1"), (PriceTerm(.output, mode: .batch), "5"),
    (PriceTerm(.input, mode: .flex), "1"), (PriceTerm(.output, mode: .flex), "5"),
    (PriceTerm(.cacheRead, mode: .flex), "0.25"),
    (PriceTerm(.input, mode: .priority), "4"), (PriceTerm(.output, mode: .priority), "20"),
    (PriceTerm(.cacheRead, mode: .priority), "1"),
  ]

  private static let routes: [(provider: String, ids: [String])] = [
    ("acme", ["rocket-1"]), ("openai", ["rocket-1", "gpt-5.4", "gpt-5.4-mini"]), ("google", ["rocket-1"]),
    ("google-vertex", ["rocket-1"]), ("amazon-bedrock", ["rocket-1"]),
    ("openrouter", ["acme/rocket-1", "acme/rocket-1:free"]),
    (
      "anthropic",
      ["claude-rocket-1", "claude-sonnet-5", "claude-opus-4-1-20250805", "claude-opus-5-20260601"]
    ),
  ]

  static func make() throws -> Catalogue {
    var frame = CatalogueFrame()
    for (family, lab) in [("rocket", "acme"), ("gpt", "openai"), ("claude", "anthropic")] {
      frame.identity.families[family] = LabID(lab)
      frame.identity.add(lab: LabNote(id: LabID(lab), name: lab, namespaces: [lab], firstParty: [lab]))
    }
    var builder = CatalogueBuilder(frame: frame, asOf: try CalendarDate(parsing: "2026-06-01"))
    let source = SourceDescription(
      id: SourceID("sample"), title: "S", version: "1", licence: "MIT", homepage: nil,
      observed: try CalendarDate(parsing: "2025-01-01"), digest: "00", lineage: SourceID("sample"),
      correction: "s")
    let claims = try prices.map { Claim(.price($0.0), .money(try Money(dollars: $0.1)), asWritten: $0.1) }
    var records: [SourceRecord] = []
    for (provider, ids) in routes {
      for id in ids {
        let own =
          id.hasSuffix(":free") ? [Claim(.routeKind, .text("free"), asWritten: "free")] : claims
        records.append(
          SourceRecord(key: provider + "/" + id, subject: .route(provider: provider, apiID: id), claims: own))
      }
    }
    builder.add(
      source: source, records: records,
      providers: routes.map { ProviderNote(id: $0.provider, name: $0.provider) })
    return Catalogue(contents: builder.build())
  }
}
