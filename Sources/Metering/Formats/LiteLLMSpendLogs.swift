import Facts
import TextFormats

/// The spend logs of a LiteLLM proxy: rows of its table as JSON lines or CSV.
///
/// Defined by the PyPI package litellm 1.109.1, proxy/schema.prisma (`LiteLLM_SpendLogs`) and proxy/_types.py
/// (`SpendLogsMetadata`); its adapters put cached tokens into `prompt_tokens` for every provider
/// (llms/anthropic/chat/transformation.py, `calculate_usage`). An answer from the proxy's own cache used nothing.
struct LiteLLMSpendLogs: UsageFormat {
  static let name = "litellm"
  static let title = "LiteLLM spend logs"

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      record["spend"] != nil && record["prompt_tokens"] != nil
        && (record["call_type"] != nil || record["custom_llm_provider"] != nil || record["startTime"] != nil)
    }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    let isEmpty = ["prompt_tokens", "completion_tokens", "spend"].allSatisfy { name in
      record[name]?.given?.word.map { $0 == "0" || $0 == "0.0" } ?? true
    }
    // A call that failed is logged without tokens.
    if record["status"]?.word == "failure", isEmpty { return sink.skip() }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(record.first(of: "startTime", "start_time"))
      row.provider = record["custom_llm_provider"]?.given?.word
      row.model = record.first(of: "model", "model_group")?.word
      row.charged = try record["spend"]?.given.map { value throws(RowFault) in try value.dollars("spend") }
      row.requestID = record["request_id"]?.given?.word
      let metadata = record["metadata"]?.nested
      if record["cache_hit"]?.word?.lowercased() == "true" {
        row.tags["cache_hit"] = "true"
      } else {
        try Self.tokens(of: record, metadata, into: &row)
      }
      row.key =
        metadata?["user_api_key_alias"]?.given?.word ?? record.first(of: "api_key", "user")?.word
      row.tag("team", metadata?["user_api_key_team_alias"]?.given ?? record["team_id"])
      for name in ["user", "end_user", "model_group", "organization_id"] { row.tag(name, record[name]) }
      for tag in record["request_tags"]?.nested?.array ?? [] {
        guard let word = tag.word else { continue }
        let pair = word.split(separator: ":", maxSplits: 1).map { $0.trimmed }
        if pair.count == 2 { row.tags[pair[0]] = pair[1] } else { row.tags[word] = "true" }
      }
    }
  }

  private static func tokens(
    of record: JSONValue, _ metadata: JSONValue?, into row: inout RowDraft
  ) throws(RowFault) {
    try row.add(.input, record["prompt_tokens"], "prompt_tokens")
    try row.add(.output, record["completion_tokens"], "completion_tokens")
    let usage = metadata?["usage_object"]?.nested
    let more = metadata?["additional_usage_values"]?.nested
    let prompt = usage?["prompt_tokens_details"]?.nested ?? more?["prompt_tokens_details"]?.nested
    let answer = usage?["completion_tokens_details"]?.nested ?? more?["completion_tokens_details"]?.nested
    func first(_ values: JSONValue?...) -> JSONValue? { values.lazy.compactMap { $0?.given }.first }
    try row.add(
      .cacheRead,
      first(
        usage?["cache_read_input_tokens"], prompt?["cached_tokens"], more?["cache_read_input_tokens"]),
      "cache_read_input_tokens")
    try row.add(
      .cacheWrite,
      first(
        usage?["cache_creation_input_tokens"], prompt?["cache_creation_tokens"],
        prompt?["cache_write_tokens"],
        more?["cache_creation_input_tokens"]), "cache_creation_input_tokens")
    try row.add(
      .cacheWriteHour, prompt?.at("cache_creation_token_details", "ephemeral_1h_input_tokens"),
      "ephemeral_1h_input_tokens")
    try row.add(.audioInput, prompt?["audio_tokens"], "audio_tokens")
    try row.add(.imageInput, prompt?["image_tokens"], "image_tokens")
    try row.add(.reasoning, answer?["reasoning_tokens"], "reasoning_tokens")
    try row.add(.audioOutput, answer?["audio_tokens"], "audio_tokens")
    try row.add(.imageOutput, answer?["image_tokens"], "image_tokens")
    try row.add(
      .webSearch,
      first(
        prompt?["web_search_requests"], usage?.at("server_tool_use", "web_search_requests")),
      "web_search_requests")
    row.mode = ServedTier.openAI(first(usage?["service_tier"], more?["service_tier"])?.word)
  }
}
