import Deciding
import Documents
import Facts

extension Comparison {
  static let switchFriction: @Sendable (Comparison) -> Section = { page in
    var shared: [[Run]?] = Array(repeating: nil, count: page.models.count * page.models.count)
    let sides = page.frictions.map { from, to, friction in
      // Both directions name the same providers, with the same evidence.
      let place = min(from, to) * page.models.count + max(from, to)
      let providers = shared[place] ?? page.providerPoint(friction, min(from, to), max(from, to))
      shared[place] = providers
      return Side(
        title: "\(page.names[from]) → \(page.names[to])",
        points: page.points(friction, from, to, providers: providers))
    }
    return Section(id: "switch-friction", title: "Switch friction", blocks: [.sides(sides)])
  }

  private func points(_ friction: SwitchFriction, _ from: Int, _ to: Int, providers: [Run]) -> [[Run]] {
    var points: [[Run]] = [providers, pricePoint(friction, from, to)]
    for field in friction.shrinking {
      points.append([
        .text("\(field.title) shrinks from "), .cell(sheets[from].cell(field)), .text(" to "),
        .cell(sheets[to].cell(field)), .text(" tokens."),
      ])
    }
    if !friction.lost.isEmpty {
      points.append(
        [.text("Find a replacement for ")] + capabilityRuns(friction.lost, from) + [
          .text(": a source says No for \(names[to]).")
        ])
    }
    if !friction.uncertain.isEmpty {
      points.append(
        [.text("Check before moving, not settled for \(names[to]): ")]
          + capabilityRuns(friction.uncertain, from) + [.text(".")])
    }
    if !friction.gained.isEmpty {
      points.append([.text("\(names[to]) adds ")] + capabilityRuns(friction.gained, to) + [.text(".")])
    }
    points += callingPoints(friction, from, to)
    return points
  }

  private func providerPoint(_ friction: SwitchFriction, _ one: Int, _ other: Int) -> [Run] {
    guard !friction.sharedProviders.isEmpty else {
      return [.text("No tracked provider serves both; plan for another SDK, account and endpoint.")]
    }
    let listing = friction.sharedProviders.prefix(6).map { provider -> [Run] in
      let routes = [one, other].flatMap { index in
        assessments[index].trackedRoutes.filter { $0.provider == provider }
      }
      return [
        .cell(
          Cells.derived(
            Display.harmless(frame.providerName(provider)), exact: provider.rawValue,
            from: routes.flatMap(\.listing), rule: "a tracked route of both models"))
      ]
    }
    let more = friction.sharedProviders.count - 6
    return [
      .text(
        "\(Display.capitalised(Display.counted(friction.sharedProviders.count, "provider"))) \(friction.sharedProviders.count == 1 ? "serves" : "serve") both: "
      )
    ]
      + Wording.joined(listing) + [.text(more > 0 ? " and \(more) more." : ".")]
  }

  private func pricePoint(_ friction: SwitchFriction, _ from: Int, _ to: Int) -> [Run] {
    func costs() -> [Run] { [.cell(costCell(from)), .text(" to "), .cell(costCell(to)), .text(" a month.")] }
    switch friction.price {
    case .cheaper: return [.text("The cost falls from ")] + costs()
    case .dearer: return [.text("The cost rises from ")] + costs()
    case .same: return [.text("The cost stays the same: "), .cell(costCell(to)), .text(" a month.")]
    case .contested: return [.text("Whether the cost falls depends on whom one believes: from ")] + costs()
    case .incomparable:
      return [.text("The two count different things, so that no price direction can be named.")]
    case .unknown(let missing):
      let who = missing.map { $0 == 0 ? names[from] : names[to] }
      return [
        .text("The price direction is "), .cell(.unknown),
        .text(
          ": \(Display.listed(who)) \(who.count == 1 ? "has" : "have") no priced route that can carry the traffic."
        ),
      ]
    }
  }

  private func capabilityRuns(_ capabilities: [Capability], _ index: Int) -> [Run] {
    Wording.joined(capabilities.map { phrased($0, index) })
  }

  private func callingPoints(_ friction: SwitchFriction, _ from: Int, _ to: Int) -> [[Run]] {
    var points: [[Run]] = []
    if let (before, after) = friction.dialects {
      points.append([
        .text(
          "The API dialect differs: SDK \(Display.harmless(Display.listed(before))) before, \(Display.harmless(Display.listed(after))) after."
        )
      ])
    }
    if friction.losesTemperature {
      points.append([
        .text("The routes of \(names[to]) take no temperature parameter; those of \(names[from]) do.")
      ])
    }
    return points
  }
}
