import Facts
import TextFormats

/// The fields of LiteLLM's rows that are no prices: what is read of them, and of every other field why it is not.
enum LiteLLMFields {
  static let zero = "a zero beside another price of the row: no price of its own"

  private static let capabilities: [(Field, String)] = [
    (.capability(.functionCalling), "supports_function_calling"),
    (.capability(.reasoning), "supports_reasoning"),
    (.capability(.structuredOutputs), "supports_response_schema"),
    (.capability(.vision), "supports_vision"),
    (.capability(.computerUse), "supports_computer_use"),
  ]

  /// What a request may hold or ask for, in the words of `accepts` and `refuses`.
  private static let parameters: [(word: String, name: String)] = [
    ("prompt_caching", "supports_prompt_caching"),
    ("parallel_tool_calls", "supports_parallel_function_calling"),
    ("system_messages", "supports_system_messages"), ("pdf_input", "supports_pdf_input"),
    ("audio_input", "supports_audio_input"), ("audio_output", "supports_audio_output"),
    ("video_input", "supports_video_input"), ("web_search", "supports_web_search"),
    ("url_context", "supports_url_context"), ("tool_search", "supports_tool_search"),
    ("assistant_prefill", "supports_assistant_prefill"), ("sampling_params", "supports_sampling_params"),
    ("forced_tool_use", "supports_forced_tool_use"),
  ]

  /// The efforts of the flags, the least first, and what an entry that has some of the flags says by leaving one out:
  /// `litellm/litellm_core_utils/reasoning_effort_capability.py`.
  private static let efforts: [(word: String, flag: String?, unsaid: Bool)] = [
    ("none", "supports_none_reasoning_effort", false),
    ("minimal", "supports_minimal_reasoning_effort", false),
    ("low", "supports_low_reasoning_effort", true), ("medium", nil, true), ("high", nil, true),
    ("xhigh", "supports_xhigh_reasoning_effort", false), ("max", "supports_max_reasoning_effort", false),
  ]

  static func facts(of row: JSONValue, mode: String, into draft: inout RecordDraft) {
    draft.tokens(.maxInput, row["max_input_tokens"], path: "max_input_tokens")
    draft.tokens(.maxOutput, row["max_output_tokens"], path: "max_output_tokens")
    draft.date(
      .retirement, row["deprecation_date"], path: "deprecation_date", url: row["deprecation_source"]?.string)
    for (field, name) in capabilities { draft.flag(field, row[name], path: name) }
    if row["supports_function_calling"] == .bool(true), row["supports_tool_choice"] == .bool(true) {
      draft.add(
        Claim(
          .capability(.toolUse), .flag(true), asWritten: "true", basis: .derived,
          note: "function calling and tool choice are both supported", path: "supports_tool_choice"))
    }
    media(row, into: &draft)
    draft.tokens(.minCacheTokens, row["prompt_cache_min_tokens"], path: "prompt_cache_min_tokens")
    draft.count(.requestsPerMinute, row["rpm"], path: "rpm")
    draft.tokens(.tokensPerMinute, row["tpm"], path: "tpm")
    draft.text(.tokenizer, row["token_count_tokenizer"], path: "token_count_tokenizer")
    successor(row, into: &draft)
    endpoints(row, mode: mode, into: &draft)
    draft.words(.accepts, said(true, row), basis: .derived, note: "supports_… is true", path: "supports_*")
    draft.words(.refuses, said(false, row), basis: .derived, note: "supports_… is false", path: "supports_*")
    effort(row, into: &draft)
  }

  private static func said(_ answer: Bool, _ row: JSONValue) -> [String] {
    parameters.filter { row[$0.name] == .bool(answer) }.map(\.word)
  }

  /// The model to move to, by the id that a caller sends.
  private static func successor(_ row: JSONValue, into draft: inout RecordDraft) {
    guard let name = row["successor_model"]?.string, !name.isEmpty,
      let provider = row["litellm_provider"]?.string
    else { return }
    draft.add(
      Claim(
        .successor, .text(LiteLLM.apiID(of: name, provider: provider)), asWritten: name,
        url: row["deprecation_source"]?.string?.httpAddress, path: "successor_model"))
  }

  /// Both lists are there and complete, or the row says nothing of media.
  private static func media(_ row: JSONValue, into draft: inout RecordDraft) {
    let input = ModelsDev.words(row["supported_modalities"])
    let output = ModelsDev.words(row["supported_output_modalities"])
    guard !input.isEmpty, !output.isEmpty else { return }
    let mixes = !["image", "audio", "video"].allSatisfy { !input.contains($0) && !output.contains($0) }
    draft.add(
      Claim(
        .capability(.multimodal), .flag(mixes),
        asWritten: "in: \(input.joined(separator: ", ")); out: \(output.joined(separator: ", "))",
        basis: .derived, note: "image, audio or video among the modalities listed",
        path: "supported_modalities"))
  }

