import Cataloguing
import Facts

/// Says what is to be known of each mentioned id as of a day. Mentions of one id are judged once.
public struct Auditor {
  private let catalogue: Catalogue
  private let asOf: CalendarDate
  /// The day with which aliases and prices are compared.
  private let since: CalendarDate
  /// Retirements further away are notes.
  private let near: CalendarDate
  private var known: [MentionKey: [AuditFinding]] = [:]
  /// Resolved once: many ids mean one model.
  private var models: [ModelID: Model?] = [:]

  private struct MentionKey: Hashable {
    let id: String
    let meaning: MentionMeaning
  }

  public init(_ catalogue: Catalogue, asOf: CalendarDate, since: CalendarDate, near: CalendarDate) {
    self.catalogue = catalogue
    self.asOf = asOf
    self.since = since
    self.near = near
  }

  /// The findings about a mention, gravest first; empty when there is nothing to say.
  public mutating func findings(of mention: Mention) throws(CatalogueError) -> [AuditFinding] {
    let key = MentionKey(id: mention.id, meaning: mention.meaning)
    if let findings = known[key] { return findings }
    let findings = try fresh(mention).sorted { $0.level > $1.level }
    known[key] = findings
    return findings
  }

  private mutating func model(_ id: ModelID) throws(CatalogueError) -> Model? {
    if let model = models[id] { return model }
    let model = try catalogue.model(id, asOf: asOf)
    models[id] = .some(model)
    return model
  }

  private mutating func fresh(_ mention: Mention) throws(CatalogueError) -> [AuditFinding] {
    guard case .model(let id, let provider, let apiID) = mention.meaning else {
      return [
        AuditFinding(
          rule: .unknown, level: .warning, message: "\(mention.id) is no id that the catalogue knows",
          citations: [])
      ]
    }
    var findings = try aliasFindings(mention.id, apiID, now: id)
    guard let model = try model(id) else { return findings }
    let routes = routes(of: model, provider: provider, apiID: apiID)
    if let retirement = retirement(of: routes, id: mention.id) { findings.append(retirement) }
    guard let route = routes.first(where: { !$0.isRetired && $0.kind.value == .metered }) else {
      return findings
    }
    findings += priceFindings(route)
    // Which of several providers serves a bare id is the caller's to know; a cheaper one is compared with the lab's own.
    if let cheaper = cheaperRoute(than: route, of: model) { findings.append(cheaper) }
    return findings
  }

  /// The routes that the id calls: those of the provider that it names, else the lab's own, else all that list it.
  private func routes(of model: Model, provider: ProviderID?, apiID: String) -> [Route] {
    let listed = model.routes.filter { $0.apiID.lowercased() == apiID.lowercased() }
    if let provider { return listed.filter { $0.provider == provider } }
    let own = listed.filter(\.isFirstParty)
    return own.isEmpty ? listed : own
  }

  private func retirement(of routes: [Route], id: String) -> AuditFinding? {
    // An id that lives on at one of its providers is not retired.
    var last: (day: CalendarDate, evidence: Evidence, route: Route)?
    for route in routes {
      guard case .known(let day, let evidence) = route.retirement else { return nil }
      if let known = last, known.day >= day { continue }
      last = (day, evidence, route)
    }
    guard let last else { return nil }
    let isRetired = last.day.lastDayNumber < asOf.firstDayNumber
    let replacement = isRetired ? "retired on" : "retires on"
    return AuditFinding(
      rule: isRetired ? .retired : .retiring,
      level: isRetired ? .error : last.day.firstDayNumber <= near.lastDayNumber ? .warning : .note,
      message: "\(id) \(replacement) \(last.day.text) at \(last.route.providerName)",
      citations: last.evidence.agreeing)
  }

  private func aliasFindings(_ id: String, _ apiID: String, now: ModelID) throws(CatalogueError)
    -> [AuditFinding]
  {
    let days = catalogue.aliasDays(of: apiID).filter { since.firstDayNumber < $0 && $0 <= asOf.lastDayNumber }
    guard !days.isEmpty, let before = try catalogue.recognise(id, asOf: since)?.model, before != now else {
      return []
    }
    return [
      AuditFinding(
        rule: .aliasMoved, level: .warning,
        message: "\(id) meant \(before) on \(since.text) and means \(now) now", citations: [])
    ]
  }

  private func priceFindings(_ route: Route) -> [AuditFinding] {
    [BillableUnit.input, .output].compactMap { unit in
      let periods = route.priceHistory(PriceTerm(unit)).periods
      guard let place = periods.lastIndex(where: { ($0.start.day.map { $0 <= asOf } ?? true) }), place > 0,
        case .stated(let day) = periods[place].start, since < day,
        case .known(let price, let evidence) = periods[place].price,
        let before = periods[place - 1].price.value
      else { return nil }
      return AuditFinding(
        rule: .priceChanged, level: before < price ? .warning : .note,
        message:
          "\(route.apiID) at \(route.providerName): \(unit.rawValue) \(before < price ? "rose" : "fell") from "
          + "$\(before.text) to $\(price.text) per million tokens on \(day.text)",
        citations: evidence.agreeing)
    }
  }

  /// The cheapest other route that costs no more for input and output, less for one, and states no smaller limit.
  private func cheaperRoute(than route: Route, of model: Model) -> AuditFinding? {
    guard let input = route.prices.base(.input).value, let output = route.prices.base(.output).value else {
      return nil
    }
    var best: (route: Route, input: Money, output: Money)?
    for other in model.availableRoutes
    where other.id != route.id && other.servesOrdinaryRequest
      && other[.quantisation].value == route[.quantisation].value
      && other.attributes.mode == route.attributes.mode && !other.attributes.isFree
    {
      guard let otherInput = other.prices.base(.input).value,
        let otherOutput = other.prices.base(.output).value,
        otherInput <= input, otherOutput <= output, otherInput < input || otherOutput < output,
        !Self.isLess(other.contextWindow, than: route.contextWindow),
        !Self.isLess(other.maxOutput, than: route.maxOutput)
      else { continue }
      if let best, (best.input, best.output) <= (otherInput, otherOutput) { continue }
      best = (other, otherInput, otherOutput)
    }
    guard let best else { return nil }
    return AuditFinding(
      rule: .cheaperRoute, level: .note,
      message:
        "\(route.apiID) costs $\(input.text) and $\(output.text) at \(route.providerName); \(best.route.apiID) at "
        + "\(best.route.providerName) is the same model for $\(best.input.text) and $\(best.output.text) per million tokens",
      citations: best.route.listing)
  }

  /// A limit that nobody states is no equal limit.
  private static func isLess(_ limit: Knowledge<TokenCount>, than other: Knowledge<TokenCount>) -> Bool {
    guard let wanted = other.value else { return false }
    return limit.value.map { $0 < wanted } ?? true
  }
}
