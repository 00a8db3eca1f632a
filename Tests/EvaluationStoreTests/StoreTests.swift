import Evaluating
import Facts
import Foundation
import Testing
import TextFormats

@testable import EvaluationStore

/// A file of its own, and a server where `LLMREF_TEST_POSTGRES` holds an address: `scripts/check_eval_store.py` starts one.
private let places: [String] = {
  let file = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString).sqlite").path
  let server = ProcessInfo.processInfo.environment["LLMREF_TEST_POSTGRES"]
  return [file] + [server].compactMap { $0 }
}()

@Suite struct Stores {
  private static let route = EvaluationRoute(name: "a", baseURL: "http://localhost", api: .chat, model: "m")

  /// A run of its own with so many prompts through the route `a`, each with a ceiling of 1,000 picodollars.
  private func filled(_ place: String, prompts: Int, mostCost: Int64? = nil) async throws -> (
    EvaluationStore, String
  ) {
    let store = try await EvaluationStore(at: StorePlace(place))
    let run = "run-\(UUID().uuidString)"
    try await store.begin(StoredRun(id: run, description: "{}", mostCost: mostCost.map(Picodollars.init)))
    let asked = (0..<prompts).map {
      EvaluationPrompt(id: "p\($0)", messages: [PromptMessage(.user, "question \"\($0)\"\n\u{1}é")])
    }
    try await store.add(asked, to: run)
    try await store.add(cells(run, asked))
    return (store, run)
  }

  private func cells(_ run: String, _ prompts: [EvaluationPrompt], maxTokens: Int64 = 5) -> [PlannedCell] {
    prompts.enumerated().map { place, prompt in
      let key = CellKeyParts(prompt, through: Self.route, trial: 1, maxTokens: maxTokens).key
      return PlannedCell(
        cell: Cell(key: key, run: run, prompt: prompt.id, route: "a", trial: 1), place: Int64(place),
        ceiling: Picodollars(1000))
    }
  }

  private func record(_ claimed: ClaimedCell) -> CellRecord {
    CellRecord(
      cell: claimed.cell, attempts: claimed.earlier, wall: 1,
      answer: .full(text: "quote ' \" \\ é \n", toolCalls: []),
      costByCatalogue: .unknown(reason: "free", knownPart: nil), endedAt: Timestamp(seconds: 1_790_000_000))
  }

  private static let lost = Attempt(
    number: 1, status: 500, failure: .server, startedAt: Timestamp(seconds: 1_790_000_000), duration: 5)

