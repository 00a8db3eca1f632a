import Facts
import Pricing

/// A relation of constants: columns with types, and rows of SQL expressions.
struct SQLRelation {
  struct Column {
    let name: String
    let type: String
    /// Whether a value may be NULL; ClickHouse must be told.
    var isNullable = false
  }

  let name: String
  let columns: [Column]
  /// The first row has a value of each type, so that engines which guess types from values guess right.
  let rows: [[String]]

  /// `SELECT * FROM (VALUES …)` over some of the rows.
  func select(_ dialect: SQLDialect, _ rows: ArraySlice<[String]>) -> String {
    let body = rows.map { "(" + $0.joined(separator: ", ") + ")" }.joined(separator: ",\n    ")
    if dialect == .clickhouse {
      let structure = columns.map { "\($0.name) \(clickhouseType($0))" }.joined(separator: ", ")
      return "SELECT * FROM VALUES('\(structure)',\n    \(body))"
    }
    let names = columns.map(\.name).joined(separator: ", ")
    return "SELECT * FROM (VALUES\n    \(body)) AS constants(\(names))"
  }

  private func clickhouseType(_ column: Column) -> String {
    column.isNullable ? "Nullable(\(column.type))" : column.type
  }

  /// Statements that put the rows into a temporary table of the session.
  func tables(_ dialect: SQLDialect) -> [String] {
    let chunks = stride(from: 0, to: rows.count, by: 500).map { rows[$0..<min($0 + 500, rows.count)] }
    if dialect == .spark {
      let parts = chunks.map { "(" + select(dialect, $0) + ")" }
      return ["CREATE OR REPLACE TEMPORARY VIEW \(name) AS\n" + parts.joined(separator: "\nUNION ALL\n")]
    }
    let definitions = columns.map {
      "\($0.name) \(dialect == .clickhouse ? clickhouseType($0) : $0.type)"
    }.joined(separator: ", ")
    let drop =
      switch dialect {
      case .clickhouse: "DROP TEMPORARY TABLE IF EXISTS \(name)"
      case .postgres: "DROP TABLE IF EXISTS pg_temp.\(name)"
      case .duckdb, .spark: "DROP TABLE IF EXISTS temp.\(name)"
      }
    return [drop, "CREATE TEMPORARY TABLE \(name) (\(definitions))"]
      + chunks.map { chunk in
        "INSERT INTO \(name) VALUES\n    "
          + chunk.map { "(" + $0.joined(separator: ", ") + ")" }.joined(separator: ",\n    ")
      }
  }
}

extension RateTable {
  /// Which conditions any rate has; the statement leaves the others out.
  var hasPromptTiers: Bool { rates.contains { $0.conditions.promptAbove >= 0 } }
  var hasTotalTiers: Bool { rates.contains { $0.conditions.totalAbove >= 0 } }
  var hasHours: Bool {
    rates.contains { $0.conditions.minuteFrom > 0 || $0.conditions.minuteUntil < Self.minutesOfAWeek }
  }
  /// Whether a name means one route after another.
  var hasDatedNames: Bool { names.contains { $0.from > Self.earliest } }
  /// A column for each step by which a unit's first pieces are cheaper: `rebate_input`, `rebate_input_2`.
  func rebateNames(_ unit: BillableUnit) -> [String] {
    let most = rates.map { $0.prices.rebates[unit, default: []].count }.max() ?? 0
    return (0..<most).map { "rebate_\(unit.usageKey)" + ($0 == 0 ? "" : "_\($0 + 1)") }
  }

  /// The units of which pieces beyond a limit have another price.
  var rebatedUnits: [BillableUnit] {
    BillableUnit.allCases.filter { unit in rates.contains { $0.prices.rebates[unit] != nil } }
  }
  /// The units whose pieces may be billed as that unit.
  func units(billedAs unit: BillableUnit) -> [BillableUnit] {
    units.filter { $0 == unit || $0.wider.contains(unit) }
  }

