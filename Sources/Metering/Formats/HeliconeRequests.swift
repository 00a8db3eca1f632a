import Facts
import TextFormats

/// Requests exported from Helicone: what its API and its export command give, as JSON, JSON lines or CSV.
///
/// Fields are defined by `HeliconeRequest` of its API
/// (https://raw.githubusercontent.com/api-evangelist/helicone/refs/heads/main/json-schema/helicone-heliconerequest-schema.json).
/// Whether the prompt counts cached tokens is not defined: the record's own total tells; where it does not, Anthropic's prompts
/// leave them out, as Anthropic's usage does, and others count them. An answer from Helicone's own cache used nothing.
struct HeliconeRequests: UsageFormat {
  static let name = "helicone"
  static let title = "Helicone requests"

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      record["request_id"] != nil && record["request_created_at"] != nil
        && (record["prompt_tokens"] != nil || record["completion_tokens"] != nil
          || record["helicone_user"] != nil)
    }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    guard record.first(of: "prompt_tokens", "completion_tokens") != nil else { return sink.skip() }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(record["request_created_at"])
      row.provider = record["provider"]?.given?.word
      if row.provider?.uppercased() == "CUSTOM" { row.provider = nil }
      row.model = record.first(of: "model_override", "response_model", "model", "request_model")?.word
      row.charged = try record.first(of: "costUSD", "cost").map { value throws(RowFault) in
        try value.dollars("cost")
      }
      row.requestID = record["request_id"]?.word
      let cached = record["cache_reference_id"]?.given?.word
      if let cached, cached.contains(where: { $0 != "0" && $0 != "-" }) {
        row.tags["cache_hit"] = "true"
      } else {
        try Self.tokens(of: record, into: &row)
      }
      row.key = record.first(of: "request_user_id", "helicone_user")?.word
      for name in ["properties", "request_properties"] {
        for tag in record[name]?.nested?.object?.members ?? [] { row.tag(tag.key, tag.value) }
      }
    }
  }

  private static func tokens(of record: JSONValue, into row: inout RowDraft) throws(RowFault) {
    for (unit, name) in [
      (BillableUnit.input, "prompt_tokens"), (.cacheRead, "prompt_cache_read_tokens"),
      (.cacheWrite, "prompt_cache_write_tokens"), (.audioInput, "prompt_audio_tokens"),
      (.output, "completion_tokens"), (.reasoning, "reasoning_tokens"),
      (.audioOutput, "completion_audio_tokens"),
    ] {
      try row.add(unit, record[name], name)
    }
    let caches = (row.counts[.cacheRead] ?? 0) + (row.counts[.cacheWrite] ?? 0)
    let (prompt, answer) = (row.counts[.input] ?? 0, row.counts[.output] ?? 0)
    guard caches > 0 else { return }
    let total = try record["total_tokens"]?.given.map { value throws(RowFault) in
      try value.count("total_tokens")
    }
    if caches > prompt || total == prompt + answer + caches
      || row.provider?.uppercased() == "ANTHROPIC" || row.model?.hasPrefix("claude") == true
    {
      row.caching = .excluded
    }
  }
}
