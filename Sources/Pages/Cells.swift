import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// Turns knowledge into the cells that pages quote. One place, so that a table, a sentence and JSON say the same.
package enum Cells {
  package static func cell(_ knowledge: Knowledge<FactValue>, _ field: Field) -> Cell {
    switch knowledge {
    case .known(let value, let evidence):
      cell(Display.value(value, of: field), evidence, field, exact: value.text, detail: detail(value))
    case .absent(let evidence): cell("none", evidence, field, state: .absent, exact: "none")
    case .unknown: .unknown
    }
  }

  /// Yes, No or unknown.
  package static func capability(_ knowledge: Knowledge<Bool>, _ capability: Capability) -> Cell {
    let field = Field.capability(capability)
    return switch knowledge {
    case .known(let flag, let evidence): cell(Display.flag(flag), evidence, field, exact: flag ? "yes" : "no")
    case .absent(let evidence): cell(Display.flag(false), evidence, field, state: .absent, exact: "no")
    case .unknown: .unknown
    }
  }

  package static func price(_ knowledge: Knowledge<Money>, _ unit: BillableUnit) -> Cell {
    guard case .known(let money, let evidence) = knowledge else { return .unknown }
    return cell(Display.unitPrice(money), evidence, .price(PriceTerm(unit)), exact: money.text)
  }

  package static func cell(
    _ display: String, _ evidence: Evidence, _ field: Field, state: Cell.State = .known, exact: String? = nil,
    detail: String? = nil
  ) -> Cell {
    Cell(
      display, state: state == .known && evidence.rule == .derived ? .derived : state, exact: exact,
      detail: detail, citations: evidence.agreeing,
      dissents: evidence.dissenting.map { dissent in
        CellDissent(
          display: Display.value(dissent.value, of: field), cause: dissent.cause, citations: dissent.citations
        )
      }, rule: evidence.rule.rawValue)
  }

  /// A value computed from others, with their citations.
  static func derived(
    _ display: String, exact: String? = nil, from citations: [Citation], dissents: [CellDissent] = [],
    rule: String
  ) -> Cell {
    Cell(
      display, state: .derived, exact: exact, citations: once(citations), dissents: dissents, rule: rule)
  }

  /// Each citation once, in order. A few are compared with each other, which is quicker than hashing them.
  private static func once(_ citations: [Citation]) -> [Citation] {
    guard citations.count > 1 else { return citations }
    if citations.count > 8 {
      var seen: Set<Citation> = []
      return citations.filter { seen.insert($0).inserted }
    }
    var result: [Citation] = []
    for citation in citations where !result.contains(citation) { result.append(citation) }
    return result
  }

  /// What a month costs through one route, with the dissents about its prices.
  static func cost(_ cost: RouteCost, decimals: Int) -> Cell {
    let isExact = Display.isExact(cost.cost, decimals: decimals)
    return derived(
      (isExact ? "" : "about ") + Display.cost(cost.cost, decimals: decimals), exact: cost.cost.text,
      from: cost.evidence.agreeing,
      dissents: cost.evidence.dissenting.map {
        CellDissent(
          display: Display.value($0.value, of: .price(PriceTerm(.input))), cause: $0.cause,
          citations: $0.citations)
      },
      rule: cost.isOfTokens
        ? "input and output tokens times the route's own prices"
        : "what is used times the route's own prices")
  }

  static func conclusion<Value: RawRepresentable<String>>(_ conclusions: [Conclusion<Value>]) -> [Run] {
    var runs: [Run] = []
    for (index, conclusion) in conclusions.enumerated() {
      if index > 0 { runs.append(.text(", ")) }
      runs.append(.cell(self.conclusion(conclusion)))
    }
    return runs
  }

  static func conclusion<Value: RawRepresentable<String>>(_ conclusion: Conclusion<Value>) -> Cell {
    guard !conclusion.citations.isEmpty else { return .plain(conclusion.value.rawValue) }
    return derived(
      conclusion.value.rawValue, exact: conclusion.value.rawValue, from: conclusion.citations,
      rule: conclusion.rule)
  }

  private static func detail(_ value: FactValue) -> String? {
    switch value {
    case .tokens(let count): Display.exactTokens(count)
    case .parameters(let count): Display.grouped(String(count.parameters)) + " parameters"
    default: nil
    }
  }
}

