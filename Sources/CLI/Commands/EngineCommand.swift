import ArgumentParser
import Metering
import Platform

/// Repricing in an engine alone, as `llmref reprice --engine` does it.
struct EngineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprice-engine", abstract: "Reprice a log in the engine that holds it.",
    discussion: """
      Examples:
        llmref reprice-engine --store litellm --url postgres://reader@db/litellm --by day,model
        llmref reprice-engine --engine duckdb --print-sql usage.jsonl
      """, shouldDisplay: false)

  @Argument(help: "A file that the engine reads itself: .jsonl, .csv or .parquet.") var file: String?

  @Option(name: .long, help: ArgumentHelp("By what rows are added up.", valueName: "day,model,…")) var by =
    "day,provider,model"

  @Option(
    name: .long,
    help: ArgumentHelp("The log's columns.", valueName: "time=created_at,model=name,…"))
  var columns: String?

  @Flag(name: .customLong("cache-excluded"), help: "The log's input leaves out what a cache read or wrote.")
  var cacheExcluded = false

  @Flag(name: .long, help: "Write JSON.") var json = false
  @OptionGroup var engine: EngineOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let run = EngineRun(
      options: engine,
      log: try engine.log(file: file, columns: columns, excludesCache: cacheExcluded),
      keys: try ReportKey.list(by), catalogue: try options.open(), today: try options.day())
    if try !run.run(json: json) { throw ExitCode(1) }
  }
}
