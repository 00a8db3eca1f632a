import Cataloguing
import Documents
import Facts
import Metering
import Pages
import Pricing

extension RepriceReport {
  var tableSections: [Section] { repricing.tables.enumerated().map { section($1, $0) } }

  private func section(_ table: Repricing.Table, _ place: Int) -> Section {
    let titles = table.dimensions.map(RepriceCells.title)
    let shown = table.rows.prefix(mostRows)
    var blocks: [Block] = [.table(self.table(Array(shown), titles))]
    if table.rows.count > shown.count {
      blocks.append(
        .paragraph([
          .text(
            "\(Display.counted(table.rows.count - shown.count, "more row")); --format csv and --json hold all."
          )
        ]))
    }
    if let chart = chart(table) { blocks.append(.chart(chart)) }
    return Section(
      id: "table-\(place + 1)", title: titles.isEmpty ? "In all" : "By " + Display.listed(titles),
      blocks: blocks)
  }

  private func table(_ rows: [Repricing.Table.Row], _ titles: [String]) -> Table {
    let hasCharge = total.chargedRows > 0
    var head = titles.map(Display.capitalised) + ["Rows", "Input", "From cache", "Output", "Cost"]
    if titles.isEmpty { head.insert("", at: 0) }
    if hasCharge { head += ["Charged", "Charged more"] }
    return Table(
      caption:
        "Tokens, cached ones part of the input; US dollars at the prices in force\(hasCharge ? "; charged, and charged more than the prices give over the rows with both" : "")",
      head: head,
      rows: rows.map { row in
        var cells: [[Run]] = row.names.dropFirst().map { [.text(RepriceCells.name($0))] }
        cells += [
          RepriceCells.count(Int128(row.amounts.rows)), RepriceCells.count(row.amounts.used[.input]),
          RepriceCells.count(row.amounts.used[.cacheRead]), RepriceCells.count(row.amounts.used[.output]),
          RepriceCells.tableCost(row.amounts, repricing),
        ]
        if hasCharge {
          cells += [
            RepriceCells.charged(row.amounts),
            RepriceCells.residual(row.amounts, repricing).map { [.cell(RepriceCells.dollars($0))] }
              ?? [.cell(.unknown)],
          ]
        }
        return Table.Row(row.names.first.map(RepriceCells.name) ?? "All rows", cells: cells)
      })
  }

  private var total: Amounts { repricing.total }

  // MARK: Charts

  private static let mostBars = 30

  /// A picture of a table of one dimension: days as steps over the calendar, all else as bars.
  private func chart(_ table: Repricing.Table) -> Chart? {
    guard table.dimensions.count == 1, table.rows.count > 1 else { return nil }
    switch table.dimensions[0] {
    case .day: return dayChart(table)
    case let dimension: return bars(table, RepriceCells.title(dimension))
    }
  }

  private func known(_ amounts: Amounts) -> ExactDecimal? {
    amounts.isKnown ? repricing.adjusted(amounts.dollars) : nil
  }

  private func dayChart(_ table: Repricing.Table) -> Chart? {
    let days = table.rows.compactMap { row in
      if case .day(let day) = row.names.first ?? nil { (day, row.amounts) } else { nil }
    }
    guard let first = days.first?.0, let last = days.last?.0 else { return nil }
    let costs = Dictionary(days.map { ($0.0.firstDayNumber, $0.1) }, uniquingKeysWith: { first, _ in first })
    var changes: [Chart.Steps.Change] = []
    for number in first.firstDayNumber...last.firstDayNumber {
      guard let day = try? CalendarDate(dayNumber: number) else { continue }
      changes.append(.init(day, costs[number].map(known) ?? .zero))
    }
    return Chart(
      id: "cost-by-day", title: "Cost by day", description: "What the rows of each day in UTC cost.",
      table: Table(
        caption: "Cost by day", head: ["Day", "Cost"],
        rows: days.prefix(mostRows).map {
          Table.Row($0.0.text, cells: [RepriceCells.tableCost($0.1, repricing)])
        }),
      shape: .steps(
        Chart.Steps(
          axis: Chart.Axis("Cost, US dollars a day", unit: .dollars),
          series: [Chart.Steps.Series("Cost", changes: changes)], until: last)))
  }

  private func bars(_ table: Repricing.Table, _ title: String) -> Chart {
    let shown = table.rows.prefix(Self.mostBars)
    return Chart(
      id: "cost-by-\(RepriceReport.anchor(title))", title: "Cost by \(title)",
      description:
        "What the rows cost\(table.rows.count > shown.count ? ", the \(shown.count) dearest of \(table.rows.count)" : "").",
      table: Table(
        caption: "Cost by \(title)", head: [Display.capitalised(title), "Cost"],
        rows: shown.map {
          Table.Row(
            RepriceCells.name($0.names.first ?? nil), cells: [RepriceCells.tableCost($0.amounts, repricing)])
        }),
      shape: .bars(
        Chart.Bars(
          axis: Chart.Axis("Cost, US dollars", unit: .dollars),
          bars: shown.map { row in
            let cost = known(row.amounts)
            return Chart.Bars.Bar(
              RepriceCells.name(row.names.first ?? nil), value: cost,
              display: cost.map { Display.rounded($0, decimals: 2) } ?? Display.unknown)
          })))
  }

  /// Letters, digits and hyphens of a text.
  static func anchor(_ text: String) -> String {
    String(text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  // MARK: Prices

  var ratesSection: Section {
    let shown = repricing.rates.prefix(mostRows)
    let rows = shown.map { rate in
      let term = rate.quoted.quote.term
      return Table.Row(
        "\(providerName(rate.provider)) · \(Display.harmless(rate.apiID))",
        cells: [
          [.text(Self.days(rate))], [.text(rate.grade.words)],
          [
            .text(
              Display.midSentence(term.title)
                + (rate.quoted.isStandardPrice ? ", for \(rate.mode.rawValue) too" : ""))
          ],
          [
            .cell(
              Cells.cell(
                Display.unitPrice(rate.quoted.quote.money), rate.quoted.quote.evidence, .price(term),
                exact: rate.quoted.quote.money.text)), .text(" " + term.unit.priceUnit),
          ],
        ])
    }
    var blocks: [Block] = [
      .table(
        Table(
          caption: "Prices that rows were priced at, US dollars",
          head: ["Route", "In force", "Evidence", "For", "Price"], rows: rows))
    ]
    if repricing.rates.count > shown.count {
      blocks.append(
        .paragraph([
          .text("\(Display.counted(repricing.rates.count - shown.count, "more price")); --json holds all.")
        ]))
    }
    return Section(id: "prices", title: "Prices", blocks: blocks)
  }

  private static func days(_ rate: Repricing.UsedRate) -> String {
    switch (rate.from, rate.until) {
    case (nil, nil): "always"
    case (let from?, nil): "from \(from.text)"
    case (nil, let until?): "before \(until.text)"
    case (let from?, let until?): "from \(from.text), before \(until.text)"
    }
  }
}

extension EvidenceGrade {
  /// How a price is known to hold on its days, as a cell says it.
  var words: String {
    switch self {
    case .stated: "stated for these days"
    case .seenBeforeAndAfter: "seen before and after"
    case .seenBefore: "seen before"
    case .seenLater: "seen later only"
    case .none: "none"
    }
  }
}
