/// Whether what is said about where the cheapest side changes is so, by costs that are worked out anew at every place looked at.
public struct LeaderWalk {
  public struct Change: Hashable, Sendable {
    /// The first place from which the second side is the cheapest alone.
    public let place: Int64
    public let below: Int
    public let above: Int

    public init(place: Int64, below: Int, above: Int) {
      self.place = place
      self.below = below
      self.above = above
    }
  }

  /// The cost of each side at a place; nil where it has none.
  private let costs: (Int64) -> [BruteMonth.Amount?]

  public init(costs: @escaping (Int64) -> [BruteMonth.Amount?]) { self.costs = costs }

  /// The strictly cheapest side; nil for a tie or where a cost is unknown.
  private func leader(_ costs: [BruteMonth.Amount?]) -> Int? {
    let known = costs.compactMap(\.self)
    guard known.count == costs.count, let least = known.min() else { return nil }
    let first = known.firstIndex { $0 == least }
    return first == known.lastIndex { $0 == least } ? first : nil
  }

  /// What is wrong with the changes; nil where nothing is.
  /// - Parameter last: the last place; places between are looked at too.
  public func fault(in changes: [Change], last: Int64) -> String? {
    for change in changes {
      let (at, before) = (costs(change.place), change.place > 0 ? costs(change.place - 1) : [])
      if leader(at) != change.above {
        return "side \(change.above) is not the cheapest at \(change.place): \(text(at))"
      }
      if leader(before) == change.above {
        return "side \(change.above) is the cheapest before \(change.place): \(text(before))"
      }
    }
    var places = Set((0...8).map { last / 8 * $0 })
    places.formUnion(changes.flatMap { [$0.place - 1, $0.place] })
    let seen = places.filter { $0 >= 0 }.sorted().map { (place: $0, costs: costs($0)) }
    // What no route prices parts the changes before it from those after.
    guard seen.allSatisfy({ !$0.costs.contains(where: { $0 == nil }) }) else { return nil }
    var first: Int?
    for (place, own) in seen {
      guard let now = leader(own) else { continue }
      let expected = changes.last { $0.place <= place }?.above ?? changes.first?.below ?? first ?? now
      if now != expected { return "side \(now) is the cheapest at \(place), not \(expected): \(text(own))" }
      first = first ?? now
    }
    return nil
  }

  private func text(_ costs: [BruteMonth.Amount?]) -> String {
    costs.map { $0?.money.text ?? "unknown" }.joined(separator: ", ")
  }
}