  @Test(arguments: places) func giveEachCellToOneOwnerInTheOrderOfThePlan(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 5)
    let first = try await store.claim(run: run, route: "a", owner: "x", most: 3, lease: 60_000)
    let second = try await store.claim(run: run, route: "a", owner: "y", most: 3, lease: 60_000)
    #expect(first.map(\.cell.prompt) == ["p0", "p1", "p2"])
    #expect(second.map(\.cell.prompt) == ["p3", "p4"])
    #expect(first.first?.prompt.messages == [PromptMessage(.user, "question \"0\"\n\u{1}é")])
    #expect(try await store.claim(run: run, route: "b", owner: "x", most: 3, lease: 60_000).isEmpty)
    let counts = try await store.counts(run: run)
    #expect(counts.all.claimed == 5 && counts.all.total == 5)
    await store.close()
  }

  @Test(arguments: places) func storeOneResultACell(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 1)
    let cell = try #require(
      try await store.claim(run: run, route: "a", owner: "x", most: 1, lease: 60_000).first)
    #expect(try await store.dispatch(cell, attempt: 1, owner: "x") == .granted)
    #expect(try await store.finish(record(cell), of: cell, cost: Picodollars(300), owner: "y") == false)
    #expect(try await store.finish(record(cell), of: cell, cost: Picodollars(300), owner: "x"))
    // The same call after a lost answer changes nothing.
    #expect(try await store.finish(record(cell), of: cell, cost: Picodollars(300), owner: "x"))
    #expect(try await store.dispatch(cell, attempt: 2, owner: "x") == .lost)
    var records: [CellRecord] = []
    try await store.eachRecord(run: run) { records.append($0) }
    #expect(records == [record(cell)])
    let counts = try await store.counts(run: run)
    #expect(counts.spent == Picodollars(300) && counts.reserved == Picodollars(0) && counts.all.done == 1)
    await store.close()
  }

  /// 1,000 held for the request under way. Then it is gone: 1,000 spent perhaps, and the cell is there for another.
  @Test(arguments: places) func countOnlyCellsInFlightAsPossiblySpent(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 3)
    let cells = try await store.claim(run: run, route: "a", owner: "x", most: 3, lease: 60_000)
    #expect(try await store.dispatch(cells[0], attempt: 1, owner: "x") == .granted)
    #expect(try await store.dispatch(cells[1], attempt: 1, owner: "x") == .granted)
    try await store.finish(record(cells[1]), of: cells[1], cost: Picodollars(0), owner: "x")
    #expect(try await store.counts(run: run).reserved == Picodollars(1000))
    // The lease has not ended.
    #expect(try await store.reap(run: run) == Reaped())
    let reaped = try await store.reap(run: run, all: true)
    #expect(reaped.cells == 2 && reaped.inFlight == 1 && reaped.possibleCost == Picodollars(1000))
    let again = try await store.claim(run: run, route: "a", owner: "y", most: 9, lease: 60_000)
    #expect(again.map(\.cell.prompt) == ["p0", "p2"])
    #expect(again.map { $0.earlier.map(\.failure) } == [[.lost], []])
    #expect(again.first?.earlier.first?.possibleCost?.text == "0.000000001")
    // The one that was gone comes back too late.
    #expect(try await store.finish(record(cells[0]), of: cells[0], cost: nil, owner: "x") == false)
    let counts = try await store.counts(run: run)
    #expect(counts.spent == Picodollars(1000) && counts.reserved == Picodollars(0) && counts.all.done == 1)
    await store.close()
  }

  @Test(arguments: places) func reopenCellsWhoseLeaseHasEnded(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 2)
    let cells = try await store.claim(run: run, route: "a", owner: "x", most: 2, lease: 1)
    #expect(try await store.renew([cells[0].number], owner: "x", lease: 60_000) == [cells[0].number])
    try await Task.sleep(for: .milliseconds(20))
    let reaped = try await store.reap(run: run)
    #expect(reaped.cells == 1 && reaped.inFlight == 0)
    #expect(try await store.renew(cells.map(\.number), owner: "x", lease: 60_000) == [cells[0].number])
    await store.close()
  }

  @Test(arguments: places) func neverPassTheMostCost(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 4, mostCost: 2500)
    let cells = try await store.claim(run: run, route: "a", owner: "x", most: 4, lease: 60_000)
    #expect(try await store.dispatch(cells[0], attempt: 1, owner: "x") == .granted)
    #expect(try await store.dispatch(cells[1], attempt: 1, owner: "x") == .granted)
    #expect(try await store.dispatch(cells[1], attempt: 1, owner: "x") == .granted)
    // 2,000 held; 3,000 would pass 2,500.
    #expect(try await store.dispatch(cells[2], attempt: 1, owner: "x") == .overBudget)
    // One cost 400 in the end: 400 + 1,000 held + 1,000 is within it.
    try await store.finish(record(cells[0]), of: cells[0], cost: Picodollars(400), owner: "x")
    #expect(try await store.dispatch(cells[2], attempt: 1, owner: "x") == .granted)
    try await store.setMostCost(nil, of: run)
    #expect(try await store.dispatch(cells[3], attempt: 1, owner: "x") == .granted)
    await store.close()
  }

  @Test(arguments: places) func keepFailedAttemptsWithTheirCell(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 1)
    let cell = try #require(
      try await store.claim(run: run, route: "a", owner: "x", most: 1, lease: 60_000).first)
    #expect(try await store.dispatch(cell, attempt: 1, owner: "x") == .granted)
    #expect(try await store.failed(Self.lost, of: cell, cost: nil, owner: "x"))
    #expect(try await store.dispatch(cell, attempt: 2, owner: "x") == .granted)
    #expect(
      try await store.failed(Self.lost, of: cell, cost: Picodollars(7), owner: "x", reopenAfter: 60_000))
    // Open, but not yet: the server asked to wait.
    #expect(try await store.claim(run: run, route: "a", owner: "y", most: 1, lease: 60_000).isEmpty)
    let wait = try #require(try await store.nextOpen(run: run))
    #expect(wait > 50_000 && wait <= 60_000)
    #expect(try await store.counts(run: run).spent == Picodollars(7))
    await store.close()
  }

  @Test(arguments: places) func giveBackWhatWasNotSent(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 2)
    let cells = try await store.claim(run: run, route: "a", owner: "x", most: 2, lease: 60_000)
    _ = try await store.dispatch(cells[0], attempt: 1, owner: "x")
    try await store.release(cells.map(\.number), owner: "x")
    let counts = try await store.counts(run: run)
    #expect(counts.all.open == 1 && counts.all.sent == 1)
    #expect(try await store.nextOpen(run: run) == 0)
    await store.close()
  }

  @Test(arguments: places) func keepAPlanThatComesTwice(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 2)
    let asked = (0..<3).map { EvaluationPrompt(id: "p\($0)", messages: [PromptMessage(.user, "other")]) }
    #expect(try await store.add(cells(run, asked)) == 1)
    try await store.begin(StoredRun(id: run, description: "{}", mostCost: nil))
    await #expect(throws: StoreProblem.self) {
      try await store.begin(StoredRun(id: run, description: "{\"other\":1}", mostCost: nil))
    }
    await store.close()
  }

  @Test(arguments: places) func shareAQuota(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 0)
    let other = try await EvaluationStore(at: StorePlace(place))
    let limits = QuotaLimits(requestsPerMinute: 20, tokensPerMinute: 1000)
    var granted = 0
    let clock = ContinuousClock()
    let start = clock.now
    // A tenth of 20 goes at once, whoever asks, and then one in three seconds.
    for turn in 0..<10 {
      let grant = try await (turn % 2 == 0 ? store : other).take(bucket: run, tokens: 10, limits: limits)
      if grant.wait == 0 { granted += 1 }
    }
    let refilled = Int((clock.now - start).components.seconds) / 3 + 1
    #expect(granted >= 2 && granted <= 2 + refilled)
    try await other.block(bucket: run, milliseconds: 3_000_000)
    #expect(try await store.take(bucket: run, tokens: 1, limits: limits).wait > 2_000_000)
    #expect(try await store.blocked()[run] != nil)
    await store.close()
    await other.close()
  }

  @Test(arguments: places) func keepPicturesByteForByte(place: String) async throws {
    let (store, _) = try await filled(place, prompts: 0)
    let bytes = (0...255).map { UInt8($0) } + [0, 0]
    let digest = Digest.sha256(bytes)
    try await store.add(picture: bytes, digest: digest)
    try await store.add(picture: bytes, digest: digest)
    #expect(try await store.picture(digest) == bytes)
    #expect(try await store.picture("none") == nil)
    await store.close()
  }

  /// The server ends the connection, as a restart does; the store makes another.
  @Test(arguments: places.dropFirst()) func goOnAfterALostConnection(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 1)
    let other = try await EvaluationStore(at: StorePlace(place))
    for _ in 0..<2 {
      let own = try await store.database.transaction { try $0.rows("SELECT pg_backend_pid()", [])[0][0] }
      _ = try await other.database.transaction { try $0.rows("SELECT pg_terminate_backend($1::int)", [own]) }
      #expect(try await store.counts(run: run).all.open == 1)
    }
    await store.close()
    await other.close()
  }

  /// Eight workers of their own connections take 400 cells; each is taken once.
  @Test(arguments: places) func giveNoCellTwiceToManyWorkers(place: String) async throws {
    let (store, run) = try await filled(place, prompts: 400)
    let taken = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for worker in 0..<8 {
        group.addTask {
          let own = try await EvaluationStore(at: StorePlace(place))
          var numbers: [Int64] = []
          while true {
            let cells = try await own.claim(run: run, route: "a", owner: "w\(worker)", most: 7, lease: 60_000)
            if cells.isEmpty { break }
            for cell in cells {
              guard try await own.dispatch(cell, attempt: 1, owner: "w\(worker)") == .granted else {
                continue
              }
              if try await own.finish(record(cell), of: cell, cost: Picodollars(1), owner: "w\(worker)") {
                numbers.append(cell.number)
              }
            }
          }
          await own.close()
          return numbers
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(taken.count == 400)
    #expect(Set(taken).count == 400)
    #expect(try await store.counts(run: run).spent == Picodollars(400))
    await store.close()
  }
}

@Suite struct StorePlaces {
  @Test(arguments: [
    ("postgres://me:secret@db.example:5432/evals?sslmode=require", "postgres://db.example:5432/evals"),
    ("postgresql://db/evals?password=secret", "postgres://db/evals"),
    ("postgres://me:p@ss@db/evals", "postgres://db/evals"), ("eval.sqlite", "eval.sqlite"),
  ])
  func neverShowAPassword(text: String, shown: String) {
    #expect(StorePlace(text).description == shown)
  }

  @Test func sayWhyAServerCannotBeReached() async throws {
    let address = "postgres://me:hunter2@127.0.0.1:1/none?connect_timeout=2"
    let problem = await #expect(throws: StoreProblem.self) {
      try await EvaluationStore(at: StorePlace(address))
    }
    #expect(problem?.description.contains("hunter2") == false)
    #expect(problem?.description.contains("127.0.0.1") == true)
  }
}
