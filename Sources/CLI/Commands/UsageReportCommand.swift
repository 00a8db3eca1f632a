import ArgumentParser
import Cataloguing
import Documents
import Facts
import Metering
import Pages
import Platform
import Rendering
import Reports
import TextFormats

struct UsageReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Sum what usage logs hold: tokens, requests, charges, problems.",
    discussion: """
      Sums the imported logs, or the files that are named. Exit code 1 when something could not be read.

      Examples:
        llmref usage report --by day,model
        llmref usage report --by tag:team --since 2026-06-01 --until 2026-07-01 --format markdown
        llmref usage report spend-logs.csv.gz --by key --json
      """)

  @Argument(help: "Logs to read; without any, all that were imported.") var files: [String] = []
  @Option(
    name: .long, help: ArgumentHelp("What to group by.", valueName: "day,model,provider,key,tag:NAME"))
  var by = "model"
  @Option(name: .long, help: ArgumentHelp("Only rows from this day or time on.", valueName: "TIME"))
  var since: String?
  @Option(name: .long, help: ArgumentHelp("Only rows before this day or time.", valueName: "TIME"))
  var until: String?
  @Option(name: .customLong("log-format"), help: ArgumentHelp("The format of the files.", valueName: "NAME"))
  var logFormat: String?
  @Option(name: .long, help: "terminal, markdown, html or json.") var format: OutputFormat = .terminal
  @Flag(name: .long, help: "The same as --format json.") var json = false
  @OptionGroup var log: LogOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let dimensions = try by.split(separator: ",").map { word in
      guard let dimension = UsageTotals.Dimension(parsing: String(word)) else {
        throw CommandProblem(
          "--by \(String(word).bounded) is nothing to group by", hint: "day, model, provider, key or tag:NAME"
        )
      }
      return dimension
    }
    let span = (
      since: try since.map { try time($0, "--since") }, until: try until.map { try time($0, "--until") }
    )
    let catalogue = try options.open()
    var sums = LogSums(
      totals: UsageTotals(by: dimensions), span: span,
      matcher: RouteMatcher(catalogue, today: try options.day()))
    if files.isEmpty {
      try sums.readImports(UsageStore(.current()))
    } else {
      let reading = try log.reading(format: logFormat)
      let seen = DuplicateFilter()
      do {
        for path in files { try sums.read(path, reading, seen) }
      } catch let error as UsageLogError {
        throw CommandProblem("\(error)")
      }
    }
    let report = UsageReport(
      sums.totals, logs: sums.logs, problems: sums.problems, span: span, catalogue: catalogue,
      asOf: try options.day())
    if json || format == .json {
      Output.write(JSONText.write(report.document.data))
    } else {
      let style = TerminalStyle(width: Output.width, colour: Output.wantsColour)
      Output.write(format.render(report.document, terminal: style))
    }
    if !sums.problems.isEmpty { throw ExitCode(1) }
  }

  private func time(_ text: String, _ option: String) throws -> Timestamp {
    do { return try Timestamp(parsing: text) } catch { throw CommandProblem("\(option) \(error)") }
  }
}

/// Sums logs one after another.
struct LogSums {
  var totals: UsageTotals
  let span: (since: Timestamp?, until: Timestamp?)
  var matcher: RouteMatcher
  private(set) var logs: [UsageReport.Log] = []
  private(set) var problems = ProblemTally()

  init(totals: UsageTotals, span: (since: Timestamp?, until: Timestamp?), matcher: RouteMatcher) {
    self.totals = totals
    self.span = span
    self.matcher = matcher
  }

  mutating func read(_ path: String, _ reading: UsageLogReader.Options, _ seen: DuplicateFilter) throws {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var rows = 0
    let summary = try UsageLogs.read(LogFile(path), name: name, reading, seen: seen) { batch in
      problems.add(batch.problems)
      try add(batch.rows, checking: true, &rows)
    }
    logs.append(UsageReport.Log(name: name, format: summary.format, rows: rows, notes: summary.notes))
  }

  /// Sums what was imported; its problems are those that the import found.
  mutating func readImports(_ store: UsageStore) throws {
    var reading = UsageLogReader.Options()
    reading.format = "rows"
    reading.keepsDuplicates = true
    for digest in try store.digests() {
      let description = try store.description(digest)["imports"]?.array?.first ?? .null
      let name = description["file"]?.string ?? digest
      var rows = 0
      _ = try UsageLogs.read(
        LogFile(store.rowsPath(digest)), name: name, reading, seen: DuplicateFilter()
      ) { batch in
        problems.add(batch.problems)
        try add(batch.rows, checking: false, &rows)
      }
      addRecorded(description)
      var notes = LogNotes()
      notes.skipped = description["skipped"]?.numberText.flatMap { Int($0) } ?? 0
      notes.encoding = description["encoding"]?.string.flatMap { $0 == "UTF-8" ? nil : $0 }
      logs.append(
        UsageReport.Log(name: name, format: description["format"]?.string, rows: rows, notes: notes))
    }
  }

  private mutating func add(_ rows: [UsageRow], checking: Bool, _ count: inout Int) throws {
    for row in rows {
      if span.since != nil || span.until != nil {
        guard let time = row.time else {
          problems.add(
            RowProblem(place: row.place, reason: .noTime, message: "the row has no time, so it is in no span")
          )
          continue
        }
        if let since = span.since, time < since { continue }
        if let until = span.until, time >= until { continue }
      }
      totals.add(row)
      count += 1
      if checking, case .problem(let reason, let message) = try matcher.match(row) {
        problems.add(RowProblem(place: row.place, reason: reason, message: message))
      }
    }
  }

  private mutating func addRecorded(_ description: JSONValue) {
    var listed: [RowProblem.Reason: Int] = [:]
    for item in description["listed"]?.array ?? [] {
      guard let reason = item["reason"]?.string.flatMap(RowProblem.Reason.init),
        let file = item["file"]?.string,
        let line = item["line"]?.numberText.flatMap({ Int($0) }), let message = item["message"]?.string
      else { continue }
      listed[reason, default: 0] += 1
      problems.add(RowProblem(place: RowPlace(file: file, line: line), reason: reason, message: message))
    }
    for item in description["problems"]?.array ?? [] {
      guard let reason = item["reason"]?.string.flatMap(RowProblem.Reason.init),
        let count = item["count"]?.numberText.flatMap({ Int($0) })
      else { continue }
      problems.add(reason, unlisted: count - (listed[reason] ?? 0))
    }
  }
}
