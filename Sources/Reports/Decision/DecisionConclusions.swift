import Cataloguing
import Deciding
import Documents
import Facts
import Pages
import Pricing

/// Draws the conclusions of a record, each from named claims.
struct DecisionConclusions {
  private let verdict: Verdict
  private let claims: DecisionClaims
  private let names: [String]

  init(_ verdict: Verdict, _ claims: DecisionClaims) {
    self.verdict = verdict
    self.claims = claims
    names = verdict.models.map { Display.harmless($0.name) }
  }

  private var models: [Model] { verdict.models }

  var all: [DecisionRecord.Conclusion] {
    models.indices.map(cost) + [cheaper, context, output] + Capability.allCases.indices.map(capability)
      + [openness, released, knowledge] + verdict.benchmarks.map(benchmark)
  }

  // MARK: Costs

  private func cost(_ index: Int) -> DecisionRecord.Conclusion {
    let model = models[index]
    let keys = claims.ofRoutes[model.id] ?? []
    guard let cheapest = verdict.assessments[index].estimate.cheapest else {
      return DecisionRecord.Conclusion(
        key: "cost \(model.id)", statement: "What \(names[index]) costs a month at this traffic is unknown.",
        outcome: Display.unknown, restsOn: keys)
    }
    let amount = Display.cost(cheapest.cost, decimals: Display.decimals(for: [cheapest.cost]))
    let place = "\(Display.harmless(cheapest.route.providerName)) (\(Display.harmless(cheapest.route.apiID)))"
    return DecisionRecord.Conclusion(
      key: "cost \(model.id)",
      statement:
        "\(names[index]) costs \(amount) a month through \(place), the cheapest route that carries the traffic.",
      outcome: "\(cheapest.cost.text) through \(cheapest.route.id)", restsOn: keys)
  }

  private var cheaper: DecisionRecord.Conclusion {
    ranked(
      "cheaper", verdict.cost, keys: models.flatMap { claims.ofRoutes[$0.id] ?? [] },
      leads: { "\(names[$0]) is the cheaper of the two at this traffic, whatever claim one believes." },
      otherwise: "Which of the two is cheaper")
  }

  // MARK: Facts

  private var context: DecisionRecord.Conclusion {
    ranked(
      "larger context", verdict.context, keys: keys(.contextWindow),
      leads: { "\(names[$0]) has the larger context window." },
      otherwise: "Which has the larger context window")
  }

  private var output: DecisionRecord.Conclusion {
    compared("larger output limit", .maxOutput, "has the larger output limit") {
      $0.tokens.value.map { Int($0.tokens) }
    }
  }

  private var released: DecisionRecord.Conclusion {
    compared("later release", .released, "was released later") { $0.date.value.map(\.firstDayNumber) }
  }

  private var knowledge: DecisionRecord.Conclusion {
    compared("later knowledge", .knowledgeCutoff, "has the later knowledge cutoff") {
      $0.date.value.map(\.firstDayNumber)
    }
  }

  private var openness: DecisionRecord.Conclusion {
    let words = models.map { $0[.openness].value?.text ?? Display.unknown }
    return DecisionRecord.Conclusion(
      key: "openness",
      statement:
        "Weights: \(zip(names, words).map { "\($0) \(Display.harmless($1))" }.joined(separator: ", ")).",
      outcome: words.joined(separator: ", "), restsOn: keys(.openness))
  }

  private func capability(_ place: Int) -> DecisionRecord.Conclusion {
    let capability = Capability.allCases[place]
    let words = verdict.assessments.map { assessment -> String in
      switch assessment.capabilities[place] {
      case .value(let flag, _): flag ? "yes" : "no"
      case .contested: "disputed"
      case .unknown: Display.unknown
      }
    }
    return DecisionRecord.Conclusion(
      key: "capability \(capability.rawValue)",
      statement:
        "\(Display.capitalised(capability.phrase)): \(zip(names, words).map { "\($0) \($1)" }.joined(separator: ", ")).",
      outcome: words.joined(separator: ", "), restsOn: keys(.capability(capability)))
  }

  private func benchmark(_ shared: SharedBenchmark) -> DecisionRecord.Conclusion {
    let title = Display.harmless(Benchmarks.title(shared.benchmark))
    let statement: String
    let outcome: String
    if let reason = shared.incomparable {
      statement = "The scores of \(title) are not comparable: \(reason)."
      outcome = "not comparable"
    } else if let leader = shared.leader {
      statement = "\(names[leader]) leads \(title)."
      outcome = models[leader].id.rawValue
    } else {
      statement = "Neither leads \(title)."
      outcome = "tie"
    }
    return DecisionRecord.Conclusion(
      key: "benchmark \(shared.benchmark)", statement: statement, outcome: outcome,
      restsOn: models.map { DecisionClaims.key($0, shared.benchmark) })
  }

  // MARK: Wording

  private func keys(_ field: Field) -> [String] { models.map { DecisionClaims.key($0, field) } }

  private func compared(
    _ key: String, _ field: Field, _ words: String, _ value: (Knowledge<FactValue>) -> Int?
  )
    -> DecisionRecord.Conclusion
  {
    let knowledge = models.map { $0[field] }
    let values = knowledge.map(value)
    let ranking: Ranking
    if values.contains(nil) {
      ranking = .unknown(values.indices.filter { values[$0] == nil })
    } else if knowledge.contains(where: \.isDisputed) {
      ranking = .contested(knowledge.indices.filter { knowledge[$0].isDisputed })
    } else {
      let best = values.compactMap(\.self).max()
      let leaders = values.indices.filter { values[$0] == best }
      ranking = leaders.count == 1 ? .leader(leaders[0]) : .tie
    }
    return ranked(
      key, ranking, keys: keys(field), leads: { "\(names[$0]) \(words)." }, otherwise: "Which \(words)")
  }

  private func ranked(
    _ key: String, _ ranking: Ranking, keys: [String], leads: (Int) -> String, otherwise: String
  ) -> DecisionRecord.Conclusion {
    let (statement, outcome): (String, String) =
      switch ranking {
      case .leader(let index): (leads(index), models[index].id.rawValue)
      case .tie: ("\(otherwise): neither.", "tie")
      case .unknown(let places):
        (
          "\(otherwise) is unknown, because that of \(Display.listed(places.map { names[$0] })) is.",
          Display.unknown
        )
      case .contested: ("\(otherwise) depends on the source one believes.", "disputed")
      case .incomparable:
        ("\(otherwise) cannot be said: the products count different things.", "not comparable")
      }
    return DecisionRecord.Conclusion(key: key, statement: statement, outcome: outcome, restsOn: keys)
  }
}
