import Cataloguing
import Facts

/// A route of the catalogue that served a row.
public struct MatchedRoute: Hashable, Sendable {
  public let model: ModelID
  public let provider: ProviderID
  /// As the provider writes it.
  public let apiID: String

  public init(model: ModelID, provider: ProviderID, apiID: String) {
    self.model = model
    self.provider = provider
    self.apiID = apiID
  }

  /// `provider/api-id`.
  public var id: String { "\(provider)/\(apiID)" }
}

/// The route that a log's words mean, or why none is taken.
public enum RouteMatch: Hashable, Sendable {
  case route(MatchedRoute)
  /// `unknownModel`, `ambiguousModel` with the candidates, or `unknownRoute` with what there is.
  case problem(RowProblem.Reason, String)
}

/// Finds the routes that served a log's rows.
///
/// A row that names its provider is served by that provider's route with exactly the row's id, in any case; else by the one of
/// which a source says that it goes by that id too; else by the route there of the model that `Catalogue.resolve` finds, whose
/// release, region and mode fit. A row without a provider is served by the lab itself; an id that only one provider uses names
/// that provider. Nothing is matched by prefix, and a sibling never stands in. Logs repeat, so each answer is kept for the days
/// in which no alias changes.
public struct RouteMatcher {
  private struct Key: Hashable {
    let provider: String?
    let model: String
    let period: Int
  }

  public let catalogue: Catalogue
  private let policy: IdentityPolicy
  private let today: CalendarDate
  /// Days on which an alias begins or ends to hold, ascending.
  private let changes: [Int]
  private var known: [Key: RouteMatch] = [:]
  private var index: RouteIndex?
  private var recent: [ModelContents] = []

  /// - Parameter today: holds for rows without a time.
  public init(_ catalogue: Catalogue, today: CalendarDate) {
    self.catalogue = catalogue
    self.today = today
    policy = catalogue.frame.identity
    var days: Set<Int> = []
    for note in catalogue.frame.aliases.all {
      for date in [note.from, note.until].compactMap(\.self) {
        days.formUnion([date.firstDayNumber, date.firstDayNumber + 1, date.lastDayNumber + 1])
      }
    }
    changes = days.sorted()
  }

  public mutating func match(_ row: UsageRow) throws(CatalogueError) -> RouteMatch {
    try match(provider: row.provider, model: row.model, day: row.time?.dayNumber)
  }

  /// - Parameters:
  ///   - provider: in the log's words; nil where it does not say.
  ///   - model: the id in the log's words.
  ///   - day: counted from 1970-01-01 in UTC; nil is today.
  public mutating func match(provider: String?, model: String, day: Int?) throws(CatalogueError) -> RouteMatch
  {
    let number = day ?? today.firstDayNumber
    let key = Key(provider: provider, model: model, period: period(of: number))
    if let match = known[key] { return match }
    let date = (try? CalendarDate(dayNumber: number)) ?? today
    let match = try find(provider, model, date)
    known[key] = match
    return match
  }

  /// What the sources say of a model; the last few models are kept, because their routes are asked for next.
  mutating func contents(of model: ModelID) throws(CatalogueError) -> ModelContents? {
    if let known = recent.first(where: { $0.id == model }) { return known }
    guard let found = try catalogue.contents(of: model) else { return nil }
    if recent.count == 4 { recent.removeFirst() }
    recent.append(found)
    return found
  }

  /// How many changes lie before the day or on it.
  private func period(of day: Int) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Finding

  private mutating func find(
    _ word: String?, _ model: String, _ day: CalendarDate
  ) throws(CatalogueError) -> RouteMatch {
    var provider = word.flatMap { $0.isEmpty ? nil : policy.provider($0) }
    var names = [model]
    if let slash = model.firstIndex(of: "/"), slash > model.startIndex {
      let head = String(model[..<slash])
      let rest = String(model[model.index(after: slash)...])
      if let given = provider {
        // `azure/gpt-4o` at Azure: gateways put the provider before the id.
        if policy.provider(head) == given { names.append(rest) }
      } else if policy.labs[head.lowercased()] == nil, let named = policy.providers[head.lowercased()] {
        provider = named
        names.append(rest)
      }
    }
    guard let provider else { return try atTheLab(model, day) }
    var unknown: RouteMatch?
    for name in names {
      switch try catalogue.resolve(name, provider: provider.rawValue, asOf: day) {
      case .resolved(let found):
        if let match = try at(provider, name, found, day) { return match }
      case .ambiguous(let candidates):
        if let route = try listed(provider, name, day) { return .route(route) }
        unknown = unknown ?? Self.ambiguous(name, candidates)
      case .unknown(let nearest):
        if let route = try listed(provider, name, day) { return .route(route) }
        unknown = unknown ?? Self.unknown(name, nearest)
      }
    }
    return unknown ?? .problem(.unknownRoute, try missing(model, provider))
  }

