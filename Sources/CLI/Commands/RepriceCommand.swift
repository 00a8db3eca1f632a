import ArgumentParser
import Cataloguing
import Documents
import Facts
import FoundationEssentials
import Metering
import Pages
import Platform
import Pricing
import Rendering
import Reports
import Synchronization
import TextFormats

struct RepriceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprice",
    abstract: "Price usage logs at the prices in force at each row's time, and elsewhere.",
    discussion: """
      Reads the logs that `llmref usage import` reads, expands gzip, and streams: memory does not grow with the log. Without a
      log it prices what was imported; - is stdin. Rows that do not read or resolve are counted and listed, the rest is priced;
      exit code 1 then. An engine (--engine) reads the log where it lies: it counts rows that stand twice, and takes --by once,
      --since and --until.

      Examples:
        llmref reprice june.jsonl --by day,model --since 2026-06-01 --until 2026-07-01
        llmref reprice spend.csv.gz --by tag:team --by key --adjust "agreement=-15%" --format csv
        llmref reprice calls.jsonl --on anthropic/claude-sonnet-4-5 --token-ratio 0.9-1.2 --on cheapest --format html
      """)

  @Argument(help: "Logs to read; without any, all that were imported.") var files: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "What a table tells rows apart by; one table each time it is given, model and day when left out.",
      valueName: "day,model,provider,route,mode,key,tag:NAME"))
  var by: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A route to price the same usage on; may be given several times.", valueName: "PROVIDER/API-ID|cheapest"
    ))
  var on: [String] = []
  @Option(
    name: .customLong("token-ratio"),
    help: ArgumentHelp("Tokens that another model counts for one of the log's.", valueName: "0.9-1.2"))
  var tokenRatio: String?
  @Option(
    name: .customLong("output-ratio"),
    help: ArgumentHelp("Length of another model's answers against the log's.", valueName: "0.8-1.5"))
  var outputRatio: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A discount or uplift in percent; may be given several times.", valueName: "NAME=-15%")
  )
  var adjust: [String] = []
  @Option(name: .long, help: ArgumentHelp("Only rows from this day or time on.", valueName: "TIME"))
  var since: String?
  @Option(name: .long, help: ArgumentHelp("Only rows before this day or time.", valueName: "TIME"))
  var until: String?
  @Option(name: .long, help: ArgumentHelp("The time of rows that have none.", valueName: "TIME")) var at:
    String?
  @Option(name: .customLong("log-format"), help: ArgumentHelp("The format of the logs.", valueName: "NAME"))
  var logFormat: String?
  @Option(name: .long, help: "terminal, markdown, csv (the first table), html or json.") var format =
    "terminal"
  @Flag(name: .long, help: "The same as --format json.") var json = false
  @Flag(name: .long, help: "Compute the SHA-256 of every log; without it, of those up to 64 MiB.")
  var digest = false
  @Option(
    name: .long, help: ArgumentHelp("Lines listed of each kind of problem; 5 when left out.", valueName: "N"))
  var places: Int?
  @Option(name: .long, help: ArgumentHelp("Threads; all processors when left out.", valueName: "N"))
  var threads: Int?
  @OptionGroup var log: LogOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var options: CatalogueOptions

  /// Larger logs are read faster than they can be digested.
  private static let mostHashed = 64 << 20

  func run() async throws {
    if engine.isUsed { return try runInEngine() }
    let output = try RepriceOutput(format: json ? "json" : format)
    let catalogue = try options.open()
    let day = try options.day()
    let question = try RepriceQuestion(self, catalogue, today: day)
    let processors = min(max(1, ProcessInfo.processInfo.activeProcessorCount), 16)
    let repricer = LogRepricer(
      catalogue, question, threads: min(max(1, threads ?? processors), 64), today: day,
      advise: LargePages.ask)
    let paths = try files.isEmpty ? imported() : files
    let progress = ScanProgress()
    var logs: [RepriceReport.Log] = []
    do {
      for path in paths {
        let stream = try LogStream(path, mostHashed: digest ? .max : Self.mostHashed)
        let name = path == "-" ? "stdin" : path.split(separator: "/").last.map(String.init) ?? path
        try await repricer.read(stream, file: name) { progress.add($0) }
        logs.append(RepriceReport.Log(name: name, bytes: stream.size, digest: stream.digest))
      }
    } catch let error as UsageLogError {
      throw CommandProblem("\(error)")
    } catch let error as RepriceError {
      throw CommandProblem("\(error)")
    }
    let repricing = try await repricer.finish()
    Output.progressLine("")
    output.write(RepriceReport(repricing, logs: logs, catalogue: catalogue, asOf: day))
    if repricing.problems.total > 0 { throw ExitCode(1) }
  }

  /// The log stays where it is, and the price table goes to it.
  private func runInEngine() throws {
    guard files.count < 2 else {
      throw CommandProblem("an engine reads one log, not \(files.count)", hint: "name one file or --table")
    }
    for (name, isGiven) in notForEngines where isGiven {
      throw CommandProblem(
        "\(name) is not for an engine", hint: "leave it out, or reprice the log without --engine")
    }
    guard by.count < 2 else {
      throw CommandProblem("an engine gives one table, not \(by.count)", hint: "write --by day,model")
    }
    var table = try engine.log(file: files.first, columns: log.columns, excludesCache: log.cacheExcluded)
    table.since = try since.map { try RepriceQuestion.time($0, "--since") }
    table.until = try until.map { try RepriceQuestion.time($0, "--until") }
    let run = EngineRun(
      options: engine, log: table, keys: try ReportKey.list(by.first ?? "day,provider,model"),
      catalogue: try options.open(), today: try options.day())
    if try !run.run(json: json || format == "json") { throw ExitCode(1) }
  }

  /// Options that the SQL knows nothing of, and whether they are given.
  private var notForEngines: [(name: String, isGiven: Bool)] {
    [
      ("--on", !on.isEmpty), ("--token-ratio", tokenRatio != nil), ("--output-ratio", outputRatio != nil),
      ("--adjust", !adjust.isEmpty), ("--at", at != nil), ("--log-format", logFormat != nil),
      ("--format \(format.bounded)", format != "terminal" && format != "json"), ("--digest", digest),
      ("--places", places != nil), ("--threads", threads != nil), ("--zone", log.zone != nil),
    ]
  }

  /// The rows of every import.
  private func imported() throws -> [String] {
    let store = UsageStore(.current())
    let digests = try store.digests()
    guard !digests.isEmpty else {
      throw CommandProblem("no log is named and none was imported", hint: "write llmref reprice LOG")
    }
    return digests.map(store.rowsPath)
  }
}

