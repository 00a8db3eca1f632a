import Facts
import TextFormats

/// Responses of OpenAI's API and of those that speak it: chat completions, Responses, embeddings, and the output lines of a
/// batch.
///
/// `usage` is defined by the PyPI package openai 3.57.0, types/completion_usage.py and types/responses/response_usage.py; the
/// tier as served by types/chat/chat_completion.py. Prompt tokens count cached ones, answer tokens count reasoning. OpenRouter
/// adds `usage.cost`, what it charges in dollars
/// (https://openrouter.ai/docs/use-cases/usage-accounting).
struct OpenAIResponses: UsageFormat {
  static let name = "openai"
  static let title = "OpenAI responses (chat and Responses)"
  static let isGeneral = true

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      guard let answer = ResponseRecord(record), let usage = answer.body["usage"]?.object else {
        return false
      }
      if answer.body["object"]?.string.map({ Self.objects.contains($0) }) == true { return true }
      guard answer.body["type"]?.string != "message" else { return false }
      if usage["prompt_tokens"] != nil { return true }
      return usage["input_tokens"] != nil && usage["cache_read_input_tokens"] == nil
        && usage["cache_creation_input_tokens"] == nil && usage["server_tool_use"] == nil
    }
  }

  private static let objects: Set<String> = [
    "chat.completion", "text_completion", "response", "chat.completion.chunk",
  ]

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    guard let answer = ResponseRecord(record), let usage = answer.body["usage"], usage.object != nil else {
      return sink.skip()
    }
    let body = answer.body
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(answer.time ?? body.first(of: "created_at", "created"))
      row.model = body.first(of: "model")?.word ?? record.first(of: "model")?.word
      try Self.tokens(of: usage, into: &row)
      let searches = (body["output"]?.array ?? []).count {
        $0["type"]?.string == "web_search_call" && ($0.at("action", "type")?.string ?? "search") == "search"
      }
      if searches > 0 { row.counts[.webSearch] = Int64(searches) }
      row.mode = answer.isBatch ? .batch : ServedTier.openAI(body["service_tier"]?.word)
      row.requestID = body["id"]?.given?.word
      if let cost = usage["cost"]?.given {
        row.charged = try cost.dollars("usage.cost")
        row.provider = "openrouter"
        row.tag("upstream", body["provider"])
      } else {
        row.provider = (record["provider"] ?? body["provider"])?.given?.word
      }
      answer.label(&row)
    }
  }

  /// - Throws: a fault for counts that are none.
  static func tokens(of usage: JSONValue, into row: inout RowDraft) throws(RowFault) {
    let prompt =
      usage["prompt_tokens_details"] ?? usage["input_tokens_details"] ?? usage["input_token_details"]
    let answer =
      usage["completion_tokens_details"] ?? usage["output_tokens_details"] ?? usage["output_token_details"]
    try row.add(.input, usage.first(of: "prompt_tokens", "input_tokens"), "prompt_tokens")
    // DeepSeek counts its cache hits beside the details.
    try row.add(
      .cacheRead, prompt?["cached_tokens"]?.given ?? usage["prompt_cache_hit_tokens"], "cached_tokens")
    try row.add(.cacheWrite, prompt?["cache_write_tokens"], "cache_write_tokens")
    try row.add(.audioInput, prompt?["audio_tokens"], "audio_tokens")
    try row.add(.imageInput, prompt?["image_tokens"], "image_tokens")
    try row.add(.output, usage.first(of: "completion_tokens", "output_tokens"), "completion_tokens")
    try row.add(.reasoning, answer?["reasoning_tokens"], "reasoning_tokens")
    try row.add(.audioOutput, answer?["audio_tokens"], "audio_tokens")
    try row.add(.imageOutput, answer?["image_tokens"], "image_tokens")
    // Some servers that speak OpenAI's API leave reasoning out of the answer; their own total tells.
    if let total = try usage["total_tokens"]?.given.map({ value throws(RowFault) in
      try value.count("total_tokens")
    }),
      let reasoning = row.counts[.reasoning], reasoning > 0,
      total == (row.counts[.input] ?? 0) + (row.counts[.output] ?? 0) + reasoning
    {
      try row.add(.output, reasoning, "reasoning_tokens")
    }
  }
}
