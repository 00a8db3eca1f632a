import Evaluating
import Facts
import TextFormats

/// Runs, prompts, cells, records and quotas, in one file or on one server.
///
/// Every method is one short transaction; none is open while a request is under way. A cell is `open`, `claimed` by one owner
/// until its lease ends, `sent` while a request is under way, and `done` once, with its one result. Methods may be called
/// again after a lost connection: the second call finds what the first one did.
package struct EvaluationStore: Sendable {
  package let place: StorePlace
  let database: any SQLDatabase

  /// Opens a store, and makes its tables where there are none.
  ///
  /// - Throws: `StoreProblem` when it cannot be reached or was made by another version.
  package init(at place: StorePlace) async throws {
    self.place = place
    switch place {
    case .file(let path): database = try SQLiteDatabase(path: path)
    case .server(let address): database = PostgreSQLDatabase(address: address)
    }
    let dialect = database.dialect
    try await database.transaction { connection in
      // Two workers that start at once would both make the tables: https://www.postgresql.org/docs/15/explicit-locking.html
      if dialect == .postgreSQL {
        _ = try connection.rows("SELECT pg_advisory_xact_lock($1::bigint)", [.integer(0x6C6C_6D72_6566)])
      }
      for statement in StoreSchema.statements(dialect) { try connection.change(statement, []) }
      let versions = try connection.rows("SELECT version FROM llmref_store", []).compactMap { $0[0].integer }
      if versions.isEmpty {
        try connection.change(
          "INSERT INTO llmref_store (version) VALUES ($1)", [.integer(StoreSchema.version)])
      } else if versions != [StoreSchema.version] {
        throw StoreProblem(
          "the store has version \(versions.map(String.init).joined(separator: ", ")); this program reads \(StoreSchema.version)",
          hint: "use the program that made it, or another store")
      }
    }
  }

  package func close() async { await database.close() }

  /// An SQL expression for the milliseconds since 1970 of the clock that all workers share.
  var now: String { "(\(database.dialect.now))" }
}
