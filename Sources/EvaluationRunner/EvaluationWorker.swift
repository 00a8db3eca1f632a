import Evaluating
import EvaluationStore
import Facts

/// Works on a run until its cells are done or it is stopped. Any number of workers may work on one run of one store.
package struct EvaluationWorker: Sendable {
  private let context: RunContext

  /// - Parameters:
  ///   - wallClock: wall-clock seconds, for records and prices; latencies have a clock of their own.
  ///   - price: what a usage costs through a route at a time, by the catalogue.
  package init(
    _ settings: RunSettings, store: EvaluationStore, secrets: Secrets, stop: StopSignal,
    progress: RunProgress,
    wallClock: @escaping @Sendable () -> Timestamp,
    price: @escaping @Sendable (EvaluationRoute, TokenUsage, Timestamp) -> CatalogueCost
  ) {
    let candidates = settings.routes.filter { $0.use == .candidate }
    let widest = candidates.map(\.concurrency).max() ?? 1
    context = RunContext(
      settings: settings, store: store,
      sender: RequestSender(concurrency: settings.routes.reduce(0) { $0 + $1.concurrency }), secrets: secrets,
      stop: stop, progress: progress,
      pace: RunPace(routes: candidates.map(\.name), block: max(8, widest * 2)),
      wallClock: wallClock, price: price)
  }

  /// - Returns: what workers that are gone had left behind.
  /// - Throws: `StoreProblem` when the store does not answer at the start.
  @discardableResult package func work() async throws -> Reaped {
    let (settings, store) = (context.settings, context.store)
    var reaped = Reaped()
    do {
      reaped = try await store.reap(run: settings.run, all: settings.isAlone)
    } catch {
      await context.sender.close()
      throw error
    }
    let checks = CheckRunner(context: context)
    let lanes = settings.routes.filter { $0.use == .candidate }.map { RouteLane($0, context, checks: checks) }
    let keeper = Task { await keep(lanes) }
    await withDiscardingTaskGroup { group in
      for lane in lanes { group.addTask { await lane.work() } }
    }
    keeper.cancel()
    context.progress.loop(context.sender.watch.lag())
    await context.sender.close()
    return reaped
  }

  /// Renews leases, opens what other workers lost, and looks at the deadline.
  private func keep(_ lanes: [RouteLane]) async {
    let lease = context.settings.lease * 1_000_000
    var renewed = MonotonicClock.now()
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(200))
      let now = MonotonicClock.now()
      if let deadline = context.settings.deadline, now >= deadline { context.stop.stop(.deadline) }
      context.progress.loop(context.sender.watch.lag())
      guard now - renewed > lease / 3 else { continue }
      renewed = now
      for lane in lanes { await lane.renew() }
      if !context.settings.isAlone { _ = try? await context.store.reap(run: context.settings.run) }
    }
  }
}
