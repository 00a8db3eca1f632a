import Facts
import JSON

/// models.dev's own `/api.json`: providers by id, each with its models. It alone of the two carries release
/// dates and true tiers.
public enum ModelsDev: Importer {
  public static let id = SourceID("models-dev")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let providers = try snapshot.json().object else {
      throw snapshot.shapeError("a models.dev api.json is an object of providers")
    }
    var imported = Imported(source: snapshot.source)
    for (providerID, provider) in providers.members {
      guard let name = provider["name"]?.string, let models = provider["models"]?.object else {
        imported.report("bad-record", at: providerID, "a provider without name or models was left out")
        continue
      }
      imported.providers.append(
        ProviderNote(
          id: providerID, name: name, dialect: provider["npm"]?.string,
          documentation: provider["doc"]?.string?.httpAddress))
      for (modelID, model) in models.members {
        let key = "\(providerID):\(modelID)"
        guard model.object != nil else {
          imported.report("bad-record", at: key, "a model that is \(model.kind) was left out")
          continue
        }
        imported.add(
          draft(of: model, key: key, id: modelID, providerName: name),
          subject: .route(provider: providerID, apiID: modelID))
      }
    }
    return imported
  }

  private static func draft(of model: JSONValue, key: String, id: String, providerName: String) -> RecordDraft
  {
    var draft = RecordDraft(key: key)
    draft.text(.name, model["name"], path: "name")
    draft.text(.family, model["family"], path: "family")
    draft.date(.released, model["release_date"], path: "release_date")
    draft.flag(.capability(.reasoning), model["reasoning"], path: "reasoning")
    draft.tools(model["tool_call"], path: "tool_call")
    draft.flag(.capability(.structuredOutputs), model["structured_output"], path: "structured_output")
    draft.flag(.temperature, model["temperature"], path: "temperature")
    draft.date(.knowledgeCutoff, model["knowledge"], path: "knowledge")
    openness(model["open_weights"], path: "open_weights", into: &draft)
    let limit = model["limit"]
    draft.tokens(.contextWindow, limit?["context"], path: "limit.context")
    draft.tokens(.maxInput, limit?["input"], path: "limit.input")
    draft.tokens(.maxOutput, limit?["output"], path: "limit.output")
    draft.text(.status, model["status"], path: "status")
    draft.text(.dialect, model["provider"]?["npm"], path: "provider.npm")
    draft.modalities(
      input: words(model["modalities"]?["input"]), output: words(model["modalities"]?["output"]),
      path: "modalities")
    draft.kind(apiID: id, name: model["name"]?.string, providerName: providerName)
    guard let cost = model["cost"] else { return draft }
    prices(cost, above: nil, path: "cost", into: &draft)
    for (index, tier) in (cost["tiers"]?.array ?? []).enumerated() {
      guard tier["tier"]?["type"]?.string == "context", let text = tier["tier"]?["size"]?.numberText,
        let size = try? TokenCount(parsing: text), size.tokens > 0
      else {
        draft.problem("bad-tier", "cost.tiers[\(index)] has no context size")
        continue
      }
      prices(tier, above: size, path: "cost.tiers[\(index)]", into: &draft)
    }
    return draft
  }

  private static func prices(
    _ cost: JSONValue, above: TokenCount?, path: String, into draft: inout RecordDraft
  ) {
    let units: [(BillableUnit, String)] = [
      (.input, "input"), (.output, "output"), (.reasoning, "reasoning"), (.cacheRead, "cache_read"),
      (.cacheWrite, "cache_write"), (.audioInput, "input_audio"), (.audioOutput, "output_audio"),
    ]
    for (unit, name) in units {
      draft.price(PriceTerm(unit, above: above), cost[name], unit: "per 1M tokens", path: "\(path).\(name)")
    }
  }

  /// `open_weights`, which says whether weights can be had, not under which licence.
  static func openness(_ value: JSONValue?, path: String, into draft: inout RecordDraft) {
    let open: Bool
    switch value {
    case .bool(let flag): open = flag
    case .number("1"): open = true
    case .number("0"): open = false
    case nil, .null: return
    case .some(let other):
      draft.problem("bad-flag", "\(path) \(other.asWritten.bounded) is neither true nor false")
      return
    }
    draft.add(
      Claim(
        .openness, .text((open ? Openness.openWeights : .proprietary).rawValue),
        asWritten: value?.asWritten ?? "",
        path: path))
  }

  static func words(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
}