  /// The route of a found model at a provider: exactly that id, else one that fits; nil where the provider has none.
  private mutating func at(
    _ provider: ProviderID, _ name: String, _ found: ResolvedID, _ day: CalendarDate
  ) throws(CatalogueError) -> RouteMatch? {
    let routes = try contents(of: found.model)?.routes.filter { $0.provider == provider } ?? []
    if let own = routes.first(where: { $0.apiID.lowercased() == name.lowercased() }) {
      return .route(MatchedRoute(model: found.model, provider: provider, apiID: own.apiID))
    }
    if let route = try exact(provider, name, day) { return .route(route) }
    // The alias table knows on which days a name leads where; a source's list of other ids does not.
    if found.alias == nil, let route = try stated(provider, name) { return .route(route) }
    guard !routes.isEmpty else { return nil }
    switch RouteFit(ParsedID(name, policy: policy)).best(of: routes) {
    case .route(let route):
      return .route(MatchedRoute(model: found.model, provider: provider, apiID: route.apiID))
    case .several(let routes):
      return .problem(
        .unknownRoute,
        "\"\(name.bounded)\" at \(provider) could be \(Self.listed(routes.map(\.apiID))). hint: name the route's own id"
      )
    case .none:
      return .problem(
        .unknownRoute,
        "\(provider) serves \(found.model) as \(Self.listed(routes.map(\.apiID))), none of which is \"\(name.bounded)\""
      )
    }
  }

  private mutating func atTheLab(_ model: String, _ day: CalendarDate) throws(CatalogueError) -> RouteMatch {
    switch try catalogue.resolve(model, asOf: day) {
    case .ambiguous(let candidates): return Self.ambiguous(model, candidates)
    case .unknown(let nearest):
      if let route = try onlyExact(model) { return .route(route) }
      return Self.unknown(model, nearest)
    case .resolved(let found):
      let all = try contents(of: found.model)?.routes ?? []
      let own = all.filter { policy.isFirstParty($0.provider, of: found.model.lab) }
      func matched(_ route: RouteContents) -> RouteMatch {
        .route(MatchedRoute(model: found.model, provider: route.provider, apiID: route.apiID))
      }
      if let route = own.first(where: { $0.apiID.lowercased() == model.lowercased() }) {
        return matched(route)
      }
      // A path of two slashes is a host's own: `accounts/fireworks/models/…`.
      let isHostPath = model.count { $0 == "/" } > 1
      if isHostPath, let route = try onlyExact(model) { return .route(route) }
      let fit = RouteFit(ParsedID(model, policy: policy))
      if case .route(let route) = fit.best(of: own.filter(fit.isExact)) { return matched(route) }
      if let route = try onlyExact(model) { return .route(route) }
      if case .route(let route) = fit.best(of: own) { return matched(route) }
      let others = Set(all.map(\.provider.rawValue)).sorted()
      return .problem(
        .unknownRoute,
        others.isEmpty
          ? "no source lists a provider of \(found.model)"
          : "the log names no provider, and \(found.model.lab) serves no route of \(found.model) that fits. hint: it is served by \(Self.listed(others))"
      )
    }
  }

  private func exact(
    _ provider: ProviderID, _ name: String, _ day: CalendarDate
  ) throws(CatalogueError) -> MatchedRoute? {
    try catalogue.route(name, at: provider, asOf: day).map {
      MatchedRoute(model: $0.route.model, provider: provider, apiID: $0.route.apiID)
    }
  }

  /// The route with exactly that id, else the one that goes by it too.
  private func listed(
    _ provider: ProviderID, _ name: String, _ day: CalendarDate
  ) throws(CatalogueError) -> MatchedRoute? {
    if let route = try exact(provider, name, day) { return route }
    return try stated(provider, name)
  }

  /// The route that a source gives that id beside its own.
  private func stated(_ provider: ProviderID, _ name: String) throws(CatalogueError) -> MatchedRoute? {
    try catalogue.route(alsoServedAs: name, at: provider).map {
      MatchedRoute(model: $0.model, provider: provider, apiID: $0.route.apiID)
    }
  }

  /// The route with exactly that id, where one provider alone uses it.
  private mutating func onlyExact(_ name: String) throws(CatalogueError) -> MatchedRoute? {
    try indexed().only(name)
  }

  private mutating func indexed() throws(CatalogueError) -> RouteIndex {
    if let index { return index }
    let made = try RouteIndex(catalogue)
    index = made
    return made
  }

  // MARK: Words

  private func missing(_ model: String, _ provider: ProviderID) throws(CatalogueError) -> String {
    guard catalogue.frame.providers[provider] != nil else {
      return "no provider is known as \"\(provider.rawValue.bounded)\""
    }
    return "\(provider) serves no model known as \"\(model.bounded)\""
  }

  private static func ambiguous(_ name: String, _ candidates: [ModelID]) -> RouteMatch {
    .problem(
      .ambiguousModel, "\"\(name.bounded)\" could mean \(listed(candidates.map(\.rawValue)))")
  }

  private static func unknown(_ name: String, _ nearest: [ModelID]) -> RouteMatch {
    let hint = nearest.isEmpty ? "" : ". hint: did you mean \(listed(nearest.map(\.rawValue)))?"
    return .problem(.unknownModel, "no model is known as \"\(name.bounded)\"" + hint)
  }

  private static func listed(_ names: [String]) -> String {
    (names.prefix(5).map(\.bounded) + (names.count > 5 ? ["…"] : [])).joined(separator: ", ")
  }
}