/// How a report is written.
private struct RepriceOutput {
  private enum Form {
    case page(OutputFormat)
    case csv
    case json
  }

  private let form: Form

  init(format: String) throws {
    switch format {
    case "json": form = .json
    case "csv": form = .csv
    default:
      guard let page = OutputFormat(rawValue: format) else {
        throw CommandProblem(
          "--format \(format.bounded) is no form of a report", hint: "terminal, markdown, csv, html or json")
      }
      form = .page(page)
    }
  }

  func write(_ report: RepriceReport) {
    switch form {
    case .json: Output.write(JSONText.write(report.data))
    case .csv: Output.write(CSVText.write(report.csv(table: 0)))
    case .page(let format):
      let style = TerminalStyle(width: Output.width, colour: Output.wantsColour)
      Output.write(format.render(report.document, terminal: style))
    }
  }
}

extension RepriceQuestion {
  fileprivate init(_ command: RepriceCommand, _ catalogue: Catalogue, today: CalendarDate) throws {
    self.init()
    reading = try command.log.reading(format: command.logFormat)
    if !command.by.isEmpty { tables = try command.by.map(Self.table) }
    let tags = Set(tables.joined().compactMap { if case .tag(let name) = $0 { name } else { nil } })
    guard tags.count <= Self.mostTags else {
      throw CommandProblem("--by names \(tags.count) labels; at most \(Self.mostTags) go in one report")
    }
    since = try command.since.map { try Self.time($0, "--since") }
    until = try command.until.map { try Self.time($0, "--until") }
    timeOfTimeless = try command.at.map { try Self.time($0, "--at") }
    tokenRatio = try Self.ratio(command.tokenRatio, "--token-ratio")
    answerRatio = try Self.ratio(command.outputRatio, "--output-ratio")
    adjustments = try command.adjust.map(CostCommand.adjustment)
    placesKept = min(max(1, command.places ?? 5), Self.mostPlaces)
    var matcher = RouteMatcher(catalogue, today: today)
    for route in command.on {
      if route == "cheapest" {
        asksForCheapest = true
      } else {
        alternatives.append(try Self.alternative(route, catalogue, &matcher))
      }
    }
  }

  private static func table(_ text: String) throws -> [Dimension] {
    let words = text.split(separator: ",").map(String.init)
    let dimensions = try words.map { word in
      guard let dimension = Dimension(parsing: word) else {
        throw CommandProblem(
          "--by \(word.bounded) is nothing to group by",
          hint: "day, model, provider, route, mode, key or tag:NAME")
      }
      return dimension
    }
    guard !dimensions.isEmpty, dimensions.count <= mostDimensions, Set(dimensions).count == dimensions.count
    else {
      throw CommandProblem(
        "--by \(text.bounded) names none, more than \(mostDimensions), or one twice",
        hint: "give --by several times for several tables")
    }
    return dimensions
  }

  fileprivate static func time(_ text: String, _ option: String) throws -> Timestamp {
    do { return try Timestamp(parsing: text) } catch { throw CommandProblem("\(option) \(error)") }
  }

  private static func ratio(_ text: String?, _ option: String) throws -> RatioRange {
    guard let text else { return .one }
    guard let range = try? RatioRange(parsing: text) else {
      throw CommandProblem(
        "\(option) \(text.bounded) is no factor",
        hint: "write \(option) 1.1 or \(option) 0.9-1.2; from 0.01 to 100")
    }
    return range
  }

  private static func alternative(
    _ text: String, _ catalogue: Catalogue, _ matcher: inout RouteMatcher
  ) throws -> Alternative {
    guard let slash = text.firstIndex(of: "/"), slash != text.startIndex else {
      throw CommandProblem(
        "--on \(text.bounded) names no provider",
        hint: "write --on anthropic/claude-sonnet-4-5, or --on cheapest")
    }
    let provider = catalogue.frame.provider(named: String(text[..<slash]))
    let id = String(text[text.index(after: slash)...])
    switch try matcher.match(provider: provider.rawValue, model: id, day: nil) {
    case .problem(_, let message): throw CommandProblem("--on \(text.bounded): \(message)")
    case .route(let route):
      guard let rates = try catalogue.rates(of: route.model, at: route.provider, apiID: route.apiID) else {
        throw CommandProblem("--on \(text.bounded): the catalogue has no prices of it")
      }
      return Alternative(rates: rates)
    }
  }
}

/// How much has been read, told to whoever watches.
private final class ScanProgress: Sendable {
  private let bytes = Mutex((read: 0, told: 0))

  func add(_ count: Int) {
    let read: Int? = bytes.withLock { state in
      state.read += count
      guard state.read - state.told >= 64 << 20 else { return nil }
      state.told = state.read
      return state.read
    }
    if let read { Output.progressLine("\(read >> 20) MiB read") }
  }
}
