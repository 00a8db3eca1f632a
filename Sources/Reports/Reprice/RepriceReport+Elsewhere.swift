import Documents
import Facts
import Metering
import Pages

extension RepriceReport {
  /// What the same usage would have cost on other routes.
  var elsewhereSections: [Section] {
    var sections: [Section] = []
    if !repricing.elsewhere.isEmpty {
      sections.append(
        Section(
          id: "elsewhere", title: "On other routes",
          blocks: [.paragraph(assumptions), .table(elsewhereTable)]))
    }
    if repricing.question.asksForCheapest {
      sections.append(
        Section(
          id: "cheapest", title: "On the cheapest route of each model",
          blocks: [
            .paragraph([
              .text(
                "The route of the same model on which all rows of the model together cost least, among those that are listed today, are paid by use, and price everything that was used. Nobody checked whether it would have carried the traffic."
              )
            ]), .table(cheapestTable),
          ]))
    }
    return sections
  }

  private var assumptions: [Run] {
    let question = repricing.question
    let tokens =
      question.tokenRatio.isOne
      ? "counts the same tokens" : "counts \(question.tokenRatio.text) times as many tokens for the same text"
    let answers =
      question.answerRatio.isOne
      ? "answers at the same length" : "answers at \(question.answerRatio.text) times the length"
    let named =
      question.tokenRatio.isOne && question.answerRatio.isOne
      ? " --token-ratio and --output-ratio assume otherwise." : ""
    return [
      .text(
        "If the other model \(tokens), \(answers), and is served in the same mode with the same share of its prompt from cache. Audio, searches and calls are counted as they are. List prices in force at each row's time.\(named)"
      )
    ]
  }

  private var elsewhereTable: Table {
    let own = repricing.adjusted(repricing.total.dollars)
    return Table(
      caption: "US dollars for the same rows", head: ["Route", "Cost", "Against its own routes"],
      rows: repricing.elsewhere.map { other in
        Table.Row(
          Display.harmless(other.route), note: Display.harmless(other.model.rawValue),
          cells: [
            elsewhereCost(other),
            other.unknownRows > 0 || !repricing.total.isKnown
              ? [.cell(.unknown)] : difference(other, own),
          ])
      })
  }

  private func elsewhereCost(_ other: Repricing.Elsewhere) -> [Run] {
    guard other.unknownRows == 0 else {
      return [
        .cell(.unknown), .text("; no price for something in "),
        .cell(.plain(Display.counted(Int(clamping: other.unknownRows), "row"))), .text(", known part "),
      ] + range(other.low, other.high)
    }
    return range(other.low, other.high)
  }

  private func range(_ low: ExactDecimal, _ high: ExactDecimal) -> [Run] {
    low == high
      ? [.cell(RepriceCells.dollars(low))]
      : [.cell(RepriceCells.dollars(low)), .text(" to "), .cell(RepriceCells.dollars(high))]
  }

  private func difference(_ other: Repricing.Elsewhere, _ own: ExactDecimal?) -> [Run] {
    guard let own, let low = RepriceCells.difference(other.low, own),
      let high = RepriceCells.difference(other.high, own)
    else { return [.cell(.unknown)] }
    return range(low, high)
  }

  private var cheapestTable: Table {
    Table(
      caption: "US dollars for the same rows",
      head: ["Model", "Rows", "Its own routes", "Cheapest route", "Cost there"],
      rows: repricing.cheapest.prefix(mostRows).map { model in
        Table.Row(
          Display.harmless(model.model.rawValue),
          cells: [
            RepriceCells.count(Int128(model.rows)), [.cell(RepriceCells.dollars(model.own))],
            model.best.map { [.text(Display.harmless($0.route))] } ?? [.cell(.unknown)],
            model.best.map { [.cell(RepriceCells.dollars($0.dollars))] } ?? [.cell(.unknown)],
          ])
      })
  }
}
