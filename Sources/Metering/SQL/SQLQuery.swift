import Facts
import Pricing

/// The steps of the statement: the log in canonical columns, its pieces taken apart, the rate of each row, sums.
struct SQLQuery {
  /// Common table expressions and the final SELECT, without WITH.
  let body: String

  init(
    _ dialect: SQLDialect, _ log: LogTable, _ rates: RateTable, _ keys: [ReportKey], _ modes: [PriceMode],
    names: String, rates ratesName: String
  ) throws(SQLProblem) {
    let source = try SQLLog(dialect, log)
    let steps = Steps(
      dialect: dialect, source: source, log: log, rates: rates, keys: keys, modes: modes, names: names,
      ratesName: ratesName)
    body = """
      log AS (
      \(steps.logStep)
      ),
      counted AS (
      \(steps.countedStep)
      ),
      pieces AS (
      \(steps.piecesStep)
      ),
      found AS (
      \(steps.foundStep)
      ),
      placed AS (
      \(steps.placedStep)
      ),
      priced AS (
      \(steps.pricedStep)
      ),
      totals AS (
      \(steps.totalsStep)
      ),
      amounts AS (
        SELECT totals.*, \(steps.digits) AS known_digits
        FROM totals
      )
      \(steps.resultStep)
      """
  }
}

private struct Steps {
  let dialect: SQLDialect
  let source: SQLLog
  let log: LogTable
  let rates: RateTable
  let keys: [ReportKey]
  let modes: [PriceMode]
  let names: String
  let ratesName: String

  /// No request of more tokens, and none before 2018, is believed, as in a log that is read row by row.
  private static let mostTokensOfARequest: Int64 = 1_000_000_000
  private static let firstSecond: Int64 = 1_514_764_800

  private var units: [BillableUnit] { rates.units }
  private var hasMode: Bool { modes.count > 1 }

  /// - Parameter isStep: whether each value is worked out once; PostgreSQL would copy an expression to wherever its name is
  ///   used, and a limit that limits nothing keeps it from that.
  private func select(_ columns: [String], from: String, isStep: Bool = true) -> String {
    "  SELECT\n    " + columns.joined(separator: ",\n    ") + "\n  FROM " + from
      + (isStep && dialect == .postgres ? "\n  OFFSET 0" : "")
  }

  /// Canonical columns from the log's own.
  var logStep: String {
    var columns = [
      "\(source.seconds) AS second", "\(source.text(.provider)) AS provider",
      "\(source.text(.model)) AS model",
    ]
    if hasMode {
      let mode = "lower(\(source.text(.mode)))"
      columns.append(
        """
        CASE WHEN \(mode) IN ('batch', 'priority', 'flex', 'off_peak', 'fast') THEN \(mode)
              WHEN \(mode) IN ('priority_on_demand', 'on_demand_priority') THEN 'priority'
              WHEN \(mode) IN ('flex_discount', 'on_demand_flex') THEN 'flex'
              WHEN \(mode) = 'on_demand_offpeak' THEN 'off_peak'
              ELSE 'standard' END AS mode
        """)
    }
    if keys.contains(.key) { columns.append("\(source.text(.key)) AS key_name") }
    if let charged = source.charged { columns.append("\(charged) AS charged") }
    for unit in units {
      let absent = unit == .request ? "1" : "0"
      let one = dialect.cast(absent, to: dialect.countType, nullable: false)
      columns.append("\(source.count(unit) ?? one) AS n_\(unit.usageKey)")
    }
    return select(columns, from: source.relation)
  }

  /// The conventions of a count made equal: input holds what a cache read and wrote, and writes those for an hour. A count
  /// that nobody believes becomes −1, before sums with it leave 64 bits.
  var countedStep: String {
    let columns = units.map { unit -> String in
      var parts = ["n_\(unit.usageKey)"]
      if unit == .cacheWrite { parts = [writes] }
      if unit == .input, log.excludesCache {
        parts += [BillableUnit.cacheRead, .cacheWrite].filter(units.contains).map {
          $0 == .cacheWrite ? writes : "n_\($0.usageKey)"
        }
      }
      let isBelieved = parts.map { "\($0) BETWEEN 0 AND \(Usage.most)" }.joined(separator: " AND ")
      return
        "CASE WHEN \(isBelieved) THEN \(parts.joined(separator: " + ")) ELSE -1 END AS whole_\(unit.usageKey)"
    }
    return select(
      kept + columns, from: "log" + (log.isAskedFor("second").map { "\n  WHERE \($0)" } ?? ""))
  }

