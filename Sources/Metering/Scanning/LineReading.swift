import TextFormats

/// Reads single lines that a scanner leaves, with the format that the whole log has: slowly, and with words for what is wrong.
struct LineReading {
  /// The format's own kind of record: a line of JSON, or a row of a table with this header.
  enum Kind {
    case json
    case table(header: [UInt8])
  }

  private let kind: Kind
  private var format: any UsageFormat
  private var sink: RowSink

  /// - Parameter format: one that keeps nothing from record to record.
  init(_ kind: Kind, format: any UsageFormat, file: String, options: UsageLogReader.Options) {
    self.kind = kind
    self.format = format
    sink = RowSink(file: file, options: options)
  }

  var notes: LogNotes { sink.notes }

  /// - Parameters:
  ///   - bytes: without the line's end; of a table, a whole row.
  ///   - line: for problems.
  mutating func read(_ bytes: [UInt8], at line: Int) -> RowBatch {
    sink.line = line
    switch kind {
    case .json: readJSON(bytes)
    case .table(let header):
      var splitter = TableSplitter(header: header, longest: ScanLimits.longestLine)
      let columns = splitter.columns
      splitter.feed(header + [0x0A] + bytes + [0x0A]) { record, _ in
        switch record {
        case .fields(let fields): format.read(LogSample.object(columns, fields), into: &sink)
        case .broken(let what): sink.problem(.malformed, what)
        case .badEncoding: sink.problem(.encoding, "the record holds bytes that are no UTF-8")
        }
      }
      splitter.finish { record, _ in
        if case .broken(let what) = record { sink.problem(.malformed, what) }
      }
    }
    return sink.take()
  }

  private mutating func readJSON(_ bytes: [UInt8]) {
    var text = bytes
    if text.last == 0x0D { text.removeLast() }
    text = Array(text.withoutByteOrderMark)
    guard !text.isBlank else { return }
    guard text.isUTF8 else { return sink.problem(.encoding, "the line holds bytes that are no UTF-8") }
    do {
      for record in LogSample.records(of: try JSONReader.read(text, limits: UsageLogReader.lineLimits)) {
        guard record.object != nil else {
          sink.problem(.malformed, "a record is an object, this is \(record.kind)")
          continue
        }
        format.read(record, into: &sink)
      }
    } catch {
      sink.problem(.malformed, "the line is cut off or no JSON: \(error.rule)")
    }
  }
}
