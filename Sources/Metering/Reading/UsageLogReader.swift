import Facts
import TextFormats

/// Reads a usage log in pieces: bytes in, rows and problems out.
///
/// The format is told from the first bytes unless it is given. Lines are bounded, so memory does not grow with the log; a JSON
/// document is held whole and bounded too.
///
///     var reader = UsageLogReader(file: "june.jsonl")
///     for bytes in pieces { let batch = try reader.feed(bytes) }
///     let last = try reader.finish()
public struct UsageLogReader {
  public struct Options: Sendable {
    /// The name of a format; nil finds it out.
    public var format: String?
    public var columns: ColumnMap?
    /// Whether the input of a log whose format leaves it open counts no cached tokens.
    public var isCacheExcluded = false
    /// Minutes by which times without a zone are ahead of UTC.
    public var offset = 0
    /// A later time is a fault; nil believes every time to come.
    public var latest: Timestamp?
    /// Whether a row that stood before is read again.
    public var keepsDuplicates = false

    public init() {}
  }

  static let lineLimits: JSONReader.Limits = {
    var limits = JSONReader.Limits()
    limits.size = 16 * 1024 * 1024
    limits.stringLength = 16 * 1024 * 1024
    return limits
  }()
  static let documentLimits: JSONReader.Limits = {
    var limits = JSONReader.Limits()
    limits.size = 256 * 1024 * 1024
    limits.stringLength = 16 * 1024 * 1024
    return limits
  }()
  /// Bytes by which a format is told, and the most that are held when they do not suffice.
  private static let sampleSize = (enough: 256 * 1024, most: 4 * 1024 * 1024)

  private enum State {
    case waiting([UInt8])
    case lines(LineSplitter)
    case document([UInt8])
    case table(TableSplitter)
  }

  public let file: String
  public let options: Options
  /// The name of the format, once it is known.
  public var formatName: String? { format.map { type(of: $0).name } }
  public var notes: LogNotes {
    var notes = sink.notes
    if let decoder, decoder.encoding != .utf8 { notes.encoding = decoder.encoding.rawValue }
    return notes
  }

  private let seen: DuplicateFilter
  private var decoder: LogDecoder?
  private var state = State.waiting([])
  private var format: (any UsageFormat)?
  private var sink: RowSink

  /// - Parameters:
  ///   - file: the name for problems.
  ///   - seen: knows the rows of files read before.
  public init(file: String, options: Options = Options(), seen: DuplicateFilter = DuplicateFilter()) {
    self.file = file
    self.options = options
    self.seen = seen
    sink = RowSink(file: file, options: options)
  }

  /// - Throws: `UsageLogError` when the file as a whole is no log that can be read.
  public mutating func feed(_ bytes: [UInt8]) throws(UsageLogError) -> RowBatch {
    if decoder == nil { decoder = LogDecoder(start: bytes) }
    try take(decoder?.decode(bytes) ?? bytes)
    return batch()
  }

  /// Reads what is left; the reader has no use afterwards.
  public mutating func finish() throws(UsageLogError) -> RowBatch {
    if let rest = decoder?.finish(), !rest.isEmpty { try take(rest) }
    if case .waiting(let bytes) = state { try begin(bytes, isWhole: true) }
    switch state {
    case .waiting: break
    case .lines(var splitter):
      splitter.end()
      read(&splitter, isLast: true)
    case .table(var splitter):
      let columns = splitter.columns
      splitter.finish { record, number in read(record, columns, number) }
    case .document(let bytes): try readDocument(bytes)
    }
    format?.finish(into: &sink)
    return batch()
  }

  private mutating func take(_ bytes: [UInt8]) throws(UsageLogError) {
    switch state {
    case .waiting(var held):
      state = .waiting([])
      held.append(contentsOf: bytes)
      if held.count < Self.sampleSize.enough {
        state = .waiting(held)
      } else {
        try begin(held, isWhole: false)
      }
    case .lines(var splitter):
      state = .waiting([])
      splitter.append(bytes)
      read(&splitter, isLast: false)
      state = .lines(splitter)
    case .table(var splitter):
      state = .waiting([])
      let columns = splitter.columns
      splitter.feed(bytes) { record, number in read(record, columns, number) }
      state = .table(splitter)
    case .document(var held):
      state = .waiting([])
      held.append(contentsOf: bytes)
      guard held.count <= Self.documentLimits.size else { throw .tooLarge(file: file) }
      state = .document(held)
    }
  }

