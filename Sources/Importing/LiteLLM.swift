import Facts
import TextFormats

/// LiteLLM's `model_prices_and_context_window.json`: one object a key, prices for a single token, picture, second or query.
///
/// Its limits are the largest *input*, not the window, and an omitted flag is no No. Some keys are price rows
/// for picture sizes, capacity or tools that are no models; they become findings. What else it does not read is counted; see
/// `LiteLLMFields`.
public enum LiteLLM: Importer {
  public static let id = SourceID("litellm")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let rows = try snapshot.json().object else {
      throw snapshot.shapeError("a LiteLLM price table is an object of models")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(leftOut: LiteLLMFields.leftOut, isRead: LiteLLMFields.isRead)
    for (key, row) in rows.members where key != "sample_spec" {
      if let target = row["alias_of"]?.string {
        alias(key, of: target, in: rows, to: &imported)
        continue
      }
      guard row.object != nil, let provider = row["litellm_provider"]?.string else {
        imported.report("bad-record", at: key, "a row without litellm_provider was left out")
        tally.count(row)
        continue
      }
      let mode = row["mode"]?.string ?? "chat"
      guard let type = productTypes[mode] else {
        imported.report(
          "not-a-model", .note, at: key, "a row of mode \(mode.bounded) prices a service, not a model")
        continue
      }
      if let what = notAModel(key, row, mode: mode) {
        imported.report("not-a-model", .note, at: key, "a price row for \(what), not a model")
        continue
      }
      tally.count(row)
      var draft = RecordDraft(key: key)
      LiteLLMFields.facts(of: row, mode: mode, into: &draft)
      prices(of: row, mode: mode, provider: provider, into: &draft, &tally)
      if !type.isEmpty {
        draft.add(
          Claim(
            .productType, .text(type), asWritten: mode, basis: .derived, note: "the mode of the row",
            path: "mode"))
      }
      imported.add(
        draft, subject: .route(provider: provider, apiID: apiID(of: key, provider: provider)),
        url: row["source"]?.string)
    }
    tally.report(to: &imported)
    return imported
  }

  /// Product type by mode; empty is the ordinary chat model, and a mode that is missing here prices no model.
  private static let productTypes: [String: String] = [
    "chat": "", "responses": "", "completion": "", "realtime": "audio model",
    "embedding": "embedding model", "rerank": "rerank model", "image_generation": "image model",
    "image_edit": "image model",
    "video_generation": "video model", "audio_transcription": "audio model", "audio_speech": "audio model",
    "moderation": "moderation model", "ocr": "OCR model",
  ]

  /// What a row prices that is no model; nil for a model's row.
  private static func notAModel(_ key: String, _ row: JSONValue, mode: String) -> String? {
    if key.contains("-x-") { return "one picture size" }
    let prices = row.object?.members.map(\.0).filter { $0.contains("_cost_per_") } ?? []
    if let session = prices.first, prices.allSatisfy({ $0.hasSuffix("_per_session") }) {
      return "a tool's sessions at \(row[session]?.asWritten.bounded ?? "an unknown price") each"
    }
    // `bedrock/*/1-month-commitment/…` sells capacity by the second.
    if row["cost_per_second"] != nil, mode == "chat" { return "reserved capacity" }
    return nil
  }

  /// The id a caller sends: the key without LiteLLM's own provider prefix.
  static func apiID(of key: String, provider: String) -> String {
    var id = Substring(key)
    for prefix in [provider + "/", "bedrock/", "vertex_ai/"] where id.hasPrefix(prefix) {
      id = id.dropFirst(prefix.count)
    }
    return String(id)
  }

  /// A name that is served today as another row: an edge of the snapshot's day, and no model.
  private static func alias(
    _ key: String, of target: String, in rows: JSONObject, to imported: inout Imported
  ) {
    guard let provider = rows[target]?["litellm_provider"]?.string else {
      imported.report("bad-record", at: key, "an alias of \(target.bounded), which is no row, was left out")
      return
    }
    // The alias is written with the provider's name in short: `vertex_ai/claude-opus-latest` of `vertex_ai-anthropic_models`.
    var alias = Substring(apiID(of: key, provider: provider))
    let written = provider.prefix { $0 != "-" } + "/"
    if alias.hasPrefix(written) { alias = alias.dropFirst(written.count) }
    imported.aliases.append(
      AliasNote(
        source: id, alias: String(alias), provider: provider,
        model: ModelID(apiID(of: target, provider: provider).lowercased()), from: imported.source.observed,
        until: imported.source.observed, kind: .floating, seen: imported.source.observed,
        mark: "alias_of \(target)"))
  }

  private static func prices(
    of row: JSONValue, mode: String, provider: String, into draft: inout RecordDraft,
    _ tally: inout FieldTally
  ) {
    var hasLeftOut = false
    for (name, value) in row.object?.members ?? [] where value != .null {
      switch LiteLLMPrices.decision(name, mode: mode) {
      case .read(let reading) where reading.term.unit == .audioInputSecond && !isFirst(name, row, mode: mode):
        continue
      // Where a row prices pictures under the input's name alone, the source bills the pictures that are made by it.
      case .read(let reading)
      where name == "input_cost_per_image" && mode == "image_generation"
        && row["output_cost_per_image"] == nil:
        draft.price(
          PriceTerm(.image), value, factor: reading.factor, unit: reading.written, path: name)
      case .read(let reading):
        draft.price(reading.term, value, factor: reading.factor, unit: reading.written, path: name)
      case .leftOut(let reason):
        hasLeftOut =
          hasLeftOut || value.numberText.map { (try? Money(dollars: $0))?.isZero == false } ?? false
        tally.count("\(name) (\(mode))", because: reason)
      case nil: continue
      }
    }
    LiteLLMPrices.search(row, provider: provider, into: &draft)
    LiteLLMPrices.tiers(row, mode: mode, into: &draft)
    LiteLLMHours.prices(row, mode: mode, into: &draft)
    tally.count(zeros: draft.takeBackZeros(isElsewhere: hasLeftOut), because: LiteLLMFields.zero)
    LiteLLMPrices.multiply(row, into: &draft)
  }

  /// Whether a price of a recording's seconds is the one that the source's calculator takes: the output's unless that is zero.
  private static func isFirst(_ name: String, _ row: JSONValue, mode: String) -> Bool {
    guard mode == "audio_transcription" else { return true }
    let output = row["output_cost_per_second"]?.numberText.flatMap { try? Money(dollars: $0) }
    let isOutput = output.map { !$0.isZero } ?? false
    return isOutput == (name == "output_cost_per_second") || name == "input_cost_per_audio_per_second"
  }
}
