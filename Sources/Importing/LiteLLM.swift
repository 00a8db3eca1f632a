import Facts
import JSON

/// LiteLLM's `model_prices_and_context_window.json`: one object a key, prices for a single token.
///
/// Its limits are the largest *input*, not the window, and an omitted flag is no No. Some keys are price rows
/// for picture sizes or tools that are no models; they become findings.
public enum LiteLLM: Importer {
  public static let id = SourceID("litellm")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let rows = try snapshot.json().object else {
      throw snapshot.shapeError("a LiteLLM price table is an object of models")
    }
    var imported = Imported(source: snapshot.source)
    for (key, row) in rows.members where key != "sample_spec" {
      guard row.object != nil, let provider = row["litellm_provider"]?.string else {
        imported.report("bad-record", at: key, "a row without litellm_provider was left out")
        continue
      }
      let mode = row["mode"]?.string ?? "chat"
      guard let type = productTypes[mode] else {
        imported.report(
          "not-a-model", .note, at: key, "a row of mode \(mode.bounded) prices a service, not a model")
        continue
      }
      guard !key.contains("-x-") else {
        imported.report("not-a-model", .note, at: key, "a price row for one picture size, not a model")
        continue
      }
      guard !pricesSessionsAlone(row) else {
        imported.report("not-a-model", .note, at: key, "a price row for a tool's sessions, not a model")
        continue
      }
      var draft = draft(of: row, key: key)
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

  private static func pricesSessionsAlone(_ row: JSONValue) -> Bool {
    let prices = row.object?.members.map(\.0).filter { $0.contains("_cost_per_") } ?? []
    return !prices.isEmpty && prices.allSatisfy { $0.hasSuffix("_per_session") }
  }

  /// The id a caller sends: the key without LiteLLM's own provider prefix.
  static func apiID(of key: String, provider: String) -> String {
    var id = Substring(key)
    for prefix in [provider + "/", "bedrock/", "vertex_ai/"] where id.hasPrefix(prefix) {
      id = id.dropFirst(prefix.count)
    }
    return String(id)
  }

  private static func draft(of row: JSONValue, key: String) -> RecordDraft {
    var draft = RecordDraft(key: key)
    draft.tokens(.maxInput, row["max_input_tokens"], path: "max_input_tokens")
    draft.tokens(.maxOutput, row["max_output_tokens"], path: "max_output_tokens")
    draft.date(.retirement, row["deprecation_date"], path: "deprecation_date")
    let flags: [(Field, String)] = [
      (.capability(.functionCalling), "supports_function_calling"),
      (.capability(.reasoning), "supports_reasoning"),
      (.capability(.structuredOutputs), "supports_response_schema"),
      (.capability(.vision), "supports_vision"),
      (.capability(.computerUse), "supports_computer_use"),
    ]
    for (field, name) in flags { draft.flag(field, row[name], path: name) }
    if row["supports_function_calling"] == .bool(true), row["supports_tool_choice"] == .bool(true) {
      draft.add(
        Claim(
          .capability(.toolUse), .flag(true), asWritten: "true", basis: .derived,
          note: "function calling and tool choice are both supported", path: "supports_tool_choice"))
    }
    for (name, value) in row.object?.members ?? [] {
      guard let term = term(of: name), value != .null else { continue }
      draft.price(term, value, scale: 6, unit: "per token", path: name)
    }
    tieredPrices(row["tiered_pricing"]?.array ?? [], into: &draft)
    return draft
  }

  /// `input_cost_per_token_above_272k_tokens_priority` → input, priority, above 272,000.
  static func term(of name: String) -> PriceTerm? {
    let heads: [(String, BillableUnit)] = [
      ("cache_creation_input_token_cost_above_1hr", .cacheWriteHour),
      ("cache_creation_input_token_cost", .cacheWrite),
      ("cache_read_input_token_cost", .cacheRead), ("input_cost_per_token", .input),
      ("output_cost_per_token", .output), ("output_cost_per_reasoning_token", .reasoning),
      ("input_cost_per_audio_token", .audioInput), ("output_cost_per_audio_token", .audioOutput),
    ]
    guard let (head, unit) = heads.first(where: { name.hasPrefix($0.0) }) else { return nil }
    var rest = name.dropFirst(head.count)
    var above: TokenCount?
    if rest.hasPrefix("_above_") {
      guard let end = rest.range(of: "k_tokens"), let thousands = Int64(rest[..<end.lowerBound].dropFirst(7))
      else { return nil }
      above = TokenCount(thousands * 1000)
      rest = rest[end.upperBound...]
    }
    let modes: [Substring: PriceMode] = [
      "": .standard, "_batches": .batch, "_flex": .flex, "_priority": .priority,
    ]
    guard let mode = modes[rest] else { return nil }
    return PriceTerm(unit, mode: mode, above: above)
  }

  /// DashScope's ranges: the row whose range holds the prompt's tokens prices the whole request.
  private static func tieredPrices(_ tiers: [JSONValue], into draft: inout RecordDraft) {
    for (index, tier) in tiers.enumerated() {
      guard let text = tier["range"]?.array?.first?.numberText,
        let start = (try? ExactDecimal(parsing: text))?.integer,
        start >= 0
      else {
        draft.problem("bad-tier", "tiered_pricing[\(index)] has no range")
        continue
      }
      let above = start == 0 ? nil : TokenCount(start)
      for (name, unit) in [
        ("input_cost_per_token", BillableUnit.input), ("output_cost_per_token", .output),
        ("cache_read_input_token_cost", .cacheRead),
      ] {
        draft.price(
          PriceTerm(unit, above: above), tier[name], scale: 6, unit: "per token",
          path: "tiered_pricing[\(index)].\(name)")
      }
    }
  }
}

extension Substring {
  /// The range of the first occurrence of `needle`, found without Foundation.
  fileprivate func range(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
      start = index(after: start)
    }
    return nil
  }
}
