import Cataloguing
import Facts

/// The ids that one provider alone uses, with their routes; made only when a log names no provider and the lab has no route.
struct RouteIndex {
  /// By id in lower case; nil where several providers use it.
  private var single: [String: MatchedRoute?] = [:]

  init(_ catalogue: Catalogue) throws(CatalogueError) {
    for summary in try catalogue.summaries() {
      for route in try catalogue.contents(of: summary.id)?.routes ?? [] {
        let name = route.apiID.lowercased()
        if let other = single[name] {
          if other?.provider != route.provider { single[name] = .some(nil) }
        } else {
          single[name] = MatchedRoute(model: summary.id, provider: route.provider, apiID: route.apiID)
        }
      }
    }
  }

  func only(_ name: String) -> MatchedRoute? { single[name.lowercased()] ?? nil }
}
