/// Why an attempt, or a cell whose attempts are used up, gave no usable answer.
package enum FailureClass: String, CaseIterable, Hashable, Sendable {
  /// No connection: refused, unknown host, no route.
  case refused
  /// Status 429: a state of the route, not a wrong answer.
  case rateLimited = "rate_limited"
  /// Status 5xx, 529 among them.
  case server
  /// Status 408, 409 and every other status of 4xx: the request as such was not taken.
  case rejected
  /// No end within the time of the route.
  case timeout
  /// The answer ended in order, but without a reason for ending.
  case truncated
  /// Bytes that are no reply of the API kind.
  case malformed
  /// The connection ended before the answer did.
  case dropped
  /// The server pointed elsewhere; nothing is sent there.
  case redirected
  /// A reply, line or event above what is read.
  case oversize
  /// The server said 2xx and put an error into the stream.
  case errorInStream = "error_in_stream"
  /// The answer contradicts itself: usage that cannot be, for one.
  case contradictory
  /// The program ended while the attempt was under way; what became of it is unknown and it may have been billed.
  case lost
  /// Stopped by the user, a deadline or a budget before it was sent.
  case cancelled
}
