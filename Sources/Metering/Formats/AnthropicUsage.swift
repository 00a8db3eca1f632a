import Facts
import TextFormats

/// Anthropic's usage report: time buckets with one result a group.
///
/// Defined by https://platform.claude.com/docs/en/api/admin-api/usage-cost/get-messages-usage-report
/// (`/v1/organizations/usage_report/messages`) and by the PyPI package anthropic 2.13.0,
/// types/beta/organization/beta_analytics_usage_bucketed_result.py. Uncached input stands beside what a cache read and wrote. The
/// table that the Console exports (https://support.claude.com/en/articles/9534590-cost-and-usage-reporting-in-the-claude-console)
/// has no published definition; its columns are those that https://github.com/erezgit/my-jarvis-desktop,
/// agent-workspace/tickets/114-token-usage-tracking-database/archive/03-anthropic-schema-comparison.md, found in one.
///
/// The report of messages counts no requests. A row then stands for the fewest requests that its class of prompt length allows
/// (`0-200k`, the usual one where the report is not grouped by it, or `200k-1M`), so that no tier above its class prices it.
struct AnthropicUsage: UsageFormat {
  static let name = "anthropic-usage"
  static let title = "Anthropic usage report"

  static func fits(_ sample: LogSample) -> Bool {
    sample.has(columns: "uncached_input_tokens") || sample.has(columns: "usage_input_tokens_no_cache")
      || sample.records.contains { record in
        (record["results"]?.array ?? [record]).contains { $0["uncached_input_tokens"] != nil }
      }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    guard let results = record["results"]?.array else { return read(record, bucket: record, into: &sink) }
    for result in results { read(result, bucket: record, into: &sink) }
  }

  private func read(_ result: JSONValue, bucket: JSONValue, into sink: inout RowSink) {
    let uncached = result.first(of: "uncached_input_tokens", "usage_input_tokens_no_cache")
    guard uncached != nil else { return sink.skip() }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(bucket.first(of: "starting_at", "usage_date_utc"))
      row.provider = "anthropic"
      row.model = result.first(of: "model", "model_version")?.word
      guard row.model != nil else {
        throw RowFault(.unknownModel, "the report names no model. hint: ask for it with group_by[]=model")
      }
      row.caching = .excluded
      try row.add(.input, uncached, "uncached_input_tokens")
      try row.add(
        .cacheRead, result.first(of: "cache_read_input_tokens", "usage_input_tokens_cache_read"),
        "cache_read_input_tokens")
      let written = result["cache_creation"]?.nested ?? result
      let hour = written.first(of: "ephemeral_1h_input_tokens", "usage_input_tokens_cache_write_1h")
      let minutes = written.first(of: "ephemeral_5m_input_tokens", "usage_input_tokens_cache_write_5m")
      try row.add(.cacheWriteHour, hour, "ephemeral_1h_input_tokens")
      try row.add(.cacheWrite, hour, "ephemeral_1h_input_tokens")
      try row.add(.cacheWrite, minutes, "ephemeral_5m_input_tokens")
      try row.add(.output, result.first(of: "output_tokens", "usage_output_tokens"), "output_tokens")
      let tools = result["server_tool_use"]?.nested ?? result
      try row.add(
        .webSearch, tools.first(of: "web_search_requests", "web_search_count"), "web_search_requests")
      row.requests = try requests(result, row)
      row.mode =
        result["speed"]?.string == "fast"
        ? .fast : ServedTier.mode(result.first(of: "service_tier", "usage_type")?.word)
      row.key =
        result.first(of: "api_key_name", "api_key_id", "api_key", "workspace_name", "workspace_id")?.word
      for name in ["workspace_id", "context_window", "inference_geo", "product"] {
        row.tag(name, result[name])
      }
    }
  }

  private func requests(_ result: JSONValue, _ row: RowDraft) throws(RowFault) -> Int64 {
    if let told = result["requests"]?.given { return try told.count("requests") }
    let prompt = [.input, .cacheRead, .cacheWrite].map { row.counts[$0] ?? 0 }.reduce(Int128(0)) {
      $0 + Int128($1)
    }
    let most: Int128 = result["context_window"]?.string == "200k-1M" ? 1_000_000 : 200_000
    return Int64(clamping: max(1, (prompt + most - 1) / most))
  }
}
