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
  /// of what is disputed (1 release, 2 context, 4 cost, 8 output price), what stands behind the cost of its channel's fee. Rows stand in the order of the site.
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
      text(estimate.cheapest.flatMap { ChannelFees.beside($0.route.fee).plainText }),
    ])
  }

  // MARK: Prices

  /// The routes of a model that serve ordinary requests, in the order that breaks ties, with the lines of their price lists, and why
  /// the others are left out; the kind of the product and its usual month.
  ///
  /// A line is the place of its unit in `BillableUnit.allCases`, the mode (0 standard, 1 batch), the length above which it holds
  /// (-1 for every request), 1 if it is for the pieces beyond that alone plus 2 if answers count, the place of its hours (-1 for
  /// all), the price, and the least and the most that is claimed where that differs. Of the lines of a unit and mode that hold, the
  /// first counts. Lines with a condition are left out: what the page asks meets none.
  public static func prices(_ sheet: ModelSheet) -> DataValue {
    let card = sheet.rateCard
    let usual = Workload.usual(for: sheet.assessment.kind)
    return .map([
      ("schema", .text("llmref/site-prices/2")), ("id", .text(sheet.model.id.rawValue)),
      ("as_of", .text(sheet.model.asOf.text)), ("kind", .text(sheet.assessment.kind.rawValue)),
      ("month", month(usual)), ("routes", .list(card.routes.map { .map(members($0)) })),
      (
        "excluded",
        .list(
          card.excluded.map { own in
            .map([("place", .integer(own.place)), ("reason", .text(own.reason.words))])
          })
      ),
    ])
  }

  private static func month(_ usual: Workload) -> DataValue {
    var members: [(String, DataValue)] = [
      ("input", .integer(Int(usual.inputTokens.tokens))),
      ("output", .integer(Int(usual.outputTokens.tokens))),
      ("requests", .integer(Int(usual.requests))),
      (
        "others",
        .list(
          BillableUnit.allCases.compactMap { unit in
            usual.others[unit].map { .list([.integer(unit.place), .integer(Int($0))]) }
          })
      ),
    ]
    switch usual.measure {
    case .everything: break
    case .searchesOrTokens: members.append(("measure", .text("searches_or_tokens")))
    case .soundTokens: members.append(("measure", .text("sound_tokens")))
    }
    return .map(members)
  }

  private static func members(_ own: CardRoute) -> [(String, DataValue)] {
    let (route, flat) = (own.route, own.prices.browserLines)
    var members: [(String, DataValue)] = [
      ("place", .integer(own.place)), ("provider", .text(Display.harmless(route.providerName))),
      ("id", .text(Display.harmless(route.apiID))), ("path", .text(Paths.route(route.model, route.provider))),
      ("lines", .list(flat.lines.map(line))), ("hours", .list(flat.hours.map(hours))),
    ]
    if let fee = ChannelFees.words(route.fee) { members.append(("fee", .text(fee))) }
    // In tokens; what no source states is left out.
    return members
      + [
        ("window", own.prices.window), ("max_input", own.prices.maxInput),
        ("max_output", own.prices.maxOutput),
      ]
      .compactMap { key, limit in limit.map { (key, .integer(Int($0))) } }
  }

  private static func line(_ line: RoutePrices.BrowserLine) -> DataValue {
    let term = line.quote.term
    let claimed = line.quote.claimed
    var flags = term.tier?.semantics == .marginal ? 1 : 0
    if term.tier?.counting == .promptAndAnswer { flags += 2 }
    return .list(
      [
        .integer(term.unit.place), .integer(term.mode == .batch ? 1 : 0),
        .integer(term.above.map { Int($0.tokens) } ?? -1), .integer(flags), .integer(line.hours),
        .text(line.quote.money.text),
      ]
        + (claimed.lowerBound < claimed.upperBound
          ? [.text(claimed.lowerBound.text), .text(claimed.upperBound.text)] : []))
  }

  private static func hours(_ hours: PriceHours) -> DataValue {
    .map([
      ("not", .flag(hours.isComplement)), ("days", .list(hours.weekdays.sorted().map { .integer($0) })),
      ("spans", .list(hours.spans.map { .list([.integer($0.start), .integer($0.end)]) })),
      ("shift", .integer(hours.offset)), ("except", .flag(!hours.except.isEmpty)),
    ])
  }
}