  /// What the log calls a route, with its rate set in each mode.
  func namesRelation(_ dialect: SQLDialect, modes: [PriceMode], named name: String) -> SQLRelation {
    var columns = [
      SQLRelation.Column(name: "provider", type: dialect.textType),
      SQLRelation.Column(name: "model", type: dialect.textType),
      SQLRelation.Column(name: "route", type: dialect.textType),
    ]
    if hasDatedNames {
      columns += ["is_named", "from_second", "until_second"].map {
        SQLRelation.Column(name: $0, type: dialect.countType)
      }
    }
    columns += modes.map { SQLRelation.Column(name: "set_\($0.rawValue)", type: dialect.countType) }
    let empty = dialect.cast("''", to: dialect.textType, nullable: false)
    // A name that no row has gives the types.
    let zeros = [String](
      repeating: dialect.cast("0", to: dialect.countType, nullable: false), count: columns.count - 3)
    var rows = [[empty, empty, empty] + zeros]
    for own in names {
      guard let provider = dialect.literal(own.provider), let model = dialect.literal(own.model),
        let route = dialect.literal(own.route ?? "")
      else { continue }
      rows.append(
        [provider, model, route] + (hasDatedNames ? ["1", "\(own.from)", "\(own.until)"] : [])
          + modes.map { own.sets[$0].map { "\($0)" } ?? "0" })
    }
    return SQLRelation(name: name, columns: columns, rows: rows)
  }

  /// The rates; the set 0 has no price and is for rows that no route bills.
  func ratesRelation(_ dialect: SQLDialect, named name: String) -> SQLRelation {
    var columns = ["rate_set", "from_second", "until_second"].map {
      SQLRelation.Column(name: $0, type: dialect.countType)
    }
    func addCounts(_ names: [String]) {
      columns += names.map { SQLRelation.Column(name: $0, type: dialect.countType) }
    }
    if hasPromptTiers { addCounts(["prompt_above", "prompt_up_to"]) }
    if hasTotalTiers { addCounts(["total_above", "total_up_to"]) }
    if hasHours { addCounts(["minute_from", "minute_until"]) }
    columns += units.map {
      SQLRelation.Column(name: "price_\($0.usageKey)", type: dialect.moneyType, isNullable: true)
    }
    for unit in rebatedUnits {
      for name in rebateNames(unit) {
        columns.append(
          SQLRelation.Column(name: name + "_up_to", type: dialect.countType, isNullable: true))
        columns.append(SQLRelation.Column(name: name, type: dialect.moneyType, isNullable: true))
      }
      addCounts(units(billedAs: unit).filter { $0 != unit }.map { "\($0.usageKey)_as_\(unit.usageKey)" })
    }
    let none = Rate(set: 0, conditions: Conditions(), prices: Prices())
    var rows = [
      zip(columns, row(none, dialect)).map { dialect.cast($1, to: $0.type, nullable: $0.isNullable) }
    ]
    rows += rates.map { row($0, dialect) }
    return SQLRelation(name: name, columns: columns, rows: rows)
  }

  private func row(_ rate: Rate, _ dialect: SQLDialect) -> [String] {
    let conditions = rate.conditions
    var values = ["\(rate.set)", "\(conditions.from)", "\(conditions.until)"]
    if hasPromptTiers { values += ["\(conditions.promptAbove)", "\(conditions.promptUpTo)"] }
    if hasTotalTiers { values += ["\(conditions.totalAbove)", "\(conditions.totalUpTo)"] }
    if hasHours { values += ["\(conditions.minuteFrom)", "\(conditions.minuteUntil)"] }
    values += units.map { unit in rate.prices.perPiece[unit].map { Self.number($0, dialect) } ?? "NULL" }
    for unit in rebatedUnits {
      let rebates = rate.prices.rebates[unit, default: []]
      for place in rebateNames(unit).indices {
        let rebate = place < rebates.count ? rebates[place] : nil
        values.append(rebate.map { "\($0.upTo)" } ?? "NULL")
        values.append(rebate.map { Self.number($0.perPiece, dialect) } ?? "NULL")
      }
      values += units(billedAs: unit).filter { $0 != unit }.map {
        rate.prices.billedAs[$0] == unit ? "1" : "0"
      }
    }
    return values
  }

  /// ClickHouse reads a constant beyond 64 bits as a floating-point number.
  private static func number(_ value: Int128, _ dialect: SQLDialect) -> String {
    dialect == .clickhouse && value.magnitude > UInt128(Int64.max) ? "toInt256('\(value)')" : "\(value)"
  }
}
