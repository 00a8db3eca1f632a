import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Writes down what comes of one request, on the event loop and before anything is read of it.
final class ReplyRecorder: HTTPClientResponseDelegate {
  typealias Response = Void

  /// Bytes of a reply above which the connection is closed.
  static let largestReply = 32 * 1024 * 1024
  /// Bytes of a body that comes with another status than 2xx.
  static let largestRefusal = 256 * 1024
  private static let mostHeaders = 100

  private struct TooLarge: Error {}
  /// The stream is broken beyond doubt: nothing more is read of it.
  private struct Broken: Error {}

  private let exchange: Mutex<Exchange>
  private let connections: NewConnections
  private let watch: LoopWatch
  private let limits: (reply: Int, refusal: Int)

  init(scheduled: Int64, connections: NewConnections, watch: LoopWatch) {
    exchange = Mutex(Exchange(scheduled: scheduled, ended: scheduled))
    self.connections = connections
    self.watch = watch
    limits = (Self.largestReply, Self.largestRefusal)
  }

  func dispatch() {
    let now = MonotonicClock.now()
    let total = watch.total(now: now)
    exchange.withLock {
      $0.dispatched = now
      $0.heldUp = total
    }
  }

  func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) {
    let now = MonotonicClock.now()
    let isNew = connections.takeOne()
    let total = watch.total(now: now)
    exchange.withLock {
      $0.written = now
      $0.heldUp = total - $0.heldUp
      if isNew { $0.connected = now }
    }
  }

  func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
    let now = MonotonicClock.now()
    exchange.withLock {
      $0.headersAt = now
      $0.status = Int(head.status.code)
      $0.headers = head.headers.prefix(Self.mostHeaders).map { ($0.name, $0.value) }
    }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    let now = MonotonicClock.now()
    let late = watch.lateness(now: now)
    let problem = exchange.withLock { exchange -> (any Error)? in
      let most = exchange.status.map { (200..<300).contains($0) } == true ? limits.reply : limits.refusal
      guard exchange.body.count + buffer.readableBytes <= most else {
        // Nothing of it is read, so nothing is kept.
        (exchange.body, exchange.reads) = ([], [])
        return TooLarge()
      }
      exchange.body.append(contentsOf: buffer.readableBytesView)
      // Parts that come in one turn of the loop are one read.
      if let last = exchange.reads.last, now - last.at < 20_000 {
        exchange.reads[exchange.reads.count - 1].end = exchange.body.count
      } else {
        exchange.reads.append((exchange.body.count, now, late))
      }
      return Self.endsBroken(exchange.body) ? Broken() : nil
    }
    guard let problem else { return task.eventLoop.makeSucceededVoidFuture() }
    return task.eventLoop.makeFailedFuture(problem)
  }

  /// Whether the bytes end in an event of one line that begins like a JSON object and does not end like one. It is all that is
  /// looked at while the reply comes; a server that cuts its events need not be heard to the end.
  static func endsBroken(_ body: [UInt8]) -> Bool {
    guard body.count > 8, body[body.count - 1] == 0x0A, body[body.count - 2] == 0x0A else { return false }
    let end = body.count - 2
    let from = max(0, end - 65_536)
    guard let before = body[from..<end].lastIndex(of: 0x0A) ?? (from == 0 ? -1 : nil) else { return false }
    let line = body[(before + 1)..<end]
    guard line.starts(with: "data: {".utf8), line.last != UInt8(ascii: "}") else { return false }
    // Data of several lines are one document.
    guard before > 0 else { return true }
    let earlier = (body[from..<before].lastIndex(of: 0x0A) ?? from - 1) + 1
    return !body[earlier..<before].starts(with: "data".utf8)
  }

  func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) {}

  func didFinishRequest(task: HTTPClient.Task<Void>) throws {
    let now = MonotonicClock.now()
    exchange.withLock { $0.ended = now }
  }

  /// The exchange as it is now that the task has ended with this error, or with none.
  func finish(_ error: (any Error)?) -> Exchange {
    exchange.withLock { exchange in
      guard let error else { return exchange }
      exchange.ended = MonotonicClock.now()
      (exchange.end, exchange.note) = Self.read(error, hasConnection: exchange.written != nil)
      return exchange
    }
  }

  /// Errors of the client and of the system into ends. Their texts may quote what a server sent, so none is kept.
  private static func read(_ error: any Error, hasConnection: Bool) -> (Exchange.End, String?) {
    if error is Broken { return (.dropped, "the stream broke off inside an event") }
    if error is TooLarge { return (.oversize, "more bytes than are read of a reply") }
    if error is CancellationError { return (.cancelled, nil) }
    if let error = error as? HTTPClientError {
      switch error {
      case .cancelled: return (.cancelled, nil)
      case .deadlineExceeded, .readTimeout, .writeTimeout:
        return (.timeout, hasConnection ? "no end in time" : "no connection in time")
      case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
        return (.refused, "no connection in time")
      case .remoteConnectionClosed, .uncleanShutdown: return (.dropped, "the server closed the connection")
      default:
        return (
          hasConnection ? .malformed : .refused, "the client refused the exchange: \(error.shortDescription)"
        )
      }
    }
    if let error = error as? HTTPParserError {
      // The end of the connection inside a head or a body is no fault of the bytes.
      if case .invalidEOFState = error { return (.dropped, "the server closed the connection") }
      return (.malformed, "no HTTP: \(error)")
    }
    if error is NIOConnectionError { return (.refused, "no connection to the server") }
    if let error = error as? IOError {
      return (hasConnection ? .dropped : .refused, "the system says \(error.errnoCode)")
    }
    if error is ChannelError { return (hasConnection ? .dropped : .refused, "the connection ended") }
    return (hasConnection ? .dropped : .refused, "the connection failed: \(type(of: error))")
  }
}

/// Counts connections that were made and that no request has used yet. All of it happens on one event loop.
final class NewConnections: Sendable {
  private let count = Mutex(0)

  func add() { count.withLock { $0 += 1 } }

  /// Whether the connection of the request that is being written is a new one.
  func takeOne() -> Bool {
    count.withLock { count in
      guard count > 0 else { return false }
      count -= 1
      return true
    }
  }
}
