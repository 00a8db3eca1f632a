import Facts
import TextFormats

/// Session logs of Codex (`~/.codex/sessions/…/rollout-*.jsonl`): a line an event.
///
/// Defined by https://github.com/openai/codex, codex-rs/protocol/src/protocol.rs (`TokenUsageInfo`, `TurnContextItem`):
/// `token_count` events carry the session's totals, so the difference to the event before is what was used, also where lines
/// between them are lost. Cached tokens are part of the input, reasoning part of the output. A total that falls begins a new count.
/// A fork begins with its parent's events, under the parent's id: those before its own first turn are left out, later ones are
/// known as duplicates when both files are read.
struct CodexSessions: UsageFormat {
  static let name = "codex"
  static let title = "Codex session logs"

  private var session: String?
  private var provider: String?
  private var model: String?
  private var project: String?
  private var total: [BillableUnit: Int64] = [:]
  /// The session that this one was forked from, and whether its events are being repeated.
  private var parent: String?
  private var isRepeating = false

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      guard let payload = record["payload"], payload.object != nil, let type = record["type"]?.string else {
        return false
      }
      return ["session_meta", "turn_context"].contains(type)
        || type == "event_msg" && payload["type"]?.string == "token_count"
    }
  }

  init(_ options: UsageLogReader.Options) {}

  mutating func read(_ record: JSONValue, into sink: inout RowSink) {
    let payload = record["payload"] ?? .null
    switch record["type"]?.string {
    case "session_meta":
      parent = parent ?? payload["forked_from_id"]?.given?.word
      session = payload.first(of: "id", "session_id")?.word ?? session
      isRepeating = parent != nil && session == parent
      provider = payload["model_provider"]?.given?.word ?? provider
      project = payload["cwd"]?.given?.word ?? project
      sink.skip()
    case "turn_context":
      isRepeating = false
      model = payload["model"]?.given?.word ?? model
      project = payload["cwd"]?.given?.word ?? project
      sink.skip()
    case "event_msg" where payload["type"]?.string == "token_count":
      if let usage = payload.at("info", "total_token_usage"), usage.object != nil {
        read(usage, isTotal: true, of: record, into: &sink)
      } else if let usage = payload.at("info", "last_token_usage"), usage.object != nil {
        read(usage, isTotal: false, of: record, into: &sink)
      } else {
        sink.skip()
      }
    default: sink.skip()
    }
  }

  private mutating func read(
    _ usage: JSONValue, isTotal: Bool, of record: JSONValue, into sink: inout RowSink
  ) {
    var now: [BillableUnit: Int64] = [:]
    do throws(RowFault) {
      for (unit, name) in Self.names {
        let count = try usage[name]?.given?.count(name) ?? 0
        now[unit] = isTotal ? count : count.addingReportingOverflow(total[unit] ?? 0).partialValue
      }
    } catch {
      return sink.problem(error.reason, error.message)
    }
    // The same totals again tell of limits, not of usage.
    guard now != total else { return sink.skip() }
    let isNewCount = now.contains { $0.value < total[$0.key] ?? 0 }
    let used = now.mapValues { $0 }.merging(isNewCount ? [:] : total) { $0 - $1 }
    total = now
    guard used.contains(where: { $0.value > 0 }), !isRepeating else { return sink.skip() }
    let (session, provider, model, project) = (session, provider, model, project)
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(record["timestamp"])
      row.provider = provider ?? "openai"
      row.model = record.at("payload", "info", "model")?.word ?? model
      guard row.model != nil else {
        throw RowFault(.unknownModel, "no turn_context before the event names the model")
      }
      row.counts = used
      row.key = session
      row.tags = project.map { ["project": $0] } ?? [:]
      let counts = Self.names.map { String(now[$0.unit] ?? 0) }.joined(separator: "-")
      row.requestID = session.map { $0 + ":" + counts }
    }
  }

  private static let names: [(unit: BillableUnit, name: String)] = [
    (.input, "input_tokens"), (.cacheRead, "cached_input_tokens"), (.cacheWrite, "cache_write_input_tokens"),
    (.output, "output_tokens"), (.reasoning, "reasoning_output_tokens"),
  ]
}
