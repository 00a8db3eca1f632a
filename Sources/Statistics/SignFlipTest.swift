/// A test of “neither side is better” that keeps clusters whole: under it the sides could be swapped in any cluster, so the signs of
/// the clusters' differences are thrown anew many times (R. A. Fisher, The Design of Experiments, 1935, section 21). With one
/// pass-or-fail pair a cluster it estimates McNemar's exact p.
package enum SignFlipTest {
  /// From so many clusters on, the sum of thrown signs is as good as normal with the variance that the throws have, the sum of the
  /// squares, and the tail is read off it instead of being thrown (Lindeberg's theorem).
  static let normalFrom = 5_000

  /// The two-sided p value: how often a throw lies at least as far from zero as the data, which count as one throw.
  ///
  /// - Parameter sums: the sum of differences of each cluster.
  package static func p(_ sums: [Double], throwsMade: Int = 9_999, seed: UInt64) -> Double {
    let parts = sums.filter { $0 != 0 }
    guard !parts.isEmpty else { return 1 }
    let size = parts.reduce(0) { $0 + abs($1) }
    let seen = abs(parts.reduce(0, +)) - 1e-12 * size
    if parts.count >= Self.normalFrom {
      let deviation = parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return min(1, 2 * NormalDistribution.upperTail(max(0, seen) / deviation))
    }
    var numbers = RandomNumbers(seed: seed)
    var count = 1
    for _ in 0..<throwsMade {
      var sum = 0.0
      var bits: UInt64 = 0
      for (place, part) in parts.enumerated() {
        if place % 64 == 0 { bits = numbers.next() }
        sum += bits & 1 == 0 ? part : -part
        bits >>= 1
      }
      if abs(sum) >= seen { count += 1 }
    }
    return Double(count) / Double(throwsMade + 1)
  }
}
