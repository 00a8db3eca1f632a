/// How many requests a route may have under way: halved when its server says that it is too much, raised by one for every
/// window of successes (additive increase, multiplicative decrease; Chiu and Jain 1989).
struct ConcurrencyWindow: Sendable {
  let most: Int
  private(set) var limit: Int
  private var successes = 0
  /// Requests that were sent before the last decrease say nothing of the window after it.
  private var decreasedAt: Int64 = .min

  init(most: Int) {
    self.most = max(1, most)
    limit = max(1, most)
  }

  mutating func succeeded() {
    guard limit < most else { return }
    successes += 1
    if successes >= limit {
      limit += 1
      successes = 0
    }
  }

  /// - Parameters:
  ///   - sent: when the refused request was sent.
  ///   - now: on the same clock.
  mutating func refused(sent: Int64, now: Int64) {
    guard sent > decreasedAt else { return }
    limit = max(1, limit / 2)
    successes = 0
    decreasedAt = now
  }
}
