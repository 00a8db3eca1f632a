import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Publishing
import ServiceLifecycle
import UnixSignals

/// Serves a site over HTTP/1.1. Stateless: any number of servers may stand behind a load balancer.
public struct WebServer: Sendable {
  public struct Options: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    public var limits = Limits()
    /// Whether each request is written to the log.
    public var logsRequests = false

    public init() {}
  }

  /// What a client may use up.
  public struct Limits: Sendable {
    /// Seconds that a connection may wait for its next request, and that a client may take nothing of its answers.
    public var idleSeconds: Int64 = 30
    /// Seconds within which a request must come whole, from its first byte.
    public var requestSeconds: Int64 = 15
    /// Seconds that the requests under way have when the server ends.
    public var endSeconds: Int64 = 15
    /// The most bytes of a body; above what a message for programs may have.
    public var bodyBytes = 2 * 1024 * 1024
    /// Connections at once; more wait until others end.
    public var connections = 4096
    /// Bytes of one header; an address counts as one.
    public var headerBytes = 16 * 1024
    /// Bytes of all headers.
    public var headersBytes = 32 * 1024
    public var headers = 100

    public init() {}
  }

  private let holder: SiteHolder
  private let options: Options
  private let messages: MessageEndpoint?
  private let logger: Logger
  private let load: @Sendable () throws -> Site
  private let stamp: @Sendable () -> String

  /// - Parameters:
  ///   - messages: what answers at `/mcp`; nil for a server of pages alone.
  ///   - load: makes the site anew, when the process gets SIGHUP or the stamp changes.
  ///   - stamp: names the state of the data on disk; asked every few seconds.
  public init(
    _ holder: SiteHolder, options: Options, messages: MessageEndpoint? = nil, logger: Logger,
    load: @escaping @Sendable () throws -> Site, stamp: @escaping @Sendable () -> String
  ) {
    self.holder = holder
    self.options = options
    self.messages = messages
    self.logger = logger
    self.load = load
    self.stamp = stamp
  }

  /// Serves until the process gets SIGTERM or SIGINT; requests under way are finished first.
  /// - Parameter ready: told the port once the server listens.
  public func run(ready: @escaping @Sendable (Int) -> Void) async throws {
    let counters = Counters()
    let answers = Answers(holder: holder, counters: counters)
    let dates = DateHeader()
    let own = ServerAnswers(counters: counters)
    let handling = PageHandler.Options(
      limits: options.limits, hasMessages: messages != nil,
      log: options.logsRequests ? RequestLog(logger) : nil)
    var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
    decoder.maxHeaderFieldSize = options.limits.headerBytes
    decoder.maxHeaderListSize = options.limits.headersBytes
    decoder.maxHeaderFieldCount = options.limits.headers
    // Connections have no idle time of Hummingbird's: it does not see the requests that pages answer.
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [
        PageHandlerInstaller(PageHandler(answers: answers, own: own, dates: dates, options: handling))
      ], httpDecoderConfiguration: decoder)
    let (messages, holder) = (messages, holder)
    let responder = CallbackResponder { (request: Request, _: BasicRequestContext) in
      // The page handler passes on what is for messages, and nothing else.
      guard let messages else { return Response(status: .notFound) }
      return await messages.respond(to: request, site: holder.current.site)
    }
    let application = Application(
      responder: responder, server: .http1(configuration: channel),
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: MaximumAvailableConnections(options.limits.connections)),
      services: [Reloading(holder: holder, counters: counters, logger: logger, load: load, stamp: stamp)],
      onServerRunning: { ready($0.localAddress?.port ?? 0) }, logger: logger)
    try await application.runService()
  }
}

/// Makes the site anew on SIGHUP and when its data changes. A site that cannot be made leaves the old one in place.
struct Reloading: Service {
  let holder: SiteHolder
  let counters: Counters
  let logger: Logger
  let load: @Sendable () throws -> Site
  let stamp: @Sendable () -> String

  private static let pause = Duration.seconds(5)

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for await _ in await UnixSignalsSequence(trapping: .sighup) { reload("SIGHUP") }
        }
        group.addTask {
          var known = stamp()
          while !Task.isCancelled {
            try await Task.sleep(for: Self.pause)
            let now = stamp()
            if now != known {
              known = now
              reload("data changed")
            }
          }
        }
        try await gracefulShutdown()
        group.cancelAll()
      }
    } onGracefulShutdown: {
    }
  }

  private func reload(_ cause: String) {
    do {
      holder.swap(try load())
      counters.count(.reloads)
      logger.notice("site reloaded", metadata: ["cause": "\(cause)"])
    } catch {
      logger.error("site not reloaded", metadata: ["cause": "\(cause)", "error": "\(error)"])
    }
  }
}
