import Cataloguing
import Documents
import Facts
import Metering
import Platform
import Rendering
import TextFormats

/// Reprices a log in the engine that holds it: finds the routes of its names, sends the price table, shows the answer.
struct EngineRun {
  let options: EngineOptions
  let log: LogTable
  let keys: [ReportKey]
  let catalogue: Catalogue
  let today: CalendarDate

  /// What a log calls a route, and the days on which it does.
  private struct Pair {
    let provider: String?
    let model: String
    let days: ClosedRange<Int>?
  }

  /// The SQL or the report.
  ///
  /// - Returns: whether every row was priced; true for SQL alone.
  func run(json: Bool) throws -> Bool {
    let dialect = try options.dialect()
    if options.printNamesSQL {
      Output.line(try SQLStatement.names(dialect, log) + ";")
      return true
    }
    if options.printRates {
      Output.write(JSONText.write(try rates()))
      return true
    }
    if options.printSQL {
      let table = try options.routes.map { try self.table(of: names(in: $0)) } ?? wholeTable()
      Output.write(Array((heading(table) + (try statement(dialect, table).script())).utf8))
      return true
    }
    let client = try EngineClient(dialect, url: try url(dialect))
    let pairs = try options.routes.map { try names(in: $0) } ?? ask(client, dialect)
    let table = try self.table(of: pairs)
    Output.progress("repricing \(pairs.count) names on \(table.names.count) routes")
    let report = EngineReport(
      keys: keys, units: table.units, hasCharged: log.columns[.charged] != nil,
      rows: try client.run(try statement(dialect, table).statements()), catalogue: catalogue.digest)
    if json {
      Output.write(JSONText.write(try report.data()))
    } else {
      Output.line(try report.text())
    }
    return try report.isComplete()
  }

  private func url(_ dialect: SQLDialect) throws -> String? {
    if case .file = log.place, dialect == .duckdb || dialect == .spark { return options.url }
    guard let url = options.url else {
      throw CommandProblem(
        "the engine's address is not named", hint: "add --url, or --print-sql to run the statement yourself")
    }
    return url
  }

  private func statement(_ dialect: SQLDialect, _ table: RateTable) -> SQLStatement {
    SQLStatement(dialect, log, at: table, by: keys)
  }

  private func heading(_ table: RateTable) -> String {
    """
    -- llmref \(LLMRef.programVersion), catalogue sha256 \(catalogue.digest ?? "none").
    -- \(table.names.count) names of routes, \(table.rates.count) rates.

    """
  }

  // MARK: Names

  private func ask(_ client: EngineClient, _ dialect: SQLDialect) throws -> [Pair] {
    Output.progress("asking the engine for the log's models")
    return try client.run([try SQLStatement.names(dialect, log)]).compactMap {
      try pair($0, "the engine's answer")
    }
  }

