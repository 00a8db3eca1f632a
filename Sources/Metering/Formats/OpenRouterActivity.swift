import Facts
import TextFormats

/// OpenRouter's activity: the export as a table with a row a generation, and what its API answers, a row a day and endpoint.
///
/// The API's rows are defined by the PyPI package openrouter 1.3.84, components/activityitem.py. The export is described at
/// https://openrouter.ai/docs/cookbook/administration/activity-export (reasoning tokens are part of the completion's); no page
/// lists its columns, they are those that a reader of it takes
/// (https://github.com/CodexClawd/codexclawd, skills/openrouter-analyzer/scripts/analyze.py). The provider is OpenRouter, who
/// bills; who served stands in the tag `upstream`.
struct OpenRouterActivity: UsageFormat {
  static let name = "openrouter"
  static let title = "OpenRouter activity"

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      record["model_permaslug"] != nil
        && (record["tokens_prompt"] != nil || record["prompt_tokens"] != nil
          || record["generation_id"] != nil)
    }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(record.first(of: "created_at", "date"))
      row.provider = "openrouter"
      row.model = record.first(of: "model", "model_permaslug")?.word
      if let variant = record["variant"]?.given?.word, variant != "standard", let model = row.model,
        !model.contains(":")
      {
        row.model = model + ":" + variant
      }
      try row.add(
        .input, record.first(of: "native_tokens_prompt", "tokens_prompt", "prompt_tokens"), "prompt tokens")
      try row.add(
        .output, record.first(of: "native_tokens_completion", "tokens_completion", "completion_tokens"),
        "completion tokens")
      try row.add(
        .reasoning, record.first(of: "native_tokens_reasoning", "tokens_reasoning", "reasoning_tokens"),
        "reasoning tokens")
      try row.add(
        .cacheRead, record.first(of: "native_tokens_cached", "tokens_cached", "cached_tokens"),
        "cached tokens")
      if let requests = record["requests"]?.given { row.requests = try requests.count("requests") }
      row.charged = try record.first(of: "cost_total", "usage", "total_cost").map { value throws(RowFault) in
        try value.dollars("cost_total")
      }
      row.key = record.first(of: "api_key_name", "app_name", "creator")?.word
      row.tag("upstream", record["provider_name"])
      row.tag("app", record["app_name"])
      row.requestID = record.first(of: "generation_id", "id")?.word
    }
  }
}
