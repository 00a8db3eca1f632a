import Deciding
import Documents
import Facts

extension Comparison {
  static let tradeoffs: @Sendable (Comparison) -> Section = { page in
    let sides = page.models.indices.map { index in
      Side(
        title: "Choose \(page.names[index]) when…",
        // What the reader measured comes first.
        points: page.measuredPoints(for: index)
          + page.verdict.tradeoffs[index].filter { page.opposing($0, index) == nil }.map {
            page.line($0, for: index)
          })
    }
    var blocks: [Block] = []
    if sides.allSatisfy(\.points.isEmpty) {
      blocks.append(
        .paragraph([.text("Nothing that the sources state decides between \(page.together).")]))
    } else {
      blocks.append(
        .sides(
          sides.map {
            $0.points.isEmpty
              ? Side(title: $0.title, points: [[.text("No stated fact speaks for it alone.")]]) : $0
          }))
    }
    let opposed = page.models.indices.flatMap { index in
      page.verdict.tradeoffs[index].compactMap { reason in
        page.opposing(reason, index).map { other -> [Run] in
          [.text("As stated, for \(page.names[index]): ")] + page.line(reason, for: index) + [
            .text(" Your own measurement speaks for \(page.names[other]), and comes first.")
          ]
        }
      }
    }
    let notes = opposed + page.verdict.neutral.map { page.line($0) }
    if !notes.isEmpty { blocks.append(.list(notes)) }
    return Section(id: "tradeoffs", title: "Decision tradeoffs", blocks: blocks)
  }

  /// The model for which the reader's own measurement says the opposite of a stated reason; nil where none does.
  private func opposing(_ reason: Reason, _ index: Int) -> Int? {
    switch reason {
    case .lowerCost: contradicted(index, by: \.isCheaper)
    case .benchmarkLead: contradicted(index, by: \.isBetter)
    case .largerContext, .broaderRoutes, .onlyCapabilities, .documentedCapabilities, .tags: nil
    }
  }

  private func line(_ reason: Reason, for index: Int) -> [Run] {
    let name = names[index]
    switch reason {
    case .benchmarkLead(let wins, let of, let example):
      var runs: [Run] = [
        .text(
          "It leads \(wins) of \(Display.counted(of, "comparable shared benchmark")), most clearly \(Benchmarks.title(example.benchmark)): "
        )
      ]
      runs += Wording.joined(
        example.scores.indices.map { [.cell(scoreCell(example.scores[$0])), .text(" for \(names[$0])")] },
        "against")
      return runs + [.text(".")]
    case .largerContext:
      return [
        .text("It has the larger context window: "), .cell(contextCell(index)), .text(" tokens against "),
      ]
        + Wording.joined(others(index).map { [.cell(contextCell($0))] }) + [.text(".")]
    case .lowerCost:
      var runs: [Run] = [
        .text("It costs less at \(traffic): "), .cell(costCell(index)),
        .text(" against "),
      ]
      runs += Wording.joined(others(index).map { [.cell(costCell($0))] })
      if others(index).count == 1, let percent = savingCell(cheap: index, dear: others(index)[0]) {
        runs += [.text(", "), .cell(percent), .text(" cheaper")]
      }
      return runs + [.text(".")]
    case .broaderRoutes:
      return [.text("More provider routes serve it: "), .cell(routesCell(index)), .text(" against ")]
        + Wording.joined(others(index).map { [.cell(routesCell($0))] }) + [.text(".")]
    case .onlyCapabilities(let capabilities):
      return [.text("Only \(name) has ")]
        + Wording.joined(capabilities.map { phrased($0, index) })
        + [.text("; for the \(others(index).count == 1 ? "other" : "others") a source says No.")]
    case .documentedCapabilities(let capabilities):
      return [
        .text(
          "Documented for \(name), while no source says for \(others(index).count == 1 ? names[others(index)[0]] : "every other"): "
        )
      ]
        + Wording.joined(capabilities.map { phrased($0, index) }) + [.text(".")]
    case .tags(let tags):
      let earned = sheets[index].tagCells.filter { tags.contains($0.tag) }.map { [Run.cell($0.cell)] }
      return [.text("Its facts alone earn the fit ")] + earned.joined(separator: [.text(", ")])
        + [.text(".")]
    }
  }

  func others(_ index: Int) -> [Int] { models.indices.filter { $0 != index } }

  /// How much less the cheap one costs, as a share of the dear one.
  func savingCell(cheap: Int, dear: Int) -> Cell? {
    guard let low = assessments[cheap].estimate.cheapest, let high = assessments[dear].estimate.cheapest,
      let percent = Display.percentCheaper(dear: high.cost, cheap: low.cost)
    else { return nil }
    return Cells.derived(
      percent, exact: percent, from: low.evidence.agreeing + high.evidence.agreeing,
      rule: "(dear − cheap) ÷ dear, from unrounded costs")
  }

  private func line(_ note: NeutralNote) -> [Run] {
    let windows = Wording.joined(models.indices.map { [.cell(contextCell($0)), .text(" for \(names[$0])")] })
    let costs = Wording.joined(models.indices.map { [.cell(costCell($0)), .text(" for \(names[$0])")] })
    switch note {
    case .contextTie: return [.text("No context window is the largest: ")] + windows + [.text(".")]
    case .contextClose(let leader):
      return [.text("\(names[leader]) has the larger context window by less than a quarter: ")] + windows + [
        .text(".")
      ]
    case .contextUnknown(let missing):
      return [
        .text("The context window of \(Display.listed(missing.map { names[$0] })) is "), .cell(.unknown),
        .text(", so none can be called larger."),
      ]
    case .contextContested:
      return [.text("Sources disagree about context windows so far that no side is larger for all of them: ")]
        + windows + [.text(".")]
    case .costTie: return [.text("The cheapest routes cost the same: ")] + costs + [.text(".")]
    case .costClose(let leader):
      return [.text("\(names[leader]) costs less by under 5%: ")] + costs + [.text(".")]
    case .costUnknown(let missing):
      return [
        .text("The monthly cost of \(Display.listed(missing.map { names[$0] })) is "), .cell(.unknown),
        .text(", so none can be called cheaper."),
      ]
    case .costContested:
      return [.text("Sources disagree about prices so far that no side is cheaper for all of them: ")] + costs
        + [.text(".")]
    case .costIncomparable:
      return [.text("They count different things, so that none can be called cheaper: ")] + costs
        + [.text(", each at the usual month of its product.")]
    case .capabilityContested(let capability, let who):
      var runs: [Run] = [.text("\(capability.title) is disputed and decides nothing here: ")]
      runs += Wording.joined(
        who.map { index in
          quoted(index, { $0.contested[capability] }) { SheetQuotes.contested(capability, $0, name: $1) }
        })
      return runs + [.text(".")]
    }
  }
}