/// Small rules of English.
package enum Wording {
  /// `a coding-specialized model`, `an image model`.
  static func withArticle(_ noun: String) -> String {
    let vowels: Set<Character> = ["a", "e", "i", "o", "u"]
    let first = noun.lowercased().first ?? " "
    return (vowels.contains(first) ? "an " : "a ") + noun
  }

  static func joined(_ runs: [[Run]], _ word: String = "and") -> [Run] {
    var result: [Run] = []
    for (index, part) in runs.enumerated() {
      if index > 0 { result.append(.text(index == runs.count - 1 ? " \(word) " : ", ")) }
      result += part
    }
    return result
  }

  /// `GPT-5's`, `Llamas'` is not worth a rule: always 's.
  static func possessive(_ name: String) -> String { name + "'s" }

  /// The month with its assumptions.
  /// - Parameter saysHours: whether a price depends on hours, or the reader states them.
  package static func workload(_ workload: Workload, saysHours: Bool = false) -> String {
    workload == .usual && !saysHours ? usualWorkload : worded(workload, saysHours: saysHours)
  }

  /// Stands on almost every page.
  private static let usualWorkload = worded(.usual, saysHours: false)

  private static func worded(_ workload: Workload, saysHours: Bool) -> String {
    var words = amounts(workload) + requests(workload)
    if workload.batchShare != .none { words += ", \(workload.batchShare.text) of them sent in batches" }
    if saysHours || workload.hours != .spread { words += ", " + hours(workload.hours) }
    let conditions = workload.conditions.map(\.text).sorted()
    if !conditions.isEmpty { words += ", with " + conditions.joined(separator: " and ") }
    return words
  }

  private static func hours(_ hours: TrafficHours) -> String {
    switch hours {
    case .spread: "spread evenly over the week"
    case .peak: "all at the hours at which it costs most"
    case .offPeak: "all at the hours at which it costs least"
    case .window(let window): "spread evenly over the hours \(window.title)"
    }
  }

  /// `800M input and 250M output tokens a month`, `10k pictures a month`, `1M searches, or 800M input tokens where no source prices
  /// searches, a month`.
  static func amounts(_ workload: Workload) -> String {
    let (input, output) = (workload.inputTokens, workload.outputTokens)
    let cached =
      workload.cachedTokens.tokens > 0 ? " (\(Display.tokens(workload.cachedTokens)) of them from cache)" : ""
    let sound = workload.measure == .soundTokens ? "audio " : ""
    var parts: [String] = []
    for unit in BillableUnit.allCases {
      guard let pieces = workload.others[unit], let words = Self.amount(unit, pieces) else { continue }
      parts.append(words)
    }
    var tokens: String?
    if output.tokens > 0, input.tokens > 0 || parts.isEmpty {
      tokens =
        "\(Display.tokens(input)) \(sound)input\(cached) and \(Display.tokens(output)) \(sound)output tokens"
    } else if input.tokens > 0 || parts.isEmpty {
      tokens = "\(Display.tokens(input)) \(sound)input tokens\(cached)"
    } else if output.tokens > 0 {
      tokens = "\(Display.tokens(output)) \(sound)output tokens"
    }
    if workload.measure == .searchesOrTokens, let tokens {
      return "\(Display.listed(parts)) a month, or \(tokens) where a list prices no searches"
    }
    return Display.listed([tokens].compactMap(\.self) + parts) + " a month"
  }

  /// nil for what another measure says.
  private static func amount(_ unit: BillableUnit, _ pieces: Int64) -> String? {
    let count = Display.tokens(TokenCount(pieces))
    switch unit {
    case .audioInputSecond, .audioInput, .audioOutput: return nil
    case .audioSecond:
      let isWhole = pieces % 60 == 0
      return isWhole
        ? "\(Display.tokens(TokenCount(pieces / 60))) minutes of sound" : "\(count) seconds of sound"
    case .rerankSearch: return "\(count) searches"
    case .image: return "\(count) pictures"
    case .videoSecond: return "\(count) seconds of video"
    case .documentPage: return "\(count) pages"
    case .inputCharacter: return "\(count) characters"
    default: return "\(count) of \(Display.midSentence(unit.title))"
    }
  }

  private static func requests(_ workload: Workload) -> String {
    let count =
      "\(Display.tokens(TokenCount(workload.requests))) \(workload.requests == 1 ? "request" : "requests")"
    let (input, output) = (workload.inputPerRequest, workload.outputPerRequest)
    guard input > 0 || output > 0 else { return " (\(count))" }
    if output == 0, workload.others.isEmpty { return " (\(count) of \(Display.grouped(String(input))) in)" }
    if workload.measure == .searchesOrTokens { return " (\(count))" }
    return " (\(count) of \(Display.grouped(String(input))) in and \(Display.grouped(String(output))) out)"
  }

  /// The month for programs.
  static func data(_ workload: Workload) -> DataValue {
    var members: [(String, DataValue)] = [
      ("input_tokens_per_month", .integer(Int(workload.inputTokens.tokens))),
      ("output_tokens_per_month", .integer(Int(workload.outputTokens.tokens))),
      ("requests_per_month", .integer(Int(workload.requests))),
      ("cached_tokens_per_month", .integer(Int(workload.cachedTokens.tokens))),
      ("batch_share", .text(workload.batchShare.text)), ("hours", .text(workload.hours.text)),
    ]
    let others = BillableUnit.allCases.compactMap { unit in
      workload.others[unit].map { (unit.usageKey, DataValue.text(String($0))) }
    }
    if !others.isEmpty { members.append(("other_units_per_month", .map(others))) }
    return .map(members)
  }
}
