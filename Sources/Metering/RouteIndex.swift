import Cataloguing
import Facts

/// Every route of a catalogue by its provider and id; made only when a model's own routes do not hold the id.
struct RouteIndex {
  private var routes: [String: MatchedRoute] = [:]
  /// By id; nil where several providers use it.
  private var single: [String: MatchedRoute?] = [:]

  init(_ catalogue: Catalogue) throws(CatalogueError) {
    for summary in try catalogue.summaries() {
      for route in try catalogue.contents(of: summary.id)?.routes ?? [] {
        let name = route.apiID.lowercased()
        let match = MatchedRoute(model: summary.id, provider: route.provider, apiID: route.apiID)
        routes[route.provider.rawValue + "\n" + name] = match
        if let other = single[name] {
          if other?.provider != route.provider { single[name] = .some(nil) }
        } else {
          single[name] = match
        }
      }
    }
  }

  subscript(provider: ProviderID, name: String) -> MatchedRoute? {
    routes[provider.rawValue + "\n" + name.lowercased()]
  }

  func only(_ name: String) -> MatchedRoute? { single[name.lowercased()] ?? nil }
}
