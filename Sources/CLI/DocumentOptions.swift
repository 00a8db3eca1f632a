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

  var isJSON: Bool { json || format == .json }

  func write(_ document: Document) {
    let style = TerminalStyle(width: Output.width, colour: Output.wantsColour)
    Output.write((json ? .json : format).render(document, terminal: style))
  }
}

/// The traffic behind a cost. What is left out is usual for the product: of a chat model 1M requests of 800 tokens in and 250 out.
struct WorkloadOptions: ParsableArguments {
  @Option(name: .customLong("input-tokens"), help: ArgumentHelp("Prompt tokens a month.", valueName: "800M"))
  var inputTokens: String?
  @Option(name: .customLong("output-tokens"), help: ArgumentHelp("Answer tokens a month.", valueName: "250M"))
  var outputTokens: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Requests a month; the average one decides tiers and whether limits hold.", valueName: "1M"))
  var requests: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Share of the prompt tokens that a cache serves.", valueName: "30%"))
  var cached: String?
  @Option(
    name: .long, help: ArgumentHelp("Share of the requests that is sent in batches.", valueName: "30%"))
  var batch: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "When the traffic falls, where prices depend on hours: spread, peak, off-peak, or hours of the week such as \"mon-fri 09:00-18:00 +08:00\".",
      valueName: "HOURS"))
  var hours: String?
  @Option(name: .long, help: ArgumentHelp("Pictures a month.", valueName: "10k")) var images: String?
  @Option(name: .long, help: ArgumentHelp("Searches a month.", valueName: "1M")) var searches: String?
  @Option(
    name: .customLong("audio-minutes"), help: ArgumentHelp("Minutes of sound a month.", valueName: "100k"))
  var audioMinutes: String?
  @Option(name: .long, help: ArgumentHelp("Characters a month.", valueName: "100M")) var characters: String?
  @Option(name: .long, help: ArgumentHelp("Pages a month.", valueName: "100k")) var pages: String?
  @Option(
    name: .customLong("video-seconds"), help: ArgumentHelp("Seconds of video a month.", valueName: "10k"))
  var videoSeconds: String?

  /// What is said of the month.
  func stated() throws -> Traffic {
    let (traffic, problems) = Traffic.read(text)
    if let (key, problem) = problems.first {
      if key == .requests, requests.map({ (try? Count.parse($0)) == 0 }) == true {
        throw CommandProblem("--requests is at least 1", hint: "leave it out for what is usual")
      }
      throw CommandProblem("\(Self.option(key)) \(problem)")
    }
    return traffic
  }

  /// Whether nothing is said.
  var isSilent: Bool { TrafficKey.allCases.allSatisfy { text($0) == nil } }

  private func text(_ key: TrafficKey) -> String? {
    switch key {
    case .input: inputTokens
    case .output: outputTokens
    case .requests: requests
    case .cached: cached
    case .batch: batch
    case .hours: hours
    case .images: images
    case .searches: searches
    case .audioMinutes: audioMinutes
    case .characters: characters
    case .pages: pages
    case .videoSeconds: videoSeconds
    }
  }

  private static func option(_ key: TrafficKey) -> String {
    switch key {
    case .input, .output: "--\(key.rawValue)-tokens"
    default: "--" + key.rawValue.replacing("_", with: "-")
    }
  }
}
