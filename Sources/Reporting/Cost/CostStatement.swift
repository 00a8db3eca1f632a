import Cataloguing
import Documents
import Facts
import Pricing

/// What usage costs through one route: each component with its price and source, the total or the part of it that is known.
public struct CostStatement: Sendable {
  public let bill: Bill
  public let route: Route
  public let modelName: String
  public let time: Timestamp
  public let stamp: CatalogueStamp
  /// The same usage on other routes; nil when none was named.
  public let contest: RouteContest?

  public init(
    _ bill: Bill, through route: Route, of model: Model?, at time: Timestamp, in catalogue: Catalogue,
    against contest: RouteContest? = nil
  ) {
    self.bill = bill
    self.contest = contest
    self.route = route
    modelName = Display.harmless(model?.name ?? route.apiID)
    self.time = time
    stamp = CatalogueStamp(catalogue, asOf: route.asOf)
  }

  private var place: String { Display.harmless(route.providerName) }

  // MARK: Page

  public var document: Document {
    .page(
      "request-cost", "Cost of \(modelName) at \(place)", stamp,
      opening: [.paragraph(opening)] + notes.map { .notice([.text($0)]) },
      [
        Section(id: "components", title: "Components", blocks: [.table(components)])
      ] + (contest.map { [$0.section] } ?? []) + [
        .sources(stamp, reviewed: bill.lines.compactMap(\.price.evidence.oldest).min())
      ], data: data)
  }

  private var opening: [Run] {
    let through: [Run] = [
      .text(
        " through \(Display.harmless(route.apiID)) at \(place), served \(modeWords) at \(time.text). The prices are those in force on that day in UTC."
      )
    ]
    switch bill.total {
    case .known: return [.text("The cost is "), .cell(totalCell)] + through
    case .unknown where bill.lines.isEmpty:
      return [.text("The cost is "), .cell(.unknown)] + through
    case .unknown:
      return [.text("The cost is "), .cell(.unknown), .text("; its known part is "), .cell(totalCell)]
        + through
    }
  }

  private var modeWords: String { bill.mode == .standard ? "as usual" : "as \(bill.mode.rawValue)" }

  /// The exact amount: a bill is not rounded.
  private var totalCell: Cell {
    let dollars = bill.total.knownPart
    let citations = bill.lines.flatMap(\.price.evidence.agreeing)
    guard !citations.isEmpty else { return .plain(Display.dollars(dollars)) }
    return Cells.derived(
      Display.dollars(dollars), exact: dollars.text, from: citations,
      rule: "quantities times the route's own prices"
        + (bill.changes.isEmpty ? "" : ", changed by your adjustments"))
  }

  private var components: Table {
    var rows = bill.lines.map { line in
      Table.Row(
        line.unit.title, note: Self.condition(line),
        cells: [
          [.text(Display.grouped(String(line.quantity)))],
          [
            .cell(
              Cells.cell(
                Display.unitPrice(line.price.money), line.price.evidence, .price(line.price.term),
                exact: line.price.money.text)),
            .text(" " + line.unit.priceUnit),
          ],
          [
            .cell(
              Cells.derived(
                Display.dollars(line.amount), exact: line.amount.text, from: line.price.evidence.agreeing,
                rule: "quantity times price"))
          ],
        ])
    }
    rows += bill.unpriced.map { unit, quantity in
      Table.Row(
        unit.title, note: "No source prices it on this route.",
        cells: [[.text(Display.grouped(String(quantity)))], [.cell(.unknown)], [.cell(.unknown)]])
    }
    rows += bill.changes.map { change in
      Table.Row(
        Display.harmless(change.adjustment.name),
        cells: [
          [.text("")], [.text("\(change.adjustment.percent.text)%")],
          [.cell(.plain(Display.dollars(change.amount)))],
        ])
    }
    return Table(
      caption: "Components of the cost, US dollars", head: ["Component", "Quantity", "Price", "Amount"],
      rows: rows)
  }

  /// The line of the price list that holds: `Input price, batch, above 200000 tokens`.
  private static func condition(_ line: Bill.Line) -> String? {
    let term = line.price.term
    var parts: [String] = []
    if line.isStandardPrice { parts.append("the standard price, because no source prices this mode") }
    if term.mode != .standard || term.tier != nil || term.hours != nil { parts.append(term.title) }
    return parts.isEmpty ? nil : Display.capitalised(parts.joined(separator: "; ")) + "."
  }

