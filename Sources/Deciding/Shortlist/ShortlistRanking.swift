import Cataloguing
import Facts

/// Puts the routes of a list in order and finds its Pareto front.
///
/// With preferences: most points first. Then, as without: lowest cost first, an unknown cost last, the lab's own route before
/// others, then by the fee of the channel, then by model, provider and API id.
struct ShortlistRanking {
  let routes: [ShortlistedRoute]

  init(
    _ found: [(candidate: PricedCandidate, unknown: [Requirement])], _ preferences: [Preference],
    _ criteria: [Preference.Criterion], fewestUnknownFirst: Bool = false
  ) {
    let points = preferences.isEmpty ? nil : Self.points(found.map(\.candidate), preferences)
    let front = Self.front(found.map(\.candidate), criteria)
    let routes = found.enumerated().map { place, route in
      ShortlistedRoute(
        candidate: route.candidate, unknown: route.unknown, points: points?[place], isOnFront: front[place])
    }
    // Places are moved, not the routes themselves.
    let order = routes.indices.sorted { left, right in
      let (left, right) = (routes[left], routes[right])
      if fewestUnknownFirst, left.unknown.count != right.unknown.count {
        return left.unknown.count < right.unknown.count
      }
      return Self.comesBefore(left, right)
    }
    self.routes = order.map { routes[$0] }
  }

  private static func comesBefore(_ left: ShortlistedRoute, _ right: ShortlistedRoute) -> Bool {
    if let own = left.points, let other = right.points, own != other { return other < own }
    let (own, other) = (left.candidate, right.candidate)
    switch (own.cost, other.cost) {
    case (let cheap?, let dear?) where cheap != dear: return cheap < dear
    case (.some, nil): return true
    case (nil, .some): return false
    default: break
    }
    func key(_ candidate: PricedCandidate) -> (Int, ChannelFee.Order, ModelID, ProviderID, String) {
      (
        candidate.route.isFirstParty ? 0 : 1, candidate.route.fee, candidate.model.id,
        candidate.route.provider, candidate.route.apiID
      )
    }
    return key(own) < key(other)
  }

  // MARK: Points

  /// Weight times the number of routes beaten, over all preferences. A route beats those whose value is known and worse; an
  /// unknown value beats nobody and nobody beats it.
  private static func points(_ candidates: [PricedCandidate], _ preferences: [Preference]) -> [ExactDecimal] {
    var points = candidates.map { _ in ExactDecimal.zero }
    for preference in preferences {
      let values = candidates.map(preference.criterion.value)
      let sorted = values.compactMap(\.self).sorted()
      for (place, value) in values.enumerated() {
        guard let value else { continue }
        let beaten = ExactDecimal(Int64(count(below: value, in: sorted)))
        // Weights have few digits, so neither step leaves 128 bits.
        if let own = preference.weight.multiplied(by: beaten), let sum = points[place].adding(own) {
          points[place] = sum
        }
      }
    }
    return points
  }

  /// How many of ascending values are less.
  private static func count(below value: ExactDecimal, in sorted: [ExactDecimal]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: The front

  private static func front(_ candidates: [PricedCandidate], _ criteria: [Preference.Criterion]) -> [Bool?] {
    let rows = candidates.enumerated().compactMap {
      place, candidate -> (place: Int, values: [ExactDecimal])? in
      let values = criteria.compactMap { $0.value(of: candidate) }
      return values.count == criteria.count ? (place, values) : nil
    }
    // The best in the first criterion first, in the next where they tie: none is beaten by a later one.
    let sorted = rows.sorted { left, right in
      for (own, other) in zip(left.values, right.values) where own != other { return other < own }
      return false
    }
    var result: [Bool?] = candidates.map { _ in nil }
    var kept: [[ExactDecimal]] = []
    for row in sorted {
      let isBeaten = kept.contains { better in
        better != row.values && zip(better, row.values).allSatisfy { $0 >= $1 }
      }
      result[row.place] = !isBeaten
      if !isBeaten, kept.last != row.values { kept.append(row.values) }
    }
    return result
  }
}
