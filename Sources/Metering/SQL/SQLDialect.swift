import Facts
import TextFormats

/// The engines that the one SQL generator writes for.
public enum SQLDialect: String, CaseIterable, Hashable, Sendable {
  case duckdb
  /// ClickHouse and chDB.
  case clickhouse
  /// Apache Spark and what speaks its SQL, such as Sail.
  case spark
  case postgres
}

/// What cannot be written as SQL.
public enum SQLProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case badIdentifier(String)
  case unknownColumn(String)
  case noFiles(SQLDialect)
  case noTables(SQLDialect)
  case badFile(String)
  case storeElsewhere(LogStore, SQLDialect)
  case unknownKey(String)

  public var description: String {
    switch self {
    case .badIdentifier(let name):
      "\"\(name.bounded)\" is no name of a table or column. hint: write schema.table; a part with a dot stands in double quotes"
    case .unknownColumn(let name):
      "no column of a log is called \"\(name.bounded)\". hint: write --columns time=created_at,model=model_name,input=prompt_tokens; columns are \(LogColumn.all.map(\.name).joined(separator: ", "))"
    case .noFiles(let dialect):
      "\(dialect.rawValue) reads no files of yours. hint: load the log into a table and give --table"
    case .noTables(let dialect):
      "\(dialect.rawValue) reads the header of a CSV file only through a view. hint: CREATE TEMPORARY VIEW usage USING csv OPTIONS (path 'usage.csv', header 'true'), then --table usage"
    case .badFile(let path):
      "\"\(path.bounded)\" is no log that an engine reads. hint: files end in .jsonl, .ndjson, .json, .csv or .parquet, and .gz where they are packed"
    case .storeElsewhere(let store, let dialect):
      "\(store.rawValue) keeps its log in \(store.dialect.rawValue), not in \(dialect.rawValue). hint: give --engine \(store.dialect.rawValue)"
    case .unknownKey(let key):
      "a report is not grouped by \"\(key.bounded)\". hint: keys are \(ReportKey.allCases.map(\.rawValue).joined(separator: ", "))"
    }
  }
}

/// Words of a dialect.
extension SQLDialect {
  /// A name of a table or column, quoted so that nothing in it is read as SQL.
  ///
  /// - Throws: `SQLProblem.badIdentifier` for an empty name and for characters that no engine takes in one.
  func identifier(_ name: String) throws(SQLProblem) -> String {
    guard !name.isEmpty, name.unicodeScalars.count <= 200,
      name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }),
      // The client of Spark replaces ${name} everywhere, in quotes too.
      self != .spark || !name.contains("${")
    else { throw .badIdentifier(name) }
    switch self {
    case .duckdb, .postgres: return "\"" + name.replacing("\"", with: "\"\"") + "\""
    case .spark: return "`" + name.replacing("`", with: "``") + "`"
    case .clickhouse:
      return "`" + name.replacing("\\", with: "\\\\").replacing("`", with: "\\`") + "`"
    }
  }

  /// A text in quotes. Control characters are written as escapes, so that no client takes a line of it for a command.
  ///
  /// - Returns: nil for a text with a zero character, which not all engines hold.
  func literal(_ text: String) -> String? {
    var body = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\0": return nil
      case "'": body += self == .duckdb || self == .postgres ? "''" : "\\'"
      case "\\":
        body += "\\\\"
        isEscaped = true
      case "$" where self == .spark: body += "\\u0024"
      default:
        if scalar.value < 32 || scalar.value == 127 {
          body += controlEscape(scalar.value)
          isEscaped = true
        } else {
          body.unicodeScalars.append(scalar)
        }
      }
    }
    // A plain string of these two keeps backslashes as they are.
    if self == .duckdb || self == .postgres { return (isEscaped ? "E'" : "'") + body + "'" }
    return "'" + body + "'"
  }

  private func controlEscape(_ code: UInt32) -> String {
    let hex = Hexadecimal.text([UInt8(truncatingIfNeeded: code)])
    return self == .spark ? "\\u00" + hex : "\\x" + hex
  }

  var textType: String {
    switch self {
    case .duckdb: "VARCHAR"
    case .clickhouse, .spark: self == .spark ? "STRING" : "String"
    case .postgres: "TEXT"
    }
  }

  var countType: String { self == .clickhouse ? "Int64" : "BIGINT" }

  /// Whole numbers of units of money, exact to 38 digits at least.
  var moneyType: String {
    switch self {
    case .duckdb: "HUGEINT"
    case .clickhouse: "Int256"
    case .spark: "DECIMAL(38, 0)"
    case .postgres: "NUMERIC"
    }
  }

  /// The type of a shown amount of dollars.
  var dollarType: String {
    switch self {
    case .clickhouse: "Decimal128(18)"
    case .postgres: "NUMERIC(38, 18)"
    case .duckdb, .spark: "DECIMAL(38, 18)"
    }
  }

  func cast(_ expression: String, to type: String, nullable: Bool = true) -> String {
    self == .clickhouse && nullable
      ? "CAST(\(expression) AS Nullable(\(type)))" : "CAST(\(expression) AS \(type))"
  }

  /// A whole number divided by another, both not below zero, without the rest.
  func quotient(_ dividend: String, by divisor: String) -> String {
    switch self {
    case .duckdb: "(\(dividend)) // \(divisor)"
    case .clickhouse: "intDiv(\(dividend), \(divisor))"
    case .postgres: "div(\(dividend), \(divisor))"
    // Decimals are divided into decimals; without the rest nothing is left to round.
    case .spark: "CAST(((\(dividend)) - (\(dividend)) % \(divisor)) / \(divisor) AS DECIMAL(38, 0))"
    }
  }

  /// The day that begins so many days after 1970-01-01.
  func date(ofDay number: String) -> String {
    switch self {
    case .duckdb, .postgres: "DATE '1970-01-01' + CAST(\(number) AS INTEGER)"
    case .clickhouse: "addDays(toDate32('1970-01-01'), \(number))"
    case .spark: "date_add(DATE '1970-01-01', CAST(\(number) AS INT))"
    }
  }

  func matches(_ text: String, _ pattern: String) -> String {
    switch self {
    case .duckdb: "regexp_matches(\(text), '\(pattern)')"
    case .clickhouse: "match(\(text), '\(pattern)')"
    case .postgres: "\(text) ~ '\(pattern)'"
    case .spark: "\(text) RLIKE '\(pattern)'"
    }
  }

  /// The text of a whole number with zeros in front, so that it has at least so many digits.
  func padded(_ text: String, to width: Int) -> String {
    switch self {
    case .duckdb: "lpad(\(text), CAST(greatest(length(\(text)), \(width)) AS INTEGER), '0')"
    case .clickhouse: "leftPad(\(text), greatest(length(\(text)), \(width)), '0')"
    case .postgres, .spark: "lpad(\(text), greatest(length(\(text)), \(width)), '0')"
    }
  }

  /// Texts are ordered by their bytes in every engine.
  func ordered(_ column: String, isText: Bool) -> String {
    column + (isText && self == .postgres ? " COLLATE \"C\"" : "") + " NULLS LAST"
  }
}
