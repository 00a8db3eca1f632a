import Deciding
import Documents
import Facts

extension Comparison {
  static let deepDive: @Sendable (Comparison) -> Section = { page in
    Section(
      id: "deep-dive", title: "Deep dive",
      blocks: [
        .paragraph(page.capabilityParagraph()), .paragraph(page.coverageParagraph()),
        .paragraph(page.choiceParagraph()),
      ])
  }

  /// Which capabilities differ, which are shared, which nobody documents.
  private func capabilityParagraph() -> [Run] {
    var runs: [Run] = []
    let differing = verdict.capabilities.filter(\.differs)
    if differing.isEmpty {
      runs.append(.text("No source-stated capability separates \(together)."))
    } else {
      runs.append(.text("The stated capabilities differ on "))
      runs += Wording.joined(
        differing.map { standing in
          [.text("\(standing.capability.phrase) (")]
            + Wording.joined(
              models.indices.map { [.text(names[$0] + " "), .cell(sheets[$0].cell(standing.capability))] })
            + [.text(")")]
        })
      runs.append(.text("."))
    }
    let shared = verdict.capabilities.filter(\.isShared)
    if !shared.isEmpty {
      runs.append(.text(" \(models.count == 2 ? "Both have" : "All have") "))
      runs += Wording.joined(
        shared.map { phrased($0.capability, 0) })
      runs.append(.text(", so these do not separate them."))
    }
    let undocumented = Capability.allCases.filter { capability in
      models.contains { $0.capability(capability).isUnknown }
    }
    if !undocumented.isEmpty {
      runs += [
        .text(" For at least one of them, support for \(Display.listed(undocumented.map(\.phrase))) is "),
        .cell(.unknown), .text("."),
      ]
    }
    return runs
  }

  /// How well the prices are known.
  private func coverageParagraph() -> [Run] {
    var runs: [Run] = []
    for index in models.indices {
      if !runs.isEmpty { runs.append(.text(" ")) }
      runs += costs[index].coverage
    }
    return runs
  }

  /// What the tradeoffs come to, and what to do before shipping.
  private func choiceParagraph() -> [Run] {
    var runs: [Run] = []
    for index in models.indices {
      let words = verdict.tradeoffs[index].map(\.summary)
      guard !words.isEmpty else { continue }
      if !runs.isEmpty { runs.append(.text(" ")) }
      runs.append(
        .text("For \(names[index]) \(words.count == 1 ? "speaks" : "speak") \(Display.listed(words))."))
    }
    if runs.isEmpty { runs.append(.text("No stated fact speaks for one side.")) }
    runs.append(
      .text(
        " Before production, rerun your own prompts through the exact provider, region and tool stack you plan to ship: a route can differ from its model."
      ))
    return runs
  }
}

extension Reason {
  /// The reason as a noun phrase.
  var summary: String {
    switch self {
    case .benchmarkLead: "the benchmark lead"
    case .largerContext: "the larger context window"
    case .lowerCost: "the lower cost"
    case .broaderRoutes: "the choice of routes"
    case .onlyCapabilities(let capabilities), .documentedCapabilities(let capabilities):
      Display.listed(capabilities.map(\.phrase))
    case .tags(let tags): "fitness for " + Display.listed(tags.map(\.rawValue))
    }
  }
}
