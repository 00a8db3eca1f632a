import Facts
import Pricing

/// By what a report adds up rows.
public enum ReportKey: String, CaseIterable, Hashable, Sendable {
  case day
  /// The log's words.
  case provider
  case model
  case mode
  case key
  /// `provider/api-id` of the route that bills the row; NULL where none does.
  case route

  /// - Throws: `SQLProblem.unknownKey`.
  public static func list(_ text: String) throws(SQLProblem) -> [ReportKey] {
    var keys: [ReportKey] = []
    for part in text.split(separator: ",") {
      let word = String(part.filter { $0 != " " })
      guard let key = ReportKey(rawValue: word) else { throw .unknownKey(word) }
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }
}

/// The statement that reprices a log where it lies: the rows stay in the engine, and the price table goes to them.
///
/// The result has one row a group: its keys; how many rows it has and why some are not priced; the pieces counted; and
/// `known_usd`, the known part of the cost. `cost_usd` is NULL where a row of the group has no known cost.
public struct SQLStatement: Sendable {
  /// Decimals of an amount of dollars in the result.
  static let shownDigits = 18
  /// Rows of constants up to which the statement holds them itself.
  static let mostInlineRows = 2000

  public let dialect: SQLDialect
  let log: LogTable
  let rates: RateTable
  let keys: [ReportKey]

  /// - Parameter keys: by what rows are added up; none gives one row.
  public init(_ dialect: SQLDialect, _ log: LogTable, at rates: RateTable, by keys: [ReportKey]) {
    self.dialect = dialect
    self.log = log
    self.rates = rates
    self.keys = keys
  }

  /// What the engine is asked first: who served and which model, each pair of the log once, in the log's words, with the
  /// first and the last day on which it stands; NULL where no row has a time.
  ///
  /// - Throws: `SQLProblem` for names that cannot be quoted.
  public static func names(_ dialect: SQLDialect, _ log: LogTable) throws(SQLProblem) -> String {
    let source = try SQLLog(dialect, log)
    let day = dialect.date(ofDay: dialect.floorDivision("second", 86_400))
    return """
      SELECT provider, model, MIN(\(day)) AS first_day, MAX(\(day)) AS last_day
      FROM (
        SELECT \(source.text(.provider)) AS provider, \(source.text(.model)) AS model, \(source.seconds) AS second
        FROM \(source.relation)
      ) AS pairs\(log.isAskedFor("second").map { "\nWHERE \($0)" } ?? "")
      GROUP BY provider, model
      ORDER BY \(dialect.ordered("provider", isText: true)), \(dialect.ordered("model", isText: true))
      """
  }

  /// The statements in order; the last one gives the result, those before it make temporary tables of the session.
  ///
  /// - Throws: `SQLProblem` for names that cannot be quoted.
  public func statements() throws(SQLProblem) -> [String] {
    if rates.names.count + rates.rates.count <= Self.mostInlineRows {
      let inline = try inlineStatement()
      // ClickHouse reads no statement of more than 256 KiB unless it is told to.
      if dialect != .clickhouse || inline.utf8.count < 200_000 { return [inline] }
    }
    let (names, prices) = (names("llmref_names"), prices("llmref_rates"))
    let query = try SQLQuery(dialect, log, rates, keys, modes, names: names.name, rates: prices.name)
    return names.tables(dialect) + prices.tables(dialect) + ["WITH " + query.body]
  }

  private func inlineStatement() throws(SQLProblem) -> String {
    let (names, prices) = (names("names"), prices("rates"))
    let query = try SQLQuery(dialect, log, rates, keys, modes, names: names.name, rates: prices.name)
    return """
      WITH names AS (
        \(names.select(dialect, names.rows[...]))
      ),
      rates AS (
        \(prices.select(dialect, prices.rows[...]))
      ),
      \(query.body)
      """
  }

  private var modes: [PriceMode] { log.columns[.mode] == nil ? [.standard] : PriceMode.allCases }

  private func names(_ name: String) -> SQLRelation {
    rates.namesRelation(dialect, modes: modes, named: name)
  }

  private func prices(_ name: String) -> SQLRelation { rates.ratesRelation(dialect, named: name) }

  /// The statements as one script.
  public func script() throws(SQLProblem) -> String {
    try statements().map { $0 + ";\n" }.joined(separator: "\n")
  }
}
