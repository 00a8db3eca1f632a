import NIOCore

/// How long a connection may wait for what, whatever a client sends or does not read.
struct ConnectionWatch {
  enum Verdict {
    case fine
    /// A request did not come whole in time.
    case late
    /// Nothing is asked, nothing is read, or the server's own time to end is over.
    case over
  }

  private let limits: WebServer.Limits
  /// When the last request ended, or the connection began.
  private var quietSince: NIODeadline
  /// When a request began that has not ended.
  private var readingSince: NIODeadline?
  /// When bytes were last seen to leave, and how many waited then.
  private var pending = (bytes: 0, since: NIODeadline.uninitialised)
  private var endsAt: NIODeadline?

  init(_ limits: WebServer.Limits, now: NIODeadline) {
    self.limits = limits
    quietSince = now
  }

  /// How often a verdict is asked for.
  var pause: TimeAmount { .milliseconds(max(100, min(limits.requestSeconds, limits.idleSeconds) * 1000 / 4)) }

  /// Bytes came that end no request.
  mutating func reads(at now: NIODeadline) { if readingSince == nil { readingSince = now } }

  /// A request came whole.
  mutating func hasRead(at now: NIODeadline) {
    readingSince = nil
    quietSince = now
  }

  /// The server itself asks for nothing more.
  mutating func ends(at now: NIODeadline) { endsAt = now + .seconds(limits.endSeconds) }

  /// - Parameters:
  ///   - waiting: bytes that the client has yet to take.
  ///   - isBusy: whether requests wait for their answers.
  mutating func verdict(at now: NIODeadline, waiting: Int, isBusy: Bool) -> Verdict {
    if let endsAt, now >= endsAt { return .over }
    if waiting > 0 {
      if waiting != pending.bytes || pending.since == .uninitialised { pending = (waiting, now) }
      // While the client takes its answers, the server may not read: the request's time stands still.
      if readingSince != nil { readingSince = now }
      quietSince = now
      return now - pending.since >= .seconds(limits.idleSeconds) ? .over : .fine
    }
    pending = (0, .uninitialised)
    if isBusy {
      quietSince = now
      if readingSince != nil { readingSince = now }
      return .fine
    }
    if let readingSince { return now - readingSince >= .seconds(limits.requestSeconds) ? .late : .fine }
    return now - quietSince >= .seconds(limits.idleSeconds) ? .over : .fine
  }
}

extension NIODeadline {
  fileprivate static var uninitialised: NIODeadline { .uptimeNanoseconds(0) }
}
