import Facts
import TextFormats

/// Pydantic's genai-prices: providers with models, each with dated, tiered and conditional prices in US dollars
/// per million tokens. The file is the package's Python constructor calls as JSON, the call's name under `_`. The package bills
/// by its decimals as they stand, so a price such as `0.13999999999999999` keeps its digits.
public enum GenAIPrices: Importer {
  public static let id = SourceID("genai-prices")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let providers = try snapshot.json()["providers"]?.array else {
      throw snapshot.shapeError("a genai-prices file is an object with a list of providers")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(leftOut: leftOut, isRead: isRead)
    for provider in providers {
      guard let providerID = provider["id"]?.string, let models = provider["models"]?.array else {
        imported.report("bad-record", at: "providers", "a provider without id or models was left out")
        continue
      }
      imported.providers.append(ProviderNote(id: providerID, name: provider["name"]?.string ?? providerID))
      tally.count(.object(provider.without("models")))
      let page = provider["pricing_urls"]?.array?.first?.string
      for model in models {
        guard let modelID = model["id"]?.string else {
          imported.report("bad-record", at: providerID, "a model without an id was left out")
          continue
        }
        let key = "\(providerID)/\(modelID)"
        if providerID != "openrouter",
          model["price_comments"]?.string?.hasPrefix("Imported from OpenRouter") == true
        {
          imported.report(
            "copied-price", .note, at: key,
            "its comment says that the price is OpenRouter's; it says nothing of what this provider sells")
          continue
        }
        tally.count(.object(model.without("match")))
        imported.add(
          draft(of: model, key: key, id: modelID, &tally),
          subject: .route(provider: providerID, apiID: modelID),
          url: page,
          alsoServedAs: exactNames(in: model["match"]).filter { $0 != modelID }
            .map { ServedName(provider: providerID, apiID: $0) })
      }
    }
    tally.report(to: &imported)
    return imported
  }

  private static func draft(of model: JSONValue, key: String, id: String, _ tally: inout FieldTally)
    -> RecordDraft
  {
    var draft = RecordDraft(key: key)
    draft.text(.name, model["name"], path: "name")
    draft.tokens(.contextWindow, model["context_window"], path: "context_window")
    draft.kind(apiID: id, name: model["name"]?.string, providerName: nil)
    switch model["prices"] {
    case .object:
      prices(
        model["prices"], mode: .standard, hours: nil, from: nil, until: nil, path: "prices", into: &draft)
    case .array(let list): conditional(list, into: &draft)
    default: break
    }
    variants(model["price_variants"]?.array ?? [], into: &draft, &tally)
    tally.count(zeros: draft.takeBackZeros(), because: ModelsDev.zero)
    return draft
  }

  /// Prices of a mode, unit by unit: of the variants in force the first listed counts.
  private static func variants(
    _ list: [JSONValue], into draft: inout RecordDraft, _ tally: inout FieldTally
  ) {
    var earlier: [(line: Variant, key: String, from: CalendarDate?)] = []
    for (index, variant) in list.enumerated() {
      guard let prices = variant["prices"]?.object, prices.members.count > 1 else { continue }
      guard let when = variant["when"]?.object, when.members.count == 1, let line = line(of: when) else {
        let names = variant["when"]?.object?.members.map { "\($0.key)=\($0.value.asWritten.bounded)" } ?? []
        tally.count(
          "price_variants[].when \(names.joined(separator: ", "))",
          because: "a condition for which neither a mode nor a condition of a price stands")
        continue
      }
      let from = start(of: variant["constraint"])
      for (key, value) in prices.members where key != "_" {
        let before = earlier.filter { $0.line == line && $0.key == key }
        earlier.append((line, key, from))
        guard !before.contains(where: { holds($0.from, since: from) }) else { continue }
        price(
          key, value, mode: line.mode, condition: line.condition, hours: nil, from: from,
          until: before.compactMap(\.from).min(), path: "price_variants[\(index)].prices", into: &draft)
      }
    }
  }

