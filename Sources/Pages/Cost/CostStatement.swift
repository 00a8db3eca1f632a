import Cataloguing
import Documents
import Facts
import Pricing

/// What usage costs through one route: each component with its price and source, the total or the part of it that is known.
public struct CostStatement: Sendable {
  /// What is priced.
  enum Subject: Sendable {
    /// Requests served at an instant.
    case request(Timestamp)
    /// A month at the prices of a day.
    case month(Workload, saysHours: Bool, CalendarDate)
  }

  /// A line of a bill, and how much of the month it is billed for.
  struct Component: Sendable {
    let line: Bill.Line
    let mode: PriceMode
    let hours: String?
    /// Of the month; 1 of 1 for a request.
    let weight: (own: Int64, all: Int64)
    let amount: ExactDecimal
  }

  let subject: Subject
  public let route: Route
  public let modelName: String
  public let stamp: CatalogueStamp
  /// The same usage on other routes; nil when none was named.
  public let contest: RouteContest?
  let usage: Usage
  let mode: PriceMode
  let components: [Component]
  let unpriced: [(unit: BillableUnit, quantity: Int64)]
  let inherited: [BillableUnit]
  let changes: [Bill.Change]
  let total: Bill.Total
  /// Where the successor of the route leads that a source names; nil where none does.
  private let succession: Succession?
  /// Whether nobody named the provider, and the route is the cheapest of all.
  let isCheapest: Bool

  /// A bill of requests that were served at an instant.
  public init(
    _ bill: Bill, at time: Timestamp, through route: Route, of model: Model?, isCheapest: Bool = false,
    in catalogue: Catalogue, against contest: RouteContest? = nil
  ) {
    subject = .request(time)
    components = bill.lines.map {
      Component(line: $0, mode: bill.mode, hours: nil, weight: (1, 1), amount: $0.amount)
    }
    usage = bill.usage
    mode = bill.mode
    unpriced = bill.unpriced
    inherited = bill.inherited
    changes = bill.changes
    total = bill.total
    self.isCheapest = isCheapest
    self.contest = contest
    self.route = route
    modelName = Display.harmless(model?.name ?? route.apiID)
    succession = (try? catalogue.succession(of: route)).flatMap(\.self)
    stamp = CatalogueStamp(catalogue, asOf: route.asOf)
  }

  /// A month of traffic at the prices of a day.
  /// - Parameters:
  ///   - mode: how what is not sent in batches is served.
  ///   - saysHours: whether the reader states the hours.
  ///   - adjustments: changes in percent, of what is left by those before.
  public init(
    _ month: Month, mode: PriceMode, saysHours: Bool, adjustments: [Adjustment], on day: CalendarDate,
    through route: Route, of model: Model?, isCheapest: Bool = false, in catalogue: Catalogue,
    against contest: RouteContest? = nil
  ) {
    subject = .month(month.workload, saysHours: saysHours || month.hasHours, day)
    components = month.parts.flatMap { part in
      part.bill.lines.map { line in
        Component(
          line: line, mode: part.mode, hours: part.hours, weight: (part.weight, month.weight),
          amount: Self.share(part.weight, of: month.weight, in: line.amount))
      }
    }
    usage = month.workload.usage
    self.mode = mode
    var sum = month.knownPart.dollars
    var changes: [Bill.Change] = []
    for adjustment in adjustments {
      guard let amount = adjustment.amount(of: sum), let next = sum.adding(amount) else { continue }
      changes.append(Bill.Change(adjustment: adjustment, amount: amount))
      sum = next
    }
    self.changes = changes
    let bills = month.parts.map(\.bill)
    unpriced = month.unpriced.map { ($0, month.workload.usage[$0]) }
    inherited = BillableUnit.allCases.filter { unit in
      !month.unpriced.contains(unit) && bills.contains { $0.inherited.contains(unit) }
    }
    total = month.unpriced.isEmpty ? .known(sum) : .unknown(knownPart: sum)
    self.isCheapest = isCheapest
    self.contest = contest
    self.route = route
    modelName = Display.harmless(model?.name ?? route.apiID)
    succession = (try? catalogue.succession(of: route)).flatMap(\.self)
    stamp = CatalogueStamp(catalogue, asOf: route.asOf)
  }

  private var place: String { Display.harmless(route.providerName) }

  // MARK: Page

  public var document: Document {
    .page(
      "request-cost", "Cost of \(modelName) at \(place)", stamp,
      opening: [LifeLines.line(route, name: modelName, then: succession).map { .notice($0) }].compactMap(
        \.self) + [
          .paragraph(opening), .paragraph(ChannelFees.line(route.fee, on: knownTotal)),
        ]
        + notes.map { .notice([.text($0)]) },
      [
        Section(id: "components", title: "Components", blocks: [.table(componentTable)])
      ] + (contest.map { [$0.section] } ?? []) + [
        .sources(stamp, reviewed: components.compactMap(\.line.price.evidence.oldest).min())
      ], data: data)
  }

