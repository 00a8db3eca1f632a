import Facts

/// How a provider says that a request was served.
enum ServedTier {
  /// The mode that a provider's word stands for; nil for words that name no price (`auto`, `scale`).
  ///
  /// OpenAI's words stand in the PyPI package openai 3.57.0, types/chat/chat_completion.py; Anthropic's in anthropic 2.13.0,
  /// types/usage.py and types/beta/organization/beta_analytics_service_tier.py; Google's in google-genai 3.6.1, types.py,
  /// `TrafficType` and `ServiceTier`.
  static func mode(_ word: String?) -> PriceMode? {
    switch word?.lowercased() {
    case "default", "standard", "on_demand", "unspecified": .standard
    case "batch": .batch
    case "flex", "flex_discount", "on_demand_flex": .flex
    case "priority", "priority_on_demand", "on_demand_priority": .priority
    case "on_demand_offpeak", "off_peak": .offPeak
    case "fast": .fast
    default: nil
    }
  }

  /// OpenAI serves `fast` as priority and says so in its responses.
  static func openAI(_ word: String?) -> PriceMode? {
    word?.lowercased() == "fast" ? .priority : mode(word)
  }
}
