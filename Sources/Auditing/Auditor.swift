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
    if let end = end(of: routes, model: model, id: mention.id) { findings.append(end) }
    guard let route = routes.first(where: \.servesOrdinaryRequest) else { return findings }
    findings += priceFindings(route)
    // Which of several providers serves a bare id is the caller's to know; a cheaper one is compared with the lab's own.
    if let cheaper = cheaperRoute(than: route, of: model) { findings.append(cheaper) }
    return findings
  }

  /// The routes that the id calls: those of the provider that it names, else the lab's own, else all that list it.
  private func routes(of model: Model, provider: ProviderID?, apiID: String) -> [Route] {
    let listed = model.routes.filter { $0.apiID.lowercased() == apiID.lowercased() }
    let named = listed.filter { provider == nil ? $0.isFirstParty : $0.provider == provider }
    // The lab's own API before its cloud.
    let direct = named.filter { !catalogue.frame.identity.clouds.contains($0.provider) }
    if !named.isEmpty { return direct.isEmpty ? named : direct }
    // Clients write the provider before its own id: `openai/gpt-4-turbo`, `baseten/zai-org/GLM-5.2`.
    let parts = apiID.lowercased().split(separator: "/")
    for start in parts.indices.dropFirst() {
      let own = parts[start...].joined(separator: "/")
      let heads = Set(parts[..<start].map { catalogue.frame.identity.provider(String($0)) })
      let routes = model.routes.filter {
        $0.apiID.lowercased() == own && heads.contains($0.provider)
          && (provider == nil || provider == $0.provider)
      }
      if !routes.isEmpty { return routes }
    }
    return provider == nil ? listed : []
  }

  private func end(of routes: [Route], model: Model, id: String) -> AuditFinding? {
    guard !routes.isEmpty else { return finding(model.life, at: model.labName, id: id) }
    // An id that lives on at one of those that it may call has not ended.
    if routes.contains(where: { $0.life.state == .listed }) {
      return namesHost(id, of: model) ? nil : endElsewhere(routes, id: id)
    }
    let last = routes.max { left, right in
      func order(_ route: Route) -> (Int, Int) {
        switch route.life.state {
        case .ends(let day): (3, day.lastDayNumber)
        case .ended(let day): (2, day.lastDayNumber)
        case .gone(let day): (1, day.lastDayNumber)
        case .unknown, .listed: (0, 0)
        }
      }
      return order(left) < order(right)
    }
    return last.flatMap { finding($0.life, at: $0.providerName, id: id) }
  }

  /// Whether the id says who serves it: `nebius/Qwen/Qwen3-32B`.
  private func namesHost(_ id: String, of model: Model) -> Bool {
    let identity = catalogue.frame.identity
    return id.lowercased().split(separator: "/").dropLast().contains { part in
      let provider = identity.provider(String(part))
      return catalogue.frame.providers[provider] != nil && !identity.isFirstParty(provider, of: model.lab)
    }
  }

  /// Of an id that several sell and none of them is its lab: where it has ended, for the caller to know whether that is theirs.
  private func endElsewhere(_ routes: [Route], id: String) -> AuditFinding? {
    // Only a platform's own table tells that much of an id that others serve too.
    let ended = routes.compactMap { route -> (route: Route, day: CalendarDate, evidence: Evidence)? in
      guard route.life.hasEnded, route.life.scope == .route,
        case .known(let day, let evidence) = route.life.end,
        evidence.agreeing.contains(where: { $0.source.proves == .known })
      else { return nil }
      return (route, day, evidence)
    }
    guard let last = ended.max(by: { $0.day.lastDayNumber < $1.day.lastDayNumber }),
      !routes.contains(where: \.isFirstParty)
    else { return nil }
    let others = Set(routes.filter { !$0.life.hasEnded }.map(\.providerName)).sorted()
    return AuditFinding(
      rule: .retired, level: .warning,
      message:
        "\(id) ended on \(last.day.text) at \(last.route.providerName); \(others.prefix(3).joined(separator: ", "))\(others.count > 3 ? " and \(others.count - 3) more" : "") still \(others.count == 1 ? "lists" : "list") the id",
      citations: last.evidence.agreeing)
  }

  private func finding(_ life: Life, at place: String, id: String) -> AuditFinding? {
    let evidence = life.end.evidence
    let successor = life.successor.value.map { "; its source names \($0) as the one to move to" } ?? ""
    let others = Set((evidence?.dissenting ?? []).map(\.value.text)).sorted()
    let dispute = others.isEmpty ? "" : " (\(others.joined(separator: ", ")) by another source)"
    func finding(_ rule: AuditFinding.Rule, _ level: AuditFinding.Level, _ text: String) -> AuditFinding {
      AuditFinding(
        rule: rule, level: level, message: "\(id) \(text)", citations: evidence?.agreeing ?? [],
        end: life.end.value, successor: life.successor.value)
    }
    // A bound says when it is over at the latest, and not that who serves it says so.
    let on = life.scope == .model ? "by" : "on"
    let bound = life.scope == .model ? ": neither its lab nor a cloud states a later day" : ""
    switch life.state {
    case .listed: return nil
    case .ended(let day):
      return finding(.retired, .error, "ended \(on) \(day.text) at \(place)\(dispute)\(bound)\(successor)")
    case .ends(let day):
      return finding(
        .retiring, day.firstDayNumber <= near.lastDayNumber ? .warning : .note,
        "ends \(on) \(day.text) at \(place)\(dispute)\(bound)\(successor)")
    case .gone(let day):
      return finding(.gone, .warning, "is no longer listed at \(place): last seen \(day.text)")
    case .unknown(let day):
      if let end = life.end.value {
        return finding(
          .unconfirmed, .warning,
          "may have ended: a source gives \(end.text) as its last day at \(place), and its lab states a later one"
        )
      }
      let seen = day.map { ", last seen \($0.text)" } ?? ""
      return finding(
        .unconfirmed, .note, "may have ended: no source says whether \(place) still serves it\(seen)")
    }
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
