import Facts
import TextFormats

/// What the names of LiteLLM's price fields mean, as `litellm/types/utils.py` and its cost calculators of 1.110.2 use them.
enum LiteLLMPrices {
  /// A price's line, the factor from the source's unit to ours, and the source's unit in words.
  struct Reading: Equatable {
    let term: PriceTerm
    let factor: ExactDecimal
    let written: String
  }

  enum Decision: Equatable {
    case read(Reading)
    case leftOut(String)
  }

  private struct Unit {
    let unit: BillableUnit
    let factor: ExactDecimal
    let written: String

    init(_ unit: BillableUnit, _ factor: Int64 = 1_000_000, _ written: String = "per token") {
      self.unit = unit
      self.factor = ExactDecimal(factor)
      self.written = written
    }
  }

  /// The names without what a price depends on, the longer before what they begin with.
  private static let heads: [(name: String, unit: Unit)] = [
    ("cache_creation_input_token_cost_above_1hr", Unit(.cacheWriteHour)),
    ("cache_creation_input_token_cost_above_12hr", Unit(.cacheWriteHalfDay)),
    ("cache_creation_input_token_cost", Unit(.cacheWrite)),
    ("cache_creation_input_audio_token_cost", Unit(.cacheWriteAudio)),
    ("cache_read_input_token_cost", Unit(.cacheRead)),
    ("cache_read_input_audio_token_cost", Unit(.cacheReadAudio)),
    ("cache_read_input_image_token_cost", Unit(.cacheReadImage)),
    ("input_cost_per_token", Unit(.input)), ("output_cost_per_token", Unit(.output)),
    ("output_cost_per_reasoning_token", Unit(.reasoning)),
    ("input_cost_per_audio_token", Unit(.audioInput)), ("output_cost_per_audio_token", Unit(.audioOutput)),
    ("input_cost_per_image_token", Unit(.imageInput)), ("output_cost_per_image_token", Unit(.imageOutput)),
    ("input_cost_per_video_token", Unit(.videoInput)), ("output_cost_per_video_token", Unit(.videoOutput)),
    ("citation_cost_per_token", Unit(.citation)),
    ("input_cost_per_character", Unit(.inputCharacter, 1_000_000, "per character")),
    ("output_cost_per_character", Unit(.outputCharacter, 1_000_000, "per character")),
    ("input_cost_per_image", Unit(.imageRead, 1, "per picture")),
    ("output_cost_per_image", Unit(.image, 1, "per picture")),
    ("input_cost_per_audio_per_second", Unit(.audioInputSecond, 3600, "per second")),
    ("input_cost_per_video_per_second", Unit(.videoInputSecond, 1, "per second")),
    ("output_cost_per_video_per_second", Unit(.videoSecond, 1, "per second")),
    ("input_cost_per_second", Unit(.audioInputSecond, 3600, "per second")),
    ("output_cost_per_second", Unit(.videoSecond, 1, "per second")),
    ("input_cost_per_query", Unit(.rerankSearch, 1, "per query")),
    ("input_cost_per_request", Unit(.request, 1, "per request")),
    ("input_cost_per_text_message", Unit(.textMessage, 1, "per message")),
    ("ocr_cost_per_page", Unit(.documentPage, 1, "per page")),
    ("annotation_cost_per_page", Unit(.annotatedPage, 1, "per page")),
    ("google_maps_grounding_cost_per_query", Unit(.mapsSearch, 1, "per search")),
    ("code_interpreter_cost_per_session", Unit(.codeSession, 1, "per session")),
    ("file_search_cost_per_1k_calls", Unit(.storageSearch, 1, "per 1,000 searches")),
  ]

  private static let modes: [Substring: PriceMode] = [
    "": .standard, "_batches": .batch, "_flex": .flex, "_priority": .priority, "_ultrafast": .ultrafast,
    "_balanced": .balanced,
  ]
  /// The sizes in `output_cost_per_image_2K`, `output_cost_per_second_1080p`.
  private static let resolutions: Set<Substring> = [
    "0.5K", "1K", "2K", "4K", "512", "1024", "1536", "480p", "720p", "768p", "1080p", "2k", "4k",
  ]

  /// What a field of a row of that mode prices; nil for a name that is no price this importer knows.
  static func decision(_ name: String, mode: String) -> Decision? {
    guard let (head, unit) = heads.first(where: { fits(name, head: $0.name) }) else { return nil }
    var rest = name.dropFirst(head.count)
    var condition: PriceCondition?
    if rest.first == "_", resolutions.contains(rest.dropFirst()) {
      condition = PriceCondition(.resolution, String(rest.dropFirst()))
      rest = ""
    }
    var above: TokenCount?
    if rest.hasPrefix("_above_") {
      guard let end = rest.firstRange(of: "k_tokens"),
        let thousands = Int64(rest[..<end.lowerBound].dropFirst(7))
      else { return nil }
      above = TokenCount(thousands * 1000)
      rest = rest[end.upperBound...]
    }
    guard let priceMode = modes[rest] else { return nil }
    let base = PriceTerm(unit.unit, mode: priceMode, above: above).on(condition)
    return placed(base, unit, head: head, mode: mode)
  }

  private static func fits(_ name: String, head: String) -> Bool {
    guard name.hasPrefix(head) else { return false }
    let rest = name.dropFirst(head.count)
    return rest.isEmpty || rest.first == "_"
  }

