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
    /// Seconds without a byte after which a connection is closed.
    public var idleSeconds: Int64 = 30

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
    var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
    decoder.maxHeaderFieldSize = 16 * 1024
    decoder.maxHeaderListSize = 32 * 1024
    decoder.maxHeaderFieldCount = 100
    let channel = HTTP1Channel.Configuration(
      additionalChannelHandlers: [PageHandlerInstaller(PageHandler(answers: answers, dates: dates))],
      idleTimeout: .seconds(options.idleSeconds), httpDecoderConfiguration: decoder)
    let paths = ServerPaths(answers: answers, messages: messages)
    let responder = CallbackResponder { (request: Request, _: BasicRequestContext) in
      try await paths.respond(to: request)
    }
    let application = Application(
      responder: responder, server: .http1(configuration: channel),
      configuration: ApplicationConfiguration(address: .hostname(options.host, port: options.port)),
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
