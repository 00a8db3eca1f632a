import Synchronization

/// Brings the chunks of all threads into the order of the log: line numbers, and which of two equal rows came first.
final class ScanLedger: @unchecked Sendable {
  private struct Result {
    let chunk: LogChunk
    let report: ScanWorker.Report
  }

  private struct State: ~Copyable {
    var waiting: [Int: Result] = [:]
    var next = 0
    /// Lines of the log before the next chunk.
    var lines = 0
    var seen: SeenHashes
    var problems: ProblemBook
    var file = ""
    var counted = 0
    var leftOut = 0
    var zonesUntold = 0
  }

  /// What threads have read and nobody has settled.
  private let arrivals = Mutex<[Result]>([])
  /// Held while the state is used.
  private let lock = Mutex(())
  private var state: State
  private let keepsDuplicates: Bool

  init(placesKept: Int, keepsDuplicates: Bool, advise: @escaping BlockAdvice) {
    state = State(seen: SeenHashes(advise: advise), problems: ProblemBook(placesKept: placesKept))
    self.keepsDuplicates = keepsDuplicates
  }

  /// Prepares for a log.
  func begin(file: String, headerLines: Int) {
    lock.withLock { _ in (state.next, state.lines, state.file) = (0, headerLines, file) }
  }

  /// Takes what a thread read. The thread settles every chunk that is next in order and gives it back; where another one is
  /// at it, that one goes on with this chunk, and nobody waits.
  func settle(
    _ report: ScanWorker.Report, of chunk: LogChunk, by worker: inout ScanWorker, into chunks: LogChunks
  ) throws {
    arrivals.withLock { $0.append(Result(chunk: chunk, report: report)) }
    while true {
      let isMine = try lock.withLockIfAvailable { _ in try settleArrivals(&worker, into: chunks) }
      // Another thread may have looked for arrivals before this one came: only when none is left is it done.
      if isMine == nil || arrivals.withLock(\.isEmpty) { return }
    }
  }

  private func settleArrivals(_ worker: inout ScanWorker, into chunks: LogChunks) throws {
    while true {
      let arrived = arrivals.withLock { results in
        defer { results.removeAll(keepingCapacity: true) }
        return results
      }
      if arrived.isEmpty { return }
      for result in arrived { state.waiting[result.chunk.ordinal] = result }
      while let result = state.waiting.removeValue(forKey: state.next) {
        try settle(result, &worker)
        state.next += 1
        chunks.giveBack(result.chunk)
      }
    }
  }

  private func settle(_ result: Result, _ worker: inout ScanWorker) throws {
    let report = result.report
    state.problems.add(report.problems, file: state.file, after: state.lines)
    state.counted += report.hashes.count
    state.leftOut += report.leftOut
    state.zonesUntold += report.zonesUntold
    if !keepsDuplicates {
      let repeats = state.seen.insert(report.hashes)
      if !repeats.isEmpty {
        let problems = try worker.takeOut(repeats, of: result.chunk)
        state.problems.add(problems, file: state.file, after: state.lines)
        state.counted -= repeats.count
      }
    }
    state.lines += report.lines
  }

  /// Takes the rows of a log that one thread reads by itself.
  func count(_ rows: [UsageRow], _ others: [RowProblem], by worker: inout ScanWorker) throws {
    try lock.withLock { _ in
      var report = ScanWorker.Report()
      for problem in others {
        report.problems.add(ProblemKind(problem.reason, problem.message), at: problem.place.line)
      }
      var isNew = 0
      for row in rows {
        try worker.count(row, &report) { hash in
          let isFirst = keepsDuplicates || state.seen.insert(hash)
          if isFirst { isNew += 1 }
          return isFirst
        }
      }
      state.counted += isNew
      state.leftOut += report.leftOut
      state.problems.add(report.problems, file: state.file, after: 0)
      state.lines = max(state.lines, rows.last?.place.line ?? 0, others.last?.place.line ?? 0)
    }
  }

  /// Takes what is wrong with the log as a whole, behind its last line.
  func note(_ fault: String) {
    lock.withLock { _ in
      var problems = ChunkProblems()
      problems.add(ProblemKind(.malformed, fault), at: 1)
      state.problems.add(problems, file: state.file, after: state.lines)
    }
  }

  struct Totals: Sendable {
    let problems: ProblemBook
    let counted: Int
    let leftOut: Int
    let zonesUntold: Int
    let unkeptHashes: Int
  }

  var totals: Totals {
    lock.withLock { _ in
      Totals(
        problems: state.problems, counted: state.counted, leftOut: state.leftOut,
        zonesUntold: state.zonesUntold, unkeptHashes: state.seen.unkept)
    }
  }
}