  /// Whoever counts writes for an hour alone has counted all writes.
  private var writes: String {
    units.contains(.cacheWriteHour)
      ? "(CASE WHEN n_cache_write = 0 THEN n_cache_write_1h ELSE n_cache_write END)" : "n_cache_write"
  }

  private var kept: [String] {
    ["second", "provider", "model"] + (hasMode ? ["mode"] : []) + (keys.contains(.key) ? ["key_name"] : [])
      + (source.charged == nil ? [] : ["charged"])
  }

  /// Pieces that only one unit counts, and the size of one request.
  var piecesStep: String {
    var columns = kept + units.map { "whole_\($0.usageKey)" }
    for unit in units {
      var terms: [String] = []
      let own = Pieces.own(unit, of: units)
      for other in [unit] + units.filter({ $0 != unit }) {
        guard let times = own[other] else { continue }
        let factor = times.magnitude == 1 ? "" : "\(times.magnitude) * "
        let sign = times < 0 ? "- " : (terms.isEmpty ? "" : "+ ")
        terms.append("\(sign)\(factor)whole_\(other.usageKey)")
      }
      columns.append(terms.joined(separator: " ") + " AS only_\(unit.usageKey)")
    }
    let both = [BillableUnit.input, .output].filter(units.contains)
    for (counted, name) in [
      (both.filter { $0 == .input }, "prompt"), (both.filter { $0 == .output }, "answer"),
      (both, "prompt_answer"),
    ] {
      let average =
        counted.isEmpty
        ? dialect.cast("0", to: dialect.countType, nullable: false)
        : self.average(counted.map { "whole_\($0.usageKey)" }.joined(separator: " + "))
      columns.append("\(average) AS \(name)")
    }
    return select(columns, from: "counted")
  }

  private static let requests = "(CASE WHEN whole_requests < 1 THEN 1 ELSE whole_requests END)"

  /// Tiers are judged by the average request of a row, rounded up: it is above a limit when the exact average is. Prompt and answer
  /// together have an average of their own.
  private func average(_ column: String) -> String {
    let requests = Self.requests
    let dividend = "(\(column) + \(requests) - 1)"
    switch dialect {
    case .duckdb: return "\(dividend) // \(requests)"
    case .clickhouse: return "intDiv(\(dividend), \(requests))"
    case .postgres: return "\(dividend) / \(requests)"
    case .spark: return "\(dividend) div \(requests)"
    }
  }

  private func spelling(_ column: String) -> String { rates.ignoresCase ? "lower(\(column))" : column }

  /// Each row with the set of rates of its name and mode; 0 where no route has the name.
  var foundStep: String {
    let set =
      hasMode
      ? "CASE pieces.mode "
        + modes.map { "WHEN '\($0.rawValue)' THEN names.set_\($0.rawValue)" }.joined(separator: " ") + " END"
      : "names.set_standard"
    let columns =
      kept.map { "pieces.\($0) AS \($0)" } + counts.map { "pieces.\($0) AS \($0)" }
      + ["names.route AS route", "COALESCE(\(set), 0) AS found_set"]
    let join =
      "pieces\n  LEFT JOIN \(names) AS names ON names.provider = \(spelling("pieces.provider")) AND names.model = \(spelling("pieces.model"))"
    guard rates.hasDatedNames else { return select(columns, from: join) }
    // The spans of a name leave no gap: whatever the time, one of them remains.
    let time =
      "(CASE WHEN pieces.second BETWEEN \(RateTable.earliest) AND \(RateTable.latest - 1) THEN pieces.second ELSE 0 END)"
    return select(
      columns,
      from: join
        + "\n  WHERE COALESCE(names.is_named, 0) = 0\n    OR (\(time) >= names.from_second AND \(time) < names.until_second)"
    )
  }

