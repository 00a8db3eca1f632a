import Facts
import TextFormats

/// What OpenAI's organization usage API answers, and its export as a table with the same names.
///
/// Defined by `GET /organization/usage/completions`
/// (https://developers.openai.com/api/reference/cli/resources/admin/subresources/organization/subresources/usage/methods/completions)
/// and, field by field, by the PyPI package openai 3.57.0, types/admin/organization/usage_completions_response.py. Input counts
/// cached tokens and those written to a cache; audio and image tokens are given without their cached part. All times are UTC.
struct OpenAIUsage: UsageFormat {
  static let name = "openai-usage"
  static let title = "OpenAI usage export"

  static func fits(_ sample: LogSample) -> Bool {
    sample.has(columns: "num_model_requests", "input_tokens")
      || sample.records.contains { record in
        (record["results"]?.array ?? [record]).contains {
          $0["object"]?.string?.hasPrefix("organization.usage.") == true
            || $0["num_model_requests"] != nil && $0["input_tokens"] != nil
        }
      }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    guard let results = record["results"]?.array else { return read(record, start: record, into: &sink) }
    for result in results { read(result, start: record, into: &sink) }
  }

  private func read(_ result: JSONValue, start bucket: JSONValue, into sink: inout RowSink) {
    let kind = result["object"]?.string?.split(separator: ".").dropFirst(2).first.map(String.init)
    guard kind == nil || Self.kinds.contains(kind ?? "") else { return sink.skip() }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(bucket.first(of: "start_time", "start_time_iso"))
      row.provider = "openai"
      row.model = result["model"]?.given?.word
      guard row.model != nil else {
        throw RowFault(.unknownModel, "the export names no model. hint: export it grouped by model")
      }
      row.requests =
        try result.first(of: "num_model_requests", "num_requests")?.count("num_model_requests") ?? 1
      try Self.tokens(of: result, into: &row)
      try row.add(.image, result["images"], "images")
      try row.add(.inputCharacter, result["characters"], "characters")
      try row.add(.audioInputSecond, result["seconds"], "seconds")
      row.mode =
        result["batch"]?.word?.lowercased() == "true"
        ? .batch : ServedTier.openAI(result["service_tier"]?.word)
      row.key = result.first(of: "api_key_name", "api_key_id", "project_name", "project_id", "user_id")?.word
      for name in ["project_id", "project_name", "user_id", "api_source"] { row.tag(name, result[name]) }
    }
  }

  /// Results that count what a model used; the others are storage, sessions and amounts.
  private static let kinds: Set<String> = [
    "completions", "embeddings", "moderations", "images", "audio_speeches", "audio_transcriptions",
  ]

  private static func tokens(of result: JSONValue, into row: inout RowDraft) throws(RowFault) {
    row.caching = .settled
    try row.add(.input, result["input_tokens"], "input_tokens")
    try row.add(.cacheRead, result["input_cached_tokens"], "input_cached_tokens")
    try row.add(.cacheWrite, result["input_cache_write_tokens"], "input_cache_write_tokens")
    for (unit, cached, own, part) in [
      (
        BillableUnit.audioInput, BillableUnit.cacheReadAudio, "input_audio_tokens",
        "input_cached_audio_tokens"
      ),
      (.imageInput, .cacheReadImage, "input_image_tokens", "input_cached_image_tokens"),
    ] {
      try row.add(unit, result[own], own)
      try row.add(unit, result[part], part)
      try row.add(cached, result[part], part)
    }
    try row.add(.output, result["output_tokens"], "output_tokens")
    try row.add(.audioOutput, result["output_audio_tokens"], "output_audio_tokens")
    try row.add(.imageOutput, result["output_image_tokens"], "output_image_tokens")
  }
}
