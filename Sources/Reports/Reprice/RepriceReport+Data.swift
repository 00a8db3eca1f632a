import Documents
import Facts
import Metering
import Pages
import Pricing

extension RepriceReport {
  /// The report as `Schemas/reprice-1.schema.json` defines it.
  public var data: DataValue {
    let question = repricing.question
    var members: [(String, DataValue)] = [
      ("schema", .text("llmref/reprice/1")),
      (
        "catalogue",
        .map([
          ("date", .text(stamp.catalogueDate?.text ?? Display.unknown)),
          ("sha256", .text(stamp.digest ?? Display.unknown)),
        ])
      ),
      (
        "logs",
        .list(
          logs.map { log in
            .map([
              ("file", .text(log.name)), ("bytes", .integer(log.bytes)),
              ("sha256", .text(log.digest ?? Display.unknown)),
            ])
          })
      ),
    ]
    if let since = question.since { members.append(("since", .text(since.text))) }
    if let until = question.until { members.append(("until", .text(until.text))) }
    members += [
      (
        "adjustments",
        .list(
          question.adjustments.map {
            .map([("name", .text(Display.harmless($0.name))), ("percent", .text($0.percent.text))])
          })
      ),
      ("total", .map(amounts(repricing.total))), ("tables", .list(repricing.tables.map(table))),
      ("elsewhere", elsewhere), ("cheapest", cheapest), ("prices", .list(repricing.rates.map(rate))),
      ("rows_left_out", .integer(repricing.leftOut)), ("times_without_zone", .integer(repricing.zonesUntold)),
      ("rows_uncompared", .integer(repricing.uncompared)), ("problems", problems),
    ]
    return .map(members)
  }

  private func amounts(_ amounts: Amounts) -> [(String, DataValue)] {
    var members: [(String, DataValue)] = [
      ("rows", .integer(Int(clamping: amounts.rows))), ("requests", .text(String(amounts.requests))),
      (
        "usage",
        .map(
          amounts.used.units.filter { $0 != .request }.map { ($0.usageKey, .text(String(amounts.used[$0]))) })
      ),
      ("state", .text(amounts.isKnown ? "known" : "unknown")),
    ]
    if let cost = repricing.adjusted(amounts.dollars) {
      members.append((amounts.isKnown ? "cost_usd" : "known_part_usd", .text(cost.text)))
    }
    if !amounts.isKnown { members.append(("unknown_rows", .integer(Int(clamping: amounts.unknownRows)))) }
    if let charged = amounts.chargedDollars {
      members += [
        ("charged_usd", .text(charged.text)), ("charged_rows", .integer(Int(clamping: amounts.chargedRows))),
      ]
    }
    if let residual = RepriceCells.residual(amounts, repricing) {
      members += [
        ("charged_more_usd", .text(residual.text)),
        ("compared_rows", .integer(Int(clamping: amounts.comparedRows))),
      ]
    }
    return members
  }

  private static func key(_ dimension: RepriceQuestion.Dimension) -> String {
    if case .tag(let name) = dimension { return "tag:" + Display.harmless(name) }
    return RepriceCells.title(dimension)
  }

  private func table(_ table: Repricing.Table) -> DataValue {
    let keys = table.dimensions.map(Self.key)
    return .map([
      ("by", .texts(keys)),
      (
        "rows",
        .list(
          table.rows.map { row in
            .map(zip(keys, row.names).map { ($0, .text(RepriceCells.name($1))) } + amounts(row.amounts))
          })
      ),
    ])
  }

  private var elsewhere: DataValue {
    let question = repricing.question
    return .map([
      ("token_ratio", .text(question.tokenRatio.text)), ("output_ratio", .text(question.answerRatio.text)),
      (
        "routes",
        .list(
          repricing.elsewhere.map { other in
            let isKnown = other.unknownRows == 0
            return .map(
              [
                ("route", .text(other.route)), ("model", .text(other.model.rawValue)),
                ("state", .text(isKnown ? "known" : "unknown")),
                (isKnown ? "low_usd" : "known_part_low_usd", .text(other.low.text)),
                (isKnown ? "high_usd" : "known_part_high_usd", .text(other.high.text)),
              ] + (isKnown ? [] : [("unknown_rows", .integer(Int(clamping: other.unknownRows)))]))
          })
      ),
    ])
  }

