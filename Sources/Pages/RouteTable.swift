import Cataloguing
import Documents
import Facts

/// Every route of a model as a table, for comparisons and profiles.
enum RouteTable {
  static func table(_ model: Model, name: String) -> Table {
    let rows = model.routes.map { route in
      Table.Row(
        "\(Display.harmless(route.providerName)) · \(Display.harmless(route.apiID))", note: note(route),
        path: Paths.route(model.id, route.provider),
        cells: [
          [.cell(Cells.price(route.prices.base(.input), .input))],
          [.cell(Cells.price(route.prices.base(.output), .output))],
          cache(route), tiers(route), [.cell(Cells.cell(route[.contextWindow], .contextWindow))],
          [.cell(Cells.cell(route[.maxOutput], .maxOutput))], [.cell(kind(route))], [.cell(lastSeen(route))],
        ])
    }
    return Table(
      caption: caption(name),
      head: [
        "Route", "Input", "Output", "Cache read / write", "Tiers", "Context", "Max output", "Kind",
        "Last seen",
      ], rows: rows)
  }

  static func caption(_ name: String) -> String {
    "Routes of \(name): US dollars per 1M tokens, limits in tokens"
  }

  /// What the id says of the route, and whether it can still be called.
  private static func note(_ route: Route) -> String? {
    var parts = route.attributes.parts.filter { $0.name != "release" }.map {
      "\($0.name) \(Display.harmless($0.value))"
    }
    if let region = route[.region].value?.text { parts.append("region \(Display.harmless(region))") }
    if route.life.state != .listed { parts.append(LifeLines.status(route.life)) }
    for price in route.prices.upcoming.prefix(2) {
      parts.append(
        "\(Display.midSentence(price.term.title)) \(Display.unitPrice(price.money)) from \(price.from.text)")
    }
    if route.isFirstParty { parts.append("the lab's own") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func cache(_ route: Route) -> [Run] {
    [
      .cell(Cells.price(route.prices.base(.cacheRead), .cacheRead)), .text(" / "),
      .cell(Cells.price(route.prices.base(.cacheWrite), .cacheWrite)),
    ]
  }

  private static func tiers(_ route: Route) -> [Run] {
    let limits = route.prices.limits
    guard !limits.isEmpty else { return [.cell(.plain("none stated"))] }
    var runs: [Run] = []
    for (index, limit) in limits.enumerated() {
      let input = route.prices.terms[PriceTerm(.input, above: limit)] ?? .unknown
      let output = route.prices.terms[PriceTerm(.output, above: limit)] ?? .unknown
      guard !input.isUnknown || !output.isUnknown else { continue }
      if !runs.isEmpty, index > 0 { runs.append(.text("; ")) }
      runs += [
        .text("above \(Display.tokens(limit)): "), .cell(Cells.price(input, .input)), .text(" / "),
        .cell(Cells.price(output, .output)),
      ]
    }
    return runs.isEmpty ? [.cell(.plain("none stated"))] : runs + [.text(" for the whole request")]
  }

  private static func kind(_ route: Route) -> Cell {
    switch route.kind {
    case .known(let kind, let evidence): Cells.cell(kind.rawValue, evidence, .routeKind, exact: kind.rawValue)
    default: .unknown
    }
  }

  private static func lastSeen(_ route: Route) -> Cell {
    Cells.derived(
      route.lastSeen.text, exact: route.lastSeen.text, from: route.listing,
      rule: "the newest day a source listed the route")
  }
}
