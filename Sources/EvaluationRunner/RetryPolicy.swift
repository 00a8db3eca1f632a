import Evaluating
import Statistics

/// When a failed request is sent again.
struct RetryPolicy: Sendable {
  /// Attempts of one cell, lost ones included.
  var mostAttempts = 6
  /// Attempts of a cell whose server says 429: that is a state of the route, so it takes more to give up.
  var mostAttemptsAtLimit = 10
  /// Milliseconds of the first back-off; each is twice the one before.
  var first: Int64 = 500
  /// Milliseconds of the longest back-off that no server asked for.
  var longest: Int64 = 60_000

  /// Milliseconds to wait before the next attempt; nil when there is none.
  ///
  /// A back-off lies between half and the whole of its step, so that requests that failed together do not come back together.
  /// A time that the server asks for is a floor.
  /// - Parameter attempts: how many there were.
  func wait(
    after failure: FailureClass, status: Int?, attempts: Int, retryAfter: Int64?,
    generator: inout RandomNumbers
  ) -> Int64? {
    let most = failure == .rateLimited ? mostAttemptsAtLimit : mostAttempts
    guard attempts < most, ResponseClass.mayBeTriedAgain(failure, status: status) else { return nil }
    let step = min(longest, first << Int64(min(20, attempts - 1)))
    let jittered = step / 2 + Int64.random(in: 0...(step / 2), using: &generator)
    guard let retryAfter else { return jittered }
    // Twenty milliseconds more: clocks differ, and a request that comes too early costs another wait.
    return max(retryAfter + 20 + Int64.random(in: 0...min(250, retryAfter / 10 + 1), using: &generator), 0)
  }
}
