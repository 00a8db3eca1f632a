import Cataloguing
import Documents
import Facts

/// The page of a model at one provider: every route there with every price.
public struct RoutePage: Sendable {
  public let document: Document

  /// nil when the provider does not serve the model.
  public init?(_ sheet: ModelSheet, at provider: ProviderID, in directory: Directory) {
    let routes = sheet.model.routes.filter { $0.provider == provider }
    guard let first = routes.first else { return nil }
    let place = Display.harmless(first.providerName)
    let stamp = directory.shelf.stamp
    document = .page(
      "route", "\(sheet.name) at \(place)", stamp,
      opening: [
        .paragraph([
          .link(sheet.name, path: Paths.model(sheet.model.id)), .text(" has "),
          .text(Display.counted(routes.count, "route")), .text(" at "),
          .link(place, path: Paths.provider(provider)),
          .text(
            ". A route answers from its own records; it takes no price, limit or capability from the model."),
        ]), .paragraph(ChannelFees.line(first.fee, on: nil)),
      ],
      routes.enumerated().map {
        Self.section($0.element, released: sheet.model.released.value, place: $0.offset + 1)
      } + [
        .sources(stamp, reviewed: routes.map(\.lastSeen).min())
      ],
      data: .map([
        ("model", .text(sheet.model.id.rawValue)), ("provider", .text(provider.rawValue)),
        ("fee", ChannelFees.data(first.fee)),
        ("api_ids", .texts(routes.map { Display.harmless($0.apiID) })),
      ]))
  }

  private static let fields: [Field] =
    [
      .routeKind, .contextWindow, .maxInput, .maxOutput, .region, .quantisation, .dialect, .status,
      .temperature,
      .retirement,
    ] + Capability.allCases.map(Field.capability)

  private static func section(_ route: Route, released: CalendarDate?, place: Int) -> Section {
    let terms = route.prices.terms.keys.sorted { $0.text < $1.text }
    var blocks: [Block] = []
    if terms.isEmpty {
      blocks.append(
        .paragraph([.text("The prices are "), .cell(.unknown), .text(": no source states one.")]))
    } else {
      let rows = terms.map { term in
        Table.Row(
          term.title,
          cells: [
            [.cell(Cells.price(route.prices.terms[term] ?? .unknown, term.unit))],
            [.text(term.unit.priceUnit)],
          ])
      }
      blocks.append(
        .table(
          Table(
            caption: "Prices of \(Display.harmless(route.apiID)), US dollars",
            head: ["Price", "Dollars", "Unit"], rows: rows)))
    }
    if !route.prices.upcoming.isEmpty {
      blocks.append(
        .list(
          route.prices.upcoming.map { price in
            [
              .text("From \(price.from.text): \(Display.midSentence(price.term.title)) "),
              .cell(
                Cell(
                  Display.unitPrice(price.money), state: .known, exact: price.money.text,
                  citations: [price.citation], rule: ResolutionRule.onlySource.rawValue)), .text("."),
            ]
          }))
    }
    if let history = PriceHistoryPicture.block(route, released: released, place: place) {
      blocks.append(history)
    }
    let rows = fields.map { field in
      Table.Row(field.title, cells: [[.cell(Cells.cell(route[field], field))]])
    }
    blocks.append(
      .table(
        Table(
          caption: "Limits and capabilities of \(Display.harmless(route.apiID))", head: ["Fact", "Value"],
          rows: rows)))
    return Section(id: "route-\(place)", title: Display.harmless(route.apiID), blocks: blocks)
  }
}