  private var counts: [String] {
    units.flatMap { ["whole_\($0.usageKey)", "only_\($0.usageKey)"] } + ["prompt", "answer", "prompt_answer"]
  }

  /// Why a row cannot be priced, if it cannot.
  var placedStep: String {
    let wrong = units.flatMap { unit -> [String] in
      let whole = "whole_\(unit.usageKey)"
      let isPart = Pieces.own(unit, of: units).count > 1
      return ["\(whole) < 0", "\(whole) > \(Usage.most)"] + (isPart ? ["only_\(unit.usageKey) < 0"] : [])
    }
    let tooLarge = ["prompt", "answer"].map { "\($0) > \(Self.mostTokensOfARequest)" }
    let problem = """
      CASE
          WHEN \((wrong + tooLarge).joined(separator: " OR ")) THEN 'bad_count'
          WHEN second IS NULL OR NOT second BETWEEN \(Self.firstSecond) AND \(RateTable.latest - 1) THEN 'no_time'
          WHEN found_set = 0 THEN 'no_route'
          ELSE '' END
      """
    var columns = kept + counts + ["route", "found_set", "\(problem) AS problem"]
    if rates.hasHours {
      columns.append(
        "((\(dialect.floorDivision("second", 60)) + 4320) % 10080 + 10080) % 10080 AS minute_of_week")
    }
    return select(columns, from: "found")
  }

  /// Each row with the known part of its cost in units of money.
  var pricedStep: String {
    var conditions = ["placed.second >= rates.from_second AND placed.second < rates.until_second"]
    if rates.hasPromptTiers {
      conditions.append("placed.prompt > rates.prompt_above AND placed.prompt <= rates.prompt_up_to")
    }
    if rates.hasTotalTiers {
      let total = "placed.prompt_answer"
      conditions.append("\(total) > rates.total_above AND \(total) <= rates.total_up_to")
    }
    if rates.hasHours {
      conditions.append(
        "placed.minute_of_week >= rates.minute_from AND placed.minute_of_week < rates.minute_until")
    }
    let money = units.map { "COALESCE(\(amount($0)), 0)" }
    let rebates = rates.rebatedUnits.flatMap { unit -> [String] in
      let pieces = rates.units(billedAs: unit).map {
        $0 == unit
          ? "placed.only_\($0.usageKey)"
          : "placed.only_\($0.usageKey) * rates.\($0.usageKey)_as_\(unit.usageKey)"
      }.joined(separator: " + ")
      // The first pieces of each request are cheaper.
      let requests = Self.requests.replacing("whole_requests", with: "placed.whole_requests")
      return rates.rebateNames(unit).map { name in
        let limit =
          "\(wide("rates.\(name)_up_to")) * \(dialect.cast(requests, to: dialect.moneyType, nullable: false))"
        return
          " - CASE WHEN rates.\(name) IS NULL THEN 0 WHEN \(wide("(\(pieces))")) > \(limit) THEN \(limit) * rates.\(name) ELSE \(wide("(\(pieces))")) * rates.\(name) END"
      }
    }
    let unknown = units.map { "(placed.only_\($0.usageKey) > 0 AND rates.price_\($0.usageKey) IS NULL)" }
    let columns =
      kept.map { "placed.\($0) AS \($0)" }
      + ["CASE WHEN placed.problem = '' THEN placed.route END AS route"]
      + units.map { "placed.whole_\($0.usageKey) AS whole_\($0.usageKey)" }
      + [
        "CASE WHEN placed.problem <> '' THEN placed.problem WHEN \(unknown.joined(separator: " OR ")) THEN 'unpriced' ELSE '' END AS problem",
        (money.joined(separator: "\n      + ") + rebates.joined(separator: "\n      ")) + " AS known",
      ]
    return select(
      columns,
      from:
        "placed\n  INNER JOIN \(ratesName) AS rates ON rates.rate_set = CASE WHEN placed.problem = '' THEN placed.found_set ELSE 0 END\n  WHERE placed.problem <> ''\n    OR ("
        + conditions.joined(separator: "\n    AND ") + ")")
  }

