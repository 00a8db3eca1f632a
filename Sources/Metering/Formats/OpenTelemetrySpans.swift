import Facts
import TextFormats

/// Spans of the OpenTelemetry conventions for generative AI: OTLP in JSON, a span a line as exporters print them, or flat
/// attributes.
///
/// Attributes are defined by
/// https://github.com/open-telemetry/semantic-conventions/blob/main/docs/registry/attributes/gen-ai.md (input tokens should count
/// cached ones) and by the PyPI package opentelemetry-semantic-conventions 0.66b2, _incubating/attributes/gen_ai_attributes.py and
/// openai_attributes.py. A span whose cached tokens exceed its input does not count them in it. Spans of agents and tools repeat
/// what the model's own spans count, and are left out.
struct OpenTelemetrySpans: UsageFormat {
  static let name = "otel"
  static let title = "OpenTelemetry GenAI spans"

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      record["resourceSpans"]?.array != nil || record["resource_spans"]?.array != nil
        || Attributes(record).holds { $0.hasPrefix("gen_ai.") }
    } || sample.columns.contains { $0.hasPrefix("gen_ai.") }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    guard let resources = record.first(of: "resourceSpans", "resource_spans")?.array else {
      return read(span: record, Attributes(record), service: nil, into: &sink)
    }
    for resource in resources {
      let service = Attributes(resource["resource"] ?? .null)["service.name"]
      for scope in resource.first(of: "scopeSpans", "scope_spans")?.array ?? [] {
        for span in scope["spans"]?.array ?? [] {
          read(span: span, Attributes(span), service: service, into: &sink)
        }
      }
    }
  }

  private static let modelCalls: Set<String> = [
    "chat", "generate_content", "text_completion", "embeddings", "completion",
  ]

  private func read(span: JSONValue, _ attributes: Attributes, service: JSONValue?, into sink: inout RowSink)
  {
    let operation = attributes["gen_ai.operation.name"]?.word
    guard attributes.holds({ $0.hasPrefix("gen_ai.usage.") }),
      operation == nil || Self.modelCalls.contains(operation ?? "")
    else { return sink.skip() }
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(
        span.first(
          of: "startTimeUnixNano", "start_time_unix_nano", "start_time", "startTime", "timestamp", "time"))
      let provider = attributes["gen_ai.provider.name"] ?? attributes["gen_ai.system"]
      row.provider = Self.provider(provider?.word)
      row.model = (attributes["gen_ai.response.model"] ?? attributes["gen_ai.request.model"])?.word
      try Self.tokens(of: attributes, into: &row)
      row.mode = ServedTier.openAI(
        (attributes["openai.response.service_tier"] ?? attributes["gen_ai.openai.response.service_tier"])?
          .word)
      let id = span.first(of: "spanId", "span_id")?.word ?? span.at("context", "span_id")?.word
      let trace = span.first(of: "traceId", "trace_id")?.word ?? span.at("context", "trace_id")?.word
      row.requestID =
        attributes["gen_ai.response.id"]?.word ?? id.map { span in trace.map { $0 + "/" + span } ?? span }
      row.key = (attributes["enduser.id"] ?? attributes["user.id"])?.word
      row.tag("service", service ?? attributes["service.name"])
      row.tag("operation", attributes["gen_ai.operation.name"])
      row.tag("agent", attributes["gen_ai.agent.name"])
    }
  }

  private static func tokens(of attributes: Attributes, into row: inout RowDraft) throws(RowFault) {
    for (unit, names) in [
      (BillableUnit.input, ["input_tokens", "prompt_tokens"]),
      (.cacheRead, ["cache_read.input_tokens", "cache_read_input_tokens"]),
      (.cacheWrite, ["cache_creation.input_tokens", "cache_creation_input_tokens"]),
      (.output, ["output_tokens", "completion_tokens"]), (.reasoning, ["reasoning.output_tokens"]),
    ] {
      guard let name = names.first(where: { attributes["gen_ai.usage." + $0] != nil }) else { continue }
      try row.add(unit, attributes["gen_ai.usage." + name], "gen_ai.usage." + name)
    }
    let caches = Int128(row.counts[.cacheRead] ?? 0) + Int128(row.counts[.cacheWrite] ?? 0)
    if caches > Int128(row.counts[.input] ?? 0) { row.caching = .excluded }
  }

  /// The conventions' words for providers, as the catalogue knows them; others as they stand.
  private static func provider(_ name: String?) -> String? {
    switch name {
    case "gcp.gemini", "gemini": "google"
    case "gcp.vertex_ai", "vertex_ai": "google-vertex"
    // Any endpoint of Google's: the lab's own.
    case "gcp.gen_ai": nil
    case "aws.bedrock": "amazon-bedrock"
    case "azure.ai.openai", "az.ai.openai": "azure"
    case "azure.ai.inference", "az.ai.inference": "azure-ai-foundry"
    case "ibm.watsonx.ai": "ibm"
    case "x_ai": "xai"
    case "mistral_ai": "mistral"
    default: name
    }
  }
}

/// The attributes of a span or resource: an object, OTLP's list of keys and typed values, or the record itself.
struct Attributes {
  private let values: JSONValue
  private var listed: [String: JSONValue]?

  init(_ record: JSONValue) {
    let own = record["attributes"] ?? record["span_attributes"] ?? record["SpanAttributes"]
    values = own?.nested ?? record
    guard let items = values.array else { return }
    var listed: [String: JSONValue] = [:]
    for item in items {
      guard let key = item["key"]?.string, let value = item["value"] else { continue }
      listed[key] = value.first(
        of: "stringValue", "intValue", "doubleValue", "boolValue", "string_value", "int_value")
    }
    self.listed = listed
  }

  subscript(name: String) -> JSONValue? { listed.map { $0[name] } ?? values[name]?.given }

  func holds(_ isWanted: (String) -> Bool) -> Bool {
    listed.map { $0.keys.contains(where: isWanted) } ?? values.object?.members.contains { isWanted($0.key) }
      == true
  }
}
