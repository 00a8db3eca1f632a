import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// Routes at the same traffic: what each costs, and what would have to change for another to be the cheapest.
public struct RouteContest: Sendable {
  public struct Side: Sendable {
    public let route: Route
    public let model: Model
    let card: RateCard

    /// - Parameter found: a route of a model; nil for an id that leads to one release after another.
    public init?(_ found: FoundRoute) {
      guard let model = found.model else { return nil }
      self.model = model
      route = found.route
      card = RateCard(model).limited(to: found.route)
    }

    var name: String { "\(Display.harmless(model.name)) at \(Display.harmless(route.providerName))" }

    func cost(at workload: Workload) -> Money? { card.cheapest(at: workload)?.cost }

    /// The citations of the prices that its cost stands on.
    func citations(at workload: Workload) -> [Citation] {
      card.routes.flatMap { $0.prices.used(by: workload).flatMap(\.quote.evidence.agreeing) }
    }
  }

  public let sides: [Side]
  public let workload: Workload
  private let sensitivity: Sensitivity
  private let mix: CostMix

  /// - Parameter sides: at least two.
  public init(_ sides: [Side], workload: Workload) {
    self.sides = sides
    self.workload = workload
    sensitivity = Sensitivity(sides.map(\.card), workload: workload)
    mix = CostMix(sides.map(\.card), workload: workload)
  }

  // MARK: Page

  var section: Section {
    let rows = sides.map { side in
      Table.Row(side.name, cells: [[.cell(cell(side))] + ChannelFees.beside(side.route.fee)])
    }
    var blocks: [Block] = [
      .table(
        Table(
          caption: "Cost of the same traffic, US dollars", head: ["Route", "Cost"], rows: rows))
    ]
    if sides.allSatisfy({ $0.cost(at: workload) != nil }) {
      let words = CheaperSide(names: sides.map(\.name), workload: workload) {
        sides[$0].citations(at: $1)
      }
      // Only where answers are billed is their share a choice.
      blocks += workload.outputTokens.tokens > 0 ? [.paragraph(words.mixLine(mix))] : []
      blocks.append(.list(words.lines(sensitivity)))
    } else {
      blocks.append(
        .paragraph([
          .text(
            "What would change the cheaper side stays open until every route has both token prices and can carry the traffic."
          )
        ]))
    }
    return Section(id: "sensitivity", title: "Which route costs less, and when that changes", blocks: blocks)
  }

  private func cell(_ side: Side) -> Cell {
    guard let cost = side.cost(at: workload) else { return .unknown }
    return Cells.derived(
      Display.dollars(cost.dollars), exact: cost.text, from: side.citations(at: workload),
      rule: "what is used times the route's own prices, at the tier of the average request")
  }

  // MARK: JSON

  /// The shape of `contest` in `Schemas/cost-1.schema.json`.
  var data: DataValue {
    var members: [(String, DataValue)] = [
      (
        "routes",
        .list(
          sides.map { side in
            var route: [(String, DataValue)] = [
              ("model", .text(side.model.id.rawValue)), ("provider", .text(side.route.provider.rawValue)),
              ("api_id", .text(Display.harmless(side.route.apiID))),
            ]
            if let cost = side.cost(at: workload) { route.append(("cost_usd", .text(cost.text))) }
            return .map(route)
          })
      )
    ]
    guard sides.allSatisfy({ $0.cost(at: workload) != nil }) else { return .map(members) }
    members += [
      ("cached_share", flips(sensitivity.cached)), ("batch_share", flips(sensitivity.batched)),
      (
        "output_share",
        .list(
          mix.breakEvens.map {
            .map([
              ("output_tokens", .text(String($0.output))), ("below", .text(String($0.below))),
              ("above", .text(String($0.above))),
            ])
          })
      ),
    ]
    if let margin = sensitivity.margin {
      members.append(
        (
          "margin",
          .map([
            ("cheapest", .text(String(margin.cheapest))), ("next", .text(String(margin.next))),
            ("difference_usd", .text((margin.nextCost - margin.cost).text)),
          ])
        ))
    }
    return .map(members)
  }

  private func flips(_ flips: [Sensitivity.Flip]) -> DataValue {
    .list(
      flips.map {
        .map([
          ("percent", .text(ExactDecimal(reducing: Int128($0.share), exponent: -2).text)),
          ("below", .text(String($0.below))), ("above", .text(String($0.above))),
        ])
      })
  }
}
