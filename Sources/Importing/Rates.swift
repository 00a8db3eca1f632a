import Facts
import TextFormats

/// The ledger of the `rates` package: models.dev merged with LiteLLM, genai-prices, OpenRouter and four vendors' pages. Only what
/// models.dev states is read of it, so it is a fresher snapshot of that lineage and no witness of its own.
///
/// `rates/ai/_fusion.py` says whose a value is. A price that all sources share within a tolerance is models.dev's; where they
/// differ, `price_discrepancies` holds the value of each; a unit that models.dev does not price is filled from LiteLLM or
/// genai-prices *without a mark*. So of a row that these can have filled only input and output are taken, which models.dev states
/// wherever it states a price. Retirement dates are LiteLLM's, default efforts OpenRouter's.
public enum Rates: Importer {
  public static let id = SourceID("rates")

  /// Provider ids that models.dev and LiteLLM share: a row of another provider can only be models.dev's. Compared are the
  /// providers of this ledger's models.dev rows with the values of `litellm_provider` in LiteLLM 1.110.2.
  private static let sharedWithLiteLLM: Set<String> = [
    "ai21", "aiand", "aihubmix", "anthropic", "azure", "baseten", "cerebras", "cohere", "coralbricks",
    "crusoe",
    "databricks", "deepinfra", "deepseek", "empiriolabs", "groq", "inception", "meta", "minimax", "mistral",
    "morph", "nebius", "oci", "openai", "ovhcloud", "perplexity", "scaleway", "scx-ai", "v0", "volcengine",
    "wandb", "watsonx", "xai", "zai",
  ]

  private static let units: [(name: String, unit: BillableUnit)] = [
    ("input_mtok", .input), ("output_mtok", .output), ("reasoning_mtok", .reasoning),
    ("cache_read_mtok", .cacheRead), ("cache_write_mtok", .cacheWrite), ("input_audio_mtok", .audioInput),
    ("output_audio_mtok", .audioOutput),
  ]

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    let document = try snapshot.json()
    guard document["domain"]?.string == "ai", let models = document["models"]?.array else {
      throw snapshot.shapeError("a ledger of rates is an object with the domain ai and a list of models")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(read: readFields, leftOut: leftOut)
    for (index, model) in models.enumerated() {
      guard let provider = model["provider"]?.string, let id = model["id"]?.string,
        let sources = model["sources"]?.object
      else {
        imported.report(
          "bad-record", at: "models[\(index)]", "a model without provider, id or sources was left out")
        continue
      }
      guard sources["models_dev"] != nil else {
        tally.count("models[]", because: "not of models.dev: LiteLLM's, genai-prices' or a vendor's row")
        continue
      }
      guard model["price"]?["currency"]?.string ?? "USD" == "USD" else {
        tally.count("price.currency", because: "a price in another currency, without a rate")
        continue
      }
      tally.count(model)
      var draft = RecordDraft(key: "\(provider):\(id)")
      facts(of: model, into: &draft)
      prices(
        of: model, id: id, isShared: sharedWithLiteLLM.contains(provider.lowercased()), into: &draft, &tally)
      imported.add(draft, subject: .route(provider: provider, apiID: id))
    }
    tally.report(to: &imported)
    return imported
  }

  private static func facts(of model: JSONValue, into draft: inout RecordDraft) {
    draft.text(.family, model["family"], path: "family")
    draft.date(.released, model["lifecycle"]?["release_date"], path: "lifecycle.release_date")
    draft.tools(model["tool_call"], path: "tool_call")
    draft.flag(.capability(.structuredOutputs), model["structured_output"], path: "structured_output")
    draft.tokens(.contextWindow, model["context"]?["input"], path: "context.input")
    if !VectorModels.isNamed(model["id"]?.string ?? "", family: model["family"]) {
      draft.tokens(.maxOutput, model["context"]?["output"], path: "context.output")
    }
    // "active" stands wherever models.dev has no status.
    if let status = model["lifecycle"]?["status"], status != .string("active") {
      draft.text(.status, status, path: "lifecycle.status")
    }
    draft.modalities(
      input: ModelsDev.words(model["modalities"]?["input"]),
      output: ModelsDev.words(model["modalities"]?["output"]), path: "modalities")
    guard let reasoning = model["reasoning"], reasoning != .null else { return }
    draft.add(
      Claim(
        .capability(.reasoning), .flag(true), asWritten: "reasoning", basis: .derived,
        note: "the row says how the model is asked to think", path: "reasoning"))
    let levels = (reasoning["levels"]?.array ?? []).compactMap { $0["label"]?.string }
    draft.words(.effortLevels, levels, path: "reasoning.levels")
  }

