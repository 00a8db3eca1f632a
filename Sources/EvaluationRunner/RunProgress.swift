import Evaluating
import Synchronization

/// How far a worker is, for whoever watches.
package final class RunProgress: Sendable {
  package struct Snapshot: Hashable, Sendable {
    /// Cells that ended in this worker: with an answer, and without one by class.
    package var answered = 0
    package var failed: [FailureClass: Int] = [:]
    package var attempts = 0
    package var underWay = 0
    /// Milliseconds that a route still waits for its server or its quota, by name.
    package var waiting: [String: Int64] = [:]
    /// Routes that were given up, with the number of their failures.
    package var givenUp: [String: Int] = [:]
    package var check = SelfCheck()

    package var ended: Int { answered + failed.values.reduce(0, +) }
  }

  private struct State {
    var snapshot = Snapshot()
    var waitsUntil: [String: Int64] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  package var snapshot: Snapshot {
    let now = MonotonicClock.now()
    return state.withLock { state in
      var snapshot = state.snapshot
      snapshot.waiting = state.waitsUntil.compactMapValues { $0 > now ? ($0 - now) / 1_000_000 : nil }
      return snapshot
    }
  }

  func sent() {
    state.withLock {
      $0.snapshot.attempts += 1
      $0.snapshot.underWay += 1
    }
  }

  func returned() { state.withLock { $0.snapshot.underWay -= 1 } }

  func ended(_ record: CellRecord) {
    state.withLock { state in
      if let failure = record.failure {
        state.snapshot.failed[failure, default: 0] += 1
      } else {
        state.snapshot.answered += 1
        state.snapshot.check.measured += 1
        if record.withheldLatency != nil { state.snapshot.check.withheld += 1 }
      }
    }
  }

  func waits(_ route: String, until time: Int64?) { state.withLock { $0.waitsUntil[route] = time } }

  func gaveUp(_ route: String, errors: Int) { state.withLock { $0.snapshot.givenUp[route] = errors } }

  func loop(_ lag: (median: Int64, most: Int64)?) {
    state.withLock {
      $0.snapshot.check.medianLag = lag?.median
      $0.snapshot.check.mostLag = lag?.most
    }
  }

  var underWay: Int { state.withLock { $0.snapshot.underWay } }
}