  private var notes: [String] {
    var notes: [String] = []
    for unit in bill.inherited {
      notes.append(
        "\(unit.title) is billed as the tokens that it is part of, because no source prices it apart on this route."
      )
    }
    if bill.mode != .standard, bill.lines.contains(where: \.isStandardPrice) {
      notes.append(
        "No source prices every unit as \(bill.mode.rawValue) on that day: the standard price stands in.")
    }
    return notes
  }

  // MARK: JSON

  /// The shape of `Schemas/cost-1.schema.json`.
  public var data: DataValue {
    var members: [(String, DataValue)] = [
      ("schema", .text("llmref/cost/1")), ("model", .text(route.model.rawValue)),
      (
        "route",
        .map([("provider", .text(route.provider.rawValue)), ("api_id", .text(Display.harmless(route.apiID)))])
      ),
      ("at", .text(time.text)), ("mode", .text(bill.mode.rawValue)),
    ]
    switch bill.total {
    case .known(let money): members += [("state", .text("known")), ("total_usd", .text(money.text))]
    case .unknown(let part): members += [("state", .text("unknown")), ("known_part_usd", .text(part.text))]
    }
    members += [
      ("usage", .map(bill.usage.units.map { ($0.usageKey, .text(String(bill.usage[$0]))) })),
      ("components", .list(bill.lines.map(Self.data))),
      (
        "unpriced",
        .list(
          bill.unpriced.map {
            .map([("unit", .text($0.unit.rawValue)), ("quantity", .text(String($0.quantity)))])
          })
      ),
      ("billed_as_wider_unit", .texts(bill.inherited.map(\.rawValue))),
      (
        "adjustments",
        .list(
          bill.changes.map {
            .map([
              ("name", .text(Display.harmless($0.adjustment.name))),
              ("percent", .text($0.adjustment.percent.text)),
              ("amount_usd", .text($0.amount.text)),
            ])
          })
      ),
      ("price_list", priceList), ("notes", .texts(notes)),
    ]
    if let contest { members.append(("contest", contest.data)) }
    return .map(members)
  }

  private var priceList: DataValue {
    var members: [(String, DataValue)] = [("as_of", .text((try? time.day().text) ?? time.text))]
    if let date = stamp.catalogueDate { members.append(("catalogue_date", .text(date.text))) }
    if let digest = stamp.digest { members.append(("sha256", .text(digest))) }
    return .map(members)
  }

  private static func data(_ line: Bill.Line) -> DataValue {
    .map([
      ("unit", .text(line.unit.rawValue)), ("quantity", .text(String(line.quantity))),
      ("price_usd", .text(line.price.money.text)), ("per", .text(String(line.unit.piecesPerPrice))),
      ("amount_usd", .text(line.amount.text)), ("line", .text(line.price.term.text)),
      ("is_standard_price", .flag(line.isStandardPrice)), ("rule", .text(line.price.evidence.rule.rawValue)),
      ("is_disputed", .flag(line.price.evidence.isDisputed)),
      ("citations", .list(line.price.evidence.agreeing.map(Self.data))),
      (
        "dissents",
        .list(
          line.price.evidence.dissenting.map { dissent in
            .map([
              ("price_usd", .text(dissent.value.text)), ("cause", .text(dissent.cause.rawValue)),
              ("citations", .list(dissent.citations.map(Self.data))),
            ])
          })
      ),
    ])
  }

  private static func data(_ citation: Citation) -> DataValue {
    var members: [(String, DataValue)] = [
      ("source", .text(citation.source.id.rawValue)), ("version", .text(citation.source.version)),
      ("record", .text(Display.harmless(citation.recordKey))),
      ("as_written", .text(Display.harmless(citation.asWritten))),
      ("observed", .text(citation.observed.text)), ("sha256", .text(citation.source.digest)),
    ]
    if let path = citation.path { members.append(("path", .text(path))) }
    if let url = citation.url { members.append(("url", .text(url))) }
    if let from = citation.validFrom { members.append(("valid_from", .text(from.text))) }
    if let until = citation.validUntil { members.append(("valid_until", .text(until.text))) }
    return .map(members)
  }
}
