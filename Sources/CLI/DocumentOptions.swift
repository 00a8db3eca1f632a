import ArgumentParser
import Documents
import Facts
import Platform
import Pricing
import Rendering

extension OutputFormat: ExpressibleByArgument {}

/// How a page is written.
struct DocumentOptions: ParsableArguments {
  @Option(name: .long, help: "terminal, markdown, html or json.") var format: OutputFormat = .terminal
  @Flag(name: .long, help: "The same as --format json.") var json = false

  func write(_ document: Document) {
    let style = TerminalStyle(width: Output.width, colour: Output.wantsColour)
    Output.write((json ? .json : format).render(document, terminal: style))
  }
}

/// The traffic behind a cost.
struct WorkloadOptions: ParsableArguments {
  @Option(name: .customLong("input-tokens"), help: ArgumentHelp("Prompt tokens a month.", valueName: "800M"))
  var inputTokens: String?
  @Option(name: .customLong("output-tokens"), help: ArgumentHelp("Answer tokens a month.", valueName: "250M"))
  var outputTokens: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Requests a month; decides tiers and whether limits hold.", valueName: "1M"))
  var requests: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Share of the prompt tokens that a cache serves.", valueName: "30%"))
  var cached: String?

  func workload() throws -> Workload {
    func count(_ text: String?, _ option: String, _ usual: TokenCount) throws -> TokenCount {
      guard let text else { return usual }
      do { return try TokenCount(parsing: text) } catch { throw CommandProblem("\(option) \(error)") }
    }
    let calls = try count(requests, "--requests", TokenCount(Workload.usual.requests))
    guard calls.tokens > 0 else {
      throw CommandProblem("--requests is at least 1", hint: "leave it out for 1M")
    }
    let traffic = Workload(
      inputTokens: try count(inputTokens, "--input-tokens", Workload.usual.inputTokens),
      outputTokens: try count(outputTokens, "--output-tokens", Workload.usual.outputTokens),
      requests: calls.tokens)
    guard let cached else { return traffic }
    do { return try traffic.cached(share: cached) } catch { throw CommandProblem("--cached \(error)") }
  }
}
