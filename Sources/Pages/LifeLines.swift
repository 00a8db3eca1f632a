import Cataloguing
import Documents
import Facts

/// What is said before anything else of a model that has ended, ends soon, or that nobody is known to serve.
package enum LifeLines {
  /// nil for a model that is served with no end in sight.
  /// - Parameter succession: where the successor leads that a source names.
  static func line(_ model: Model, name: String, then succession: Succession?) -> [Run]? {
    if case .known(let day, _) = model[.retirement].date, let verb = verb(day, asOf: model.asOf) {
      return [
        .text("\(name) \(verb) on "), .cell(Cells.cell(model[.retirement], .retirement)),
        .text(" at \(Display.harmless(model.labName))"),
      ] + others(model, after: day) + successor(succession) + [.text(".")]
    }
    guard model.availableRoutes.isEmpty, let last = model.routes.map(\.lastSeen).max() else { return nil }
    switch model.life.state {
    case .gone:
      return [.text("\(name) is no longer listed by anybody: last seen \(last.text).")]
    case .unknown:
      return [
        .text(
          "No source says whether \(name) is still served: those that name it keep what has ended; last seen \(last.text)."
        )
      ]
    case .listed, .ends, .ended: return nil
    }
  }

  /// The same of one route: `GPT-4 Turbo at OpenAI ended on 2026-10-23`.
  package static func line(_ route: Route, name: String, then succession: Succession?) -> [Run]? {
    let title = "\(name) at \(Display.harmless(route.providerName)) (\(Display.harmless(route.apiID)))"
    if case .unknown = route.life.state, route.life.end.value != nil {
      return [
        .text("No source confirms that \(title) is still served: one gives "),
        .cell(Cells.cell(route[.retirement], .retirement)),
        .text(" as its last day, and its lab states a later one."),
      ]
    }
    if let day = route.life.end.value, let verb = verb(day, asOf: route.asOf) {
      // A bound says when it is over at the latest, and not that its provider says so.
      let when = route.life.scope == .model ? "at the latest on" : "on"
      return [.text("\(title) \(verb) \(when) "), .cell(Cells.cell(route[.retirement], .retirement))]
        + successor(succession) + [.text(".")]
    }
    switch route.life.state {
    case .gone(let day): return [.text("\(title) is no longer listed: last seen \(day.text).")]
    case .unknown:
      return [.text("No source says whether \(title) is still served; last seen \(route.lastSeen.text).")]
    case .listed, .ends, .ended: return nil
    }
  }

  /// `ended` or `ends`; nil for a day that is too far away to be said first.
  private static func verb(_ day: CalendarDate, asOf: CalendarDate) -> String? {
    if day.lastDayNumber < asOf.firstDayNumber { return "ended" }
    return day.firstDayNumber - asOf.firstDayNumber <= Life.notice ? "ends" : nil
  }

  /// Who serves it longer than its lab.
  private static func others(_ model: Model, after day: CalendarDate) -> [Run] {
    if let last = model.life.end.value, day < last,
      let route = model.routes.first(where: { $0.life.scope == .route && $0.life.end.value == last })
    {
      let verb = last.lastDayNumber < model.asOf.firstDayNumber ? "served" : "serves"
      return [
        .text("; \(Display.harmless(route.providerName)) \(verb) it until "),
        .cell(Cells.cell(route[.retirement], .retirement)),
      ]
    }
    let providers = Set(model.availableRoutes.filter { !$0.isFirstParty }.map(\.provider)).count
    guard model.life.end.value == nil, providers > 0 else { return [] }
    return [
      .text(
        "; \(Display.counted(providers, "other provider")) still \(providers == 1 ? "lists" : "list") its weights"
      )
    ]
  }

  private static func successor(_ succession: Succession?) -> [Run] {
    guard let succession else { return [] }
    let remark = succession.remark { Display.harmless($0) }
    return [.text("; the successor named is \(Display.harmless(succession.stated))\(remark)")]
  }

  /// `listed`, `ends 2026-12-11`, `ended 2026-10-23`, in a few words for a table.
  static func status(_ life: Life) -> String { status(life.state) }

  static func status(_ state: Life.State) -> String {
    switch state {
    case .listed: "listed"
    case .ends(let day): "ends \(day.text)"
    case .ended(let day): "ended \(day.text)"
    case .gone(let day): "gone since \(day.text)"
    case .unknown(let day): day.map { "not confirmed since \($0.text)" } ?? "not confirmed"
    }
  }

  /// The state, the day of its end, the successor that a source names and the model that follows, as codes.
  static func data(_ life: Life, then succession: Succession?) -> DataValue {
    var members: [(String, DataValue)] = [("state", .text(life.state.code))]
    if let day = life.end.value { members.append(("end", .text(day.text))) }
    if case .gone(let day) = life.state { members.append(("last_seen", .text(day.text))) }
    if case .unknown(let day?) = life.state { members.append(("last_seen", .text(day.text))) }
    if let scope = life.scope { members.append(("scope", .text(scope.rawValue))) }
    if let successor = life.successor.value { members.append(("successor", .text(successor))) }
    if let model = succession?.living { members.append(("move_to", .text(model.rawValue))) }
    return .map(members)
  }

  /// The same with its sources.
  static func cell(_ life: Life) -> Cell {
    guard let evidence = life.end.evidence, life.end.value != nil else { return .plain(status(life)) }
    return Cells.cell(status(life), evidence, .retirement, exact: life.state.code)
  }
}
