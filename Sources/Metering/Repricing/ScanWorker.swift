import Cataloguing
import Facts
import Pricing

/// One thread that reads chunks: its scanners, its row and its sums.
struct ScanWorker: ~Copyable {
  /// What a chunk gave besides sums.
  struct Report {
    var lines = 0
    var leftOut = 0
    /// Hashes of the counted rows, in order.
    var hashes: [UInt64] = []
    var problems = ChunkProblems()
    var zonesUntold = 0
  }

  private(set) var tally: Tally
  private var row = ScannedRow()
  private var lines: JSONRowScanner
  private var table: TableRowScanner
  private var isTable = false
  private var isCacheExcluded = false
  private var reading: LineReading
  private var filler = RowFiller()
  private let labels: [String]

  init(_ timelines: Timelines, shapes: [Tally.Shape], labels: [String], today: CalendarDate) {
    tally = Tally(timelines, shapes: shapes, today: today)
    lines = JSONRowScanner(keys: RowKeys(.rows), longest: ScanLimits.chunk)
    table = TableRowScanner(columns: [.other], separator: 0x2C, longest: 0)
    reading = LineReading(
      .json, format: CanonicalRows(UsageLogReader.Options()), file: "", options: UsageLogReader.Options())
    self.labels = labels
  }

  /// Prepares for a log.
  mutating func begin(_ form: LogForm, file: String, options: UsageLogReader.Options) {
    isCacheExcluded = options.isCacheExcluded
    switch form {
    case .lines(let keys, let format):
      isTable = false
      lines = JSONRowScanner(keys: keys, longest: ScanLimits.chunk)
      reading = LineReading(.json, format: format, file: file, options: options)
    case .table(let plan, let format):
      isTable = true
      table = TableRowScanner(columns: plan.columns, separator: plan.separator, longest: ScanLimits.chunk)
      reading = LineReading(.table(header: plan.header), format: format, file: file, options: options)
    case .other: break
    }
  }

  var notes: LogNotes { reading.notes }

  /// Reads every row of a chunk.
  ///
  /// - Throws: `CatalogueError`, or `RepriceError.tooManyGroups`.
  mutating func read(_ chunk: LogChunk) throws -> Report {
    var report = Report()
    report.hashes.reserveCapacity(chunk.count / 128)
    guard !chunk.isOverlong else {
      report.lines = 1
      report.problems.add(
        ProblemKind(.malformed, "a line has at most \(ScanLimits.longestLine) bytes"), at: 1)
      return report
    }
    try walk(chunk, &report, again: nil)
    return report
  }

  /// Reads a chunk again and takes out rows that turned out to stand twice.
  /// - Parameter places: of those rows among the counted ones, ascending.
  mutating func takeOut(_ places: [Int], of chunk: LogChunk) throws -> ChunkProblems {
    var report = Report()
    try walk(chunk, &report, again: places)
    return report.problems
  }

  private mutating func walk(_ chunk: LogChunk, _ report: inout Report, again: [Int]?) throws {
    var place = chunk.start
    let end = chunk.end
    var counter = Counter(again: again)
    while place < end {
      report.lines &+= 1
      let start = place
      let next = isTable ? table.scan(place, before: end, into: &row) : lines.scan(place, into: &row)
      guard let next else {
        place = try readSlowly(start, before: end, &report, &counter)
        continue
      }
      row.settle(isCacheExcluded: isCacheExcluded)
      let sign = counter.sign
      switch try tally.add(row, times: sign) {
      case .counted:
        counter.step()
        if sign > 0 {
          report.hashes.append(hash(start, next - 1))
          report.zonesUntold &+= row.isZoneUntold ? 1 : 0
        } else if sign < 0 {
          report.problems.add(duplicate(of: row), at: report.lines)
        }
      case .leftOut: report.leftOut &+= 1
      case .problem(let kind): if again == nil { report.problems.add(kind, at: report.lines) }
      case .odd:
        place = try readSlowly(start, before: end, &report, &counter)
        continue
      case .tooManyGroups: throw RepriceError.tooManyGroups
      }
      if isTable, table.hasQuotes { report.lines &+= lineFeeds(from: start, to: next - 1) }
      place = next
    }
  }

  /// What to do with the counted rows of a chunk, one after the other.
  private struct Counter {
    let again: [Int]?
    private var row = 0
    private var next = 0

    init(again: [Int]?) { self.again = again }

    /// Whether the chunk is read for the first time, so that its problems are new.
    var isFirst: Bool { again == nil }

    /// 1 to count, −1 to take out, 0 to pass over.
    var sign: Int64 {
      guard let again else { return 1 }
      return next < again.count && again[next] == row ? -1 : 0
    }

    mutating func step() {
      if sign < 0 { next += 1 }
      row += 1
    }
  }

