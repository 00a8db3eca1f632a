import Cataloguing
import Facts

/// The routes that a mentioned id calls.
struct CalledRoutes {
  /// Empty where nobody lists the id where it is called.
  let routes: [Route]
  /// Who is called, where the id or the function around it says so.
  let provider: ProviderID?
  /// The id at its lab, where the one who is called lists none: of the same name and release.
  let atLab: [Route]

  /// - Parameters:
  ///   - id: as it is written.
  ///   - apiID: the id without the prefix that says who is called.
  init(_ id: String, of model: Model, at provider: ProviderID?, apiID: String, _ frame: CatalogueFrame) {
    let policy = frame.identity
    let called = frame.called(id, at: provider)
    let host = provider ?? called.provider
    self.provider = host
    let ids = [apiID.lowercased()] + called.ids
    let parsed = ParsedID(called.ids.last ?? id, policy: policy)
    func listed(_ wanted: (Route) -> Bool) -> [Route] {
      // The very id, then one of the same name and release.
      for own in ids {
        let found = model.routes.filter { $0.apiID.lowercased() == own && wanted($0) }
        if !found.isEmpty { return found }
      }
      return model.routes.filter {
        wanted($0) && ParsedID($0.apiID.lowercased(), policy: policy).datedKey == parsed.datedKey
      }
    }
    func atOwnAPI(_ routes: [Route]) -> [Route] {
      // The lab's own API before its cloud.
      let direct = routes.filter { !policy.clouds.contains($0.provider) }
      return direct.isEmpty ? routes : direct
    }
    let lab = atOwnAPI(listed(\.isFirstParty))
    guard let host else {
      let exact = model.routes.filter { $0.apiID.lowercased() == apiID.lowercased() }
      let own = atOwnAPI(exact.filter(\.isFirstParty))
      let named = Self.named(apiID.lowercased(), of: model, policy)
      routes = [own, named, exact, lab].first { !$0.isEmpty } ?? []
      atLab = lab
      return
    }
    var own: [Route] = []
    // Of the same firm the one that lists the very id comes first.
    for server in [host] + policy.siblings(of: host) where own.isEmpty {
      own = listed { $0.provider == server }
    }
    routes = own
    atLab = lab
  }

  /// Clients write the provider before its own id: `openai/gpt-4-turbo`, `mistral/zai-glm-5-2`.
  private static func named(_ id: String, of model: Model, _ policy: IdentityPolicy) -> [Route] {
    let parts = id.split(separator: "/")
    for start in parts.indices.dropFirst() {
      let own = parts[start...].joined(separator: "/")
      let heads = Set(parts[..<start].map { policy.provider(String($0)) })
      let routes = model.routes.filter { $0.apiID.lowercased() == own && heads.contains($0.provider) }
      if !routes.isEmpty { return routes }
    }
    return []
  }
}
