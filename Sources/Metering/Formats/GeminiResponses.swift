import Facts
import TextFormats

/// Responses of Google's `generateContent`, from the Gemini API or Vertex AI, bare or in an envelope.
///
/// `usageMetadata` is defined by the PyPI package google-genai 3.6.1, types.py, `GenerateContentResponseUsageMetadata`: the prompt
/// counts cached tokens, the candidates leave out thoughts, tool results stand beside the prompt; `trafficType` is Vertex AI's
/// alone. Names with underscores, as the Python client writes them, are read too. Searches for grounding are not counted: the
/// response does not say how many are billed.
struct GeminiResponses: UsageFormat {
  static let name = "gemini"
  static let title = "Gemini responses"
  static let isGeneral = true

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      guard let body = ResponseRecord(record)?.body else { return false }
      return body["usageMetadata"]?.object != nil || body["usage_metadata"]?.object != nil
    }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    guard let answer = ResponseRecord(record),
      let usage = answer.body.first(of: "usageMetadata", "usage_metadata"), usage.object != nil
    else { return sink.skip() }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(answer.time ?? answer.body.first(of: "createTime", "create_time"))
      row.model =
        answer.body.first(of: "modelVersion", "model_version")?.word ?? record.first(of: "model")?.word
      let traffic = usage.first(of: "trafficType", "traffic_type")?.word
      row.provider = record["provider"]?.given?.word ?? (traffic == nil ? "google" : "google-vertex")
      row.mode = answer.isBatch ? .batch : ServedTier.mode(traffic)
      row.requestID = answer.body.first(of: "responseId", "response_id")?.word
      try Self.tokens(of: usage, into: &row)
      answer.label(&row)
    }
  }

  private static func tokens(of usage: JSONValue, into row: inout RowDraft) throws(RowFault) {
    func count(_ camel: String, _ snake: String, _ unit: BillableUnit) throws(RowFault) {
      try row.add(unit, usage.first(of: camel, snake), camel)
    }
    try count("promptTokenCount", "prompt_token_count", .input)
    try count("toolUsePromptTokenCount", "tool_use_prompt_token_count", .input)
    try count("cachedContentTokenCount", "cached_content_token_count", .cacheRead)
    try count("candidatesTokenCount", "candidates_token_count", .output)
    try count("thoughtsTokenCount", "thoughts_token_count", .output)
    try count("thoughtsTokenCount", "thoughts_token_count", .reasoning)
    func details(_ camel: String, _ snake: String, _ units: [String: BillableUnit]) throws(RowFault) {
      for item in usage.first(of: camel, snake)?.array ?? [] {
        guard let unit = units[item["modality"]?.string?.uppercased() ?? ""] else { continue }
        try row.add(unit, item.first(of: "tokenCount", "token_count"), camel)
      }
    }
    let input: [String: BillableUnit] = ["AUDIO": .audioInput, "IMAGE": .imageInput, "VIDEO": .videoInput]
    try details("promptTokensDetails", "prompt_tokens_details", input)
    try details("toolUsePromptTokensDetails", "tool_use_prompt_tokens_details", input)
    try details(
      "cacheTokensDetails", "cache_tokens_details", ["AUDIO": .cacheReadAudio, "IMAGE": .cacheReadImage])
    try details(
      "candidatesTokensDetails", "candidates_tokens_details",
      ["AUDIO": .audioOutput, "IMAGE": .imageOutput, "VIDEO": .videoOutput])
    // No unit counts video from a cache: those tokens are cached ones, and no longer video.
    for item in usage.first(of: "cacheTokensDetails", "cache_tokens_details")?.array ?? []
    where item["modality"]?.string?.uppercased() == "VIDEO" {
      let cached = try item.first(of: "tokenCount", "token_count")?.count("cacheTokensDetails") ?? 0
      row.counts[.videoInput] = max(0, (row.counts[.videoInput] ?? 0) - cached)
    }
  }
}
