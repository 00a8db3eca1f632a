import Facts
import TextFormats

/// MeterGraph's `prices.yaml`: models with dated prices by channel, each price with the page it was read on, and
/// aliases by provider. Prices are US dollars per million tokens.
public enum Metergraph: Importer {
  public static let id = SourceID("metergraph")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let file = snapshot.files.first else { throw snapshot.shapeError("a source has a file") }
    guard let models = try YAMLReader.read(file.bytes, file: file.name)["models"]?.array else {
      throw snapshot.shapeError("a metergraph price file is a map with a list of models")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(read: readFields, leftOut: leftOut)
    for (index, model) in models.enumerated() {
      guard let id = model["canonical_id"]?.string else {
        imported.report("bad-record", at: "models[\(index)]", "a model without canonical_id was left out")
        continue
      }
      tally.count(model)
      let aliases = names(model["aliases"]?.array ?? [])
      imported.add(
        RecordDraft(key: id), subject: .model(id),
        alsoServedAs: aliases.map { ServedName(provider: $0.provider, apiID: $0.alias) })
      for alias in model["aliases"]?.array ?? [] { addDated(alias, of: id, to: &imported) }
      for price in model["prices"]?.array ?? [] { add(price, of: id, aliases: aliases, to: &imported) }
    }
    tally.report(to: &imported)
    return imported
  }

  private typealias Alias = (provider: String?, alias: String, channel: String)

  /// A discount at some hours, and the multiplier above a prompt length, stand among the rules of a price.
  private static func add(_ price: JSONValue, of id: String, aliases: [Alias], to imported: inout Imported) {
    guard let channel = price["channel"]?.string, let region = price["region"]?.string else {
      imported.report("bad-record", at: id, "a price without channel or region was left out")
      return
    }
    let key = [id, channel, region, price["effective_from"]?.string ?? ""].joined(separator: "|")
    // Only aliases of this very channel: another channel's id would be another route.
    guard let alias = aliases.first(where: { $0.channel == channel }) else {
      imported.report(
        "price-without-id", .note, at: key, "no alias names the id under which this channel serves the model")
      return
    }
    var draft = RecordDraft(key: key)
    let from = date(price["effective_from"], "effective_from", &draft)
    let until = date(price["effective_to"], "effective_to", &draft)
    let page = price["source_url"]?.string?.httpAddress
    let terms: [(PriceTerm, String)] = [
      (PriceTerm(.input), "input_per_mtok"), (PriceTerm(.output), "output_per_mtok"),
      (PriceTerm(.cacheRead), "cache_read_per_mtok"), (PriceTerm(.cacheWrite), "cache_write_5m_per_mtok"),
      (PriceTerm(.cacheWriteHour), "cache_write_1h_per_mtok"),
      (PriceTerm(.input, mode: .batch), "batch_input_per_mtok"),
      (PriceTerm(.output, mode: .batch), "batch_output_per_mtok"),
      (PriceTerm(.cacheRead, mode: .batch), "batch_cache_read_per_mtok"),
    ]
    for (term, name) in terms {
      draft.price(term, price[name], unit: "per 1M tokens", path: name, from: from, until: until, url: page)
    }
    draft.price(
      PriceTerm(.request), price["request_fee_per_1k_usd"], factor: ExactDecimal(reducing: 1, exponent: -3),
      unit: "per 1,000 requests", path: "request_fee_per_1k_usd", from: from, until: until, url: page)
    offPeak(price, from: from, until: until, page: page, into: &draft)
    longContext(price, from: from, until: until, page: page, into: &draft)
    if region != "global" { draft.text(.region, price["region"], path: "region") }
    imported.add(draft, subject: .route(provider: channel, apiID: alias.alias), url: page)
  }

  private static func longContext(
    _ price: JSONValue, from: CalendarDate?, until: CalendarDate?, page: String?,
    into draft: inout RecordDraft
  ) {
    guard let rule = price["rules"]?["long_context"], let limit = rule["threshold"]?.numberText,
      let above = try? TokenCount(parsing: limit)
    else { return }
    for (unit, base, factor) in [
      (BillableUnit.input, "input_per_mtok", "input_multiplier"),
      (.output, "output_per_mtok", "output_multiplier"),
    ] {
      guard let amount = price[base]?.numberText, let multiplier = rule[factor]?.numberText,
        let money = try? Money(dollars: amount), let times = try? ExactDecimal(parsing: multiplier),
        let scaled = times.mantissa(atExponent: -2).flatMap({ Int64(exactly: $0) }),
        let product = money.times(scaled, per: 100)
      else { continue }
      draft.add(
        Claim(
          .price(PriceTerm(unit, above: above)), .money(product), asWritten: "\(amount) × \(multiplier)",
          unit: "per 1M tokens",
          basis: .derived, note: "base price times the long-context multiplier", validFrom: from,
          validUntil: until, url: page,
          path: "rules.long_context.\(factor)"))
    }
  }