  private func amount(_ unit: BillableUnit) -> String {
    "\(wide("placed.only_\(unit.usageKey)")) * rates.price_\(unit.usageKey)"
  }

  /// A count that a product with money does not take out of its bounds.
  private func wide(_ count: String) -> String { dialect == .clickhouse ? "toInt256(\(count))" : count }
}

extension Steps {
  private func expression(_ key: ReportKey) -> String {
    switch key {
    case .day: dialect.date(ofDay: dialect.floorDivision("second", 86_400))
    case .provider: "NULLIF(provider, '')"
    case .model: "NULLIF(model, '')"
    case .mode: hasMode ? "mode" : "'standard'"
    case .key: "NULLIF(key_name, '')"
    case .route: "route"
    }
  }

  private func name(_ key: ReportKey) -> String { "by_\(key.rawValue)" }

  /// Sums of a group in units of money.
  var totalsStep: String {
    func rows(_ problem: String) -> String {
      "SUM(CASE WHEN problem = '\(problem)' THEN 1 ELSE 0 END)"
    }
    func sum(_ expression: String) -> String {
      let type = dialect.moneyType
      return "SUM(\(dialect == .clickhouse ? "toInt256(\(expression))" : "CAST(\(expression) AS \(type))"))"
    }
    var columns = keys.map { "\(expression($0)) AS \(name($0))" }
    columns += [
      "COUNT(*) AS row_count", "\(rows("")) AS priced_rows", "\(rows("unpriced")) AS unpriced_rows",
      "\(rows("no_route")) AS no_route_rows", "\(rows("no_time")) AS no_time_rows",
      "\(rows("bad_count")) AS bad_count_rows",
    ]
    for unit in units {
      let pieces = "CASE WHEN problem = 'bad_count' THEN 0 ELSE whole_\(unit.usageKey) END"
      columns.append("\(sum(pieces)) AS sum_\(unit.usageKey)")
    }
    columns.append("SUM(priced.known) AS known_sum")
    if source.charged != nil { columns.append("SUM(priced.charged) AS charged_sum") }
    let from =
      "priced" + (keys.isEmpty ? "" : "\n  GROUP BY " + keys.map { expression($0) }.joined(separator: ", "))
    return select(columns, from: from, isStep: false)
  }

  var resultStep: String {
    var columns = keys.map { "\(name($0)) AS \($0.rawValue)" }
    columns += [
      "row_count", "priced_rows", "unpriced_rows", "no_route_rows", "no_time_rows", "bad_count_rows",
    ]
    columns += units.map { "sum_\($0.usageKey) AS \($0.usageKey)" }
    let length = dialect == .duckdb ? "CAST(length(known_digits) AS INTEGER)" : "length(known_digits)"
    let point =
      "concat(substr(known_digits, 1, \(length) - \(places)), '.', right(known_digits, \(places)))"
    let known =
      dialect == .clickhouse ? "toDecimal128(\(point), 18)" : "CAST(\(point) AS \(dialect.dollarType))"
    columns += ["\(known) AS known_usd", "CASE WHEN priced_rows = row_count THEN \(known) END AS cost_usd"]
    if source.charged != nil { columns.append("charged_sum AS charged_usd") }
    let order = keys.map { dialect.ordered(name($0), isText: $0 != .day) }
    return "SELECT\n  " + columns.joined(separator: ",\n  ") + "\nFROM amounts"
      + (order.isEmpty ? "" : "\nORDER BY " + order.joined(separator: ", "))
  }

  private var places: Int { min(rates.moneyDigits, SQLStatement.shownDigits) }

  /// The digits of the known sum in dollars without the point, which is then set into the text: no two engines divide
  /// decimals alike.
  var digits: String {
    var divisor = Int128(rates.countsNinths ? 9 : 1)
    for _ in places..<rates.moneyDigits { divisor *= 10 }
    // Rounded half up once, where the unit of money is smaller than what is shown.
    let whole =
      divisor == 1 ? "known_sum" : dialect.quotient("2 * known_sum + \(divisor)", by: "\(2 * divisor)")
    return dialect.padded(
      dialect == .clickhouse ? "toString(\(whole))" : "CAST(\(whole) AS \(dialect.textType))", to: places + 1)
  }
}