  /// A list of prices, of which the last in force counts: each start date ends the entries before, and hours of the day
  /// come before dates. The dearer price is the standard one, the cheaper holds at its hours or at all others.
  private static func conditional(_ list: [JSONValue], into draft: inout RecordDraft) {
    let hourly = list.indices.filter { hours(of: list[$0]["constraint"]) != nil }
    let dated = list.indices.filter { !hourly.contains($0) }
    let spans = hourly.compactMap { hours(of: list[$0]["constraint"])?.spans }.flatMap(\.self)
    let isOneRate = Set(hourly.map { list[$0]["prices"] }).count == 1
    let latest = dated.last.flatMap { amount(list[$0]["prices"]) }
    let rate = hourly.first.flatMap { amount(list[$0]["prices"]) }
    let isPeak = isOneRate && (zip(rate, latest).map { $0.0 > $0.1 } ?? false)
    for place in dated {
      let until = dated.filter { $0 > place }.compactMap { start(of: list[$0]["constraint"]) }.min()
      prices(
        list[place]["prices"], mode: .standard, hours: isPeak ? PriceHours(spans).complement : nil,
        from: start(of: list[place]["constraint"]), until: until, path: "prices[\(place)].prices",
        into: &draft)
    }
    for place in isOneRate ? Array(hourly.prefix(1)) : hourly {
      let own = isOneRate ? PriceHours(spans) : hours(of: list[place]["constraint"])
      prices(
        list[place]["prices"], mode: .standard, hours: isPeak ? nil : own, from: nil, until: nil,
        path: "prices[\(place)].prices", into: &draft)
    }
  }

  /// Whether a price from `start` on is in force whenever one from `other` on is.
  private static func holds(_ start: CalendarDate?, since other: CalendarDate?) -> Bool {
    guard let start else { return true }
    return other.map { start <= $0 } ?? false
  }

  private static func zip<Value>(_ left: Value?, _ right: Value?) -> (Value, Value)? {
    guard let left, let right else { return nil }
    return (left, right)
  }

  private static func hours(of constraint: JSONValue?) -> PriceHours? {
    guard let start = constraint?["start_time"]?.string, let end = constraint?["end_time"]?.string else {
      return nil
    }
    return try? PriceHours(parsing: "\(start)-\(end)")
  }

  private static func amount(_ prices: JSONValue?) -> ExactDecimal? {
    let input = prices?["input_mtok"]
    return (input?["base"] ?? input)?.numberText.flatMap { try? ExactDecimal(parsing: $0) }
  }

  /// The unit of each price key, with the powers of ten between the source's unit and ours: searches and pages are priced
  /// by the thousand.
  private static let units: [String: (unit: BillableUnit, scale: Int, written: String)] = [
    "input_mtok": (.input, 0, perMillion), "output_mtok": (.output, 0, perMillion),
    "cache_read_mtok": (.cacheRead, 0, perMillion), "cache_write_mtok": (.cacheWrite, 0, perMillion),
    "cache_write_1h_mtok": (.cacheWriteHour, 0, perMillion),
    "output_reasoning_mtok": (.reasoning, 0, perMillion), "input_audio_mtok": (.audioInput, 0, perMillion),
    "output_audio_mtok": (.audioOutput, 0, perMillion), "input_image_mtok": (.imageInput, 0, perMillion),
    "output_image_mtok": (.imageOutput, 0, perMillion), "input_video_mtok": (.videoInput, 0, perMillion),
    "output_video_mtok": (.videoOutput, 0, perMillion),
    "cache_audio_read_mtok": (.cacheReadAudio, 0, perMillion),
    "cache_image_read_mtok": (.cacheReadImage, 0, perMillion),
    "output_citation_mtok": (.citation, 0, perMillion),
    "input_mchars": (.inputCharacter, 0, "per 1M characters"),
    "web_searches_kcount": (.webSearch, -3, "per 1,000 searches"),
    "storage_searches_kcount": (.storageSearch, -3, "per 1,000 searches"),
    "requests_kcount": (.request, -3, "per 1,000 requests"),
    "input_document_kpages": (.documentPage, -3, "per 1,000 pages"),
    "input_annotated_document_kpages": (.annotatedPage, -3, "per 1,000 pages"),
    "input_text_messages_kcount": (.textMessage, -3, "per 1,000 messages"),
    "audio_hours": (.audioSecond, 0, "per hour"), "input_audio_hours": (.audioInputSecond, 0, "per hour"),
  ]
  private static let perMillion = "per 1M tokens"

