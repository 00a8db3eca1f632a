import ArgumentParser
import Cataloguing
import Documents
import Facts
import Platform
import Rendering
import TextFormats

struct ChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes", abstract: "What syncs have changed in your catalogue.",
    discussion: """
      Newest first. A new record, one that its source no longer lists, and every value that differs from the snapshot before.

      Examples:
        llmref changes
        llmref changes --since 2026-11-01 --json
      """)

  @Option(name: .long, help: ArgumentHelp("The first day to tell of.", valueName: "YYYY-MM-DD")) var since:
    String?
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let day = try since.map { text in
      let day = try CalendarDate(parsing: text)
      guard day.day != nil else {
        throw CommandProblem("--since \(text.bounded) is no day", hint: "write --since 2026-11-01")
      }
      return day
    }
    let settings = Settings.current()
    let catalogue = try CatalogueStore.open(.usual, settings: settings)
    let history = try SyncHistory(settings, catalogue: catalogue.digest)
    let syncs = history.syncs.reversed().filter { sync in
      day.map { Timestamp(startOf: $0) <= sync.at } ?? true
    }
    if json {
      Output.write(
        JSONText.write(
          .map([("schema", .text("llmref/changes/1")), ("syncs", .list(syncs.map(SyncHistory.data)))])))
      return
    }
    if syncs.isEmpty { Output.line("No sync is recorded" + (since.map { " since \($0)" } ?? "") + ".") }
    for sync in syncs {
      Output.line(sync.at.text)
      for source in sync.sources {
        Output.line("  " + ChangeText.summary(source))
        for change in source.changes { Output.line("    " + ChangeText.line(change)) }
      }
    }
  }
}