  /// The hash by which a row that comes again is known: of its request id, else of the whole line.
  @inline(__always)
  private func hash(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UInt64 {
    if row.has(.id) { return Self.hash(id: row.texts[3]) }
    var last = end
    if last > start, (last - 1).pointee == 0x0D { last -= 1 }
    return ByteWords.longHash(start, count: last - start)
  }

  private static func hash(id: TextSpan) -> UInt64 { ByteWords.hash(id.start, count: id.count, seed: 1) }

  private func duplicate(of row: borrowing ScannedRow) -> ProblemKind {
    row.text(.id).map { ProblemKind(.duplicate, "the request \($0.string.bounded) stood before") }
      ?? Self.sameLine
  }

  private static let sameLine = ProblemKind(.duplicate, "the same row, without a request id, stood before")

  private func lineFeeds(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Int {
    var place = LogChunk.lineEnd(start)
    var count = 0
    while place < end {
      count += 1
      place = LogChunk.lineEnd(place + 1)
    }
    return count
  }

  // MARK: Slow rows

  /// Reads one line with the reader of its format; gives the start of the next.
  @inline(never)
  private mutating func readSlowly(
    _ start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, _ report: inout Report,
    _ counter: inout Counter
  ) throws -> UnsafePointer<UInt8> {
    let lineEnd = isTable ? rowEnd(start, before: end) : LogChunk.lineEnd(start)
    let bytes = Array(UnsafeBufferPointer(start: start, count: lineEnd - start))
    let batch = reading.read(bytes, at: report.lines)
    for problem in batch.problems where counter.isFirst {
      report.problems.add(ProblemKind(problem.reason, problem.message), at: report.lines)
    }
    for usageRow in batch.rows {
      try add(usageRow, line: start..<lineEnd, rowsOfLine: batch.rows.count, &report, &counter)
    }
    if isTable { report.lines &+= lineFeeds(from: start, to: lineEnd) }
    return lineEnd + 1
  }

  /// The end of a table's row whose quoted fields hold line feeds; of the first line where no such end comes.
  private func rowEnd(_ start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>
  {
    let first = LogChunk.lineEnd(start)
    var line = first
    var begin = start
    var isOdd = false
    while line < end {
      for byte in UnsafeBufferPointer(start: begin, count: line - begin) where byte == JSONScan.quote {
        isOdd.toggle()
      }
      if !isOdd { break }
      begin = line + 1
      // A quote that nothing closes: behind the last line there is no line feed to find.
      guard begin < end else { return first }
      line = LogChunk.lineEnd(begin)
    }
    guard line < end, table.fieldCount(start, line) == table.columnCount else { return first }
    return line
  }

  /// Adds a row that the reader of a format gave.
  private mutating func add(
    _ usageRow: UsageRow, line: Range<UnsafePointer<UInt8>>, rowsOfLine: Int, _ report: inout Report,
    _ counter: inout Counter
  ) throws {
    let usage = filler.fill(&row, from: usageRow, labels: labels)
    let sign = counter.sign
    switch try tally.add(row, times: sign, usage: usage) {
    case .counted:
      counter.step()
      if sign > 0 {
        let isAlone = rowsOfLine == 1 || row.has(.id)
        report.hashes.append(
          isAlone ? hash(line.lowerBound, line.upperBound) : DuplicateFilter.key(of: usageRow))
      } else if sign < 0 {
        report.problems.add(duplicate(of: row), at: report.lines)
      }
    case .leftOut: report.leftOut += 1
    case .problem(let kind): if counter.isFirst { report.problems.add(kind, at: report.lines) }
    case .odd: if counter.isFirst { report.problems.add(Self.unreadable, at: report.lines) }
    case .tooManyGroups: throw RepriceError.tooManyGroups
    }
  }

  private static let unreadable = ProblemKind(.malformed, "the row cannot be read")

  /// Counts a row of a log that is not read by chunks.
  /// - Parameter isNew: told the row's hash, says whether it is the first of its kind.
  mutating func count(
    _ usageRow: UsageRow, _ report: inout Report, isNew: (UInt64) -> Bool
  ) throws {
    let usage = filler.fill(&row, from: usageRow, labels: labels)
    switch try tally.add(row, times: 0, usage: usage) {
    case .counted:
      let hash = row.has(.id) ? Self.hash(id: row.texts[3]) : DuplicateFilter.key(of: usageRow)
      guard isNew(hash) else {
        report.problems.add(duplicate(of: row), at: usageRow.place.line)
        return
      }
      _ = try tally.add(row, usage: usage)
    case .leftOut: report.leftOut += 1
    case .problem(let kind): report.problems.add(kind, at: usageRow.place.line)
    case .odd: report.problems.add(Self.unreadable, at: usageRow.place.line)
    case .tooManyGroups: throw RepriceError.tooManyGroups
    }
  }
}

extension ScanWorker {
  /// Adds all sums of another worker.
  mutating func adopt(_ other: borrowing ScanWorker) throws { try tally.adopt(other.tally) }
}

extension Tally.Verdict {
  var isCounted: Bool { if case .counted = self { true } else { false } }
}
