import Cataloguing
import Facts

/// Which end is that of an id that may be called at several places.
extension Auditor {
  func finding(_ route: Route, id: String) throws(CatalogueError) -> AuditFinding? {
    finding(route.life, at: route.providerName, id: id, then: try catalogue.succession(of: route))
  }

  func end(of called: CalledRoutes, model: Model, id: String) throws(CatalogueError) -> AuditFinding? {
    let routes = called.routes
    if routes.isEmpty || !routes.contains(where: { Self.says($0.life) }) {
      if let end = try endAtLab(called, model: model, id: id) { return end }
    }
    guard !routes.isEmpty else {
      return finding(model.life, at: model.labName, id: id, then: try catalogue.succession(of: model))
    }
    if let disputed = try disputedEnd(routes, id: id) { return disputed }
    // An id that lives on at one of those that it may call has not ended.
    if routes.contains(where: { $0.life.state == .listed }) {
      return called.provider == nil && !namesHost(id, of: model) ? try endElsewhere(routes, id: id) : nil
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
    guard let last else { return nil }
    let own = try catalogue.succession(of: last)
    let whole = own == nil && last.life.scope != .route ? try catalogue.succession(of: model) : own
    // Its lab may have ended the very id before the last of those that sell it.
    let lab = called.atLab.first { $0.provider != last.provider && $0.life.hasEnded }
    let before = last.life.scope == .model ? lab?.life.end.value : nil
    return finding(
      last.life, at: last.providerName, id: id, then: whole,
      aside: before.map { " (\($0.text) at \(lab?.providerName ?? model.labName))" } ?? "")
  }

  /// Whether a life tells an end, or that it is served: what the lab says of its own id then adds nothing.
  private static func says(_ life: Life) -> Bool {
    switch life.state {
    case .listed, .ends, .ended: life.scope != .model
    case .gone, .unknown: false
    }
  }

  /// Where the id is called nobody lists it, or nobody says whether it is still served, and its lab has ended the very id.
  private func endAtLab(_ called: CalledRoutes, model: Model, id: String) throws(CatalogueError)
    -> AuditFinding?
  {
    guard let provider = called.provider, let route = called.atLab.first(where: \.life.hasEnded),
      called.atLab.allSatisfy(\.life.hasEnded), case .known(let day, let evidence) = route.life.end,
      !called.routes.contains(where: \.isListed),
      called.routes.isEmpty || !catalogue.frame.identity.clouds.contains(provider)
    else { return nil }
    // Weights that anybody can have may still be served elsewhere.
    let isOpen =
      model[.openness].text.value.map { $0 != Openness.proprietary.rawValue }
      ?? (model[.license].value != nil || model[.parameters].value != nil)
    let isOwn = catalogue.frame.identity.isFirstParty(provider, of: model.lab)
    let place = catalogue.frame.providerName(provider)
    let succession = try catalogue.succession(of: route)
    return AuditFinding(
      rule: .retired, level: isOpen && !isOwn ? .warning : .error,
      message: "\(id) ended on \(day.text) at \(route.providerName)"
        + (isOwn ? "" : ", and no source says that \(place) still serves it") + Self.successor(succession),
      citations: evidence.agreeing, end: day, successor: succession?.stated, moveTo: succession?.living)
  }

  /// The past day that one source states where another states a later one: both are told.
  func disputedEnd(_ routes: [Route], id: String) throws(CatalogueError) -> AuditFinding? {
    guard let route = routes.first, routes.allSatisfy({ $0.life.state == route.life.state }),
      case .ends(let later) = route.life.state,
      let past = route.life.end.evidence?.dissenting.filter({ dissent in
        guard case .date(let day) = dissent.value else { return false }
        return day.lastDayNumber < asOf.firstDayNumber
      }), let first = past.first
    else { return nil }
    let days = Set(past.map(\.value.text)).sorted().joined(separator: ", ")
    let succession = try catalogue.succession(of: route)
    return AuditFinding(
      rule: .retired, level: .warning,
      message:
        "\(id) ended on \(days) at \(route.providerName) by one source and ends on \(later.text) by another"
        + Self.successor(succession),
      citations: first.citations + (route.life.end.evidence?.agreeing ?? []), end: later,
      successor: succession?.stated, moveTo: succession?.living)
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
  private func endElsewhere(_ routes: [Route], id: String) throws(CatalogueError) -> AuditFinding? {
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
    let more = others.count > 3 ? " and \(others.count - 3) more" : ""
    let succession = try catalogue.succession(of: last.route)
    return AuditFinding(
      rule: .retired, level: .warning,
      message: "\(id) ended on \(last.day.text) at \(last.route.providerName); "
        + "\(others.prefix(3).joined(separator: ", "))\(more) still \(others.count == 1 ? "lists" : "list") the id"
        + Self.successor(succession),
      citations: last.evidence.agreeing, end: last.day, successor: succession?.stated,
      moveTo: succession?.living)
  }

  static func successor(_ succession: Succession?) -> String {
    succession.map { "; its source names \($0.stated) as the one to move to" + $0.remark(\.self) } ?? ""
  }
}