  /// A name that means another thing in rows of some modes.
  private static func placed(_ term: PriceTerm, _ unit: Unit, head: String, mode: String) -> Decision {
    func reading(_ unit: BillableUnit, _ factor: Int64, _ written: String) -> Decision {
      .read(
        Reading(
          term: PriceTerm(unit, mode: term.mode, tier: term.tier, condition: term.condition),
          factor: ExactDecimal(factor), written: written))
    }
    switch (head, mode) {
    // A whole song or clip, and in rows of models that draw nothing the price of a picture's token.
    case ("output_cost_per_image", let mode) where !["image_generation", "image_edit"].contains(mode):
      return .leftOut("not the price of a picture in rows of mode \(mode.bounded)")
    // Of a transcription the source's calculator takes the seconds of the recording, under either name.
    case ("output_cost_per_second", "audio_transcription"):
      return reading(.audioInputSecond, 3600, "per second")
    case ("output_cost_per_second", "audio_speech"): return reading(.audioSecond, 3600, "per second")
    case ("output_cost_per_second", let mode) where mode != "video_generation":
      return .leftOut("seconds of capacity, not of sound or video, in rows of mode \(mode.bounded)")
    case ("input_cost_per_second", let mode) where !["audio_transcription", "realtime"].contains(mode):
      return .leftOut("seconds of capacity, not of sound, in rows of mode \(mode.bounded)")
    // Marengo's embeddings cost a sum for each text.
    case ("input_cost_per_query", let mode) where mode != "rerank": return reading(.request, 1, "per query")
    case ("file_search_cost_per_1k_calls", _):
      return .read(
        Reading(term: term, factor: ExactDecimal(reducing: 1, exponent: -3), written: unit.written))
    default: return .read(Reading(term: term, factor: unit.factor, written: unit.written))
    }
  }
}

// What depends on hours, sizes of a search, regions --------------------------------------------------------------------

extension LiteLLMPrices {
  /// `search_context_cost_per_query`: one line where its three sizes cost the same; else the medium one, which a request has that
  /// names no size, and a line for each.
  static func search(_ row: JSONValue, provider: String, into draft: inout RecordDraft) {
    let path = "search_context_cost_per_query"
    guard let sizes = row[path] else { return }
    // Gemini 2 counts prompts that search, however many searches each makes.
    let isByPrompt =
      (provider.hasPrefix("gemini") || provider.hasPrefix("vertex_ai"))
      && row["web_search_billing_unit"]?.string != "per_query"
    let written = isByPrompt ? "per prompt that searches" : "per search"
    let names = ["low", "medium", "high"].map { ($0, "search_context_size_" + $0) }
    let base = names[1].1
    draft.price(PriceTerm(.webSearch), sizes[base], unit: written, path: path + "." + base)
    guard Set(names.compactMap { sizes[$0.1]?.numberText }).count > 1 else { return }
    for (size, name) in names {
      draft.price(
        PriceTerm(.webSearch, condition: PriceCondition(.searchSize, size)), sizes[name], unit: written,
        path: path + "." + name)
    }
  }

  /// `tiered_pricing`: the row whose range holds the prompt's tokens prices the whole request.
  static func tiers(_ row: JSONValue, mode: String, into draft: inout RecordDraft) {
    for (index, tier) in (row["tiered_pricing"]?.array ?? []).enumerated() {
      let place = "tiered_pricing[\(index)]"
      guard let text = tier["range"]?.array?.first?.numberText,
        let start = (try? ExactDecimal(parsing: text))?.integer, start >= 0
      else {
        draft.problem("bad-tier", "\(place) has no range")
        continue
      }
      for (name, value) in tier.object?.members ?? [] {
        guard case .read(let reading) = decision(name, mode: mode) else { continue }
        // The row itself has the price below every tier.
        guard start > 0 || row[name] == nil else { continue }
        draft.price(
          PriceTerm(reading.term.unit, above: start == 0 ? nil : TokenCount(start)), value,
          factor: reading.factor, unit: reading.written, path: "\(place).\(name)")
      }
    }
  }

  /// Multipliers of every price of a token, by where they stand. Of the speed first, since a region multiplies that too.
  static func multiply(_ row: JSONValue, into draft: inout RecordDraft) {
    let entry = "provider_specific_entry"
    draft.multiply(by: row[entry]?["fast"], path: entry + ".fast") {
      $0.mode == .standard ? PriceTerm($0.unit, mode: .fast, tier: $0.tier) : nil
    }
    let conditions: [(value: JSONValue?, path: String, condition: PriceCondition)] = [
      (row[entry]?["us"], entry + ".us", PriceCondition(.residency, "us")),
      (
        row["regional_endpoint_uplift_multiplier"], "regional_endpoint_uplift_multiplier",
        PriceCondition(.region, "regional")
      ),
      (
        row["regional_processing_uplift_multiplier_eu"], "regional_processing_uplift_multiplier_eu",
        PriceCondition(.residency, "eu")
      ),
      (
        row["regional_processing_uplift_multiplier_us"], "regional_processing_uplift_multiplier_us",
        PriceCondition(.residency, "us")
      ),
      (
        row["fedramp_uplift_multiplier"], "fedramp_uplift_multiplier", PriceCondition(.residency, "fedramp")
      ),
    ]
    for (value, path, condition) in conditions {
      draft.multiply(by: value, path: path) { $0.condition == nil ? $0.on(condition) : nil }
    }
  }
}
