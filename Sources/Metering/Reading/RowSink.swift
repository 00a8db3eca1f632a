import Facts
import TextFormats

/// Takes what a format reads: rows, problems, and how many records hold no usage.
struct RowSink {
  let file: String
  let options: UsageLogReader.Options
  /// The line that is being read, from 1; of a document, the place of the record.
  var line = 0
  private(set) var batch = RowBatch()
  private(set) var notes = LogNotes()

  init(file: String, options: UsageLogReader.Options) {
    self.file = file
    self.options = options
  }

  /// Reads one row; a fault becomes a problem at the line.
  mutating func row(at line: Int? = nil, _ fill: (inout RowDraft, inout RowSink) throws(RowFault) -> Void) {
    let place = RowPlace(file: file, line: line ?? self.line)
    do throws(RowFault) {
      var draft = RowDraft()
      try fill(&draft, &self)
      batch.rows.append(try draft.row(at: place, options))
    } catch {
      batch.problems.append(RowProblem(place: place, reason: error.reason, message: error.message))
    }
  }

  mutating func problem(_ reason: RowProblem.Reason, _ message: String, at line: Int? = nil) {
    batch.problems.append(
      RowProblem(place: RowPlace(file: file, line: line ?? self.line), reason: reason, message: message))
  }

  /// The record says nothing about usage: a prompt, a tool call, an event.
  mutating func skip() { notes.skipped += 1 }

  /// - Returns: nil where the log gives no time.
  mutating func time(_ value: JSONValue?) throws(RowFault) -> Timestamp? {
    guard let value = value?.given else { return nil }
    let read = try LogTime(value, offset: options.offset)
    switch read.zone {
    case .utc: break
    case .other: notes.otherZones += 1
    case .untold: notes.untoldZones += 1
    }
    return read.time
  }

  /// Gives what was read since the last call.
  mutating func take() -> RowBatch {
    defer { batch = RowBatch() }
    return batch
  }
}

/// Rows and problems of a part of a log, in reading order.
public struct RowBatch: Sendable {
  public var rows: [UsageRow] = []
  public var problems: [RowProblem] = []

  public init() {}
}

/// What a reader must know of a log besides its rows.
public struct LogNotes: Hashable, Sendable {
  /// Records that hold no usage: prompts, tool calls, events.
  public var skipped = 0
  /// Times given with a distance from UTC or counted from 1970, which were converted.
  public var otherZones = 0
  /// Times without a zone, read as UTC or as the reader said.
  public var untoldZones = 0
  /// The file's encoding, where it is not UTF-8.
  public var encoding: String?

  public init() {}
}
