import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Sends requests and writes down what comes, on one event loop that does nothing else.
///
/// HTTP/1.1 alone: a stream has a connection of its own, so no other holds it up. Redirects are never followed. The pool may
/// hold as many connections as requests are under way, so that none waits for another.
package final class RequestSender: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let client: HTTPClient
  private let connections = NewConnections()
  let watch: LoopWatch
  private let nextTurn = Mutex<Int64>(0)

  /// - Parameter concurrency: requests at a time, over all routes.
  package init(concurrency: Int) {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = .seconds(10)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(8, concurrency)
    configuration.connectionPool.idleTimeout = .seconds(30)
    // A connection that cannot be made is an attempt of the run, which has its own rules for another.
    configuration.connectionPool.retryConnectionEstablishment = false
    let connections = connections
    configuration.http1_1ConnectionDebugInitializer = { channel in
      connections.add()
      return channel.eventLoop.makeSucceededVoidFuture()
    }
    client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    watch = LoopWatch(group.next())
    watch.start()
  }

  /// Nanoseconds between two requests that leave.
  private static let spacing: Int64 = 1_000_000

  /// Waits for the turn of a request: requests leave a millisecond apart, because a burst of new connections on one event loop
  /// would be measured as the server's time. A request is scheduled when its turn has come.
  func turn() async {
    let now = MonotonicClock.now()
    let time = nextTurn.withLock { next in
      let time = max(next, now)
      next = time + Self.spacing
      return time
    }
    if time > now { try? await Task.sleep(for: .nanoseconds(time - now)) }
  }

  /// Ends all connections and the event loop.
  package func close() async {
    watch.stop()
    try? await client.shutdown()
    try? await group.shutdownGracefully()
  }

  /// Sends one request and waits for its end. A cancelled task cancels the request.
  ///
  /// - Parameter scheduled: when it was decided to send it, in nanoseconds of the monotonic clock.
  func send(_ outgoing: OutgoingRequest, scheduled: Int64) async -> Exchange {
    let recorder = ReplyRecorder(scheduled: scheduled, connections: connections, watch: watch)
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(
        url: outgoing.url, method: .POST, headers: HTTPHeaders(outgoing.headers.map { ($0.name, $0.value) }),
        body: .bytes(outgoing.body))
    } catch { return recorder.finish(error) }
    recorder.dispatch()
    let task = client.execute(
      request: request, delegate: recorder, eventLoop: .delegateAndChannel(on: group.next()),
      deadline: .uptimeNanoseconds(UInt64(max(0, outgoing.deadline))))
    do {
      try await withTaskCancellationHandler {
        try await task.futureResult.get()
      } onCancel: {
        task.cancel()
      }
      return recorder.finish(nil)
    } catch { return recorder.finish(error) }
  }
}
