import Facts
import TextFormats

/// models.dev's own `/api.json`: providers by id, each with its models. It alone of the two carries release
/// dates and true tiers.
public enum ModelsDev: Importer {
  public static let id = SourceID("models-dev")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let providers = try snapshot.json().object else {
      throw snapshot.shapeError("a models.dev api.json is an object of providers")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(read: readFields, leftOut: leftOut)
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
        tally.count(model)
        var draft = draft(of: model, key: key, id: modelID, providerName: name)
        tally.count(zeros: draft.takeBackZeros(), because: zero)
        imported.add(draft, subject: .route(provider: providerID, apiID: modelID))
      }
    }
    tally.report(to: &imported)
    return imported
  }

  static let zero = "a zero for a part of a priced whole: no price of its own"

  /// The unit of a price in models.dev's words.
  ///
  /// For Gemini some providers write under `cache_write` what Google takes for *keeping* a million tokens for an hour: 1 (Flash)
  /// or 4.5 (Pro), as `zenmux:google/gemini-2.5-pro`, 4.5 beside an input of 1.25, and `requesty:gemini-3.1-pro-preview`, 4.5
  /// beside 2. No model costs three times as much to write as to read.
  static func unit(_ unit: BillableUnit, of id: String, value: JSONValue?) -> BillableUnit {
    guard unit == .cacheWrite, id.lowercased().contains("gemini"),
      let written = value?.numberText.flatMap({ try? ExactDecimal(parsing: $0) }),
      ["1", "4.5"].contains(written.text)
    else { return unit }
    return .cacheStorage
  }

  /// Zenmux's list gives 62 of its 103 models this day, whatever the model: it is what its form fills in.
  static func isDefaultCutoff(_ value: JSONValue?, key: String) -> Bool {
    key.hasPrefix("zenmux") && value?.string == "2025-01-01"
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
    if !Self.isDefaultCutoff(model["knowledge"], key: key) {
      draft.date(.knowledgeCutoff, model["knowledge"], path: "knowledge")
    }
    openness(model["open_weights"], path: "open_weights", into: &draft)
    let limit = model["limit"]
    draft.tokens(.contextWindow, limit?["context"], path: "limit.context")
    draft.tokens(.maxInput, limit?["input"], path: "limit.input")
    if !VectorModels.isNamed(id, family: model["family"]) {
      draft.tokens(.maxOutput, limit?["output"], path: "limit.output")
    }
    draft.text(.status, model["status"], path: "status")
    draft.text(.dialect, model["provider"]?["npm"], path: "provider.npm")
    draft.modalities(
      input: words(model["modalities"]?["input"]), output: words(model["modalities"]?["output"]),
      path: "modalities")
    draft.kind(apiID: id, name: model["name"]?.string, providerName: providerName)
    efforts(model["reasoning_options"]?.array ?? [], into: &draft)
    fast(model["experimental"]?["modes"]?["fast"], id: id, into: &draft)
    guard let cost = model["cost"] else { return draft }
    prices(cost, id: id, mode: .standard, above: nil, path: "cost", into: &draft)
    for (index, tier) in (cost["tiers"]?.array ?? []).enumerated() {
      guard tier["tier"]?["type"]?.string == "context", let text = tier["tier"]?["size"]?.numberText,
        let size = try? TokenCount(parsing: text), size.tokens > 0
      else {
        draft.problem("bad-tier", "cost.tiers[\(index)] has no context size")
        continue
      }
      prices(tier, id: id, mode: .standard, above: size, path: "cost.tiers[\(index)]", into: &draft)
    }
    return draft
  }

  private static let units: [(unit: BillableUnit, name: String)] = [
    (.input, "input"), (.output, "output"), (.reasoning, "reasoning"), (.cacheRead, "cache_read"),
    (.cacheWrite, "cache_write"), (.audioInput, "input_audio"), (.audioOutput, "output_audio"),
  ]

  private static func prices(
    _ cost: JSONValue, id: String, mode: PriceMode, above: TokenCount?, path: String,
    into draft: inout RecordDraft
  ) {
    for (unit, name) in units {
      let unit = self.unit(unit, of: id, value: cost[name])
      draft.price(
        PriceTerm(unit, mode: mode, above: above), cost[name], unit: "per 1M tokens", path: "\(path).\(name)")
    }
  }

  /// An experimental mode: what it asks of the API says which of our modes it is. OpenAI's sends `service_tier: priority`,
  /// Anthropic's `speed: fast`.
  private static func fast(_ mode: JSONValue?, id: String, into draft: inout RecordDraft) {
    guard let cost = mode?["cost"] else { return }
    let body = mode?["provider"]?["body"]
    let priced: PriceMode
    switch (body?["service_tier"]?.string, body?["speed"]?.string) {
    case ("priority", nil): priced = .priority
    case (nil, "fast"): priced = .fast
    default:
      draft.problem("unread-mode", "experimental.modes.fast asks for nothing that a mode stands for")
      return
    }
    prices(cost, id: id, mode: priced, above: nil, path: "experimental.modes.fast.cost", into: &draft)
  }

  /// `reasoning_options`: a list of `{"type": "effort", "values": […]}` and other kinds of control. The snapshot of May 2026 has
  /// none yet; the shape is the one that `rates/ai/_sources.py` reads.
  private static func efforts(_ options: [JSONValue], into draft: inout RecordDraft) {
    for (index, option) in options.enumerated() where option["type"]?.string == "effort" {
      draft.words(.effortLevels, words(option["values"]), path: "reasoning_options[\(index)].values")
    }
  }

  private static let readFields: Set<String> = Set(
    units.flatMap {
      ["cost." + $0.name, "cost.tiers[]." + $0.name, "experimental.modes.fast.cost." + $0.name]
    }
      + [
        "id", "name", "family", "release_date", "reasoning", "tool_call", "structured_output", "temperature",
        "knowledge", "open_weights", "limit.context", "limit.input", "limit.output", "status", "provider.npm",
        "modalities.input[]", "modalities.output[]", "cost.tiers[].tier.type", "cost.tiers[].tier.size",
        "experimental.modes.fast.provider.body.service_tier", "experimental.modes.fast.provider.body.speed",
        "reasoning_options[].type", "reasoning_options[].values[]",
      ])

  static let leftOut: [LeftOutField] = [
    LeftOutField("attachment", "whether files can be attached; the modalities say which"),
    LeftOutField("interleaved*", "in which field thoughts come back; the rules of a switch have it"),
    LeftOutField("last_updated", "the day of a later change, of no fact in particular"),
    LeftOutField("cost.context_over_200k.*", "an older form of the tiers, which are read"),
    LeftOutField(
      "experimental.modes.fast.provider.headers.*", "how a request asks for the mode; its prices are read"),
    LeftOutField("provider.api", "the address of requests"),
    LeftOutField("provider.shape", "which form of request goes to the address"),
    LeftOutField("reasoning_options[].*", "bounds of a budget of thoughts; no field stands for it yet"),
  ]

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
