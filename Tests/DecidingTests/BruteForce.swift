import Cataloguing
import Facts
import Pricing

/// Answers requirements the slow way, from the resolved facts of every route: nothing here uses the index or the requirements
/// of `Deciding`.
enum BruteForce {
  /// True where the facts meet it, false where they do not, nil where no source says.
  typealias Check = @Sendable (Model, Route) -> Bool?

  static let day: CalendarDate = {
    guard let day = try? CalendarDate(parsing: "2026-11-23") else { preconditionFailure("a date") }
    return day
  }()

  // MARK: Facts

  static func flag(_ knowledge: Knowledge<FactValue>) -> Bool? {
    if case .absent = knowledge { return false }
    return knowledge.value.map { $0.text == "yes" }
  }

  static func number(_ knowledge: Knowledge<FactValue>) -> Int64? {
    knowledge.value.flatMap { Int64($0.text) }
  }

  static let available: Check = { _, route in route.isAvailable }
  static let metered: Check = { _, route in route.kind.value.map { $0 == .metered } }
  static let open: Check = { model, _ in
    model[.openness].value.flatMap {
      ["open source", "open weights"].contains($0.text) ? true : $0.text == "proprietary" ? false : nil
    }
  }
  static let osi: Check = { model, _ in
    if let own = flag(model[.osiApproved]) { return own }
    return model[.openness].value?.text == "proprietary" ? false : nil
  }
  static func licence(_ ids: String...) -> Check {
    { model, _ in model[.license].value.map { ids.contains($0.text) } }
  }
  static let commercial: Check = { model, _ in model[.commercialUse].value.map { $0.text == "permitted" } }
  static func lab(_ ids: String...) -> Check { { model, _ in ids.contains(model.lab.rawValue) } }
  static func provider(_ ids: String...) -> Check { { _, route in ids.contains(route.provider.rawValue) } }
  static func region(_ name: String) -> Check {
    { _, route in
      (route[.region].value?.text ?? route.attributes.region).map {
        $0.lowercased() == name || $0.lowercased().hasPrefix(name + "-")
      }
    }
  }
  /// What a route says of itself; `model` for what is documented of models alone.
  static func needs(_ capability: Capability, orModel: Bool = false) -> Check {
    { model, route in
      flag(route[.capability(capability)]) ?? (orModel ? flag(model[.capability(capability)]) : nil)
    }
  }
  static func context(_ fits: @escaping @Sendable (Int64) -> Bool) -> Check {
    { _, route in number(route[.contextWindow]).map(fits) }
  }
  static func output(_ fits: @escaping @Sendable (Int64) -> Bool) -> Check {
    { _, route in number(route[.maxOutput]).map(fits) }
  }
  /// Whether a day of the year is reached for sure, missed for sure, or neither can be told.
  static func from(_ day: String, _ field: Field) -> Check {
    { model, _ in
      guard let written = model[field].value?.text else { return nil }
      // ISO 8601 sorts as text; a date without day or month could be any in it.
      let first = written + (written.count == 4 ? "-01-01" : written.count == 7 ? "-01" : "")
      let last = written + (written.count == 4 ? "-12-31" : written.count == 7 ? "-31" : "")
      return first >= day ? true : last < day ? false : nil
    }
  }
  static func retires(notBefore day: String) -> Check {
    { _, route in
      if case .absent = route[.retirement] { return true }
      return from(day, .retirement)(route)
    }
  }
  private static func from(_ day: String, _ field: Field) -> (Route) -> Bool? {
    { route in
      guard let written = route[field].value?.text else { return nil }
      let first = written + (written.count == 4 ? "-01-01" : written.count == 7 ? "-01" : "")
      let last = written + (written.count == 4 ? "-12-31" : written.count == 7 ? "-31" : "")
      return first >= day ? true : last < day ? false : nil
    }
  }
  static func score(_ benchmark: String, _ fits: @escaping @Sendable (ExactDecimal) -> Bool) -> Check {
    { model, _ in
      let own = model.scores.filter { $0.claim.benchmark.rawValue == benchmark }.map(\.claim.value)
      return own.isEmpty ? nil : own.contains(where: fits)
    }
  }