  /// `/v1/chat/completions` → `chat`; the mode alone of a row that lists none.
  private static func endpoints(_ row: JSONValue, mode: String, into draft: inout RecordDraft) {
    let written = ModelsDev.words(row["supported_endpoints"])
    var words: [String] = []
    for path in written {
      var word = path.hasPrefix("/v1/") ? String(path.dropFirst(4)) : String(path.drop { $0 == "/" })
      if word == "chat/completions" { word = "chat" }
      if !words.contains(word) { words.append(word) }
    }
    draft.words(.endpoints, words, asWritten: written.joined(separator: ", "), path: "supported_endpoints")
    // The table writes "chat" where it has nothing to say, so that word is no claim.
    guard written.isEmpty, mode == "responses" || mode == "completion" else { return }
    draft.words(
      .endpoints, [mode == "completion" ? "completions" : mode], asWritten: mode, basis: .derived,
      note: "the mode of the row", path: "mode")
  }

  private static func effort(_ row: JSONValue, into draft: inout RecordDraft) {
    draft.text(.defaultEffort, row["default_reasoning_effort"], path: "default_reasoning_effort")
    if row["thinking_always_on"] == .bool(true) {
      draft.words(.thinking, ["always"], asWritten: "true", path: "thinking_always_on")
    } else if row["thinking_on_by_default"] == .bool(true) {
      draft.words(.thinking, ["by default"], asWritten: "true", path: "thinking_on_by_default")
    }
    if let list = row["reasoning_effort_levels"]?.array {
      let words = list.compactMap(\.string)
      let known = efforts.map(\.word)
      let ordered = known.filter(words.contains) + words.filter { !known.contains($0) }
      draft.words(
        .effortLevels, ordered, asWritten: words.joined(separator: ", "), path: "reasoning_effort_levels")
      return
    }
    let flags = efforts.compactMap { effort in effort.flag.flatMap { row[$0]?.bool } }
    guard !flags.isEmpty else { return }
    let words = efforts.filter { effort in effort.flag.flatMap { row[$0]?.bool } ?? effort.unsaid }
    draft.words(
      .effortLevels, words.map(\.word), basis: .derived,
      note: "supports_…_reasoning_effort; low, medium and high unless one is refused",
      path: "supports_*_reasoning_effort")
  }

  // MARK: Which fields are read

  private static let readNames: Set<String> = Set(
    capabilities.map(\.1) + parameters.map(\.name) + efforts.compactMap(\.flag) + [
      "litellm_provider", "mode", "source", "max_input_tokens", "max_output_tokens", "deprecation_date",
      "deprecation_source", "supports_tool_choice", "supported_modalities[]", "supported_output_modalities[]",
      "prompt_cache_min_tokens", "rpm", "tpm", "token_count_tokenizer", "successor_model", "alias_of",
      "supported_endpoints[]", "default_reasoning_effort", "thinking_always_on", "thinking_on_by_default",
      "reasoning_effort_levels[]", "reasoning_effort_levels", "tiered_pricing[].range[]",
      "web_search_billing_unit", "provider_specific_entry.us", "provider_specific_entry.fast",
      "regional_endpoint_uplift_multiplier", "regional_processing_uplift_multiplier_eu",
      "regional_processing_uplift_multiplier_us", "fedramp_uplift_multiplier",
      "search_context_cost_per_query.search_context_size_low",
      "search_context_cost_per_query.search_context_size_medium",
      "search_context_cost_per_query.search_context_size_high", "off_peak_pricing.hours_utc",
      "off_peak_pricing.hours_utc[]", "off_peak_pricing.weekday_timezone",
      "off_peak_pricing.windows[].hours_utc", "off_peak_pricing.windows[].hours_utc[]",
      "off_peak_pricing.windows[].weekdays[]",
    ])

  /// A price field counts as read here wherever some mode reads it; the rows in which it is not are counted as they are met.
  static func isRead(_ path: String) -> Bool {
    guard !readNames.contains(path) else { return true }
    for place in ["off_peak_pricing.", "tiered_pricing[]."] where path.hasPrefix(place) {
      return isRead(String(path.dropFirst(place.count)))
    }
    return LiteLLMPrices.decision(path, mode: "chat") != nil
  }
}