  private static func prices(
    _ prices: JSONValue?, mode: PriceMode, hours: PriceHours?, from: CalendarDate?, until: CalendarDate?,
    path: String, into draft: inout RecordDraft
  ) {
    for (key, value) in prices?.object?.members ?? [] where key != "_" {
      price(key, value, mode: mode, hours: hours, from: from, until: until, path: path, into: &draft)
    }
  }

  private static func price(
    _ key: String, _ value: JSONValue, mode: PriceMode, condition: PriceCondition? = nil,
    hours: PriceHours?, from: CalendarDate?, until: CalendarDate?, path: String,
    into draft: inout RecordDraft
  ) {
    guard let (unit, scale, written) = units[key] else {
      draft.problem("unread-price", "\(path).\(key.bounded) prices a unit that is not kept", severity: .note)
      return
    }
    func add(_ amount: JSONValue?, _ tier: PriceTier?, _ place: String) {
      draft.price(
        PriceTerm(unit, mode: mode, tier: tier, hours: hours, condition: condition), amount, scale: scale,
        unit: written,
        path: "\(path).\(key)\(place)", from: from, until: until, isDecimal: true)
    }
    guard value["_"]?.string == "TieredPrices" else { return add(value, nil, "") }
    add(value["base"], nil, ".base")
    for (index, tier) in (value["tiers"]?.array ?? []).enumerated() {
      guard let start = tier["start"]?.numberText.flatMap({ try? TokenCount(parsing: $0) }) else {
        draft.problem("bad-tier", "\(path).\(key).tiers[\(index)] has no start")
        continue
      }
      add(tier["price"], PriceTier(above: start), ".tiers[\(index)].price")
    }
  }

  private static func start(of constraint: JSONValue?) -> CalendarDate? {
    constraint?["start_date"]?.string.flatMap { try? CalendarDate(parsing: $0) }
  }

  private struct Variant: Equatable {
    let mode: PriceMode
    var condition: PriceCondition?
  }

  private static func line(of when: JSONObject) -> Variant? {
    switch (when.members.first?.key, when.members.first?.value.string) {
    case ("processing", "batch"): Variant(mode: .batch)
    case ("service_tier", "flex"): Variant(mode: .flex)
    case ("service_tier", "priority"): Variant(mode: .priority)
    case ("service_tier", "fast"), ("speed", "fast"): Variant(mode: .fast)
    // Mistral's address in the European Union, at OpenRouter.
    case ("route", "mistral/eu"): Variant(mode: .standard, condition: PriceCondition(.region, "eu"))
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

  // MARK: Fields

  private static let readNames: Set<String> = [
    "_", "id", "name", "context_window", "pricing_urls[]", "prices[].constraint.start_date",
    "prices[].constraint.start_time", "prices[].constraint.end_time",
    "price_variants[].constraint.start_date",
    "price_variants[].when.processing", "price_variants[].when.service_tier", "price_variants[].when.speed",
    "price_variants[].when.route", "price_variants[].when.search_type",
  ]

  private static func isRead(_ path: String) -> Bool {
    if readNames.contains(path) || path.hasSuffix("._") { return true }
    for place in ["prices.", "prices[].prices.", "price_variants[].prices."] where path.hasPrefix(place) {
      let rest = path.dropFirst(place.count)
      guard let name = rest.split(separator: ".").first, units[String(name)] != nil else { return false }
      return ["", ".base", ".tiers[].start", ".tiers[].price"].contains(rest.dropFirst(name.count))
    }
    return false
  }

  static let leftOut: [LeftOutField] = [
    LeftOutField("api_pattern", "a pattern of addresses; ids and hosts are never matched by pattern"),
    LeftOutField("fallback_model_providers[]", "where the package looks when a provider lacks a model"),
    LeftOutField("model_match.*", "a pattern of names; ids are never matched by pattern"),
    LeftOutField("provider_match.*", "a pattern of names; ids are never matched by pattern"),
    LeftOutField("description", "prose"),
    LeftOutField("price_comments", "prose"),
    LeftOutField("deprecated", "without a day; 71 models kept for old logs"),
  ]
}

extension JSONValue {
  /// The members of an object but one.
  fileprivate func without(_ name: String) -> JSONObject {
    var result = JSONObject()
    for (key, value) in object?.members ?? [] where key != name { _ = result.insert(key, value) }
    return result
  }
}