  private var cheapest: DataValue {
    .list(
      repricing.cheapest.map { model in
        .map(
          [
            ("model", .text(model.model.rawValue)), ("rows", .integer(Int(clamping: model.rows))),
            ("own_usd", .text(model.own.text)), ("state", .text(model.best == nil ? "unknown" : "known")),
          ] + (model.best.map { [("route", .text($0.route)), ("cost_usd", .text($0.dollars.text))] } ?? []))
      })
  }

  private func rate(_ rate: Repricing.UsedRate) -> DataValue {
    let quote = rate.quoted.quote
    var members: [(String, DataValue)] = [
      ("provider", .text(rate.provider.rawValue)), ("api_id", .text(Display.harmless(rate.apiID))),
      ("model", .text(rate.model.rawValue)),
    ]
    if let from = rate.from { members.append(("from", .text(from.text))) }
    if let until = rate.until { members.append(("until", .text(until.text))) }
    members += [
      ("evidence", .text(rate.grade.rawValue)), ("mode", .text(rate.mode.rawValue)),
      ("price", .text(quote.term.text)),
      ("unit", .text(quote.term.unit.rawValue)),
      ("usd", .text(quote.money.text)), ("per", .text(String(quote.term.unit.piecesPerPrice))),
      ("rule", .text(quote.evidence.rule.rawValue)),
      (
        "sources",
        .list(
          quote.evidence.agreeing.map { citation in
            .map([
              ("source", .text(citation.source.id.rawValue)),
              ("record", .text(Display.harmless(citation.recordKey))),
              ("observed", .text(citation.observed.text)),
            ])
          })
      ),
    ]
    return .map(members)
  }

  private var problems: DataValue {
    let book = repricing.problems
    return .map([
      ("rows", .integer(book.total)),
      (
        "reasons",
        .map(
          RowProblem.Reason.allCases.compactMap { reason in
            book.rows[reason].map { (reason.rawValue, .integer($0)) }
          })
      ),
      (
        "listed",
        .list(
          book.entries.map { entry in
            .map([
              ("reason", .text(entry.reason.rawValue)), ("message", .text(Display.harmless(entry.message))),
              ("rows", .integer(entry.rows)),
              (
                "first",
                .list(
                  entry.places.map {
                    .map([("file", .text(Display.harmless($0.file))), ("line", .integer($0.line))])
                  })
              ),
            ])
          })
      ),
      ("unlisted_rows", .integer(book.unlisted)),
    ])
  }

  /// A table with a head, exact values, and nothing where something is unknown: for programs that read CSV.
  public func csv(table place: Int) -> [[String]] {
    guard repricing.tables.indices.contains(place) else { return [] }
    let table = repricing.tables[place]
    let units: [BillableUnit] = [.input, .cacheRead, .cacheWrite, .output, .reasoning]
    let head =
      table.dimensions.map(Self.key) + ["rows", "requests"] + units.map(\.usageKey) + [
        "state", "cost_usd", "charged_usd", "charged_more_usd",
      ]
    return [head]
      + table.rows.map { row in
        let amounts = row.amounts
        return row.names.map { $0.map { Display.harmless($0.text) } ?? "" }
          + [String(amounts.rows), String(amounts.requests)] + units.map { String(amounts.used[$0]) } + [
            amounts.isKnown ? "known" : "unknown",
            amounts.isKnown ? repricing.adjusted(amounts.dollars)?.text ?? "" : "",
            amounts.chargedDollars?.text ?? "", RepriceCells.residual(amounts, repricing)?.text ?? "",
          ]
      }
  }
}
