import Cataloguing
import Facts
import Foundation
import Testing

@testable import Metering

private func table(for log: LogTable) throws -> RateTable {
  var route = PricedRoute()
  route.add(PriceTerm(.input), "1.25")
  route.add(PriceTerm(.input), "1", from: "2026-07-01")
  route.add(PriceTerm(.output), "10")
  route.add(PriceTerm(.output, above: TokenCount(200_000)), "15")
  route.add(PriceTerm(.cacheRead, hours: try PriceHours(parsing: "mon 09:00-17:00")), "0.1")
  route.add(PriceTerm(.input, mode: .batch), "0.5")
  var builder = RateTableBuilder(units: log.units)
  let rates = try route.rates()
  var other = PricedRoute()
  other.add(PriceTerm(.input), "4")
  builder.add(provider: "acme", model: "it's", rates)
  // Days 20,500 and 20,600 are 2026-02-16 and 2026-05-27.
  builder.add(
    provider: "", model: "latest", [(20_000, rates), (20_500, nil), (20_600, try other.rates("rocket2"))])
  return builder.table()
}

@Suite struct SQLStatements {
  /// Read the difference by eye before recording it anew: `RECORD=1 swift test --filter writesAsRecorded`. The recorded
  /// statements are run by `scripts/check_sql.py`.
  @Test(arguments: SQLDialect.allCases) func writesAsRecorded(_ dialect: SQLDialect) throws {
    let log = try LogTable(
      .table(named: "golden_usage"),
      columns: "time=at,provider,model,mode,input,cache_read,output,charged_usd=cost",
      excludesCache: true)
    let script = try SQLStatement(dialect, log, at: table(for: log), by: [.day, .model]).script()
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/reprice.\(dialect.rawValue).sql")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try script.write(to: path, atomically: true, encoding: .utf8)
    }
    #expect(script == (try String(contentsOf: path, encoding: .utf8)))
  }

  /// A price that nobody states is NULL in its row, and the row counts as unpriced where its unit is used.
  @Test(arguments: SQLDialect.allCases) func unknownPricesAreNull(_ dialect: SQLDialect) throws {
    let log = try LogTable(.table(["t"]), columns: "model,input,output", excludesCache: false)
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2")
    var builder = RateTableBuilder(units: log.units)
    builder.add(provider: "", model: "m", try route.rates())
    let rates = builder.table().ratesRelation(dialect, named: "rates")
    #expect(
      rates.columns.map(\.name) == [
        "rate_set", "from_second", "until_second", "price_input", "price_output", "price_requests",
      ])
    // $2 per 1M tokens is 2 millionths a token.
    #expect(rates.rows[1].suffix(3) == ["2", "NULL", "0"])
    #expect(rates.rows[0].suffix(3).allSatisfy { $0.contains("NULL") && $0.contains("CAST") })
    let script = try SQLStatement(dialect, log, at: builder.table(), by: []).script()
    #expect(script.contains("(placed.only_output > 0 AND rates.price_output IS NULL)"))
  }

  @Test func conditionsThatNoRateHasAreLeftOut() throws {
    let log = try LogTable(.table(["t"]), columns: "model,input", excludesCache: false)
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2")
    var builder = RateTableBuilder(units: log.units)
    builder.add(provider: "", model: "m", try route.rates())
    let script = try SQLStatement(.duckdb, log, at: builder.table(), by: []).script()
    for word in ["prompt_above", "total_above", "minute_from", "rebate", "set_batch", "GROUP BY"] {
      #expect(!script.contains(word), "\(word)")
    }
  }

  /// 2,001 rows of constants are too many for one statement; ClickHouse's own limit is 256 KiB.
  @Test(arguments: SQLDialect.allCases) func largeTablesGoIntoTheSessionInPieces(_ dialect: SQLDialect) throws
  {
    let log = try LogTable(.table(["t"]), columns: "model,input", excludesCache: false)
    var route = PricedRoute()
    route.add(PriceTerm(.input), "2")
    let rates = try route.rates()
    var builder = RateTableBuilder(units: log.units)
    for number in 0..<2000 { builder.add(provider: "", model: "m\(number)", rates) }
    let statements = try SQLStatement(dialect, log, at: builder.table(), by: [.model]).statements()
    #expect(statements.count > (dialect == .spark ? 2 : 6))
    #expect(statements.allSatisfy { $0.utf8.count < 200_000 })
    #expect(statements.last?.hasPrefix("WITH log AS") == true)
    let names = statements.joined().components(separatedBy: "'m").count - 1
    #expect(names == 2000)
  }

  /// 2026-06-01 begins 1,780,272,000 seconds after 1970, and June has 30 · 86,400.
  @Test(arguments: SQLDialect.allCases) func rowsOutsideOfTheTimeAreLeftOut(_ dialect: SQLDialect) throws {
    var log = try LogTable(.table(["t"]), columns: "time,model,input", excludesCache: false)
    #expect(try !SQLStatement.names(dialect, log).contains("1780272000"))
    log.since = try Timestamp(parsing: "2026-06-01")
    let since = "WHERE second IS NULL OR (second >= 1780272000)"
    #expect(try SQLStatement(dialect, log, at: table(for: log), by: []).script().contains(since))
    log.until = try Timestamp(parsing: "2026-07-01")
    let both = "WHERE second IS NULL OR (second >= 1780272000 AND second < 1782864000)"
    for script in [
      try SQLStatement(dialect, log, at: table(for: log), by: []).script(),
      try SQLStatement.names(dialect, log),
    ] {
      #expect(script.components(separatedBy: both).count == 2)
    }
  }

  @Test(arguments: LogStore.allCases) func everyStoreHasAStatement(_ store: LogStore) throws {
    let log = store.log(in: nil)
    let script = try SQLStatement(store.dialect, log, at: table(for: log), by: ReportKey.allCases).script()
    #expect(script.contains("AS source"))
    #expect(try SQLStatement.names(store.dialect, log).contains("GROUP BY provider, model"))
  }
}

