import Facts

extension ModelResolver {
  /// The ends of a model and its routes.
  /// - Parameter own: what is claimed of the model itself.
  func lives(
    _ routed: [(route: RouteContents, witnesses: Witnesses)], of model: ModelID, own: Witnesses, isOpen: Bool
  ) -> Lives {
    let entries = routed.map { route, witnesses in
      Lives.Entry(
        contents: route,
        isFirstParty: route.attributes.doubt == nil
          && frame.identity.isFirstParty(route.provider, of: model.lab),
        isListed: isListed(route), isCloud: frame.identity.clouds.contains(route.provider),
        retirement: witnesses[.retirement] ?? [], successor: witnesses[.successor] ?? [])
    }
    return Lives(entries, of: model, claimed: own[.retirement] ?? [], isOpen: isOpen, asOf: asOf)
  }

  /// Whether the newest list of a source that drops what is no longer sold holds the route.
  func isListed(_ route: RouteContents) -> Bool {
    route.records.contains { cited in
      guard frame.sources.indices.contains(cited.source), !superseded.contains(cited.source) else {
        return false
      }
      let source = frame.sources[cited.source]
      if source.lineage.rawValue == "facts" { return true }
      return source.proves == .soldToday && newest[source.lineage] == source.observed
    }
  }

  /// The life of a model from those of its routes.
  func life(of routes: [Route], _ lives: Lives) -> Life {
    let end = lives.model
    return Life(
      isListed: routes.contains(where: \.isAvailable),
      wasListed: routes.contains { route in
        switch route.life.state {
        case .listed, .ends, .ended, .gone: true
        case .unknown: false
        }
      }, lastSeen: routes.map(\.lastSeen).max(), end: end.day, isDoubted: false, scope: end.scope,
      successor: lives.lab.successor.isUnknown ? end.successor : lives.lab.successor, asOf: asOf)
  }

  /// Whether anybody may serve the weights: sources say that they can be had, or describe what was downloaded.
  static func isOpen(_ values: [Field: Knowledge<FactValue>]) -> Bool {
    switch values[.openness]?.value {
    case .text(let text): text != Openness.proprietary.rawValue
    default: values[.license]?.value != nil || values[.parameters]?.value != nil
    }
  }
}
