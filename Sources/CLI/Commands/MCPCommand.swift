import ArgumentParser
import MCPServer
import Platform
import Publishing
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct MCPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Answer programs over the Model Context Protocol: find, compare, price and explain models.",
    discussion: """
      Reads one JSON message a line from stdin and writes one a line to stdout, until stdin ends. Prices are resolved as
      of the catalogue's date, as `llmref serve` does; --as-of today follows the clock. With --http the whole site is
      served, and messages are taken by POST at /mcp.

      Examples:
        llmref mcp
        llmref mcp --facts our-models.json
        llmref mcp --http --port 9000
      """)

  @Flag(name: .long, help: "Serve over HTTP in place of stdin and stdout.") var http = false
  @OptionGroup var server: ServerOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var options: CatalogueOptions

  func run() async throws {
    if http { return try await server.run(publishing, options, path: "/mcp") }
    let catalogue = try options.open()
    let lookup = Lookup(catalogue, asOf: try options.publishedDay(of: catalogue))
    let dispatcher = Dispatcher(lookup, version: LLMRef.programVersion)
    if isatty(0) == 1 {
      Output.talk("llmref: waiting for messages on stdin, one JSON a line; Control-D ends")
    }
    // A client that no longer listens ends the loop, not the program with a signal.
    signal(SIGPIPE, SIG_IGN)
    var lines = try LineReader("-", longest: Dispatcher.longestMessage)
    var agreed: Revision?
    while let line = try lines.next() {
      let reply: Reply
      switch line {
      case .tooLong: reply = dispatcher.tooLong
      case .bytes(let bytes):
        // An empty line is no message.
        if bytes.isBlank { continue }
        reply = dispatcher.answer(Array(bytes), over: .stream(agreed: agreed))
      }
      agreed = reply.agreed ?? agreed
      if let body = reply.body, !Output.write(body + [0x0A]) { return }
    }
  }
}
