import Facts

/// Where an importer's bytes are fetched as the source publishes them, and what a citation says of a source that the catalogue
/// does not have yet.
public struct SourceRequest: Sendable {
  public let id: SourceID
  /// The address that the source's own pages give.
  public let address: String
  public let title: String
  public let licence: String
  public let homepage: String
  public let lineage: SourceID
  public let correction: String
  /// What its records can state; see `SourceDescription.canState`. Empty where `Data/policy/sources.json` says it.
  public let states: Set<String>
  /// The most bytes that are read; several times what the source has.
  public let largest: Int

  public init(
    id: SourceID, address: String, title: String, licence: String, homepage: String, lineage: SourceID,
    correction: String, states: Set<String> = [], largest: Int
  ) {
    self.id = id
    self.address = address
    self.title = title
    self.licence = licence
    self.homepage = homepage
    self.lineage = lineage
    self.correction = correction
    self.states = states
    self.largest = largest
  }
}

extension Importers {
  /// The sources that are published at an address in the very format that their importer reads. The others reach the catalogue
  /// as packages.
  public static let requests: [SourceRequest] = [
    // https://github.com/sst/models.dev names the address in its README.
    SourceRequest(
      id: ModelsDev.id, address: "https://models.dev/api.json", title: "models.dev (api.json)",
      licence: "MIT",
      homepage: "https://models.dev", lineage: "models.dev",
      correction: "provider and model files of https://github.com/sst/models.dev", largest: 64 << 20),
    SourceRequest(
      id: LiteLLM.id,
      address: "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json",
      title: "LiteLLM price and context table", licence: "MIT",
      homepage: "https://github.com/BerriAI/litellm",
      lineage: "litellm",
      correction: "model_prices_and_context_window.json of https://github.com/BerriAI/litellm",
      largest: 64 << 20),
    SourceRequest(
      id: OpenRouterModels.id, address: "https://openrouter.ai/api/v1/models", title: "OpenRouter model list",
      licence: "OpenRouter's terms", homepage: "https://openrouter.ai/models", lineage: "openrouter",
      correction: "https://openrouter.ai/models",
      states: [
        "name", "context_window", "max_output", "retirement", "knowledge_cutoff", "vision", "multimodal",
        "function_calling", "tool_use", "reasoning", "structured_outputs", "temperature", "input", "output",
        "cache_read", "cache_write",
      ], largest: 64 << 20),
  ]
}
