import Facts
import TextFormats

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
    var tally = FieldTally(read: readFields, leftOut: leftOut)
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
      tally.count(model)
      var draft = draft(of: model, id: id)
      tally.count(zeros: draft.takeBackZeros(), because: ModelsDev.zero)
      imported.add(
        draft, subject: .route(provider: "openrouter", apiID: id),
        url: "https://openrouter.ai/" + id,
        alsoServedAs: other)
    }
    tally.report(to: &imported)
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
    for (name, unit) in units {
      // -1: the router chooses
      guard let value = model["pricing"]?[name], value.numberText != "-1" else { continue }
      draft.price(
        PriceTerm(unit), value, factor: ExactDecimal(unit.piecesPerPrice),
        unit: unit.isToken ? "per token" : unit.priceUnit, path: "pricing.\(name)")
    }
    let limits = model["per_request_limits"]
    draft.tokens(.maxInput, limits?["prompt_tokens"], path: "per_request_limits.prompt_tokens")
    if model["top_provider"]?["max_completion_tokens"] ?? .null == .null {
      draft.tokens(.maxOutput, limits?["completion_tokens"], path: "per_request_limits.completion_tokens")
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

  // MARK: Fields

  /// `image` is a picture that is read: OpenRouter's page of gpt-4o-2024-08-06 shows its 0.003613 as "$3.613/K input imgs".
  private static let units: [(name: String, unit: BillableUnit)] = [
    ("prompt", .input), ("completion", .output), ("input_cache_read", .cacheRead),
    ("input_cache_write", .cacheWrite), ("internal_reasoning", .reasoning), ("request", .request),
    ("image", .imageRead), ("web_search", .webSearch),
  ]

  private static let readFields: Set<String> = Set(
    units.map { "pricing." + $0.name } + [
      "id", "canonical_slug", "hugging_face_id", "name", "context_length",
      "top_provider.max_completion_tokens", "expiration_date", "knowledge_cutoff",
      "architecture.input_modalities[]", "architecture.output_modalities[]", "supported_parameters[]",
      "per_request_limits.prompt_tokens", "per_request_limits.completion_tokens",
    ])

  static let leftOut: [LeftOutField] = [
    LeftOutField("architecture.modality", "the two lists of modalities in one text"),
    LeftOutField("architecture.tokenizer", "a family's word such as Claude or Router, no vocabulary"),
    LeftOutField("architecture.instruct_type", "the template of a host, not of the model"),
    LeftOutField("created", "the day of the listing, no release"),
    LeftOutField("default_parameters*", "what the gateway fills in; no field stands for it yet"),
    LeftOutField("description", "prose"),
    LeftOutField("links.*", "an address of the same API"),
    LeftOutField("pricing.*", "a price whose unit no page that was read defines"),
    LeftOutField("top_provider.context_length", "of the host that is asked first; the model's own is read"),
    LeftOutField("top_provider.is_moderated", "whether a host filters; no field stands for it yet"),
    LeftOutField("supported_voices*", "voices of a speech model; no field stands for it yet"),
  ]
}
