import ArgumentParser
import Auditing
import Cataloguing
import Facts
import FoundationEssentials
import Pages
import Platform
import Rendering
import Reports
import TextFormats

struct AuditCommand: AsyncParsableCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable { case terminal, json, sarif }
  enum FailLevel: String, ExpressibleByArgument, CaseIterable { case error, warning, note, never }

  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Find model ids in files, and say which are retired, moved, dearer or unknown.",
    discussion: """
      Reads every file below the paths but binary ones and those that a .gitignore leaves out. Exit code 1 when a finding
      reaches the level of --fail-on.

      Who serves an id is read from what frameworks write before it, and from the function that it is given to on its line.
      Whatever is found of an id in a comment or a sentence is a note.

      Levels: error for ids that have ended; warning for ids that end within --near, that their source no longer lists or that
      ended at one of several hosts, aliases that moved and prices that rose since --since, and unknown ids; note for the rest:
      ids of which no source says whether they are still served, later ends, prices that fell, cheaper equal routes.

      Examples:
        llmref audit .
        llmref audit src config.yaml --fail-on error
        llmref audit . --format sarif > audit.sarif
        llmref audit . --since 2026-06-01 --json
      """)

  @Argument(help: "Files or folders.") var paths: [String]
  @Option(name: .long, help: "terminal, json or sarif.") var format: Form = .terminal
  @Flag(name: .long, help: "The same as --format json.") var json = false
  @Option(
    name: .customLong("fail-on"),
    help: "The least level that gives exit code 1: error, warning, note or never.")
  var failOn: FailLevel = .warning
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The day with which aliases and prices are compared; 90 days back unless told.", valueName: "YYYY-MM-DD"
    ))
  var since: String?
  @Option(name: .long, help: ArgumentHelp("Retirements within so many days are warnings.", valueName: "DAYS"))
  var near = 90
  @Flag(name: .customLong("no-ignore"), help: "Read what a .gitignore leaves out.") var noIgnore = false
  @Option(
    name: .customLong("max-file-size"),
    help: ArgumentHelp("Longer files are not read, in megabytes.", valueName: "MB"))
  var largest = 16
  @OptionGroup var options: CatalogueOptions

  func run() async throws {
    guard !paths.isEmpty else { throw CommandProblem("audit needs a path", hint: "llmref audit .") }
    guard (0...36_500).contains(near) else {
      throw CommandProblem("--near is a number of days from 0 to 36500")
    }
    guard (1...1024).contains(largest) else { throw CommandProblem("--max-file-size is 1 to 1024 megabytes") }
    let day = try options.day()
    let before =
      try since.map { try CalendarDate(parsing: $0) } ?? CalendarDate(dayNumber: day.firstDayNumber - 90)
    guard before <= day else {
      throw CommandProblem("--since \(before.text) is after \(day.text)", hint: "name an earlier day")
    }
    let catalogue = try options.open()
    let index = try IDIndex(catalogue)
    let walk = TreeWalk(largest: largest << 20, respectsIgnores: !noIgnore)
    let (audited, counts) = try await walk.run(paths, threads: AuditVisitor.threads) {
      AuditVisitor(FileScanner(index, in: catalogue, asOf: day))
    }
    let auditor = Auditor(
      catalogue, asOf: day, since: before, near: try CalendarDate(dayNumber: day.firstDayNumber + near))
    let report = try AuditReport(
      audited, files: counts.files, bytes: counts.bytes, skipped: counts.tooLong + counts.unreadable,
      auditor: auditor,
      catalogue: catalogue, asOf: day)
    for path in report.skipped {
      Output.warn("\(path.bounded) was not read: it is longer than --max-file-size or cannot be opened")
    }
    switch json ? .json : format {
    case .json: Output.write(JSONText.write(report.data))
    case .sarif: Output.write(JSONText.write(report.sarif(version: LLMRef.programVersion)))
    case .terminal: Output.line(report.lines.joined(separator: "\n"))
    }
    if let level = AuditFinding.Level(rawValue: failOn.rawValue), report.reaches(level) { throw ExitCode(1) }
  }
}

/// Scans the files of one thread.
private struct AuditVisitor: TreeWalk.Visitor {
  private var scanner: FileScanner

  init(_ scanner: FileScanner) { self.scanner = scanner }

  static var threads: Int { min(max(1, ProcessInfo.processInfo.activeProcessorCount), 16) }

  mutating func visit(_ bytes: UnsafeRawBufferPointer, path: String) -> AuditedFile? {
    let mentions = scanner.scan(bytes)
    return mentions.isEmpty ? nil : AuditedFile(path: path, mentions: mentions)
  }
}
