import Cataloguing
import Facts

/// Which of a model's routes at one provider an id means, by what id and routes say of release, region, mode and the like.
struct RouteFit {
  enum Choice {
    case route(RouteContents)
    /// They differ in something the id does not say.
    case several([RouteContents])
    case none
  }

  private let wanted: RouteAttributes

  init(_ id: ParsedID) { wanted = id.attributes }

  /// Whether the route says the same as the id of all but the release.
  func isExact(_ route: RouteContents) -> Bool {
    let own = route.attributes
    return own.region == wanted.region && own.mode == wanted.mode && own.isFree == wanted.isFree
      && own.quantisation == wanted.quantisation && own.variant == wanted.variant
      && distance(of: route) != nil
  }

  /// The route that is nearest to the id: of those that say the same, the one that most sources price.
  func best(of routes: [RouteContents]) -> Choice {
    let fitting = routes.compactMap { route in distance(of: route).map { (route: route, distance: $0) } }
    guard let least = fitting.map(\.distance).min() else { return .none }
    let nearest = fitting.filter { $0.distance == least }.map(\.route)
    let kinds = Set(
      nearest.map {
        "\($0.attributes.region ?? "") \($0.attributes.quantisation ?? "") \($0.attributes.variant ?? "") \($0.attributes.release ?? "")"
      })
    guard kinds.count == 1 else { return .several(nearest) }
    let ordered = nearest.sorted { left, right in
      (-Self.prices(left), left.apiID.utf8.count, left.apiID) < (
        -Self.prices(right), right.apiID.utf8.count, right.apiID
      )
    }
    return ordered.first.map(Choice.route) ?? .none
  }

  /// How far the route is from the id; nil where it is another thing: another release or mode, free or not.
  private func distance(of route: RouteContents) -> Int? {
    let own = route.attributes
    guard own.isFree == wanted.isFree, own.mode == wanted.mode else { return nil }
    var distance = 0
    switch (wanted.release, own.release) {
    case (let left?, let right?) where left != right: return nil
    // A dated id falls back on the undated one; an undated one on a date.
    case (.some, .none), (.none, .some): distance += 1
    default: break
    }
    for (asked, given) in [
      (wanted.quantisation, own.quantisation), (wanted.region, own.region), (wanted.variant, own.variant),
    ]
    where asked != given {
      // The plain route may stand in for one that no source lists, another region or precision may not.
      guard asked == nil || given == nil else { return nil }
      if asked?.hasPrefix("gt-") == true || given?.hasPrefix("gt-") == true { return nil }
      distance += given == nil ? 10 : 100
    }
    return distance
  }

  private static func prices(_ route: RouteContents) -> Int {
    route.records.count { cited in
      cited.record.claims.contains { claim in if case .price = claim.field { true } else { false } }
    }
  }
}