  // MARK: Costs

  /// Fresh input, output, cached input and calls at the route's prices for prompts of that size, over every minute of a week.
  static func cost(_ model: Model, _ route: Route, _ workload: Workload) -> Money? {
    guard carries(workload)(model, route) == true else { return nil }
    guard route.prices.terms.keys.contains(where: { $0.hours != nil }) else {
      return cost(route, workload, at: nil)
    }
    // 2031-03-03, a Monday on which no price makes an exception.
    let monday: Int64 = 22_341 * 86_400
    var sum: Int128 = 0
    for minute in 0..<Int64(10_080) {
      guard let now = cost(route, workload, at: Timestamp(seconds: monday + minute * 60)) else { return nil }
      sum += now.attodollars
    }
    return Money(attodollars: (sum * 2 + 10_080) / 20_160)
  }

  private static func cost(_ route: Route, _ workload: Workload, at time: Timestamp?) -> Money? {
    func price(_ unit: BillableUnit) -> Money? {
      route.prices.quote(unit, prompt: workload.inputPerRequest, at: time)?.money
    }
    guard let input = price(.input), let output = price(.output) else { return nil }
    let cached = workload.cachedTokens.tokens
    let parts = [
      (input, workload.inputTokens.tokens - cached), (output, workload.outputTokens.tokens),
      (price(.cacheRead) ?? input, cached),
    ]
    let calls = price(.request)?.times(workload.requests, per: 1) ?? .zero
    return parts.compactMap { $0.times($1, per: 1_000_000) }.reduce(calls, +)
  }

  static func costs(atMost most: Int128, _ workload: Workload = .usual) -> Check {
    { model, route in
      cost(model, route, workload).map { $0.attodollars <= most * 1_000_000_000_000_000_000 }
    }
  }
  static func carries(_ workload: Workload) -> Check {
    { _, route in
      if let mode = route.attributes.mode, ["batch", "flex", "fine-tuned"].contains(mode) { return false }
      if route.attributes.variant == "latest" || route.attributes.doubt != nil { return false }
      let (prompt, answer) = (workload.inputPerRequest, workload.outputPerRequest)
      if let window = number(route[.contextWindow]), prompt + answer > window { return false }
      if let limit = number(route[.maxInput]), prompt > limit { return false }
      if let limit = number(route[.maxOutput]), answer > limit { return false }
      return true
    }
  }

  // MARK: Answers

  struct Excluded: Hashable {
    let place: Int
    let isUnknown: Bool
  }

  struct Answer {
    var passing: [String] = []
    /// Routes with the places of the checks that nobody can answer.
    var asking: [(route: String, unknown: [Int])] = []
    var excluded: [String: Excluded] = [:]
  }

  /// - Parameter checks: in the order in which they are asked.
  static func answer(_ models: [Model], _ checks: [Check], excludesUnknown: Bool) -> Answer {
    var answer = Answer()
    for model in models {
      var left = model.routes.map { (route: $0, unknown: [Int]()) }
      var reason: Excluded?
      for (place, check) in checks.enumerated() where reason == nil {
        let said = left.map { ($0, check(model, $0.route)) }
        let next = said.compactMap { entry, flag -> (route: Route, unknown: [Int])? in
          if flag == true { return entry }
          if flag == nil, !excludesUnknown { return (entry.route, entry.unknown + [place]) }
          return nil
        }
        if next.isEmpty { reason = Excluded(place: place, isUnknown: said.contains { $0.1 == nil }) }
        left = next
      }
      if let reason {
        answer.excluded[model.id.rawValue] = reason
        continue
      }
      for (route, unknown) in left {
        let name = "\(model.id) \(route.id)"
        if unknown.isEmpty { answer.passing.append(name) } else { answer.asking.append((name, unknown)) }
      }
    }
    return answer
  }
}
