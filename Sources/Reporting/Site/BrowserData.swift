import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// What the site's scripts read on a host that only gives out files: the list of models behind filters and search, and the
/// prices of each model behind costs. Money is a decimal text in US dollars; what no source says is an empty text.
public enum BrowserData {
  // MARK: Models

  /// Every model as a row: id, name, path, family, place of its type in `types`, bits of `capabilities`, openness, release date,
  /// context window, monthly cost at the usual traffic, cheapest output price in words, routes tracked, routes for search, bits
  /// of what is disputed (1 release, 2 context, 4 cost, 8 output price). Rows stand in the order of the site.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  public static func models(_ directory: Directory) throws(CatalogueError) -> DataValue {
    let listed = Dictionary(
      try directory.shelf.catalogue.summaries().map { ($0.id, $0.routes) },
      uniquingKeysWith: { first, _ in first })
    let types = ProductType.allCases
    return .map([
      ("schema", .text("llmref/site-models/1")),
      ("as_of", .text(directory.shelf.asOf.text)),
      ("types", .texts(types.map(\.rawValue))),
      ("capabilities", .texts(Capability.allCases.map(\.rawValue))),
      (
        "models",
        .list(
          directory.sheets.map { sheet in
            row(
              sheet, type: types.firstIndex(of: sheet.assessment.type.value), listed: listed[sheet.model.id])
          })
      ),
    ])
  }

  private static func row(_ sheet: ModelSheet, type: Int?, listed: Int?) -> DataValue {
    let model = sheet.model
    let estimate = sheet.assessment.estimate
    let cost = estimate.cheapest.map { $0.cost.text }
    var capabilities = 0
    for (place, capability) in Capability.allCases.enumerated() where model.has(capability) {
      capabilities |= 1 << place
    }
    var marks = 0
    let cells: [[Cell]] = [
      [sheet.cell(.released)], [sheet.cell(.contextWindow)],
      estimate.cheapest == nil ? [] : [sheet.costCell(estimate, decimals: 2)], sheet.cheapestOutput.cells,
    ]
    for (place, own) in cells.enumerated() where own.contains(where: \.isDisputed) { marks |= 1 << place }
    func text(_ value: String?) -> DataValue { .text(value.map(Display.harmless) ?? "") }
    return .list([
      .text(model.id.rawValue), .text(sheet.name), .text(Paths.model(model.id)), text(model.family),
      .integer(type ?? -1), .integer(capabilities), text(model[.openness].value?.text),
      text(model.released.value?.text),
      model.contextWindow.value.map { .integer(Int($0.tokens)) } ?? .text(""), text(cost),
      text(sheet.assessment.cheapestOutput == nil ? nil : sheet.cheapestOutput.plainText),
      .integer(sheet.assessment.trackedRoutes.count), .integer(listed ?? -1), .integer(marks),
    ])
  }

  // MARK: Prices

  /// The routes of a model that can be priced, in the order that breaks ties, and why the others are left out. A rate is the prompt
  /// length above which it holds (-1 for the base price), the price a million tokens, and the least and most that is claimed
  /// where that differs.
  public static func prices(_ sheet: ModelSheet) -> DataValue {
    let card = sheet.rateCard
    var places: [String: Int] = [:]
    for (place, route) in sheet.model.routes.enumerated() { places[route.id] = place }
    func place(_ route: Route) -> [(String, DataValue)] { [("place", .integer(places[route.id] ?? -1))] }
    return .map([
      ("schema", .text("llmref/site-prices/1")), ("id", .text(sheet.model.id.rawValue)),
      ("as_of", .text(sheet.model.asOf.text)),
      ("routes", .list(card.rates.map { .map(place($0.route) + members($0)) })),
      (
        "excluded",
        .list(
          card.excluded.map { route, reason in
            // Limits are looked at before prices: the traffic may give such a route another reason.
            .map(
              place(route) + [("reason", .text(reason.words))]
                + (reason == .priceUnknown ? limits(route) : []))
          })
      ),
    ])
  }

  private static func members(_ rates: TokenRates) -> [(String, DataValue)] {
    let route = rates.route
    var members: [(String, DataValue)] = [
      ("provider", .text(Display.harmless(route.providerName))), ("id", .text(Display.harmless(route.apiID))),
      ("path", .text(Paths.route(route.model, route.provider))), ("input", list(rates.input)),
      ("output", list(rates.output)), ("cache_read", list(rates.cacheRead)),
    ]
    if let tier = route.prices.limits.first { members.append(("tier", .integer(Int(tier.tokens)))) }
    return members + limits(route)
  }

  /// In tokens; what no source states is left out.
  private static func limits(_ route: Route) -> [(String, DataValue)] {
    [("window", route.contextWindow), ("max_input", route.maxInput), ("max_output", route.maxOutput)]
      .compactMap { key, limit in limit.value.map { (key, .integer(Int($0.tokens))) } }
  }

  private static func list(_ rates: [TokenRates.Rate]) -> DataValue {
    .list(
      rates.map { rate in
        let claimed = rate.claimed
        let isDisputed = claimed.lowerBound < claimed.upperBound
        return .list(
          [.integer(rate.above.map { Int($0) } ?? -1), .text(rate.price.text)]
            + (isDisputed ? [.text(claimed.lowerBound.text), .text(claimed.upperBound.text)] : []))
      })
  }
}
