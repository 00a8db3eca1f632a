import Facts
import TextFormats

/// Observations exported from Langfuse: JSON, JSON lines or CSV, from its UI, its API or its export to a storage bucket.
///
/// Fields are defined by https://langfuse.com/docs/api-and-data-platform/features/blob-storage-export-fields (names with
/// underscores) and by the PyPI package langfuse 5.0.4, api/commons/types/observation_v2.py (names in camel case). Usage types
/// are the sender's own words. Langfuse takes the details of OpenAI's usage out of `input` and `output`
/// (https://github.com/langfuse/langfuse, packages/shared/src/server/ingestion/types.ts) and sums all types for `total`
/// (https://langfuse.com/docs/observability/features/token-and-cost-tracking), so types stand beside each other, unless the
/// record's own total says that they do not.
struct LangfuseObservations: UsageFormat {
  static let name = "langfuse"
  static let title = "Langfuse observations"

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      let first = record["observations"]?.nested?.array?.first ?? record
      return
        (first["usage_details"] != nil || first["usageDetails"] != nil || first.at("usage", "unit") != nil)
        && (first["trace_id"] != nil || first["traceId"] != nil || first["id"] != nil)
    }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    // A trace holds its observations.
    if let observations = record["observations"]?.nested?.array {
      for observation in observations { read(observation, into: &sink) }
      return
    }
    guard let usage = Self.usage(of: record),
      usage.members.contains(where: { $0.value.numberText.map { $0 != "0" } == true })
    else { return sink.skip() }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(record.first(of: "start_time", "startTime"))
      row.model = record.first(of: "provided_model_name", "providedModelName", "model")?.word
      try LangfuseUsage(usage).fill(&row)
      let cost =
        record.first(of: "total_cost", "totalCost", "calculatedTotalCost")
        ?? record.first(of: "cost_details", "costDetails")?.nested?["total"]?.given
      row.charged = try cost.map { value throws(RowFault) in try value.dollars("total_cost") }
      row.key = record.first(of: "user_id", "userId")?.word
      row.requestID = record["id"]?.given?.word
      row.tag("environment", record["environment"])
      row.tag("trace", record.first(of: "trace_name", "traceName"))
      row.tag("name", record["name"])
      for tag in record["tags"]?.nested?.array ?? [] { if let word = tag.word { row.tags[word] = "true" } }
    }
  }
}

extension LangfuseObservations {
  /// Usage types; of older records, whose `usage` the package calls deprecated (api/commons/types/usage.py), input and output.
  fileprivate static func usage(of record: JSONValue) -> JSONObject? {
    if let details = record.first(of: "usage_details", "usageDetails")?.nested?.object,
      !details.members.isEmpty
    {
      return details
    }
    guard let old = record["usage"]?.nested else { return nil }
    var usage = JSONObject()
    for name in ["input", "output", "total"] {
      if let value = old[name]?.given { _ = usage.insert(name, value) }
    }
    return usage
  }
}

/// Langfuse's usage types, whose names are the sender's own.
struct LangfuseUsage {
  private let usage: JSONObject

  init(_ usage: JSONObject) { self.usage = usage }

  /// - Throws: a fault for a type that counts neither input nor output.
  func fill(_ row: inout RowDraft) throws(RowFault) {
    row.caching = .settled
    var parts: Int64 = 0
    var answers: Int64 = 0
    for (name, value) in usage.members where value.given != nil && name != "total" {
      let count = try value.count(name)
      guard count > 0 else { continue }
      let unit = try Self.unit(name)
      try row.add(unit, count, name)
      switch unit {
      case .input, .output, .webSearch: break
      case .cacheWriteHour:
        try row.add(.cacheWrite, count, name)
        parts += count
      case .cacheRead, .cacheWrite, .audioInput, .imageInput, .videoInput: parts += count
      default: answers += count
      }
    }
    let (input, output) = (row.counts[.input] ?? 0, row.counts[.output] ?? 0)
    let total = try usage["total"]?.given.map { value throws(RowFault) in try value.count("total") }
    // A total of input and output alone says that they hold their parts.
    if let total, total == input + output, parts + answers > 0, parts <= input, answers <= output { return }
    try row.add(.input, parts, "input")
    try row.add(.output, answers, "output")
  }

  private static func unit(_ name: String) throws(RowFault) -> BillableUnit {
    let name = name.lowercased()
    func has(_ word: String) -> Bool { name.contains(word) }
    if has("output") || has("completion") || has("reasoning") || has("candidates") || has("thought") {
      if has("reasoning") || has("thought") { return .reasoning }
      return has("audio") ? .audioOutput : has("image") ? .imageOutput : .output
    }
    if has("cach") {
      if has("creation") || has("write") { return has("1h") ? .cacheWriteHour : .cacheWrite }
      return .cacheRead
    }
    if has("input") || has("prompt") {
      return has("audio") ? .audioInput : has("image") ? .imageInput : has("video") ? .videoInput : .input
    }
    if has("web_search") { return .webSearch }
    throw RowFault(.unpriced, "the usage type \(name.bounded) counts neither input nor output")
  }
}
