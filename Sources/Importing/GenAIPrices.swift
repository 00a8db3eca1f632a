import Facts
import JSON

/// Pydantic's genai-prices: providers with models, each with dated, tiered and conditional prices in US dollars
/// per million tokens. The file is the package's Python constructor calls as JSON, the call's name under `_`.
public enum GenAIPrices: Importer {
  public static let id = SourceID("genai-prices")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let providers = try snapshot.json()["providers"]?.array else {
      throw snapshot.shapeError("a genai-prices file is an object with a list of providers")
    }
    var imported = Imported(source: snapshot.source)
    for provider in providers {
      guard let providerID = provider["id"]?.string, let models = provider["models"]?.array else {
        imported.report("bad-record", at: "providers", "a provider without id or models was left out")
        continue
      }
      imported.providers.append(ProviderNote(id: providerID, name: provider["name"]?.string ?? providerID))
      let page = provider["pricing_urls"]?.array?.first?.string
      for model in models {
        guard let modelID = model["id"]?.string else {
          imported.report("bad-record", at: providerID, "a model without an id was left out")
          continue
        }
        let key = "\(providerID)/\(modelID)"
        imported.add(
          draft(of: model, key: key, id: modelID), subject: .route(provider: providerID, apiID: modelID),
          url: page,
          alsoServedAs: exactNames(in: model["match"]).filter { $0 != modelID }
            .map { ServedName(provider: providerID, apiID: $0) })
      }
    }
    return imported
  }

  private static func draft(of model: JSONValue, key: String, id: String) -> RecordDraft {
    var draft = RecordDraft(key: key)
    draft.text(.name, model["name"], path: "name")
    draft.tokens(.contextWindow, model["context_window"], path: "context_window")
    draft.kind(apiID: id, name: model["name"]?.string, providerName: nil)
    switch model["prices"] {
    case .object:
      prices(model["prices"], mode: .standard, from: nil, until: nil, path: "prices", into: &draft)
    case .array(let list): conditional(list, into: &draft)
    default: break
    }
    for (index, variant) in (model["price_variants"]?.array ?? []).enumerated() {
      guard let when = variant["when"]?.object, when.members.count == 1, let mode = mode(of: when) else {
        continue
      }
      prices(
        variant["prices"], mode: mode, from: start(of: variant["constraint"]), until: nil,
        path: "price_variants[\(index)].prices", into: &draft)
    }
    return draft
  }

  /// A list of prices: each start date ends the one before; an hour of the day marks peak and off-peak.
  private static func conditional(_ list: [JSONValue], into draft: inout RecordDraft) {
    let hourly = list.contains { $0["constraint"]?["_"]?.string == "TimeOfDateConstraint" }
    let dated = list.map { start(of: $0["constraint"]) }
    for (index, entry) in list.enumerated() {
      let path = "prices[\(index)].prices"
      if hourly {
        // Two prices by the hour: the dearer one is the standard rate, the cheaper the discount.
        let others = list.filter { $0 != entry }.compactMap { amount($0["prices"]) }
        let own = amount(entry["prices"])
        let cheaper = own.map { own in others.contains { own < $0 } } ?? false
        prices(
          entry["prices"], mode: cheaper ? .offPeak : .standard, from: nil, until: nil, path: path,
          into: &draft)
      } else {
        let until = dated[(index + 1)...].compactMap(\.self).min()
        prices(entry["prices"], mode: .standard, from: dated[index], until: until, path: path, into: &draft)
      }
    }
  }

  private static func amount(_ prices: JSONValue?) -> ExactDecimal? {
    let input = prices?["input_mtok"]
    return (input?["base"] ?? input)?.numberText.flatMap { try? ExactDecimal(parsing: $0) }
  }

  private static func prices(
    _ prices: JSONValue?, mode: PriceMode, from: CalendarDate?, until: CalendarDate?, path: String,
    into draft: inout RecordDraft
  ) {
    let units: [(BillableUnit, String)] = [
      (.input, "input_mtok"), (.output, "output_mtok"), (.cacheRead, "cache_read_mtok"),
      (.cacheWrite, "cache_write_mtok"), (.cacheWriteHour, "cache_write_1h_mtok"),
      (.reasoning, "output_reasoning_mtok"), (.audioInput, "input_audio_mtok"),
      (.audioOutput, "output_audio_mtok"),
    ]
    for (unit, name) in units {
      guard let value = prices?[name] else { continue }
      guard value["_"]?.string == "TieredPrices" else {
        draft.price(
          PriceTerm(unit, mode: mode), value, unit: "per 1M tokens", path: "\(path).\(name)", from: from,
          until: until)
        continue
      }
      draft.price(
        PriceTerm(unit, mode: mode), value["base"], unit: "per 1M tokens", path: "\(path).\(name).base",
        from: from, until: until)
      for (index, tier) in (value["tiers"]?.array ?? []).enumerated() {
        guard let start = tier["start"]?.numberText.flatMap({ try? TokenCount(parsing: $0) }) else {
          draft.problem("bad-tier", "\(path).\(name).tiers[\(index)] has no start")
          continue
        }
        draft.price(
          PriceTerm(unit, mode: mode, above: start), tier["price"], unit: "per 1M tokens",
          path: "\(path).\(name).tiers[\(index)].price", from: from, until: until)
      }
    }
  }

  private static func start(of constraint: JSONValue?) -> CalendarDate? {
    constraint?["start_date"]?.string.flatMap { try? CalendarDate(parsing: $0) }
  }

  private static func mode(of when: JSONObject) -> PriceMode? {
    switch (when.members.first?.key, when.members.first?.value.string) {
    case ("processing", "batch"): .batch
    case ("service_tier", "flex"): .flex
    case ("service_tier", "priority"): .priority
    default: nil
    }
  }

  /// The ids that the match rule equals exactly. Prefix and contains rules are left alone: they once billed
  /// every request of one model at a sibling's price.
  private static func exactNames(in match: JSONValue?) -> [String] {
    switch match?["_"]?.string {
    case "ClauseEquals": [match?["equals"]?.string].compactMap(\.self)
    case "ClauseOr": (match?["or_"]?.array ?? []).flatMap(exactNames)
    default: []
    }
  }
}
