import Cataloguing
import Facts

/// Says what is to be known of each mentioned id as of a day. Mentions of one id are judged once.
public struct Auditor {
  let catalogue: Catalogue
  let asOf: CalendarDate
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
    let findings: [AuditFinding]
    if let judged = known[key] {
      findings = judged
    } else {
      findings = try fresh(mention).sorted { $0.level > $1.level }
      known[key] = findings
    }
    // Nothing calls what stands in a comment or a sentence.
    return mention.isProse ? findings.map { $0.asNote } : findings
  }

  /// Routes of ids that lead to one release after another, read once.
  private var floating: [Route]?

  private mutating func floatingRoute(_ apiID: String, at provider: ProviderID) throws(CatalogueError)
    -> Route?
  {
    if floating == nil { floating = try catalogue.floatingRoutes(asOf: asOf) }
    return floating?.first { $0.provider == provider && $0.apiID == apiID }
  }

  private mutating func model(_ id: ModelID) throws(CatalogueError) -> Model? {
    if let model = models[id] { return model }
    let model = try catalogue.model(id, asOf: asOf)
    models[id] = .some(model)
    return model
  }

  private mutating func fresh(_ mention: Mention) throws(CatalogueError) -> [AuditFinding] {
    let id: ModelID
    let provider: ProviderID?
    let apiID: String
    switch mention.meaning {
    case .model(let model, let host, let written): (id, provider, apiID) = (model, host, written)
    case .pointer(let host, let written):
      let route = try floatingRoute(written, at: host)
      guard let route else { return [] }
      if let disputed = try disputedEnd([route], id: mention.id) { return [disputed] }
      return try finding(route, id: mention.id).map { [$0] } ?? []
    case .unknown:
      return [
        AuditFinding(
          rule: .unknown, level: .warning, message: "\(mention.id) is no id that the catalogue knows",
          citations: [])
      ]
    }
    var findings = try aliasFindings(mention.id, apiID, now: id)
    guard let model = try model(id) else { return findings }
    let called = CalledRoutes(mention.id, of: model, at: provider, apiID: apiID, catalogue.frame)
    let routes = called.routes
    if let end = try end(of: called, model: model, id: mention.id) { findings.append(end) }
    guard let route = routes.first(where: \.servesOrdinaryRequest) else { return findings }
    findings += priceFindings(route)
    // Which of several providers serves a bare id is the caller's to know; a cheaper one is compared with the lab's own.
    if let cheaper = cheaperRoute(than: route, of: model) { findings.append(cheaper) }
    return findings
  }

  /// - Parameters:
  ///   - succession: where the successor leads that the source of the end names.
  ///   - aside: what is said behind the place.
  func finding(
    _ life: Life, at place: String, id: String, then succession: Succession?, aside: String = ""
  ) -> AuditFinding? {
    let evidence = life.end.evidence
    let successor = aside + Self.successor(succession)
    let others = Set((evidence?.dissenting ?? []).map(\.value.text)).sorted()
    let dispute = others.isEmpty ? "" : " (\(others.joined(separator: ", ")) by another source)"
    func finding(_ rule: AuditFinding.Rule, _ level: AuditFinding.Level, _ text: String) -> AuditFinding {
      AuditFinding(
        rule: rule, level: level, message: "\(id) \(text)", citations: evidence?.agreeing ?? [],
        end: life.end.value, successor: life.successor.value, moveTo: succession?.living)
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
