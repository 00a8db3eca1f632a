import Evaluating
import EvaluationStore
import Facts
import Statistics
import TextFormats

/// Works on the cells of one route: takes them in order, sends as many at a time as route and server allow, waits where it must,
/// and writes every result down as it comes.
actor RouteLane {
  private let route: EvaluationRoute
  private let context: RunContext
  private let checks: CheckRunner
  private var window: ConcurrencyWindow
  private var generator: RandomNumbers
  private var ready: [CellWork] = []
  /// Cells that wait for another attempt, soonest first.
  private var waiting = WaitingCells()
  /// Numbers of all cells that are held, for renewal.
  private var held: Set<Int64> = []
  private var underWay = 0
  private var errors: Int64 = 0
  private var asksForUsage = true
  private var hasGivenUp = false
  private var broken: String?
  private let wakes: AsyncStream<Void>
  private let wake: AsyncStream<Void>.Continuation

  /// Cells that wait inside the program for another attempt; more go back to the store until their time.
  private static let mostWaiting = 64
  /// Milliseconds from which on a wait counts as one for the server.
  private static let longWait: Int64 = 2000

  init(_ route: EvaluationRoute, _ context: RunContext, checks: CheckRunner) {
    self.route = route
    self.context = context
    self.checks = checks
    window = ConcurrencyWindow(most: route.concurrency)
    // Every route has jitter of its own.
    var seed = FNV1a(basis: context.settings.seed)
    seed.add(route.name.utf8)
    generator = RandomNumbers(seed: seed.value)
    (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Works until nothing is left to do, or until a stop; requests under way end first.
  func work() async {
    context.pace.join(route.name, wake: wake)
    await withDiscardingTaskGroup { group in
      let ticker = Task { [wake] in
        while !Task.isCancelled {
          wake.yield()
          try? await Task.sleep(for: .milliseconds(100))
        }
      }
      var isCancelled = false
      for await _ in wakes {
        if context.stop.isAtOnce, !isCancelled {
          isCancelled = true
          group.cancelAll()
        }
        let goesOn = !context.stop.isStopping && !hasGivenUp
        do {
          if goesOn { try await fill(&group) }
          if underWay == 0 {
            if !goesOn { break }
            if ready.isEmpty, waiting.cells.isEmpty, try await isDone() { break }
          }
        } catch {
          context.stop.stop(.store("\(error)"))
          if underWay == 0 { break }
        }
      }
      ticker.cancel()
    }
    context.pace.ended(route.name)
    context.progress.waits(route.name, until: nil)
    try? await context.store.release(
      (ready + waiting.cells).map(\.claimed.number), owner: context.settings.owner)
    (ready, waiting) = ([], WaitingCells())
    held = []
  }

  /// Holds what is held for another while; what is lost is no longer worked on.
  func renew() async {
    let numbers = Array(held)
    guard !numbers.isEmpty,
      let kept = try? await context.store.renew(
        numbers, owner: context.settings.owner, lease: context.settings.lease)
    else { return }
    let lost = Set(numbers).subtracting(kept)
    guard !lost.isEmpty else { return }
    ready.removeAll { lost.contains($0.claimed.number) }
    waiting.remove(lost)
    held.subtract(lost)
  }

  /// Sends while the window has room, quota is there and a cell is to be had.
  private func fill(_ group: inout DiscardingTaskGroup) async throws {
    while underWay < window.limit, !context.stop.isStopping, !hasGivenUp {
      guard let work = try await next() else { return }
      let request = try await context.request(
        work.claimed.prompt, through: route, asksForUsage: asksForUsage)
      let limits = QuotaLimits(
        requestsPerMinute: route.requestsPerMinute, tokensPerMinute: route.tokensPerMinute)
      let hasLimits = limits.requestsPerMinute != nil || limits.tokensPerMinute != nil || isBlocked
      var granted: GrantedTokens?
      if hasLimits {
        let grant = try await context.store.take(bucket: route.name, tokens: request.tokens, limits: limits)
        guard grant.wait == 0 else {
          ready.insert(work, at: 0)
          sleep(grant.wait)
          return
        }
        granted = GrantedTokens(second: grant.second, tokens: request.tokens, limits: limits)
      }
      isBlocked = false
      noteWait(nil)
      underWay += 1
      let taken = granted
      group.addTask { await self.attempt(work, request, granted: taken) }
    }
  }

  /// Set when a server said that its quota is used up; the store then holds until when.
  private var isBlocked = false

  private func next() async throws -> CellWork? {
    let now = MonotonicClock.now()
    if let due = waiting.take(now: now) { return due }
    if !ready.isEmpty { return ready.removeFirst() }
    let room = min(window.limit - underWay, context.pace.allowance(route.name))
    if room > 0 {
      let claimed = try await context.store.claim(
        run: context.settings.run, route: route.name, owner: context.settings.owner, most: room,
        lease: context.settings.lease)
      context.pace.took(claimed.count, by: route.name)
      for cell in claimed { held.insert(cell.number) }
      ready += claimed.map(CellWork.init)
      if !ready.isEmpty { return ready.removeFirst() }
    }
    if let first = waiting.cells.first { sleep(max(1, (first.due - now) / 1_000_000 + 1)) }
    return nil
  }

  /// Wakes the lane after so many milliseconds; longer waits are woken by the ticker.
  private func sleep(_ milliseconds: Int64) {
    noteWait(milliseconds)
    guard milliseconds < 100 else { return }
    Task { [wake] in
      try? await Task.sleep(for: .milliseconds(milliseconds))
      wake.yield()
    }
  }

  private func noteWait(_ milliseconds: Int64?) {
    let isLong = milliseconds.map { $0 >= Self.longWait } == true
    context.pace.held(route.name, isLong)
    context.progress.waits(
      route.name, until: milliseconds.map { MonotonicClock.now() + $0 * 1_000_000 })
  }

  private var doneAskedAt: Int64 = 0

  /// Whether no cell of the route is open or with another worker; asked at most four times a second.
  private func isDone() async throws -> Bool {
    let now = MonotonicClock.now()
    guard now - doneAskedAt > 250_000_000 else { return false }
    doneAskedAt = now
    let counts = try await context.store.counts(run: context.settings.run).routes[route.name]
    guard let counts else { return true }
    if context.pace.allowance(route.name) == 0 { return counts.total == counts.done }
    context.pace.held(route.name, true)
    return counts.open + counts.claimed + counts.sent == 0
  }

  private typealias Request = (
    url: String, headers: [(name: String, value: String)], body: [UInt8], tokens: Int64
  )

  private func attempt(
    _ work: CellWork, _ request: Request, granted: GrantedTokens?
  ) async {
    var work = work
    do {
      try await send(&work, request, granted)
    } catch {
      // A store that does not answer ends the run; the cell stays sent and is reaped as lost.
      context.stop.stop(.store("\(error)"))
    }
    underWay -= 1
    wake.yield()
  }

  private func send(
    _ work: inout CellWork, _ request: Request,
    _ granted: GrantedTokens?
  ) async throws {
    let (settings, store) = (context.settings, context.store)
    let claimed = work.claimed
    if Task.isCancelled || context.stop.isStopping { return drop(work, keeps: true) }
    switch try await store.dispatch(claimed, attempt: work.attempts.count + 1, owner: settings.owner) {
    case .lost: return drop(work, keeps: false)
    case .overBudget:
      // Requests under way may turn out cheaper than they could have been.
      if context.progress.underWay == 0 { context.stop.stop(.budget) }
      try? await Task.sleep(for: .milliseconds(50))
      return drop(work, keeps: true)
    case .granted: break
    }
    context.progress.sent()
    await context.sender.turn()
    let startedAt = context.wallClock()
    let scheduled = MonotonicClock.now()
    work.firstScheduled = work.firstScheduled ?? scheduled
    let exchange = await context.sender.send(
      OutgoingRequest(
        url: request.url, headers: request.headers, body: request.body,
        deadline: scheduled + route.timeoutSeconds * 1_000_000_000), scheduled: scheduled)
    context.progress.returned()
    let sent = SentAttempt(
      exchange, api: route.api, asked: claimed.prompt.maxTokens ?? settings.maxTokens, startedAt: startedAt,
      secrets: context.secrets)
    try await settleLimits(sent, granted, scheduled: scheduled)
    try await conclude(&work, sent)
  }

  private func drop(_ work: CellWork, keeps: Bool) {
    if keeps { ready.insert(work, at: 0) } else { held.remove(work.claimed.number) }
  }

  private func settleLimits(
    _ sent: SentAttempt, _ granted: GrantedTokens?, scheduled: Int64
  ) async throws {
    if sent.failure == .rateLimited || sent.status == 529 || sent.status == 503 {
      window.refused(sent: scheduled, now: MonotonicClock.now())
    } else if sent.failure == nil {
      window.succeeded()
    }
    if let wait = sent.limits.exhaustedFor, wait > 0 {
      isBlocked = true
      try await context.store.block(bucket: route.name, milliseconds: wait)
    }
    if let granted { try await context.settle(granted, by: sent.outcome.usage, bucket: route.name) }
  }

  private func conclude(_ work: inout CellWork, _ sent: SentAttempt) async throws {
    let (store, owner) = (context.store, context.settings.owner)
    let cost = sent.cost(of: work.claimed, through: route, in: context)
    let attempt = sent.attempt(number: work.attempts.count + 1, possibleCost: cost?.possible)
    work.attempts.append(attempt)
    if sent.failure == .cancelled {
      try await store.failed(attempt, of: work.claimed, cost: cost?.amount, owner: owner, reopenAfter: 0)
      return drop(work, keeps: false)
    }
    if sent.refusesUsageQuestion, asksForUsage, route.api == .chat, route.streams {
      asksForUsage = false
      work.due = 0
      guard try await store.failed(attempt, of: work.claimed, cost: cost?.amount, owner: owner) else {
        return drop(work, keeps: false)
      }
      return wait(work)
    }
    if let failure = sent.failure,
      let milliseconds = context.retry.wait(
        after: failure, status: sent.status, attempts: work.attempts.count,
        retryAfter: sent.limits.retryAfter, generator: &generator)
    {
      let isFull = waiting.cells.count >= Self.mostWaiting
      let goesBack = isFull || milliseconds > 30_000 || context.stop.isStopping
      let isHeld = try await store.failed(
        attempt, of: work.claimed, cost: cost?.amount, owner: owner,
        reopenAfter: goesBack ? milliseconds : nil)
      guard isHeld, !goesBack else { return drop(work, keeps: false) }
      work.due = MonotonicClock.now() + milliseconds * 1_000_000
      return wait(work)
    }
    try await finish(work, sent, cost: cost?.amount)
  }

  private func wait(_ work: CellWork) { waiting.add(work) }

  private func finish(_ work: CellWork, _ sent: SentAttempt, cost: Picodollars?) async throws {
    let answer = sent.answer(context.secrets)
    var results: [CheckResult] = []
    var judging = Picodollars(0)
    if sent.failure == nil {
      let verdict = await checks.results(of: work.claimed.prompt, answer: answer)
      (results, judging) = (verdict.results, verdict.cost)
    }
    let record = sent.record(of: work, answer: answer, checks: results, through: route, in: context)
    let isStored = try await context.store.finish(
      record, of: work.claimed, cost: cost.map { $0 + judging }, owner: context.settings.owner)
    held.remove(work.claimed.number)
    guard isStored else { return }
    context.progress.ended(record)
    guard record.failure != nil else { return }
    errors += 1
    if let most = route.maxErrors, errors >= most, !hasGivenUp {
      hasGivenUp = true
      context.progress.gaveUp(route.name, errors: Int(errors))
    }
  }
}
