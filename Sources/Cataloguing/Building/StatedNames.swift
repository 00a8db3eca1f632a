import Facts

extension Grouping {
  /// Other ids that a source gives for a route, each under a key that leads to its model and one that tells the route. An id that
  /// sources give two models is left out; one that is a route itself is asked for as such first.
  func addStatedNames(to result: inout CatalogueContents) {
    var stated: [String: (models: Set<ModelID>, routes: Set<String>)] = [:]
    for model in result.models {
      for route in model.routes {
        for cited in route.records where !untaught.contains(frame.sources[cited.source].id) {
          for other in cited.record.alsoServedAs
          where other.provider.map(frame.identity.provider) == route.provider {
            let name = CatalogueContents.statedName(other.apiID, at: route.provider)
            stated[name, default: ([], [])].models.insert(model.id)
            stated[name]?.routes.insert(
              CatalogueContents.statedName(other.apiID, at: route.provider, for: route.apiID))
          }
        }
      }
    }
    for (name, found) in stated where found.models.count == 1 {
      result.keys[name] = found.models.first
      for route in found.routes { result.keys[route] = found.models.first }
    }
  }
}
