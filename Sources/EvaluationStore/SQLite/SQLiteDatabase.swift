import Facts
import FoundationEssentials
import GRDB

/// A store in one file.
struct SQLiteDatabase: SQLDatabase {
  private let queue: DatabaseQueue
  let dialect = SQLDialect.sqlite

  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      // A committed row outlives the program; only the machine's own fall may take the last ones.
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
    }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw StoreProblem(
        "the store cannot be opened: \(path.bounded)",
        hint: "check the folder and its permissions; \(Self.words(error))")
    }
  }

  func transaction<Answer: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    do {
      return try await queue.write { try body(SQLiteConnection(database: $0)) }
    } catch let error as DatabaseError {
      throw StoreProblem(
        "the store refused a statement: \(Self.words(error))", hint: "check its disk and file")
    }
  }

  func close() async { try? queue.close() }

  private static func words(_ error: any Error) -> String {
    ((error as? DatabaseError)?.message ?? "\(error)").bounded
  }
}

private struct SQLiteConnection: SQLConnection {
  let database: Database

  func rows(_ statement: String, _ values: [SQLValue]) throws -> [[SQLValue]] {
    var rows: [[SQLValue]] = []
    let prepared = try prepared(statement)
    let cursor = try Row.fetchCursor(prepared, arguments: Self.arguments(values))
    while let row = try cursor.next() {
      rows.append(
        row.databaseValues.map { value in
          switch value.storage {
          case .null: .null
          case .int64(let number): .integer(number)
          case .double(let number): .text("\(number)")
          case .string(let text): .text(text)
          case .blob(let data): .bytes(Array(data))
          }
        })
    }
    return rows
  }

  func change(_ statement: String, _ values: [SQLValue]) throws -> Int {
    try prepared(statement).execute(arguments: Self.arguments(values))
    return database.changesCount
  }

  /// SQLite counts `$2` by where it stands and `?2` by its number: https://www.sqlite.org/lang_expr.html#varparam
  private func prepared(_ statement: String) throws -> Statement {
    try database.cachedStatement(sql: String(statement.map { $0 == "$" ? "?" : $0 }))
  }

  private static func arguments(_ values: [SQLValue]) -> StatementArguments {
    StatementArguments(
      values.map { value in
        switch value {
        case .null: DatabaseValue.null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): bytes.withUnsafeBytes { Self.blob($0) }
        }
      })
  }

  private static func blob(_ bytes: UnsafeRawBufferPointer) -> DatabaseValue {
    Data(bytes).databaseValue
  }
}
