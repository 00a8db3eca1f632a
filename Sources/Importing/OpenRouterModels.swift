import Facts
import JSON

/// OpenRouter's `/api/v1/models`: prices as decimal texts in US dollars a token, limits, modalities and the
/// request parameters that each model takes.
public enum OpenRouterModels: Importer {
  public static let id = SourceID("openrouter-models")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let models = try snapshot.json()["data"]?.array else {
      throw snapshot.shapeError("an OpenRouter model list is an object with a list under data")
    }
    var imported = Imported(source: snapshot.source)
    imported.providers.append(ProviderNote(id: "openrouter", name: "OpenRouter"))
    for (index, model) in models.enumerated() {
      guard let id = model["id"]?.string else {
        imported.report("bad-record", at: "data[\(index)]", "a model without an id was left out")
        continue
      }
      var other: [ServedName] = []
      if let slug = model["canonical_slug"]?.string, slug != id {
        other.append(ServedName(provider: "openrouter", apiID: slug))
      }
      if let repository = model["hugging_face_id"]?.string, !repository.isEmpty {
        other.append(ServedName(provider: nil, apiID: repository))
      }
      imported.add(
        draft(of: model, id: id), subject: .route(provider: "openrouter", apiID: id),
        url: "https://openrouter.ai/" + id,
        alsoServedAs: other)
    }
    return imported
  }

  private static func draft(of model: JSONValue, id: String) -> RecordDraft {
    var draft = RecordDraft(key: id)
    draft.text(.name, model["name"], path: "name")
    draft.tokens(.contextWindow, model["context_length"], path: "context_length")
    draft.tokens(
      .maxOutput, model["top_provider"]?["max_completion_tokens"], path: "top_provider.max_completion_tokens")
    draft.date(.retirement, model["expiration_date"], path: "expiration_date")
    draft.date(.knowledgeCutoff, model["knowledge_cutoff"], path: "knowledge_cutoff")
    let architecture = model["architecture"]
    draft.modalities(
      input: ModelsDev.words(architecture?["input_modalities"]),
      output: ModelsDev.words(architecture?["output_modalities"]),
      path: "architecture")
    draft.kind(apiID: id, name: model["name"]?.string, providerName: nil)
    parameters(model["supported_parameters"], into: &draft)
    for (unit, name) in [
      (BillableUnit.input, "prompt"), (.output, "completion"), (.cacheRead, "input_cache_read"),
      (.cacheWrite, "input_cache_write"), (.reasoning, "internal_reasoning"),
    ] {
      // -1: the router chooses
      guard let value = model["pricing"]?[name], value.numberText != "-1" else { continue }
      draft.price(PriceTerm(unit), value, scale: 6, unit: "per token", path: "pricing.\(name)")
    }
    return draft
  }

  /// The parameter list is complete, so what it leaves out is stated absent.
  private static func parameters(_ list: JSONValue?, into draft: inout RecordDraft) {
    guard let names = list?.array.map({ Set($0.compactMap(\.string)) }), !names.isEmpty else { return }
    let flags: [(Field, String)] = [
      (.capability(.functionCalling), "tools"), (.capability(.toolUse), "tools"),
      (.capability(.reasoning), "reasoning"),
      (.capability(.structuredOutputs), "structured_outputs"), (.temperature, "temperature"),
    ]
    for (field, name) in flags {
      draft.add(
        Claim(
          field, .flag(names.contains(name)), asWritten: names.contains(name) ? name : "no \(name)",
          basis: .derived,
          note: "\(name) among the supported parameters listed", path: "supported_parameters"))
    }
  }
}
