import Facts
import TextFormats

/// Session logs of Claude Code (`~/.claude/projects/…/*.jsonl`): a line an event.
///
/// There is no published definition; the lines are those that the PyPI package claude-code-log 1.7.0 ships
/// (dev-docs/messages/claude-code) and reads, and `message.usage` is that of Anthropic's Messages API (anthropic 2.13.0,
/// types/usage.py). One response is logged in several lines, one for each block of its content, with the same `message.id`; the
/// counts grow while it streams, so the last usage of an id counts. What a subagent used stands in a file of its own.
struct ClaudeCodeSessions: UsageFormat {
  static let name = "claude-code"
  static let title = "Claude Code session logs"

  /// Responses whose last line may be still to come, oldest first.
  private var waiting: [String] = []
  private var lines: [String: (record: JSONValue, line: Int)] = [:]
  /// How many responses are held; the lines of one stand close together.
  private static let most = 4096

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      record["sessionId"] != nil && record["type"]?.string == "assistant"
        && record.at("message", "usage") != nil
    }
  }

  init(_ options: UsageLogReader.Options) {}

  mutating func read(_ record: JSONValue, into sink: inout RowSink) {
    guard record["type"]?.string == "assistant", let message = record["message"],
      message["usage"]?.object != nil, message["model"]?.string != "<synthetic>",
      record["isApiErrorMessage"]?.bool != true
    else { return sink.skip() }
    let id = message["id"]?.given?.word ?? record["uuid"]?.given?.word ?? "line \(sink.line)"
    if lines[id] == nil { waiting.append(id) }
    lines[id] = (record, sink.line)
    if waiting.count > Self.most { emit(waiting.removeFirst(), into: &sink) }
  }

  mutating func finish(into sink: inout RowSink) {
    for id in waiting { emit(id, into: &sink) }
    waiting = []
  }

  private mutating func emit(_ id: String, into sink: inout RowSink) {
    guard let (record, line) = lines.removeValue(forKey: id), let message = record["message"] else { return }
    sink.row(at: line) { row, sink throws(RowFault) in
      row.time = try sink.time(record["timestamp"])
      row.model = message["model"]?.word
      row.provider = AnthropicMessages.provider(of: row.model)
      try AnthropicMessages.tokens(of: message["usage"] ?? .null, into: &row)
      row.charged = try record["costUSD"]?.given.map { value throws(RowFault) in try value.dollars("costUSD")
      }
      row.requestID = message["id"]?.given?.word
      row.key = record["sessionId"]?.given?.word
      row.tag("project", record["cwd"])
      row.tag("branch", record["gitBranch"])
      if record["isSidechain"]?.bool == true { row.tags["sidechain"] = "true" }
    }
  }
}
