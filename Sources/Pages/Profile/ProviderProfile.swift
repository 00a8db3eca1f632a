import Cataloguing
import Documents
import Facts

/// The page of one provider: every model it serves, with price and limits.
public struct ProviderProfile: Sendable {
  public let provider: ProviderID
  public let name: String
  public let stamp: CatalogueStamp
  let note: ProviderNote?
  /// What buying here adds to the prices; nil where no source says.
  let fee: ChannelFee?
  /// The provider's routes with the models they serve, by model name.
  public let routes: [(model: Model, route: Route)]

  /// Reads every model to find the provider's routes. nil when it serves none and no source names it.
  public init?(_ provider: ProviderID, in catalogue: Catalogue, asOf: CalendarDate) throws(CatalogueError) {
    var routes: [(model: Model, route: Route)] = []
    for summary in try catalogue.summaries() {
      guard let contents = try catalogue.contents(of: summary.id),
        contents.routes.contains(where: { $0.provider == provider }),
        let model = try catalogue.model(summary.id, asOf: asOf)
      else { continue }
      routes += model.routes.filter { $0.provider == provider }.map { (model, $0) }
    }
    self.init(provider, routes: routes, frame: catalogue.frame, stamp: CatalogueStamp(catalogue, asOf: asOf))
  }

  /// The same from a directory, which has read every model before.
  public init?(_ provider: ProviderID, in directory: Directory) {
    let routes = (directory.providers[provider] ?? []).map { ($0.sheet.model, $0.route) }
    self.init(
      provider, routes: routes, frame: directory.shelf.catalogue.frame, stamp: directory.shelf.stamp)
  }

  private init?(
    _ provider: ProviderID, routes: [(model: Model, route: Route)], frame: CatalogueFrame,
    stamp: CatalogueStamp
  ) {
    guard !routes.isEmpty || frame.providers[provider] != nil else { return nil }
    self.provider = provider
    self.routes = routes.sorted {
      ($0.model.name.lowercased(), $0.route.apiID) < ($1.model.name.lowercased(), $1.route.apiID)
    }
    name = Display.harmless(frame.providerName(provider))
    note = frame.providers[provider]
    fee = frame.fees[provider]
    self.stamp = stamp
  }

  public var document: Document {
    let listed = routes.filter(\.route.isListed).count
    var opening: [Run] = [
      .text("\(name) (\(provider)) serves "), .cell(.plain(Display.counted(listed, "listed route"))),
      .text("."),
    ]
    if let dialect = note?.dialect { opening.append(.text(" SDK: \(Display.harmless(dialect)).")) }
    let rows = routes.map { model, route in
      Table.Row(
        Display.harmless(model.name),
        note: route.life.state == .listed
          ? Display.harmless(route.apiID)
          : "\(Display.harmless(route.apiID)); \(LifeLines.status(route.life))",
        path: Paths.route(model.id, provider),
        cells: [
          [.cell(Cells.price(route.prices.base(.input), .input))],
          [.cell(Cells.price(route.prices.base(.output), .output))],
          [.cell(Cells.cell(route[.contextWindow], .contextWindow))],
          [.cell(Cells.cell(route[.maxOutput], .maxOutput))],
          [
            .cell(
              Cells.derived(
                route.lastSeen.text, exact: route.lastSeen.text, from: route.listing,
                rule: "the newest day a source listed the route"))
          ],
        ])
    }
    return Document(
      kind: "provider", title: name, stamp: stamp,
      sections: [
        Section(
          id: "introduction", title: name,
          blocks: [.paragraph(opening)] + stamp.notices.map { .notice([.text($0)]) }),
        ChannelFees.section(fee),
        Section(
          id: "models", title: "Models",
          blocks: [
            .table(
              Table(
                caption: "US dollars per 1M tokens, limits in tokens",
                head: ["Model", "Input", "Output", "Context", "Max output", "Last seen"], rows: rows))
          ]),
        Section(
          id: "sources", title: "Sources",
          blocks: [
            .paragraph(SourceWords.stamp(stamp, reviewed: routes.map(\.route.lastSeen).min())), .sources,
          ]),
      ],
      data: .map([
        ("id", .text(provider.rawValue)), ("name", .text(name)), ("routes", .integer(routes.count)),
        ("listed_routes", .integer(listed)), ("fee", ChannelFees.data(fee)),
        ("models", .texts(Set(routes.map(\.model.id.rawValue)).sorted())),
      ]))
  }
}
