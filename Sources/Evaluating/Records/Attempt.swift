import Facts

/// One sending of a cell's request and what came of it.
package struct Attempt: Hashable, Sendable {
  /// From 1.
  package let number: Int
  /// The status of HTTP; nil when none came.
  package let status: Int?
  /// nil for the attempt that gave the answer.
  package let failure: FailureClass?
  /// A few words of the server or of the program on a failure, harmless and without keys; nil when there is nothing to add.
  package let note: String?
  /// Wall-clock seconds at which it was dispatched.
  package let startedAt: Timestamp
  /// Nanoseconds from dispatch to its end.
  package let duration: Int64
  /// The server's id of the request, as its headers or body give it.
  package let requestID: String?
  /// Headers about limits as they came, by lower-case name.
  package let limitHeaders: [String: String]
  /// Milliseconds that the server asked to wait.
  package let retryAfter: Int64?
  /// What a lost attempt may have cost at most, in US dollars; nil for others and where no price is known.
  package let possibleCost: ExactDecimal?

  package init(
    number: Int, status: Int? = nil, failure: FailureClass? = nil, note: String? = nil, startedAt: Timestamp,
    duration: Int64, requestID: String? = nil, limitHeaders: [String: String] = [:], retryAfter: Int64? = nil,
    possibleCost: ExactDecimal? = nil
  ) {
    self.number = number
    self.status = status
    self.failure = failure
    self.note = note?.bounded
    self.startedAt = startedAt
    self.duration = duration
    self.requestID = requestID
    self.limitHeaders = limitHeaders
    self.retryAfter = retryAfter
    self.possibleCost = possibleCost
  }
}