  /// Chooses shape and format, and reads what was held.
  private mutating func begin(_ bytes: [UInt8], isWhole: Bool) throws(UsageLogError) {
    let sample = LogSample(bytes, isWhole: isWhole)
    if isWhole, bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) { return }
    if sample.shape == .document, !isWhole {
      state = .document([])
      return try take(bytes)
    }
    do {
      format = try UsageFormats.choose(for: sample, file: file, options)
    } catch {
      // The first lines may hold no usage: more of them may tell.
      if case .unknownFormat = error, !isWhole, bytes.count < Self.sampleSize.most {
        state = .waiting(bytes)
        return
      }
      throw error
    }
    switch sample.shape {
    case .lines: state = .lines(LineSplitter(longest: Self.lineLimits.size))
    case .document: state = .document([])
    case .table:
      state = .table(TableSplitter(header: sample.header, longest: Self.lineLimits.size))
    }
    try take(bytes)
  }

  // MARK: Records

  private mutating func read(_ splitter: inout LineSplitter, isLast: Bool) {
    while let line = splitter.next() {
      sink.line = splitter.number
      switch line {
      // Joined files have byte order marks in front of any line.
      case .bytes(let bytes): read(Array(bytes.withoutByteOrderMark), isLast: isLast)
      case .tooLong: sink.problem(.malformed, "a line has at most \(Self.lineLimits.size) bytes")
      }
    }
  }

  private mutating func read(_ text: [UInt8], isLast: Bool) {
    guard !text.isBlank else { return }
    guard text.isUTF8 else {
      return sink.problem(.encoding, "the line holds bytes that are no UTF-8")
    }
    do {
      for record in LogSample.records(of: try JSONReader.read(text, limits: Self.lineLimits)) {
        read(record)
      }
    } catch {
      let cut = isLast ? "the last line is cut off or no JSON" : "the line is cut off or no JSON"
      sink.problem(.malformed, "\(cut): \(error.rule)")
    }
  }

  private mutating func read(_ record: TableSplitter.Record, _ columns: [String], _ number: Int) {
    sink.line = number
    switch record {
    case .fields(let fields): read(LogSample.object(columns, fields))
    case .broken(let what): sink.problem(.malformed, what)
    case .badEncoding: sink.problem(.encoding, "the record holds bytes that are no UTF-8")
    }
  }

  private mutating func read(_ record: JSONValue) {
    guard record.object != nil else {
      return sink.problem(.malformed, "a record is an object, this is \(record.kind)")
    }
    format?.read(record, into: &sink)
  }

  private mutating func readDocument(_ bytes: [UInt8]) throws(UsageLogError) {
    guard bytes.isUTF8 else {
      return sink.problem(.encoding, "the document holds bytes that are no UTF-8", at: 1)
    }
    let document = DocumentRecords(bytes)
    if format == nil {
      // The choice waited for the whole document.
      format = try UsageFormats.choose(for: LogSample(document.records), file: file, options)
    }
    for (place, record) in document.records.enumerated() {
      sink.line = place + 1
      read(record)
    }
    if let error = document.error {
      sink.problem(
        .malformed, "the document is cut off or no JSON: \(error.description)", at: document.records.count + 1
      )
    }
  }

  /// What was read since the last call, without rows that stood before.
  private mutating func batch() -> RowBatch {
    var batch = sink.take()
    guard !options.keepsDuplicates else { return batch }
    var repeats: [RowProblem] = []
    batch.rows.removeAll { row in
      guard !seen.insert(row) else { return false }
      let what = row.requestID.map { "the request \($0.bounded)" } ?? "the same row, without a request id,"
      repeats.append(RowProblem(place: row.place, reason: .duplicate, message: "\(what) stood before"))
      return true
    }
    batch.problems += repeats
    return batch
  }
}
