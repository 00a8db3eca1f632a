/// The object that a key stands in, as far as a scanner tells objects apart.
enum RowObject: UInt32 {
  case none = 0
  case row
  case usage
  case promptDetails
  case completionDetails
  case cacheCreation
  case serverTools
  case labels
}

/// What a key of a row holds.
struct RowKey {
  let field: RowField
  /// The bit that tells it from every other key.
  let bit: UInt64
}

/// The keys of a row: those of the canonical row, and those of records around the `usage` of an API's answer.
///
/// The usage objects are defined at https://platform.openai.com/docs/api-reference/chat/object,
/// https://platform.openai.com/docs/api-reference/responses/object and https://docs.anthropic.com/en/api/messages. The last
/// one's `input_tokens` leaves out what a cache read or wrote.
struct RowKeys: Sendable {
  /// Names of labels that the report asks for, at most ``RowField/mostLabels``.
  let labels: [String]

  init(labels: [String] = []) { self.labels = Array(labels.prefix(RowField.mostLabels)) }

  static let other = RowKey(field: .other, bit: 0)

  func key(_ name: String, in object: RowObject) -> RowKey {
    guard object == .labels else { return Self.known[object]?[name] ?? Self.other }
    guard let place = labels.firstIndex(of: name),
      let field = RowField(rawValue: RowField.label0.rawValue + UInt8(place))
    else { return Self.other }
    return RowKey(field: field, bit: 1 << (63 - UInt64(place)))
  }

  /// The field that a column of CSV holds; a label's column may be called `tag:NAME` or NAME.
  func column(_ name: String) -> RowField {
    let known = key(name, in: .row).field
    if known != .other { return known.isObject ? .other : known }
    return key(name.hasPrefix("tag:") ? String(name.dropFirst(4)) : name, in: .labels).field
  }

  /// Keys whose `input_tokens` leaves out what a cache read or wrote.
  static let cacheExcluded = bits(["cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation"])
  /// Keys of a count of the whole prompt.
  static let wholePrompt = bits(["input", "prompt_tokens"])

  private static let list: [(object: RowObject, name: String, field: RowField)] = {
    let canonical: [(String, RowField)] = [
      ("input", .input), ("output", .output), ("cache_read", .cacheRead), ("cache_write", .cacheWrite),
      ("cache_write_1h", .cacheWriteHour), ("reasoning", .reasoning), ("input_audio", .inputAudio),
      ("output_audio", .outputAudio), ("web_searches", .webSearches), ("requests", .requests),
      ("prompt_tokens", .input), ("completion_tokens", .output), ("input_tokens", .input),
      ("output_tokens", .output), ("cache_read_input_tokens", .cacheRead),
      ("cache_creation_input_tokens", .cacheWrite),
    ]
    let row: [(String, RowField)] = [
      ("time", .time), ("timestamp", .time), ("created", .time), ("created_at", .time),
      ("provider", .provider), ("model", .model), ("mode", .mode), ("service_tier", .mode),
      ("charged_usd", .charged), ("key", .key), ("id", .id), ("request_id", .id), ("tags", .labels),
      ("usage", .usage),
    ]
    let usage: [(String, RowField)] = [
      ("prompt_tokens_details", .promptDetails), ("input_tokens_details", .promptDetails),
      ("completion_tokens_details", .completionDetails), ("output_tokens_details", .completionDetails),
      ("cache_creation", .cacheCreation), ("server_tool_use", .serverTools),
    ]
    return (canonical + row).map { (.row, $0.0, $0.1) } + (canonical + usage).map { (.usage, $0.0, $0.1) } + [
      (.promptDetails, "cached_tokens", .cacheRead), (.promptDetails, "audio_tokens", .inputAudio),
      (.completionDetails, "reasoning_tokens", .reasoning), (.completionDetails, "audio_tokens", .outputAudio),
      (.cacheCreation, "ephemeral_1h_input_tokens", .cacheWriteHour),
      (.serverTools, "web_search_requests", .webSearches),
    ]
  }()

  private static let known: [RowObject: [String: RowKey]] = {
    var known: [RowObject: [String: RowKey]] = [:]
    for (place, entry) in list.enumerated() {
      known[entry.object, default: [:]][entry.name] = RowKey(field: entry.field, bit: 1 << UInt64(place))
    }
    return known
  }()

  private static func bits(_ names: [String]) -> UInt64 {
    var bits: UInt64 = 0
    for (place, entry) in list.enumerated() where names.contains(entry.name) { bits |= 1 << UInt64(place) }
    return bits
  }
}
