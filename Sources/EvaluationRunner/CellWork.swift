import Evaluating
import EvaluationStore

/// A claimed cell while it is worked on.
struct CellWork: Sendable {
  let claimed: ClaimedCell
  /// Of all claims, in order.
  var attempts: [Attempt]
  /// Nanoseconds of the monotonic clock at which it was first scheduled by this worker; nil before.
  var firstScheduled: Int64?
  /// When it may be sent again, on the same clock.
  var due: Int64 = 0

  init(_ claimed: ClaimedCell) {
    self.claimed = claimed
    attempts = claimed.earlier
  }
}
