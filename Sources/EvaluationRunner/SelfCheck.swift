import Facts

/// Whether the client itself was the bottleneck. Latencies of a cell above the limit are withheld: they would measure this
/// machine, not the server.
package struct SelfCheck: Hashable, Sendable {
  /// Nanoseconds that a request may wait inside the program, or its stamps be late.
  package static let limit: Int64 = 5_000_000

  /// Half of the event loop's ticks were at most so late, in nanoseconds; nil before the first.
  package var medianLag: Int64?
  /// 99 of 100 ticks were at most so late.
  package var mostLag: Int64?
  /// Cells with an answer, and those of them whose latencies are withheld.
  package var measured = 0
  package var withheld = 0

  package init() {}

  /// Why the latencies of an exchange are withheld; nil where they are not.
  static func reason(_ exchange: Exchange, firstDelta: Int64?, lastContent: Int64?) -> String? {
    if let dispatched = exchange.dispatched, dispatched - exchange.scheduled > limit {
      return words("the request waited in the program", dispatched - exchange.scheduled)
    }
    // A new connection takes the server's time; a kept one is there at once.
    if exchange.connected == nil, let written = exchange.written, let dispatched = exchange.dispatched,
      written - dispatched > limit
    {
      return words("the request waited for a connection of the pool", written - dispatched)
    }
    if exchange.written != nil, exchange.heldUp > limit {
      return words("the event loop was late in sending", exchange.heldUp)
    }
    for stamp in [firstDelta, lastContent] {
      guard let stamp, let read = exchange.reads.first(where: { $0.at == stamp }), read.late > limit else {
        continue
      }
      return words("the event loop was late", read.late)
    }
    return nil
  }

  private static func words(_ what: String, _ nanoseconds: Int64) -> String {
    "\(what) by \(milliseconds(nanoseconds)) ms; the limit is \(milliseconds(limit)) ms"
  }

  /// `3.2`, rounded half up.
  package static func milliseconds(_ nanoseconds: Int64) -> String {
    let tenths = (nanoseconds + 50_000) / 100_000
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
