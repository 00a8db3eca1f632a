import Evaluating

/// A request that is ready to be sent.
struct OutgoingRequest: Sendable {
  let url: String
  let headers: [(name: String, value: String)]
  let body: [UInt8]
  /// Nanoseconds of the monotonic clock.
  let deadline: Int64
}

/// All that one sending gave: bytes with the times at which they came, nothing of it read yet.
struct Exchange: Sendable {
  enum End: Hashable, Sendable {
    case inOrder
    /// No connection.
    case refused
    case dropped
    case timeout
    case oversize
    case cancelled
    /// Bytes that are no HTTP.
    case malformed
  }

  /// Nanoseconds of the monotonic clock.
  var scheduled: Int64
  var dispatched: Int64?
  /// When a new connection was there; nil when a kept one was used.
  var connected: Int64?
  /// When the request was written to a connection, new or kept.
  var written: Int64?
  /// How long the event loop was held up between dispatch and writing.
  var heldUp: Int64 = 0
  var headersAt: Int64?
  var ended: Int64
  var end = End.inOrder
  /// Short words of the network on a failure.
  var note: String?
  var status: Int?
  var headers: [(name: String, value: String)] = []
  /// The body, and where in it and when each read ended; `late` is by how much the event loop may have been late then.
  var body: [UInt8] = []
  var reads: [(end: Int, at: Int64, late: Int64)] = []

  func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
}
