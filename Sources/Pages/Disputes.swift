import Cataloguing
import Documents
import Facts

/// The disputes of a model in words: the value believed and by which rule, each differing claim and its likely cause.
enum Disputes {
  static func lines(_ model: Model, name: String) -> [[Run]] {
    var lines: [[Run]] = []
    for field in Field.plain where field != .name && field != .family {
      if let line = line(model[field], field, subject: name) { lines.append(line) }
    }
    for route in model.routes {
      let place = "\(name) at \(Display.harmless(route.providerName)) (\(Display.harmless(route.apiID)))"
      for field in [Field.contextWindow, .maxInput, .maxOutput, .retirement] {
        if let line = line(route[field], field, subject: place) { lines.append(line) }
      }
      let terms = route.prices.terms.keys.sorted { $0.text < $1.text }
      for term in terms {
        guard let knowledge = route.prices.terms[term] else { continue }
        if let line = line(knowledge.map(FactValue.money), .price(term), subject: place) {
          lines.append(line)
        }
      }
    }
    return lines
  }

  /// Prices that equal a sibling's: nobody contradicts them, and yet one row may be a copy of the other.
  static func siblingLines(_ prices: [SiblingPrice], name: String) -> [[Run]] {
    prices.map { price in
      [
        .text("\(name) at \(Display.harmless(price.route.providerName)) ("),
        .text(Display.harmless(price.route.apiID) + "): "),
        .cell(Cells.price(price.route.prices.base(.input), .input)), .text(" in and "),
        .cell(Cells.price(price.route.prices.base(.output), .output)),
        .text(
          " out are exactly the prices of \(Display.harmless(price.baseName)) there; they may be copied from the sibling."
        ),
      ]
    }
  }

  private static func line(_ knowledge: Knowledge<FactValue>, _ field: Field, subject: String) -> [Run]? {
    guard let evidence = knowledge.evidence, !evidence.dissenting.isEmpty else { return nil }
    let whole = Cells.cell(knowledge, field)
    // The believed value without its dissents: those stand beside it, each with its own citations.
    let believed = Cell(
      whole.display, state: whole.state, exact: whole.exact, detail: whole.detail, citations: whole.citations,
      rule: whole.rule)
    var runs: [Run] = [
      .text("\(subject), \(Display.midSentence(field.title)): "), .cell(believed),
      .text(" by the rule “\(evidence.rule.rawValue)”; "),
    ]
    runs += Wording.joined(
      evidence.dissenting.map { dissent in
        let names = Set(dissent.citations.map { Display.harmless($0.source.title) }).sorted()
        let other = Cell(
          Display.value(dissent.value, of: field), state: .known, exact: dissent.value.text,
          citations: dissent.citations, rule: dissent.cause.rawValue)
        return [
          .text("\(Display.listed(names)) \(names.count == 1 ? "says" : "say") "), .cell(other),
          .text(" (\(dissent.cause.rawValue): \(dissent.cause.explanation))"),
        ]
      })
    return runs + [.text(".")]
  }
}
