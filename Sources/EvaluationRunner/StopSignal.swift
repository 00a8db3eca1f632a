import Synchronization

/// The wish to end a run: gently, so that requests under way end; or at once, so that they are broken off and marked.
package final class StopSignal: Sendable {
  package enum Reason: Hashable, Sendable {
    case user
    case deadline
    /// The run's most cost is reached.
    case budget
    case store(String)
  }

  private struct State {
    var reason: Reason?
    var isAtOnce = false
  }

  private let state = Mutex(State())

  package init() {}

  /// The first reason stays.
  package func stop(_ reason: Reason) { state.withLock { $0.reason = $0.reason ?? reason } }

  /// Breaks requests off.
  package func stopAtOnce(_ reason: Reason) {
    state.withLock {
      $0.reason = $0.reason ?? reason
      $0.isAtOnce = true
    }
  }

  package var reason: Reason? { state.withLock { $0.reason } }
  var isStopping: Bool { state.withLock { $0.reason != nil } }
  var isAtOnce: Bool { state.withLock { $0.isAtOnce } }
}
