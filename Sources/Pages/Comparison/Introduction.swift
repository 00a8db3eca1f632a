import Deciding
import Documents
import Facts

extension Comparison {
  static let introduction: @Sendable (Comparison) -> Section = { page in
    // Whether it can still be bought comes before everything else.
    var blocks: [Block] = page.sheets.compactMap { $0.lifeLine.map { .notice($0) } }
    var opening: [[Run]] = []
    for index in page.models.indices {
      opening.append(page.quoted(index, \.opening) { SheetQuotes.opening($0, name: $1) })
    }
    let types = page.assessments.indices.map { [Run.text(""), .cell(page.articleType($0))] }
    let comparing: [Run] =
      page.verdict.typesDiffer
      ? [.text(" compare ")] + Wording.joined(types, "with") + [.text(". ")]
      : [.text(" are each "), .cell(page.sharedTypeCell), .text(". ")]
    blocks.append(
      .paragraph(
        Wording.joined(opening) + comparing + page.contextSentence() + [.text(" ")] + page.costSentence()))
    if page.verdict.typesDiffer {
      var runs: [Run] = [.text("This is a product-type comparison: ")]
      runs += Wording.joined(
        page.models.indices.map { [.text("\(page.names[$0]) is "), .cell(page.articleType($0))] })
      runs.append(.text(". Which workflow you build decides before any price or score does."))
      blocks.append(.notice(runs))
    }
    for notice in page.stamp.notices { blocks.append(.notice([.text(notice)])) }
    return Section(id: "introduction", title: page.names.joined(separator: " vs "), blocks: blocks)
  }

  /// The type that all have, resting on the facts of each.
  private var sharedTypeCell: Cell {
    let text = Wording.withArticle(assessments[0].type.value.rawValue)
    let citations = assessments.flatMap(\.type.citations)
    return citations.isEmpty
      ? .plain(text)
      : Cells.derived(
        text, exact: assessments[0].type.value.rawValue, from: citations, rule: assessments[0].type.rule)
  }

  private func articleType(_ index: Int) -> Cell { sheets[index].article }

  /// Who has the larger window, or what is not known of it.
  func contextSentence() -> [Run] {
    let windows = models.indices.map { index -> [Run] in
      models[index].contextWindow.value == nil
        ? [.text("the context window of \(names[index]) is "), .cell(contextCell(index))]
        : [.text("\(names[index]) has a context window of "), .cell(contextCell(index)), .text(" tokens")]
    }
    var runs = Wording.joined(windows)
    if case .text(let first)? = runs.first { runs[0] = .text(Display.capitalised(first)) }
    return runs + [.text(".")]
  }

  /// Which side costs less at the workload, or why none can be named.
  func costSentence() -> [Run] {
    let atTraffic = "At \(traffic), "
    switch verdict.cost {
    case .leader(let index):
      var runs: [Run] = [
        .text(atTraffic + "\(names[index]) costs less: "), .cell(costCell(index)), .text(" against "),
      ]
      runs += Wording.joined(
        models.indices.filter { $0 != index }.map { [.cell(costCell($0)), .text(" for \(names[$0])")] })
      return runs + [.text(".")]
    case .tie:
      return [.text(atTraffic + "the cheapest routes cost the same: "), .cell(costCell(0)), .text(".")]
    case .unknown(let missing):
      var runs: [Run] = [
        .text(atTraffic + "the cost of \(Display.listed(missing.map { names[$0] })) is "), .cell(.unknown),
      ]
      let known = models.indices.filter { !missing.contains($0) }
      if !known.isEmpty {
        runs.append(.text("; "))
        runs += Wording.joined(known.map { [.text("\(names[$0]) costs "), .cell(costCell($0))] })
      }
      return runs + [.text(". No side can be called cheaper.")]
    case .contested:
      return [.text(atTraffic + "sources disagree about prices so far that either side could cost less: ")]
        + Wording.joined(models.indices.map { [.cell(costCell($0)), .text(" for \(names[$0])")] }) + [
          .text(".")
        ]
    case .incomparable:
      return [.text("At the usual month of each, ")]
        + Wording.joined(
          models.indices.map {
            [.text("\(names[$0]) costs "), .cell(costCell($0)), .text(" (\(months[$0]))")]
          })
        + [.text(". They count different things, so that no side can be called cheaper.")]
    }
  }
}
