import ArgumentParser
import Evaluating
import EvaluationRunner
import EvaluationStore
import Facts
import FoundationEssentials

/// One worker at one run, watched from the terminal.
struct EvaluationSession {
  let store: EvaluationStore
  let plan: EvaluationRunPlan
  let ceiling: CostCeiling
  let options: EvaluationRunOptions.Checked
  let isAlone: Bool

  private let stop = StopSignal()
  private let progress = RunProgress()

  init(
    store: EvaluationStore, plan: EvaluationRunPlan, ceiling: CostCeiling,
    options: EvaluationRunOptions.Checked,
    isAlone: Bool
  ) {
    self.store = store
    self.plan = plan
    self.ceiling = ceiling
    self.options = options
    self.isAlone = isAlone
  }

  /// Wall-clock seconds.
  @Sendable static func now() -> Timestamp { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) }

  /// Goes on with a run of a store.
  static func resume(
    _ run: String?, store options: EvaluationStoreOptions, budget: EvaluationBudgetOptions,
    running: EvaluationRunOptions, catalogue: CatalogueOptions, sharesRun: Bool
  ) async throws {
    let checked = try running.checked()
    let most = try budget.most()
    let place = try options.place()
    let lock = RunLock(place)
    let store = try await EvaluationStore(at: place)
    let plan = try await EvaluationRunPlan.find(run, in: store)
    let ceiling = try CostCeiling(plan.description.file, in: catalogue.open(), on: try catalogue.day())
    try EvaluationRunPlan.requireVariables(plan.description.file)
    if budget.maxCost != nil { try await store.setMostCost(most, of: plan.run.id) }
    let session = EvaluationSession(
      store: store, plan: plan, ceiling: ceiling, options: checked, isAlone: lock.isHeld && !sharesRun)
    try await session.run()
  }

  /// - Throws: `ExitCode(1)` when a cell failed or is still open.
  func run() async throws {
    let secrets = try Secrets(for: plan.description.file.routes, environment: Environment.current)
    Interrupts.watch()
    let settings = RunSettings(
      run: plan.run.id, owner: Self.owner(), routes: plan.description.file.routes,
      maxTokens: plan.description.file.maxTokens, keeping: plan.description.keeping,
      seed: plan.description.seed,
      allowsCommands: options.allowsCommands, secondsLeft: options.secondsLeft, isAlone: isAlone,
      lease: options.lease)
    let ceiling = ceiling
    let worker = EvaluationWorker(
      settings, store: store, secrets: secrets, stop: stop, progress: progress, wallClock: Self.now,
      price: { ceiling.cost(of: $1, through: $0, at: $2) })
    let start = ContinuousClock.now
    let watcher = Task { await watch() }
    let reaped = try await worker.work()
    watcher.cancel()
    await watcher.value
    let statement = EvaluationRunStatement(
      run: plan.run.id, place: store.place, counts: try await store.counts(run: plan.run.id),
      snapshot: progress.snapshot, reaped: reaped, reason: stop.reason, elapsed: ContinuousClock.now - start)
    await store.close()
    if options.json {
      Output.line(statement.data.text)
    } else {
      for line in statement.lines { Output.line(line) }
    }
    if !statement.isWhole { throw ExitCode(1) }
  }

  /// Shows how far the run is, and hears the user.
  private func watch() async {
    let start = ContinuousClock.now
    var counts = RunCounts()
    var tick = 0
    var heard = 0
    while !Task.isCancelled {
      let interrupts = Interrupts.count
      if interrupts > heard {
        heard = interrupts
        if interrupts == 1 {
          stop.stop(.user)
          Output.talk("stopping: requests under way end first; Ctrl-C again breaks them off")
        } else {
          stop.stopAtOnce(.user)
        }
      }
      if Output.isWatched {
        if tick % 10 == 0 { counts = (try? await store.counts(run: plan.run.id)) ?? counts }
        let line = EvaluationRunStatement.progress(
          counts: counts, snapshot: progress.snapshot, elapsed: ContinuousClock.now - start)
        if tick % 2 == 0 { Output.progressLine(line) }
      }
      tick += 1
      try? await Task.sleep(for: .milliseconds(100))
    }
    if Output.isWatched { Output.progressLine("") }
  }

  /// A name that no other worker of any store has.
  private static func owner() -> String {
    "\(ProcessInfo.processInfo.processIdentifier)-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
  }
}
