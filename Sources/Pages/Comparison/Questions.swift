import Deciding
import Documents
import Facts

extension Comparison {
  static let questions: @Sendable (Comparison) -> Section = { page in
    var questions = [page.contextQuestion(), page.licenceQuestion(), page.costQuestion()]
    for standing in page.verdict.capabilities where standing.differs {
      questions.append(page.question(differing: standing))
    }
    if let shared = page.verdict.capabilities.first(where: \.isShared) {
      questions.append(page.question(shared: shared))
    }
    questions.append(page.routesQuestion())
    return Section(id: "faq", title: "FAQ", blocks: [.questions(questions)])
  }

  private func contextQuestion() -> Question {
    let title = "Which has the larger context window, \(either)?"
    switch verdict.context {
    case .leader(let index):
      var runs: [Run] = [.text("\(names[index]): "), .cell(contextCell(index)), .text(" tokens, against ")]
      runs += Wording.joined(others(index).map { [.cell(contextCell($0)), .text(" for \(names[$0])")] })
      return Question(
        title, answer: runs + [.text(". A route can allow less; its own limit stands in the pricing table.")])
    case .tie: return Question(title, answer: [.text("No one window is the largest. ")] + contextSentence())
    case .unknown: return Question(title, answer: [.text("Nobody can say. ")] + contextSentence())
    case .contested, .incomparable:
      return Question(
        title, answer: [.text("Sources disagree, and no answer holds for all of them. ")] + contextSentence())
    }
  }

  private func licenceQuestion() -> Question {
    var runs: [Run] = []
    for index in models.indices {
      if !runs.isEmpty { runs.append(.text(" ")) }
      runs += quoted(index, \.licence) { SheetQuotes.licence($0, name: $1) }
    }
    return Question("Is \(either) open source?", answer: runs)
  }

  private func costQuestion() -> Question { Question("Which is cheaper, \(either)?", answer: costSentence()) }

  private func question(differing standing: CapabilityStanding) -> Question {
    let title = "Which is better for \(standing.capability.phrase), \(either)?"
    let holders = standing.holders
    var runs: [Run] = Wording.joined(
      holders.map { named($0, standing.capability) })
    runs.append(.text(holders.count == 1 ? " has it by its sources; " : " have it by their sources; "))
    let rest = models.indices.filter { !holders.contains($0) }
    runs += Wording.joined(
      rest.map { [.text("for \(names[$0]) the answer is "), .cell(sheets[$0].cell(standing.capability))] })
    return Question(title, answer: runs + [.text(". It means: \(standing.capability.definition)")])
  }

  private func question(shared standing: CapabilityStanding) -> Question {
    let phrase = standing.capability.phrase
    var runs: [Run] = Wording.joined(
      models.indices.map { named($0, standing.capability) })
    runs.append(
      .text(
        " \(models.count == 2 ? "both" : "all") have it, so \(phrase) alone decides nothing; compare how well each does it on your own prompts."
      ))
    return Question("Which is better for \(phrase), \(either)?", answer: runs)
  }

  private func routesQuestion() -> Question {
    var runs: [Run] = []
    for index in models.indices {
      if !runs.isEmpty { runs.append(.text(" ")) }
      runs += quoted(index, \.providers) { SheetQuotes.providers($0, name: $1) }
    }
    return Question("Where can I run \(together)?", answer: runs)
  }
}
