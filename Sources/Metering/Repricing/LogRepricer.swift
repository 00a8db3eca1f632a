import Cataloguing
import Facts
import TextFormats

/// Reads logs with several threads and prices what they used.
///
///     let repricer = LogRepricer(catalogue, question, threads: 2, today: today)
///     try await repricer.read(bytes, file: "june.jsonl")
///     let answer = try await repricer.finish()
public final class LogRepricer {
  /// Holds a worker so that a task can have it; tasks take turns.
  private final class Desk: @unchecked Sendable {
    var worker: ScanWorker

    init(_ worker: consuming ScanWorker) { self.worker = worker }
  }

  /// The same for what prices the sums.
  private final class BuilderDesk: @unchecked Sendable {
    var builder: RepricingBuilder

    init(_ builder: RepricingBuilder) { self.builder = builder }
  }

  private let timelines: Timelines
  private let question: RepriceQuestion
  private let plan: TablePlanning
  private let ledger: ScanLedger
  private let desks: [Desk]
  /// Bytes of a chunk, and whether lines are scanned at all: with other values the same logs have the same answer.
  var chunkSize = ScanLimits.chunk
  var scans = true
  /// Bytes by which the form of a log is told; those of `UsageLogReader`.
  private static let headSize = 256 * 1024

  /// - Parameters:
  ///   - threads: at least 1.
  ///   - today: what rows without a time are matched on.
  ///   - advise: told of the memory that is used at random.
  public init(
    _ catalogue: Catalogue, _ question: RepriceQuestion, threads: Int, today: CalendarDate,
    advise: @escaping BlockAdvice = { _ in }
  ) {
    self.question = question
    let plan = TablePlanning(question)
    self.plan = plan
    let timelines = Timelines(catalogue, question: question, today: today)
    self.timelines = timelines
    ledger = ScanLedger(
      placesKept: question.placesKept, keepsDuplicates: question.reading.keepsDuplicates, advise: advise)
    desks = (0..<max(1, threads)).map { _ in
      Desk(ScanWorker(timelines, shapes: plan.shapes, labels: plan.labels, today: today, advise: advise))
    }
  }

  /// Reads one log.
  ///
  /// - Parameters:
  ///   - file: its name, for problems.
  ///   - progress: told now and then how many bytes have been read.
  /// - Throws: `UsageLogError` for a log that cannot be read as a whole, `RepriceError`, `CatalogueError`, or what the bytes
  ///   throw.
  public func read(
    _ bytes: any LogBytes, file: String, progress: @Sendable @escaping (Int) -> Void = { _ in }
  ) async throws {
    let (start, isWhole) = try Self.head(of: bytes)
    let head = Array(start.withoutByteOrderMark)
    let form =
      scans
      ? LogForm(head: head, isWhole: isWhole, file: file, options: question.reading, labels: plan.labels)
      : .other
    switch form {
    case .other: try readAlone(bytes, head: start, file: file, progress: progress)
    case .lines:
      try await readChunks(bytes, head: head, form: form, file: file, headerLines: 0, progress: progress)
    case .table(let table, _):
      try await readChunks(
        bytes, head: Array(head[table.headerSize...]), form: form, file: file, headerLines: 1,
        progress: progress)
    }
    if let fault = bytes.fault { ledger.note(fault) }
  }

  private static func head(of bytes: any LogBytes) throws -> (head: [UInt8], isWhole: Bool) {
    var head = [UInt8](repeating: 0, count: headSize)
    var count = 0
    while count < headSize {
      let more = try head.withUnsafeMutableBytes {
        try bytes.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      if more == 0 { return (Array(head[..<count]), true) }
      count += more
    }
    return (head, false)
  }

  private func readChunks(
    _ bytes: any LogBytes, head: [UInt8], form: LogForm, file: String, headerLines: Int,
    progress: @Sendable @escaping (Int) -> Void
  ) async throws {
    let isTable = if case .table = form { true } else { false }
    let chunks = LogChunks(bytes, head: head, isTable: isTable, most: desks.count * 8 + 8, size: chunkSize)
    ledger.begin(file: file, headerLines: headerLines)
    for desk in desks { desk.worker.begin(form, file: file, options: question.reading) }
    let ledger = self.ledger
    try await withThrowingTaskGroup(of: Void.self) { group in
      for desk in desks {
        group.addTask {
          while true {
            switch try chunks.next() {
            case .end: return
            case .wait: await Task.yield()
            case .chunk(let chunk):
              let report = try desk.worker.read(chunk)
              progress(chunk.count)
              try ledger.settle(report, of: chunk, by: &desk.worker, into: chunks)
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Reads a log whose format needs one reader for all of it.
  private func readAlone(
    _ bytes: any LogBytes, head: [UInt8], file: String, progress: (Int) -> Void
  ) throws {
    ledger.begin(file: file, headerLines: 0)
    // Rows that come twice are told by the ledger, over all logs.
    var options = question.reading
    options.keepsDuplicates = true
    var reader = UsageLogReader(file: file, options: options)
    var piece = head
    while !piece.isEmpty {
      let batch = try reader.feed(piece)
      try ledger.count(batch.rows, batch.problems, by: &desks[0].worker)
      progress(piece.count)
      piece = [UInt8](repeating: 0, count: Self.headSize)
      let count = try piece.withUnsafeMutableBytes { try bytes.read(into: $0) }
      piece.removeLast(piece.count - count)
    }
    let last = try reader.finish()
    try ledger.count(last.rows, last.problems, by: &desks[0].worker)
  }

  /// Joins all sums and prices them, with all threads. Nothing can be read afterwards.
  public func finish() async throws -> Repricing {
    for desk in desks.dropFirst() { try desks[0].worker.adopt(desk.worker) }
    let (all, shares) = (desks[0], desks.count)
    let builders = desks.map { _ in BuilderDesk(RepricingBuilder(question, plan)) }
    await withTaskGroup(of: Void.self) { group in
      for (share, desk) in builders.enumerated() {
        group.addTask { desk.builder.add(all.worker.tally, share: share, of: shares) }
      }
    }
    for other in builders.dropFirst() { builders[0].builder.adopt(other.builder) }
    return builders[0].builder.build(all.worker.tally, ledger.totals, notes: all.worker.notes)
  }
}
