import Facts

/// Who is ahead among several, when it can be said.
public enum Ranking: Hashable, Sendable {
  /// The model at this index is strictly ahead of all others, whatever claim one believes.
  case leader(Int)
  /// All known, none strictly ahead of all others.
  case tie
  /// The values of these indices are unknown, so nobody is ahead of them.
  case unknown([Int])
  /// Claims contradict each other, and the leader depends on whom one believes.
  case contested([Int])
  /// The values measure different things, so that none is ahead of another.
  case incomparable

  public var leader: Int? {
    if case .leader(let index) = self { return index }
    return nil
  }

  /// Ranks by ranges of claimed values: the leader's least is above every other's most.
  static func highest<Value: Comparable>(_ ranges: [ClosedRange<Value>?]) -> Ranking {
    let missing = ranges.indices.filter { ranges[$0] == nil }
    guard missing.isEmpty else { return .unknown(missing) }
    let known = ranges.compactMap(\.self)
    for index in known.indices {
      let others = known.indices.filter { $0 != index }
      if others.allSatisfy({ known[index].lowerBound > known[$0].upperBound }) { return .leader(index) }
    }
    let wide = known.indices.filter { known[$0].lowerBound < known[$0].upperBound }
    return wide.isEmpty ? .tie : .contested(wide)
  }

  static func lowest<Value: Comparable>(_ ranges: [ClosedRange<Value>?]) -> Ranking {
    let missing = ranges.indices.filter { ranges[$0] == nil }
    guard missing.isEmpty else { return .unknown(missing) }
    let known = ranges.compactMap(\.self)
    for index in known.indices {
      let others = known.indices.filter { $0 != index }
      if others.allSatisfy({ known[index].upperBound < known[$0].lowerBound }) { return .leader(index) }
    }
    let wide = known.indices.filter { known[$0].lowerBound < known[$0].upperBound }
    return wide.isEmpty ? .tie : .contested(wide)
  }
}
