import Facts
import Pricing

/// The log as a relation with expressions for what the statement reads of it.
struct SQLLog {
  let dialect: SQLDialect
  private let log: LogTable
  private var expressions: [LogColumn: String] = [:]
  /// What stands after FROM, with the alias `source`, and its condition.
  let relation: String

  /// - Throws: `SQLProblem` for names that cannot be quoted and files that the engine cannot read.
  init(_ dialect: SQLDialect, _ log: LogTable) throws(SQLProblem) {
    self.dialect = dialect
    self.log = log
    for (column, reading) in log.columns {
      switch reading {
      case .column(let name): expressions[column] = "source." + (try dialect.identifier(name))
      case .expression(let text): expressions[column] = text
      }
    }
    var relation: String
    switch log.place {
    case .table(let parts):
      var quoted: [String] = []
      for part in parts { quoted.append(try dialect.identifier(part)) }
      // ClickHouse wants the modifier after the alias.
      relation = quoted.joined(separator: ".") + " AS source" + log.suffix
    case .file(let path):
      relation = try Self.reader(dialect, path, log) + " AS source"
    }
    if let condition = log.condition { relation += "\n  WHERE " + condition }
    self.relation = relation
  }

  /// A text column; empty where the log says nothing, so that it can be joined and grouped.
  func text(_ column: LogColumn) -> String {
    guard let expression = expressions[column] else { return "''" }
    let text =
      dialect == .clickhouse ? "toString(\(expression))" : "CAST(\(expression) AS \(dialect.textType))"
    return dialect == .clickhouse ? "ifNull(\(text), '')" : "COALESCE(\(text), '')"
  }

  /// The instant in seconds; NULL where the log does not say it.
  var seconds: String {
    guard let expression = expressions[.time] else { return dialect.cast("NULL", to: dialect.countType) }
    return dialect.seconds(expression, log.timeKind)
  }

  /// Pieces as the log counts them; what is absent was not used.
  func count(_ unit: BillableUnit) -> String? {
    guard let expression = expressions[.count(unit)] else { return nil }
    let absent = unit == .request ? "1" : "0"
    return "COALESCE(\(dialect.cast(expression, to: dialect.countType)), \(absent))"
  }

  /// What was charged; NULL where the log does not say it. It is read through text, which shows the shortest decimal of a
  /// floating-point number.
  var charged: String? {
    guard let expression = expressions[.charged] else { return nil }
    switch dialect {
    case .duckdb: return "TRY_CAST(CAST(\(expression) AS VARCHAR) AS \(dialect.dollarType))"
    case .clickhouse: return "toDecimal128OrNull(toString(\(expression)), 18)"
    case .spark: return "try_cast(CAST(\(expression) AS STRING) AS \(dialect.dollarType))"
    case .postgres:
      let text = "CAST(\(expression) AS TEXT)"
      return
        "CASE WHEN \(text) ~ '^-?[0-9]{1,18}([.][0-9]*)?(e[+-]?[0-9]{1,2})?$' THEN CAST(\(text) AS \(dialect.dollarType)) END"
    }
  }

  // MARK: Files

  private enum Format { case lines, csv, parquet }

  /// The engine's own reader of a file.
  private static func reader(_ dialect: SQLDialect, _ path: String, _ log: LogTable) throws(SQLProblem)
    -> String
  {
    guard let literal = dialect.literal(path), !path.contains("${") else { throw .badFile(path) }
    let plain = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    let endings: [(String, Format)] = [
      (".jsonl", .lines), (".ndjson", .lines), (".json", .lines), (".csv", .csv), (".parquet", .parquet),
    ]
    guard let format = endings.first(where: { plain.hasSuffix($0.0) })?.1 else { throw .badFile(path) }
    var columns: [(name: String, type: String)] = []
    for column in LogColumn.all {
      guard case .column(let name) = log.columns[column] else { continue }
      columns.append((name, column.isCount ? dialect.countType : dialect.textType))
    }
    switch dialect {
    case .postgres: throw .noFiles(dialect)
    case .duckdb:
      if format == .parquet { return "read_parquet(\(literal))" }
      var types: [String] = []
      for column in columns {
        guard let name = dialect.literal(column.name) else { throw .badIdentifier(column.name) }
        types.append("\(name): '\(column.type)'")
      }
      let structure = "{" + types.joined(separator: ", ") + "}"
      return format == .lines
        ? "read_json(\(literal), format = 'newline_delimited', columns = \(structure))"
        : "read_csv(\(literal), header = true, types = \(structure))"
    case .clickhouse:
      if format == .parquet { return "file(\(literal), 'Parquet')" }
      var types: [String] = []
      for column in columns {
        types.append("\(try dialect.identifier(column.name)) Nullable(\(column.type))")
      }
      guard let structure = dialect.literal(types.joined(separator: ", ")) else { throw .badFile(path) }
      return "file(\(literal), '\(format == .lines ? "JSONEachRow" : "CSVWithNames")', \(structure))"
    case .spark:
      switch format {
      case .parquet: return "parquet.\(try dialect.identifier(path))"
      // Spark takes names from a header only where a view says so.
      case .csv: throw .noTables(dialect)
      case .lines:
        // Its own reader of JSON would read the file twice, and know no column that no line has.
        var types: [String] = []
        for column in columns { types.append("\(try dialect.identifier(column.name)) \(column.type)") }
        guard let structure = dialect.literal(types.joined(separator: ", ")) else { throw .badFile(path) }
        return
          "(SELECT line.* FROM (SELECT from_json(value, \(structure)) AS line FROM text.\(try dialect.identifier(path))))"
      }
    }
  }
}

extension LogColumn {
  fileprivate var isCount: Bool {
    if case .count = self { return true }
    return false
  }
}
