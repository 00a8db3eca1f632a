import Exporting
import GRDB

/// Writes the tables of a catalogue into a new SQLite file.
public enum SQLiteFile {
  /// - Parameter path: of a file that does not exist yet.
  /// - Throws: `DatabaseError` when it cannot be written.
  public static func write(_ tables: RouteTables, to path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      for table in [tables.routes, tables.prices] {
        let columns = table.columns.map { "\"\($0.name)\" \($0.isNumber ? "INTEGER" : "TEXT")" }.joined(
          separator: ", ")
        try database.execute(sql: "CREATE TABLE \"\(table.name)\" (\(columns))")
        let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try database.makeStatement(sql: "INSERT INTO \"\(table.name)\" VALUES (\(marks))")
        for row in table.rows {
          try statement.execute(
            arguments: StatementArguments(
              zip(row, table.columns).map { value, column -> (any DatabaseValueConvertible)? in
                column.isNumber ? value.flatMap { Int64($0) } : value
              }))
        }
      }
      try database.execute(sql: "CREATE INDEX routes_by_model ON routes (model)")
      try database.execute(sql: "CREATE INDEX prices_by_route ON prices (provider, api_id)")
    }
    try queue.close()
  }
}