  /// Pairs of a file: provider and model as CSV, or with a tab between in a file that ends in .tsv, and the first and last day
  /// of the name if they are known; a provider that the log leaves out is empty.
  private func names(in path: String) throws -> [Pair] {
    let bytes = try Files.read(path)
    let rows =
      path.hasSuffix(".tsv")
      ? String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map { String?(String($0)) }
      } : try EngineAnswer.rows(bytes)
    return try rows.enumerated().compactMap { number, row in
      if number == 0, row.first == "provider" { return nil }
      return try pair(row, "line \(number + 1) of \(path.bounded)")
    }
  }

  private func pair(_ row: [String?], _ place: String) throws -> Pair? {
    let fields = row.map { $0.flatMap { $0.isEmpty ? nil : $0 } }
    guard fields.count == 2 || fields.count == 4 else {
      throw CommandProblem(
        "\(place) is no pair of provider and model", hint: "write openai,gpt-5; without a provider ,gpt-5")
    }
    // A row without a model means no route.
    guard let model = fields[1] else { return nil }
    guard fields.count == 4, let first = fields[2], let last = fields[3] else {
      return Pair(provider: fields[0], model: model, days: nil)
    }
    // A day that no calendar has is of a row that is not priced.
    guard let from = try? CalendarDate(parsing: first).firstDayNumber,
      let until = try? CalendarDate(parsing: last).firstDayNumber
    else { return Pair(provider: fields[0], model: model, days: nil) }
    return Pair(provider: fields[0], model: model, days: min(from, until)...max(from, until))
  }

  /// What the names mean, day by day: an alias may lead to one release after another.
  private func meanings(of pairs: [Pair]) throws -> [(pair: Pair, meanings: [RateTableBuilder.Meaning])] {
    var matcher = RouteMatcher(catalogue, today: today)
    var known: [MatchedRoute: RouteRates?] = [:]
    return try pairs.map { pair in
      // Days before models were sold by the token, and days to come, are no days of a log.
      let days = (pair.days ?? today.firstDayNumber...today.firstDayNumber).clamped(
        to: Self.earliestDay...today.firstDayNumber + 366)
      var meanings: [RateTableBuilder.Meaning] = []
      for day in [days.lowerBound] + catalogue.aliasDays(of: pair.model).filter(days.contains) {
        let match = try matcher.match(provider: pair.provider, model: pair.model, day: day)
        let route = try self.rates(match, &known)
        if let last = meanings.last, last.route?.id == route?.id { continue }
        meanings.append((day, route))
      }
      return (pair, meanings)
    }
  }

  private func rates(_ match: RouteMatch, _ known: inout [MatchedRoute: RouteRates?]) throws -> RouteRates? {
    guard case .route(let route) = match else { return nil }
    if let rates = known[route] { return rates }
    let rates = try catalogue.rates(of: route.model, at: route.provider, apiID: route.apiID)
    known[route] = rates
    return rates
  }

  /// 2018-01-01.
  private static let earliestDay = 17_532

  private func table(of pairs: [Pair]) throws -> RateTable {
    var builder = RateTableBuilder(units: log.units)
    for (pair, meanings) in try meanings(of: pairs) {
      builder.add(provider: pair.provider ?? "", model: pair.model, meanings)
    }
    return builder.table()
  }

  /// The prices that the table is made of, unflattened, for a check of the flattening.
  func rates() throws -> DataValue {
    var routes: [(provider: String, model: String, fromDay: Int, rates: RouteRates?)] = []
    if let file = options.routes {
      for (pair, meanings) in try meanings(of: names(in: file)) {
        for meaning in meanings {
          routes.append((pair.provider ?? "", pair.model, meaning.fromDay, meaning.route))
        }
      }
    } else {
      try forEachRoute { routes.append(($0.rawValue, $1.apiID, 0, $1)) }
    }
    return .map([
      (
        "routes",
        .list(
          routes.map { route in
            var members: [(String, DataValue)] = [
              ("provider", .text(route.provider)), ("model", .text(route.model)),
              ("from_day", .integer(route.fromDay)),
            ]
            if let rates = route.rates {
              members += [
                ("route", .text(rates.id)), ("free", .flag(rates.isFree)),
                ("periods", .list(rates.periods.map { Self.data($0) })),
              ]
            }
            return .map(members)
          })
      )
    ])
  }

  private static func data(_ period: RouteRates.Period) -> DataValue {
    var members: [(String, DataValue)] = period.from.map { [("from", .text($0.text))] } ?? []
    let known = period.prices.terms.compactMap { term, money -> (PriceTerm, Money)? in
      if case .known(let money, _) = money { return (term, money) }
      return nil
    }.sorted { $0.0.text < $1.0.text }
    members.append(
      (
        "prices",
        .list(
          known.map { term, money in
            var parts: [(String, DataValue)] = [
              ("unit", .text(term.unit.rawValue)), ("mode", .text(term.mode.rawValue)),
              ("usd", .text(money.text)),
            ]
            if let tier = term.tier {
              parts += [
                ("above", .integer(Int(tier.limit.tokens))), ("tier", .text(tier.semantics.rawValue)),
                ("counting", .text(tier.counting.rawValue)),
              ]
            }
            if let hours = term.hours { parts.append(("hours", .text(hours.text))) }
            return .map(parts)
          })
      ))
    let contradicted = period.prices.contradicted.map(\.usageKey).sorted()
    if !contradicted.isEmpty { members.append(("contradicted", .texts(contradicted))) }
    return .map(members)
  }

  private func forEachRoute(_ body: (ProviderID, RouteRates) throws -> Void) throws {
    for summary in try catalogue.summaries() {
      guard let contents = try catalogue.contents(of: summary.id) else { continue }
      for route in contents.routes {
        guard let rates = try catalogue.rates(of: contents.id, at: route.provider, apiID: route.apiID) else {
          continue
        }
        try body(route.provider, rates)
      }
    }
  }

  /// Every route of the catalogue under its provider's name, and under its id alone where that says which is meant.
  private func wholeTable() throws -> RateTable {
    var builder = RateTableBuilder(units: log.units, ignoresCase: true)
    var matcher = RouteMatcher(catalogue, today: today)
    try forEachRoute { provider, rates in
      builder.add(provider: provider.rawValue, model: rates.apiID, rates)
      guard catalogue.frame.identity.isFirstParty(provider, of: rates.model.lab),
        case .route(let own) = try matcher.match(provider: nil, model: rates.apiID, day: nil),
        own.apiID == rates.apiID, own.provider == provider
      else { return }
      builder.add(provider: "", model: rates.apiID, rates)
    }
    return builder.table()
  }
}