@Suite struct SQLQuoting {
  /// Each ends where it should: what would close a quote is doubled or escaped, and no line stands for itself.
  @Test(arguments: [
    (SQLDialect.duckdb, "o'b\\n", "E'o''b\\\\n'"), (.postgres, "o'b\\n", "E'o''b\\\\n'"),
    (.clickhouse, "o'b\\n", "'o\\'b\\\\n'"), (.spark, "o'b\\n", "'o\\'b\\\\n'"),
    (.duckdb, "a\n.quit", "E'a\\x0a.quit'"), (.postgres, "a\n\\!", "E'a\\x0a\\\\!'"),
    (.clickhouse, "a\tb", "'a\\x09b'"), (.spark, "a\tb", "'a\\u0009b'"),
    (.spark, "${env:HOME}", "'\\u0024{env:HOME}'"), (.duckdb, "${env:HOME}", "'${env:HOME}'"),
    (.duckdb, "Ä模", "'Ä模'"), (.postgres, "", "''"),
  ]) func textsStayTexts(_ dialect: SQLDialect, _ text: String, _ literal: String) {
    #expect(dialect.literal(text) == literal)
  }

  @Test func textsWithAZeroCharacterHaveNoLiteral() {
    for dialect in SQLDialect.allCases { #expect(dialect.literal("a\0b") == nil) }
  }

  @Test(arguments: [
    (SQLDialect.duckdb, "a\"b", "\"a\"\"b\""), (.postgres, "a\"; DROP", "\"a\"\"; DROP\""),
    (.clickhouse, "a`b\\", "`a\\`b\\\\`"), (.spark, "a`b", "`a``b`"),
    (.postgres, "LiteLLM_SpendLogs", "\"LiteLLM_SpendLogs\""),
  ]) func namesStayNames(_ dialect: SQLDialect, _ name: String, _ quoted: String) throws {
    #expect(try dialect.identifier(name) == quoted)
  }

  @Test(arguments: ["", "a\nb", "a\0", String(repeating: "x", count: 201)]) func namesThatNobodyHasAreRefused(
    _ name: String
  ) {
    for dialect in SQLDialect.allCases {
      #expect(throws: SQLProblem.badIdentifier(name)) { try dialect.identifier(name) }
    }
    #expect(throws: SQLProblem.badIdentifier("${x}")) { try SQLDialect.spark.identifier("${x}") }
  }

  @Test(arguments: [
    ("usage", ["usage"]), ("a.b", ["a", "b"]), ("\"a.b\".c", ["a.b", "c"]),
    ("\"say \"\"hi\"\"\"", ["say \"hi\""]),
    ("x; DROP TABLE y", ["x; DROP TABLE y"]),
  ]) func tableNamesAreTakenApart(_ text: String, _ parts: [String]) throws {
    #expect(try LogTable.Place.table(named: text) == .table(parts))
  }

  @Test(arguments: ["", ".", "a.", "\"a", "a\"b\"", "a.b.c.d"]) func brokenTableNamesAreRefused(
    _ text: String
  ) {
    #expect(throws: SQLProblem.badIdentifier(text)) { try LogTable.Place.table(named: text) }
  }

  @Test func columnMapsNameTheLogsColumns() throws {
    let log = try LogTable(
      .table(["t"]), columns: "time=ts:seconds, model = name ,input=prompt tokens", excludesCache: false)
    #expect(log.timeKind == .seconds)
    #expect(
      log.columns == [
        .time: .column("ts"), .model: .column("name"), .count(.input): .column("prompt tokens"),
      ])
    #expect(throws: SQLProblem.unknownColumn("price=x")) {
      try LogTable(.table(["t"]), columns: "model,price=x", excludesCache: false)
    }
  }

  @Test func filesGoOnlyWhereAnEngineReadsThem() throws {
    let log = try LogTable(.file("a'b.jsonl.gz"), columns: nil, excludesCache: false)
    #expect(try SQLStatement.names(.duckdb, log).contains("read_json('a''b.jsonl.gz'"))
    #expect(try SQLStatement.names(.clickhouse, log).contains("file('a\\'b.jsonl.gz', 'JSONEachRow'"))
    #expect(throws: SQLProblem.noFiles(.postgres)) { try SQLStatement.names(.postgres, log) }
    let other = try LogTable(.file("a.txt"), columns: nil, excludesCache: false)
    #expect(throws: SQLProblem.badFile("a.txt")) { try SQLStatement.names(.duckdb, other) }
  }
}
