import Cataloguing
import Documents
import Facts
import Metering
import Platform
import Rendering

/// Reprices a log in the engine that holds it: finds the routes of its names, sends the price table, shows the answer.
struct EngineRun {
  /// The route that the log's words mean; nil when none is known.
  typealias Matcher = (_ provider: String?, _ model: String) throws -> RouteRates?

  let options: EngineOptions
  let log: LogTable
  let keys: [ReportKey]
  let catalogue: Catalogue
  let match: Matcher

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

  private func ask(_ client: EngineClient, _ dialect: SQLDialect) throws -> [(
    provider: String?, model: String
  )] {
    Output.progress("asking the engine for the log's models")
    return try client.run([try SQLStatement.names(dialect, log)]).compactMap { row in
      guard row.count == 2, let model = row[1] else { return nil }
      return (row[0].flatMap { $0.isEmpty ? nil : $0 }, model)
    }
  }

  /// Pairs of a file: provider and model as CSV, or with a tab between in a file that ends in .tsv; a provider that
  /// the log leaves out is empty.
  private func names(in path: String) throws -> [(provider: String?, model: String)] {
    let bytes = try Files.read(path)
    let rows =
      path.hasSuffix(".tsv")
      ? String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map { String?(String($0)) }
      } : try EngineAnswer.rows(bytes)
    return try rows.enumerated().compactMap { number, row in
      if number == 0, row == ["provider", "model"] || row.count == 1 && row[0] == nil { return nil }
      guard row.count == 2, let model = row[1] else {
        throw CommandProblem(
          "line \(number + 1) of \(path.bounded) is no pair of provider and model",
          hint: "write openai,gpt-5; without a provider ,gpt-5")
      }
      return (row[0].flatMap { $0.isEmpty ? nil : $0 }, model)
    }
  }

  private func table(of pairs: [(provider: String?, model: String)]) throws -> RateTable {
    var builder = RateTableBuilder(units: log.units)
    for pair in pairs {
      guard let route = try match(pair.provider, pair.model) else { continue }
      builder.add(provider: pair.provider ?? "", model: pair.model, route)
    }
    return builder.table()
  }

  /// The prices that the table is made of, unflattened, for a check of the flattening.
  func rates() throws -> DataValue {
    var routes: [(provider: String, model: String, rates: RouteRates)] = []
    if let file = options.routes {
      for pair in try names(in: file) {
        guard let rates = try match(pair.provider, pair.model) else { continue }
        routes.append((pair.provider ?? "", pair.model, rates))
      }
    } else {
      try forEachRoute { routes.append(($0.rawValue, $1.apiID, $1)) }
    }
    return .map([
      (
        "routes",
        .list(
          routes.map { route in
            .map([
              ("provider", .text(route.provider)), ("model", .text(route.model)),
              ("route", .text(route.rates.id)),
              ("free", .flag(route.rates.isFree)),
              ("periods", .list(route.rates.periods.map { Self.data($0) })),
            ])
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
    try forEachRoute { provider, rates in
      builder.add(provider: provider.rawValue, model: rates.apiID, rates)
      if catalogue.frame.identity.isFirstParty(provider, of: rates.model.lab),
        let own = try match(nil, rates.apiID)
      {
        builder.add(provider: "", model: rates.apiID, own)
      }
    }
    return builder.table()
  }
}

extension Catalogue {
  /// The route that a log's words mean: the provider's route under exactly that id, else its only route of the model that
  /// the id resolves to. Without a provider it is the lab's own.
  func loggedRoute(provider: String?, model: String, asOf: CalendarDate) throws -> RouteRates? {
    guard case .resolved(let resolved) = try resolve(model, provider: provider, asOf: asOf),
      let contents = try contents(of: resolved.model)
    else { return nil }
    let id = provider.map(frame.identity.provider)
    let served = contents.routes.filter { route in
      id.map { $0 == route.provider } ?? frame.identity.isFirstParty(route.provider, of: contents.id.lab)
    }
    let exact = served.first { $0.apiID.lowercased() == model.lowercased() }
    guard let route = exact ?? (served.count == 1 ? served.first : nil) else { return nil }
    return try rates(of: contents.id, at: route.provider, apiID: route.apiID)
  }
}
