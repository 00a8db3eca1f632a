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

struct UsageImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Copy usage logs as canonical rows into the data folder.",
    discussion: """
      The format is told from the file; gzip is expanded. Formats:
      \(UsageFormats.titles.map { "  \($0.name)\(String(repeating: " ", count: max(1, 17 - $0.name.count)))\($0.title)" }.joined(separator: "\n"))

      Rows that do not read, come twice, or name a model that the catalogue does not know are listed; exit code 1 then. A file
      that was imported before changes nothing.

      Examples:
        llmref usage import openai-usage-june.json
        llmref usage import ~/.claude/projects/*/*.jsonl
        llmref usage import calls.csv --columns time=ts,model=model_name,input=prompt_tokens,output=completion_tokens
      """)

  @Argument(help: "Logs to read.") var files: [String]
  @Option(
    name: [.customLong("format"), .customLong("log-format")],
    help: ArgumentHelp("The log's format.", valueName: "NAME"))
  var format: String?
  @Flag(name: .long, help: "Write JSON.") var json = false
  @OptionGroup var log: LogOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let reading = try log.reading(format: format)
    let store = UsageStore(.current())
    var importer = LogImporter(
      store: store, reading: reading, seen: try store.filter(),
      matcher: RouteMatcher(try options.open(), today: try options.day()))
    var results: [DataValue] = []
    var hasProblems = false
    var hasFailed = false
    for path in files {
      do {
        let result = try importer.read(path)
        results.append(result.data)
        hasProblems = hasProblems || !result.problems.isEmpty
        if !json { Output.line(result.text) }
        for problem in result.problems.listed.prefix(LogImporter.mostTalked) { Output.warn(problem.line) }
        if result.problems.count > LogImporter.mostTalked {
          Output.warn(
            "… \(result.problems.count - LogImporter.mostTalked) more in \(store.descriptionPath(result.digest))"
          )
        }
      } catch let error as UsageLogError {
        hasFailed = true
        Output.talk("llmref: \(error)")
      } catch let error as FileProblem {
        hasFailed = true
        Output.talk("llmref: \(error)")
      }
    }
    if json {
      Output.write(
        JSONText.write(.map([("schema", .text("llmref/usage-import/1")), ("imports", .list(results))])))
    }
    if hasFailed { throw ExitCode(2) }
    if hasProblems { throw ExitCode(1) }
  }
}

/// Imports files one after another, each row once.
struct LogImporter {
  /// How many problems of a file go to stderr.
  static let mostTalked = 20

  let store: UsageStore
  let reading: UsageLogReader.Options
  let seen: DuplicateFilter
  var matcher: RouteMatcher

  struct Result {
    let digest: String
    let data: DataValue
    let text: String
    let problems: ProblemTally
  }

  mutating func read(_ path: String) throws -> Result {
    let file = try LogFile(path)
    let digest = try file.digest()
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if store.holds(digest) { return try known(digest, path) }
    let work = try store.begin(digest)
    var problems = ProblemTally()
    var rows = 0
    let summary = try UsageLogs.read(file, name: name, reading, seen: seen) { batch in
      rows += batch.rows.count
      var all = batch.problems
      for row in batch.rows {
        if case .problem(let reason, let message) = try matcher.match(row) {
          all.append(RowProblem(place: row.place, reason: reason, message: message))
        }
      }
      problems.add(all.sorted { $0.place < $1.place })
      try work.add(batch.rows, keys: seen.takeNew())
    }
    let members: [(String, DataValue)] =
      [("file", .text(path)), ("sha256", .text(digest)), ("bytes", .integer(file.size))]
      + UsageData.logMembers(summary.format, rows: rows, summary.notes)
      + [("problems", UsageData.counts(problems)), ("listed", UsageData.listed(problems))]
    let document = DataValue.map([
      ("schema", .text("llmref/usage-import/1")),
      ("imports", .list([.map([("state", .text("imported"))] + members)])),
    ])
    try work.finish(description: JSONText.write(document))
    let format = summary.format ?? "an empty file"
    return Result(
      digest: digest, data: .map([("state", .text("imported"))] + members),
      text: "\(path.bounded): \(Display.counted(rows, "row")) imported, read as \(format)"
        + UsageReport.notes(summary.notes)
        + (problems.isEmpty ? "" : "; \(Display.counted(problems.count, "problem"))"), problems: problems)
  }

  /// What was said when the file was imported first.
  private func known(_ digest: String, _ path: String) throws -> Result {
    let first = try store.description(digest)["imports"]?.array?.first
    let rows = first?["rows"]?.numberText.flatMap { Int($0) }
    let format = first?["format"]?.string ?? Display.unknown
    return Result(
      digest: digest,
      data: .map([
        ("state", .text("known")), ("file", .text(path)), ("sha256", .text(digest)),
        ("format", .text(format)),
        ("rows", .integer(rows ?? 0)),
      ]),
      text:
        "\(path.bounded): imported before, as \(format), \(rows.map { Display.counted($0, "row") } ?? Display.unknown); nothing changed",
      problems: ProblemTally())
  }
}

extension RowProblem {
  /// `log.jsonl, line 3: bad count: …`
  var line: String {
    "\(place.file.bounded), line \(place.line): \(reason.rawValue.replacing("_", with: " ")): \(message)"
  }
}
