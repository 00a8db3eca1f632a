import Facts
import TextFormats

/// Responses of Anthropic's Messages API, bare, in a logger's envelope, or as results of a batch.
///
/// `usage` is defined by the PyPI package anthropic 2.13.0, types/usage.py, types/cache_creation.py and
/// types/beta/beta_usage.py: input leaves out what a cache read or wrote, output counts thinking, and the tokens of a compaction
/// are in no other field. Responses carry no time; a logger's envelope may.
struct AnthropicMessages: UsageFormat {
  static let name = "anthropic"
  static let title = "Anthropic Messages responses"
  static let isGeneral = true

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      guard let answer = ResponseRecord(record), let usage = answer.body["usage"]?.object,
        usage["input_tokens"] != nil, answer.body["object"] == nil
      else { return false }
      if answer.body["type"]?.string == "message" { return true }
      if usage["cache_read_input_tokens"] != nil || usage["cache_creation_input_tokens"] != nil {
        return true
      }
      return usage["total_tokens"] == nil && usage["input_tokens_details"] == nil
    }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    guard let answer = ResponseRecord(record), let usage = answer.body["usage"], usage.object != nil else {
      return sink.skip()
    }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(answer.time)
      row.model = answer.body.first(of: "model")?.word ?? record.first(of: "model")?.word
      row.provider = record["provider"]?.given?.word ?? Self.provider(of: row.model)
      try Self.tokens(of: usage, into: &row)
      if answer.isBatch { row.mode = .batch }
      row.requestID = answer.body["id"]?.given?.word
      answer.label(&row)
    }
  }

  /// Anthropic's own ids begin with `claude`; other clouds put their words before it, or a date behind an @.
  static func provider(of model: String?) -> String? {
    model.flatMap { $0.hasPrefix("claude") && !$0.contains("@") ? "anthropic" : nil }
  }

  /// Tokens, searches and the tier as served.
  /// - Throws: a fault for counts that are none.
  static func tokens(of usage: JSONValue, into row: inout RowDraft) throws(RowFault) {
    row.caching = .excluded
    try sampling(usage, into: &row)
    for iteration in usage["iterations"]?.array ?? [] where iteration["type"]?.string == "compaction" {
      try sampling(iteration, into: &row)
      row.requests += 1
    }
    try row.add(
      .webSearch, usage.at("server_tool_use", "web_search_requests"), "web_search_requests")
    row.mode =
      usage["speed"]?.string == "fast" ? .fast : ServedTier.mode(usage["service_tier"]?.word)
    row.tag("inference_geo", usage["inference_geo"])
  }

  private static func sampling(_ usage: JSONValue, into row: inout RowDraft) throws(RowFault) {
    try row.add(.input, usage["input_tokens"], "input_tokens")
    try row.add(.cacheRead, usage["cache_read_input_tokens"], "cache_read_input_tokens")
    let hour = usage.at("cache_creation", "ephemeral_1h_input_tokens")
    try row.add(.cacheWriteHour, hour, "ephemeral_1h_input_tokens")
    if let all = usage["cache_creation_input_tokens"]?.given {
      try row.add(.cacheWrite, all, "cache_creation_input_tokens")
    } else {
      let minutes = usage.at("cache_creation", "ephemeral_5m_input_tokens")
      try row.add(.cacheWrite, minutes, "ephemeral_5m_input_tokens")
      try row.add(.cacheWrite, hour, "ephemeral_1h_input_tokens")
    }
    try row.add(.output, usage["output_tokens"], "output_tokens")
    try row.add(.reasoning, usage.at("output_tokens_details", "thinking_tokens"), "thinking_tokens")
  }
}
