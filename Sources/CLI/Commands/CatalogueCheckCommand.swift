import ArgumentParser
import Cataloguing
import Facts
import Platform

struct CatalogueCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the files kept by hand: keys, fields, citations, days, aliases and their targets.",
    discussion: """
      Without files it checks Data/curated. Each line names file, line, rule and a hint. An error cannot be meant, and `catalogue build`
      refuses it; a finding contradicts what else is known, and a build takes it and shows both. Exit code 1 when there is either.

      Examples:
        llmref catalogue check
        llmref catalogue check Data/curated/models/openai/gpt-4o.yaml
      """)

  @Argument(help: ArgumentHelp("Files of the curated layer.", valueName: "FILES")) var files: [String] = []
  @Option(name: .long, help: ArgumentHelp("Folder with policy/, curated/ and sources/.", valueName: "DIR"))
  var data = "Data"
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.open()
    let chosen = try files.isEmpty ? CuratedFiles.all(in: data) : files.map(CuratedFiles.one)
    let day = try options.day()
    let faults = try CuratedCheck(against: catalogue, asOf: day, today: day).faults(in: chosen)
    for fault in faults { Output.line(fault.description) }
    guard faults.isEmpty else {
      let errors = faults.count { $0.severity == .error }
      Output.talk("llmref: \(errors) errors and \(faults.count - errors) findings in \(chosen.count) files")
      throw ExitCode(1)
    }
    Output.line("\(chosen.count) files: no fault")
  }
}

/// The files of the curated layer, each with its place below that folder.
enum CuratedFiles {
  typealias File = CuratedCheck.File

  /// Every file of the folder, also those that no build reads: a check names them.
  static func all(in data: String) throws -> [File] {
    let folder = data + "/curated"
    return try Files.list(folder).map {
      ($0, folder + "/" + $0, try Files.read(folder + "/" + $0))
    }
  }

  /// A file by its path: what stands behind the last `curated/` is its place, else what begins with `models/`, else its name.
  static func one(_ path: String) throws -> File {
    let parts = path.split(separator: "/").map(String.init)
    var name = parts.last ?? path
    if let folder = parts.lastIndex(of: "curated") {
      name = parts[(folder + 1)...].joined(separator: "/")
    } else if let folder = parts.lastIndex(of: "models") {
      name = parts[folder...].joined(separator: "/")
    }
    return (name, path, try Files.read(path))
  }

  /// Tells what contradicts other facts, and refuses what cannot be meant.
  /// - Parameter today: after which nobody can have read a page.
  /// - Throws: `CommandProblem` with what is wrong, twenty lines at most.
  static func refuseFaults(
    in data: String, against catalogue: Catalogue, asOf day: CalendarDate, today: CalendarDate
  ) throws {
    let faults = try CuratedCheck(against: catalogue, asOf: day, today: today).faults(in: all(in: data))
    for finding in faults where finding.severity == .finding { Output.warn(finding.description) }
    let errors = faults.filter { $0.severity == .error }
    guard !errors.isEmpty else { return }
    let shown = errors.prefix(20).map { "\n  " + $0.description }.joined()
    throw CommandProblem(
      "\(data)/curated has \(errors.count) faults:\(shown)",
      hint: "`llmref catalogue check` lists them all")
  }
}
