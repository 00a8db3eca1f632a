import ArgumentParser
import Facts
import Metering

extension SQLDialect: ExpressibleByArgument {}
extension LogStore: ExpressibleByArgument {}

/// Repricing where the log lies: the engine, and how it is reached.
struct EngineOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Reprice in the engine that holds the log: duckdb, clickhouse, spark or postgres.", valueName: "ENGINE")
  )
  var engine: SQLDialect?

  @Flag(name: .customLong("print-sql"), help: "Print the SQL for the engine and run nothing.") var printSQL =
    false

  @Flag(
    name: .customLong("print-names-sql"),
    help: "Print the SQL that lists the log's providers and models, for --routes.")
  var printNamesSQL = false

  @Flag(name: .customLong("print-rates"), help: .hidden) var printRates = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where the engine is: postgres://…, clickhouse http(s)://…, a file of DuckDB; run by its own client.",
      valueName: "URL"))
  var url: String?

  @Option(name: .long, help: ArgumentHelp("The log's table, with its schema if needed.", valueName: "TABLE"))
  var table: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns of a product's own log: langfuse, helicone or litellm.", valueName: "PRODUCT"))
  var store: LogStore?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The log's providers and models, a pair a line, as --print-names-sql gives them; else all routes.",
      valueName: "FILE"))
  var routes: String?

  /// Whether the log is repriced by an engine.
  var isUsed: Bool {
    engine != nil || printSQL || printNamesSQL || printRates || url != nil || table != nil || store != nil
      || routes != nil
  }

  func dialect() throws -> SQLDialect {
    if let engine { return engine }
    if let store { return store.dialect }
    throw CommandProblem(
      "--print-sql, --url, --table and --routes need an engine",
      hint: "add --engine \(SQLDialect.allCases.map(\.rawValue).joined(separator: "|"))")
  }

  /// The log that the options name.
  ///
  /// - Parameters:
  ///   - file: a file that the engine reads itself.
  ///   - columns: a column map, `time=created_at,model=name`.
  func log(file: String?, columns: String?, excludesCache: Bool) throws -> LogTable {
    let dialect = try dialect()
    let place = try table.map { try LogTable.Place.table(named: $0) }
    if let store {
      guard store.dialect == dialect else { throw SQLProblem.storeElsewhere(store, dialect) }
      guard file == nil, columns == nil, !excludesCache else {
        throw CommandProblem(
          "--store \(store.rawValue) knows its columns",
          hint: "leave out the file, --columns and --cache-excluded")
      }
      return store.log(in: place)
    }
    switch (place, file) {
    case (.some, .some):
      throw CommandProblem("a log is a file or a table, not both", hint: "leave out --table")
    case (.some(let place), nil): return try LogTable(place, columns: columns, excludesCache: excludesCache)
    case (nil, .some(let file)):
      return try LogTable(.file(file), columns: columns, excludesCache: excludesCache)
    case (nil, nil):
      throw CommandProblem("no log is named", hint: "add --table TABLE, --store PRODUCT or a file")
    }
  }
}
