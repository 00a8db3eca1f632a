import Facts

extension CatalogueContents {
  /// The key of an id that means something at one provider alone.
  static func servedName(_ apiID: String, at provider: ProviderID) -> String {
    "@\(provider.rawValue)/\(apiID.lowercased())"
  }

  /// The key of another id that a source gives for a route of a provider: with the route's id for the route, and with none for
  /// its model.
  static func statedName(_ name: String, at provider: ProviderID, for apiID: String = "") -> String {
    servedName(name, at: provider) + "\u{0}" + apiID.lowercased()
  }
}

/// A route that a provider lists, found by the id that a caller sends.
public struct FoundRoute: Sendable {
  public let route: Route
  /// nil for an id that leads to one release after another.
  public let model: Model?

  public init(route: Route, model: Model?) {
    self.route = route
    self.model = model
  }
}

extension Catalogue {
  /// The routes whose ids lead to one release after another, and to no model by themselves.
  public func floatingRoutes(asOf: CalendarDate) throws(CatalogueError) -> [Route] {
    let resolver = ModelResolver(frame: frame, asOf: asOf)
    let floating = try floatingContents()
    return floating.routes.map { resolver.route($0, in: floating) }
  }

  /// The route that a provider lists under exactly that id, in any case; nil when it lists none.
  ///
  /// The id alone decides, so that a request is priced by what its provider charges for the name, whatever model stands behind
  /// it on the day.
  public func route(_ apiID: String, at provider: ProviderID, asOf: CalendarDate) throws(CatalogueError)
    -> FoundRoute?
  {
    func isWanted(_ route: Route) -> Bool {
      route.provider == provider && route.apiID.lowercased() == apiID.lowercased()
    }
    for key in [CatalogueContents.servedName(apiID, at: provider), apiID.lowercased()] {
      guard let id = try lookup(key), let model = try model(id, asOf: asOf) else { continue }
      if let route = model.routes.first(where: isWanted) { return FoundRoute(route: route, model: model) }
    }
    let resolver = ModelResolver(frame: frame, asOf: asOf)
    let floating = try floatingContents()
    for contents in floating.routes
    where contents.provider == provider && contents.apiID.lowercased() == apiID.lowercased() {
      return FoundRoute(route: resolver.route(contents, in: floating), model: nil)
    }
    return nil
  }

  /// The route of which a source says that the provider serves it under that id too, in any case; nil where none says so of
  /// one route alone. The model that goes by the id elsewhere may be another: a host's `glm-4.6-20251208` is its `glm-4.6v`.
  public func route(alsoServedAs name: String, at provider: ProviderID) throws(CatalogueError) -> (
    model: ModelID, route: RouteContents
  )? {
    guard let id = try lookup(CatalogueContents.statedName(name, at: provider)),
      let contents = try contents(of: id)
    else { return nil }
    var found: RouteContents?
    for route in contents.routes where route.provider == provider {
      let key = CatalogueContents.statedName(name, at: provider, for: route.apiID)
      guard try lookup(key) == id else { continue }
      guard found == nil else { return nil }
      found = route
    }
    return found.map { (id, $0) }
  }
}
