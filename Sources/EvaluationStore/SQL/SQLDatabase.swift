/// A database that runs transactions one after another; calls wait without holding a thread of the program.
protocol SQLDatabase: Sendable {
  var dialect: SQLDialect { get }

  /// Runs a body inside one transaction, which ends when the body does: nothing that waits for a server of models may stand in
  /// it. The body runs again from its start when the database says that others were in the way.
  func transaction<Answer: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer

  func close() async
}

/// What a transaction can ask. Parameters are written `$1`, `$2`.
protocol SQLConnection {
  /// Rows of values in the order of the columns.
  func rows(_ statement: String, _ values: [SQLValue]) throws -> [[SQLValue]]

  /// How many rows a statement changed.
  @discardableResult func change(_ statement: String, _ values: [SQLValue]) throws -> Int
}

/// Where the two databases are written differently.
enum SQLDialect: Sendable {
  case sqlite
  case postgreSQL

  /// Follows a SELECT: rows that another worker is taking are passed over. SQLite has one writer at a time.
  var skipsLocked: String { self == .postgreSQL ? " FOR UPDATE OF cell SKIP LOCKED" : "" }

  /// Follows a SELECT of a row that the same transaction changes.
  var locks: String { self == .postgreSQL ? " FOR UPDATE" : "" }

  var bytes: String { self == .postgreSQL ? "BYTEA" : "BLOB" }

  var numbered: String {
    self == .postgreSQL
      ? "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT"
  }

  /// Milliseconds since 1970 of the clock that all workers of a store share: the server's, or the machine's.
  var now: String {
    switch self {
    case .postgreSQL: "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
    // Julian day 2440587.5 is the start of 1970: https://www.sqlite.org/lang_datefunc.html
    case .sqlite: "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"
    }
  }
}