  /// A share of the price at all hours that are not peak: `{multiplier: 0.5, peak_hours_utc: [[1, 4], [6, 10]], …}`.
  private static func offPeak(
    _ price: JSONValue, from: CalendarDate?, until: CalendarDate?, page: String?,
    into draft: inout RecordDraft
  ) {
    guard let rule = price["rules"]?["off_peak_discount"] else { return }
    let path = "rules.off_peak_discount.multiplier"
    guard let hours = peak(rule)?.complement, let written = rule["multiplier"]?.numberText,
      let factor = try? ExactDecimal(parsing: written)
    else {
      draft.problem("unread-hours", "rules.off_peak_discount has hours that no price stands for")
      return
    }
    for (unit, name) in [
      (BillableUnit.input, "input_per_mtok"), (.output, "output_per_mtok"),
      (.cacheRead, "cache_read_per_mtok"),
    ] {
      guard let amount = price[name]?.numberText, let base = try? ExactDecimal(parsing: amount),
        let product = base.multiplied(by: factor), let money = try? Money(dollars: product)
      else { continue }
      draft.add(
        Claim(
          .price(PriceTerm(unit, hours: hours)), .money(money), asWritten: "\(amount) × \(written)",
          unit: "per 1M tokens", basis: .derived, note: "times \(path)", validFrom: from, validUntil: until,
          url: page, path: name))
    }
  }

  private static func peak(_ rule: JSONValue) -> PriceHours? {
    let pairs = (rule["peak_hours_utc"]?.array ?? []).map { pair in
      (pair.array ?? []).compactMap { $0.numberText.flatMap(Int.init) }
    }
    guard !pairs.isEmpty,
      pairs.allSatisfy({ $0.count == 2 && $0.allSatisfy((0...24).contains) && $0[0] < $0[1] })
    else { return nil }
    return PriceHours(
      pairs.map { PriceHours.Span(start: $0[0] * 60, end: $0[1] * 60) },
      weekdays: rule["peak_weekdays_only"] == .bool(true) ? Set(0..<5) : PriceHours.everyDay)
  }

  private static func date(_ value: JSONValue?, _ path: String, _ draft: inout RecordDraft) -> CalendarDate? {
    guard let text = value?.string else { return nil }
    guard let date = try? CalendarDate(parsing: text) else {
      draft.problem("bad-date", "\(path) \(text.bounded) is no date")
      return nil
    }
    return date
  }

  /// An alias with a first or last day is a floating name; the others are plain spellings.
  private static func addDated(_ alias: JSONValue, of id: String, to imported: inout Imported) {
    let from = alias["effective_from"]?.string.flatMap { try? CalendarDate(parsing: $0) }
    let end = alias["effective_to"]?.string.flatMap { try? CalendarDate(parsing: $0) }
    guard from != nil || end != nil, let name = alias["alias"]?.string else { return }
    // The source's last day is the first on which it no longer holds.
    let until = end.flatMap { try? CalendarDate(dayNumber: $0.firstDayNumber - 1) }
    let provider = alias["provider"]?.string
    imported.aliases.append(
      AliasNote(
        source: Self.id, alias: name,
        provider: provider == "unknown" || provider == "litellm" ? nil : provider,
        model: ModelID(id), from: from, until: until, kind: .floating,
        url: alias["source_url"]?.string?.httpAddress,
        seen: imported.source.observed, mark: "aliases of \(id)"))
  }

  private static func names(_ aliases: [JSONValue]) -> [Alias] {
    aliases.compactMap { alias in
      guard let name = alias["alias"]?.string else { return nil }
      let provider = alias["provider"]?.string
      return (
        provider == "unknown" || provider == "litellm" ? nil : provider, name, alias["channel"]?.string ?? ""
      )
    }
  }

  // MARK: Fields

  private static let readFields: Set<String> = Set(
    [
      "channel", "region", "effective_from", "effective_to", "source_url", "input_per_mtok",
      "output_per_mtok",
      "cache_read_per_mtok", "cache_write_5m_per_mtok", "cache_write_1h_per_mtok", "batch_input_per_mtok",
      "batch_output_per_mtok", "batch_cache_read_per_mtok", "request_fee_per_1k_usd",
      "rules.long_context.threshold", "rules.long_context.input_multiplier",
      "rules.long_context.output_multiplier", "rules.off_peak_discount.multiplier",
      "rules.off_peak_discount.peak_hours_utc[][]", "rules.off_peak_discount.peak_weekdays_only",
    ].map { "prices[]." + $0 }
      + ["alias", "channel", "provider", "effective_from", "effective_to", "source_url"].map {
        "aliases[]." + $0
      } + ["canonical_id"])

  static let leftOut: [LeftOutField] = [
    LeftOutField("publisher", "the lab, which the canonical id names"),
    LeftOutField("aliases[].price_region*", "which region's price an alias has; all prices are global"),
    LeftOutField(
      "aliases[].rules.*", "how a channel counts cached tokens; readers of logs have it per format"),
    LeftOutField(
      "prices[].rules.input_includes*",
      "how a channel counts cached tokens; readers of logs have it per format"),
    LeftOutField("prices[].rules.long_context.applies_to_batch", "no tier of a batch price is derived"),
    LeftOutField(
      "prices[].rules.long_context.threshold_counts_cached_tokens",
      "true in both records that say it, as a tier counts here"),
    LeftOutField("prices[].rules.uncaptured_fees", "a warning without an amount"),
    LeftOutField("prices[].rules.varies_by_provider", "a warning that a gateway's hosts charge differently"),
  ]
}