  private var opening: [Run] {
    let served: String
    switch subject {
    case .request(let time):
      served =
        ", served \(modeWords) at \(time.text). The prices are those in force on that day in UTC."
    case .month(let workload, let saysHours, let day):
      served =
        ", served \(modeWords), at \(Wording.workload(workload, saysHours: saysHours)). The prices are those in force on \(day.text)."
    }
    let through: [Run] = [
      .text(
        " through \(Display.harmless(route.apiID)) at \(place)\(isCheapest ? ", the cheapest of all providers" : "")\(served)"
      )
    ]
    switch total {
    case .known: return [.text("The cost is "), .cell(totalCell)] + through
    case .unknown where components.isEmpty:
      return [.text("The cost is "), .cell(.unknown)] + through
    case .unknown:
      return [.text("The cost is "), .cell(.unknown), .text("; its known part is "), .cell(totalCell)]
        + through
    }
  }

  /// nil where a part of the bill is unknown: then so is what a percentage of it is.
  private var knownTotal: ExactDecimal? {
    if case .known(let total) = total { return total }
    return nil
  }

  private var modeWords: String { mode == .standard ? "as usual" : "as \(mode.rawValue)" }

  /// The exact amount: a bill is not rounded.
  private var totalCell: Cell {
    let dollars = total.knownPart
    let citations = components.flatMap(\.line.price.evidence.agreeing)
    guard !citations.isEmpty else { return .plain(Display.dollars(dollars)) }
    return Cells.derived(
      Display.dollars(dollars), exact: dollars.text, from: citations,
      rule: "quantities times the route's own prices"
        + (changes.isEmpty ? "" : ", changed by your adjustments"))
  }

  private var componentTable: Table {
    var rows = components.map { component in
      let line = component.line
      return Table.Row(
        line.unit.title, note: condition(component),
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
                Display.dollars(component.amount), exact: component.amount.text,
                from: line.price.evidence.agreeing,
                rule: component.weight.own == component.weight.all
                  ? "quantity times price" : "quantity times price, for its share of the month"))
          ],
        ])
    }
    rows += unpriced.map { unit, quantity in
      Table.Row(
        unit.title, note: "No source prices it on this route.",
        cells: [[.text(Display.grouped(String(quantity)))], [.cell(.unknown)], [.cell(.unknown)]])
    }
    rows += changes.map { change in
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

  /// The line of the price list that holds: `Input price, batch, above 200000 tokens`, and of which part of the month.
  private func condition(_ component: Component) -> String? {
    let (line, term) = (component.line, component.line.price.term)
    var parts: [String] = []
    let (own, all) = component.weight
    if own != all {
      let percent = (Int128(own) * 20_000 + Int128(all)) / (Int128(all) * 2)
      parts.append("\(ExactDecimal(reducing: percent, exponent: -2).text)% of the month")
      if component.mode != mode { parts.append("sent as \(component.mode.rawValue)") }
      if case .month(_, true, _) = subject { parts.append(component.hours ?? "at other hours") }
    }
    if line.isStandardPrice { parts.append("the standard price, because no source prices this mode") }
    if term.mode != .standard || term.tier != nil || term.hours != nil || term.condition != nil {
      parts.append(term.title)
    }
    return parts.isEmpty ? nil : Display.capitalised(parts.joined(separator: "; ")) + "."
  }

  private var notes: [String] {
    var notes: [String] = []
    for unit in inherited {
      notes.append(
        "\(unit.title) is billed as the tokens that it is part of, because no source prices it apart on this route."
      )
    }
    for mode in PriceMode.allCases where mode != .standard {
      guard components.contains(where: { $0.mode == mode && $0.line.isStandardPrice }) else { continue }
      notes.append(
        "No source prices every unit as \(mode.rawValue) on that day: the standard price stands in.")
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
      ("life", LifeLines.data(route.life, then: succession)), ("at", .text(time.text)),
      ("mode", .text(mode.rawValue)),
    ]
    switch total {
    case .known(let money): members += [("state", .text("known")), ("total_usd", .text(money.text))]
    case .unknown(let part): members += [("state", .text("unknown")), ("known_part_usd", .text(part.text))]
    }
    if case .month(let workload, _, _) = subject { members.append(("month", Wording.data(workload))) }
    if isCheapest { members.append(("is_cheapest_of_all_providers", .flag(true))) }
    members += [
      ("usage", .map(usage.units.map { ($0.usageKey, .text(String(usage[$0]))) })),
      ("components", .list(components.map(Self.data))),
      (
        "unpriced",
        .list(
          unpriced.map {
            .map([("unit", .text($0.unit.rawValue)), ("quantity", .text(String($0.quantity)))])
          })
      ),
      ("billed_as_wider_unit", .texts(inherited.map(\.rawValue))),
      (
        "adjustments",
        .list(
          changes.map {
            .map([
              ("name", .text(Display.harmless($0.adjustment.name))),
              ("percent", .text($0.adjustment.percent.text)),
              ("amount_usd", .text($0.amount.text)),
            ])
          })
      ),
      ("fee", ChannelFees.data(route.fee, on: knownTotal)), ("price_list", priceList),
      ("notes", .texts(notes)),
    ]
    if let contest { members.append(("contest", contest.data)) }
    return .map(members)
  }

  /// Of a month the start of the day whose prices hold.
  private var time: Timestamp {
    switch subject {
    case .request(let time): time
    case .month(_, _, let day): Timestamp(startOf: day)
    }
  }

  private var priceList: DataValue {
    var members: [(String, DataValue)] = [("as_of", .text((try? time.day().text) ?? time.text))]
    if let date = stamp.catalogueDate { members.append(("catalogue_date", .text(date.text))) }
    if let digest = stamp.digest { members.append(("sha256", .text(digest))) }
    return .map(members)
  }
}
