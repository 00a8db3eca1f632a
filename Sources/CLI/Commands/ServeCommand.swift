import ArgumentParser
import Cataloguing
import Documents
import Facts
import Logging
import MCPServer
import Platform
import Publishing
import WebServer

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the whole reference as a web site and an API.",
    discussion: """
      Prices are resolved as of the catalogue's date, as `llmref site build` does; --as-of today follows the clock.
      SIGHUP, and a change of the catalogue's or a facts file, loads the data anew without dropping a request. SIGTERM
      ends after the requests under way. /healthz and /metrics are for machines.

      Examples:
        llmref serve
        llmref serve --port 9000 --host 0.0.0.0 --origin https://llm.example
        llmref serve --facts our-models.json
      """)

  @OptionGroup var server: ServerOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var options: CatalogueOptions

  func run() async throws { try await server.run(publishing, options, path: "") }
}

/// Where a server listens, and how much it keeps.
struct ServerOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Address to listen on.", valueName: "HOST")) var host = "127.0.0.1"
  @Option(name: .long, help: ArgumentHelp("Port to listen on; 0 takes a free one.", valueName: "N"))
  var port = 8080
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A folder that `site build --pictures` has written; its pictures are served and named.",
      valueName: "FOLDER"))
  var pictures: String?
  @Option(
    name: .customLong("cache-megabytes"),
    help: ArgumentHelp("Memory for finished answers; lists have as much again, at least 64.", valueName: "N"))
  var cacheMegabytes = 256
  @Option(
    name: .customLong("max-connections"),
    help: ArgumentHelp("Connections at once; more wait.", valueName: "N"))
  var connections = WebServer.Limits().connections
  @Option(
    name: .customLong("idle-seconds"),
    help: ArgumentHelp("How long a connection may do nothing.", valueName: "N"))
  var idleSeconds = WebServer.Limits().idleSeconds
  @Option(
    name: .customLong("request-seconds"),
    help: ArgumentHelp("How long a request may take to come whole.", valueName: "N"))
  var requestSeconds = WebServer.Limits().requestSeconds
  @Flag(name: .customLong("log-requests"), help: "Write a line of JSON on stderr for each request.")
  var logsRequests = false

  /// Serves until told to end.
  /// - Parameter path: what the log names besides host and port.
  func run(_ publishing: PublishingOptions, _ options: CatalogueOptions, path: String) async throws {
    guard (0...65_535).contains(port) else { throw CommandProblem("--port is 0 to 65535, not \(port)") }
    guard (1...65_536).contains(cacheMegabytes) else {
      throw CommandProblem("--cache-megabytes is 1 to 65536, not \(cacheMegabytes)")
    }
    guard (1...1_000_000).contains(connections) else {
      throw CommandProblem("--max-connections is 1 to 1000000, not \(connections)")
    }
    for (name, seconds) in [("--idle-seconds", idleSeconds), ("--request-seconds", requestSeconds)] {
      guard (1...86_400).contains(seconds) else {
        throw CommandProblem("\(name) is 1 to 86400, not \(seconds)")
      }
    }
    let shelf = pictures.map { FolderPictures(folder: $0) }
    let load: @Sendable () throws -> Site = {
      let site = try publishing.site(options, pictures: shelf)
      try site.prepare()
      return site
    }
    let logger = Logger(label: "llmref") { _ in JSONLogHandler(level: .notice) }
    let site = try load()
    let holder = SiteHolder(site, cacheBytes: cacheMegabytes << 20)
    var server = WebServer.Options()
    server.host = host
    server.port = port
    server.limits.connections = connections
    server.limits.idleSeconds = idleSeconds
    server.limits.requestSeconds = requestSeconds
    server.logsRequests = logsRequests
    let messages = MessageEndpoint(origin: site.origin, longest: Dispatcher.longestMessage) { site, message in
      var headers = RoutingHeaders()
      headers.versions = message.versions
      headers.methods = message.methods
      headers.names = message.names
      let dispatcher = Dispatcher(site.lookup, version: LLMRef.programVersion)
      let reply = dispatcher.answer(message.body, over: .http(headers))
      return MessageEndpoint.Answer(status: reply.status, body: reply.body)
    }
    let (host, path) = (host, path)
    try await WebServer(
      holder, options: server, messages: messages, logger: logger, load: load,
      stamp: { CatalogueStore.stamp(options.choice, facts: options.facts, settings: .current()) }
    ).run { port in
      logger.notice("listening", metadata: ["address": "http://\(host):\(port)\(path)"])
    }
  }
}

/// Where and as of when a site is published.
struct PublishingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Scheme and host of the published site, for absolute addresses.", valueName: "URL"))
  var origin: String?

  /// The site of the catalogue that the options name, as of its own date unless they say another.
  /// - Parameter pictures: those that pages may name; they have absolute addresses only.
  func site(_ options: CatalogueOptions, pictures: FolderPictures? = nil) throws -> Site {
    if pictures != nil, origin == nil {
      throw CommandProblem(
        "--pictures needs --origin: previews name a picture by its whole address",
        hint: "write --origin https://llm.example")
    }
    var origin = origin
    while origin?.hasSuffix("/") == true { origin?.removeLast() }
    if let origin {
      guard origin.hasPrefix("https://") || origin.hasPrefix("http://"),
        origin.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>'\\`".utf8.contains($0) })
      else {
        throw CommandProblem(
          "--origin \(origin.bounded) is no address", hint: "write --origin https://llm.example")
      }
    }
    let catalogue = try options.open()
    return try Site(
      catalogue, asOf: try options.publishedDay(of: catalogue), origin: origin, pictures: pictures,
      noted: options.choice == .usual ? SyncHistory.noted(.current(), catalogue: catalogue) : [])
  }
}