  private static func prices(
    of model: JSONValue, id: String, isShared: Bool, into draft: inout RecordDraft, _ tally: inout FieldTally
  ) {
    let sources = model["sources"]
    let isFilled = isShared && sources?["litellm"] != nil || sources?["genai_prices"] != nil
    let disputes = model["price_discrepancies"]?.array ?? []
    let contested = contested(disputes)
    let disputed = Set(disputes.compactMap { $0["field"]?.string })
    for (name, unit) in units {
      let path = "price.\(name)"
      guard let value = model["price"]?[name], value != .null else { continue }
      var (own, place) = (value, path)
      var note: String?
      if let (stated, found) = contested[name] {
        (own, place) = (stated, found)
      } else if unit == .input || unit == .output {
        // Where others differ and models.dev is not named, its price is within the package's tolerance of the one taken.
        note = disputed.contains(name) ? "models.dev's own differs by 2% at most" : nil
      } else if isFilled || disputed.contains(name) {
        tally.count(
          path + " (filled)", because: "may be LiteLLM's or genai-prices', which fill without a mark")
        continue
      }
      draft.price(
        PriceTerm(ModelsDev.unit(unit, of: id, value: own)), own, unit: "per 1M tokens", path: place,
        note: note)
    }
    tiers(model, isFilled: sources?["genai_prices"] != nil, into: &draft)
    tally.count(zeros: draft.takeBackZeros(), because: ModelsDev.zero)
  }

  /// models.dev's own price of a unit that the sources dispute, and where it stands.
  private static func contested(_ disputes: [JSONValue]) -> [String: (JSONValue, String)] {
    var result: [String: (JSONValue, String)] = [:]
    for (index, row) in disputes.enumerated() {
      for side in ["chosen", "other"] where row[side + "_source"]?.string == "models_dev" {
        if let field = row["field"]?.string, let value = row[side + "_value"] {
          result[field] = (value, "price_discrepancies[\(index)].\(side)_value")
        }
      }
    }
    return result
  }

  /// The limits are models.dev's true ones (gpt-5.4: 272,000). genai-prices fills a row that has none.
  private static func tiers(_ model: JSONValue, isFilled: Bool, into draft: inout RecordDraft) {
    for (index, tier) in (model["price_tiers"]?.array ?? []).enumerated() {
      guard tier["when"]?["dimension"]?.string == "context",
        let limit = tier["when"]?["over"]?.numberText.flatMap({ try? TokenCount(parsing: $0) }),
        limit.tokens > 0
      else {
        draft.problem("bad-tier", "price_tiers[\(index)] has no length of context")
        continue
      }
      for (name, unit) in units {
        let path = "price_tiers[\(index)].price.\(name)"
        if isFilled {
          draft.flattenedTier(unit, tier["price"]?[name], path: path)
        } else {
          draft.price(
            PriceTerm(unit, above: limit), tier["price"]?[name], unit: "per 1M tokens", path: path)
        }
      }
    }
  }

  // MARK: Fields

  private static let readFields: Set<String> = Set(
    units.flatMap { ["price." + $0.name, "price_tiers[].price." + $0.name] } + [
      "provider", "id", "family", "tool_call", "structured_output", "context.input", "context.output",
      "lifecycle.status", "lifecycle.release_date", "modalities.input[]", "modalities.output[]",
      "price.currency", "price_tiers[].when.dimension", "price_tiers[].when.over",
      "reasoning.levels[].label", "reasoning.levels[].rank", "price_discrepancies[].field",
      "price_discrepancies[].chosen_source", "price_discrepancies[].chosen_value",
      "price_discrepancies[].other_source", "price_discrepancies[].other_value", "sources.models_dev",
      "sources.litellm", "sources.genai_prices", "sources.openrouter",
    ])

  static let leftOut: [LeftOutField] = [
    LeftOutField("alias.*", "the package's own notes on four floating names, from no source of its own"),
    LeftOutField("type", "LiteLLM's mode or a guess by OpenRouter's list"),
    LeftOutField("lifecycle.deprecation_date", "LiteLLM's, which is read itself"),
    LeftOutField("price.cache_write_1h_mtok", "LiteLLM's; models.dev has no such price"),
    LeftOutField("price.cache_audio_read_mtok", "genai-prices'; models.dev has no such price"),
    LeftOutField("price.requests_kcount", "genai-prices'; models.dev has no such price"),
    LeftOutField("price.output_per_second", "LiteLLM's; models.dev has no such price"),
    LeftOutField("price_discrepancies[].*", "by which rule the package chose"),
    LeftOutField("reasoning.control", "the kind of control; the levels are read"),
    LeftOutField("reasoning.can_disable_reasoning", "the package's reading of models.dev's options"),
    LeftOutField("reasoning.range[]", "the number of levels, which are read"),
    LeftOutField("reasoning.budget.*", "bounds of a budget of thoughts; no field stands for it yet"),
    LeftOutField("reasoning.effort_parameter_required", "OpenRouter's"),
    LeftOutField("reasoning.default", "OpenRouter's"),
  ]
}
