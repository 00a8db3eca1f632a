#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Resamples whole clusters of prompts with replacement, so that trials and variants of one case stay together, and so do the two
/// sides of a pair: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, Chapman and Hall 1993, chapters 8, 13, 14.
///
/// A resample is a weight for each cluster: how often it was drawn. The same seed gives the same weights, whatever the machine.
package struct ClusterBootstrap: Sendable {
  package let clusters: Int
  package let resamples: Int
  package let seed: UInt64

  /// The most that one comparison draws; very large runs have fewer resamples, as they need fewer.
  private static let mostDraws = 5_000_000

  /// How many resamples a comparison of so many clusters has: 9,999 up to 500 clusters, never fewer than 1,000.
  package static func usualResamples(clusters: Int) -> Int {
    min(9_999, max(1_000, mostDraws / max(1, clusters)))
  }

  package init(clusters: Int, resamples: Int? = nil, seed: UInt64) {
    self.clusters = clusters
    self.resamples = resamples ?? Self.usualResamples(clusters: clusters)
    self.seed = seed
  }

  /// Values of a statistic over the resamples, ascending.
  package struct Distribution: Sendable {
    package let sorted: [Double]
    /// The statistic of the data themselves.
    package let observed: Double
    /// The statistic without each cluster in turn; empty where it is not asked for.
    let jackknife: [Double]
  }

  /// Calls the body once a resample with the weights of the clusters.
  private func forEachResample(_ body: (UnsafeBufferPointer<Int32>) -> Void) {
    guard clusters > 0 else { return }
    var numbers = RandomNumbers(seed: seed)
    var weights = [Int32](repeating: 0, count: clusters)
    weights.withUnsafeMutableBufferPointer { weights in
      for _ in 0..<resamples {
        weights.update(repeating: 0)
        for _ in 0..<clusters { weights[numbers.next(below: clusters)] &+= 1 }
        body(UnsafeBufferPointer(weights))
      }
    }
  }

  // MARK: Ratios of sums

  /// A statistic that is one sum over another: a mean (values over counts), or a relative change (differences over the base).
  package struct Ratio: Sendable {
    /// Sums of each cluster.
    package let above: [Double]
    package let below: [Double]

    package init(above: [Double], below: [Double]) {
      self.above = above
      self.below = below
    }
  }

  /// The distributions of several ratios over the same resamples. Resamples whose lower sum is zero are left out.
  package func distributions(of ratios: [Ratio]) -> [Distribution] {
    var values = ratios.map { _ in [Double]() }
    for index in ratios.indices { values[index].reserveCapacity(resamples) }
    forEachResample { weights in
      for (index, ratio) in ratios.enumerated() {
        var (above, below) = (0.0, 0.0)
        for cluster in 0..<weights.count where weights[cluster] > 0 {
          let weight = Double(weights[cluster])
          above += weight * ratio.above[cluster]
          below += weight * ratio.below[cluster]
        }
        if below != 0 { values[index].append(above / below) }
      }
    }
    return zip(ratios, values).map { ratio, values in
      let above = ratio.above.reduce(0, +)
      let below = ratio.below.reduce(0, +)
      let jackknife = ratio.above.indices.compactMap { cluster -> Double? in
        let rest = below - ratio.below[cluster]
        return rest == 0 ? nil : (above - ratio.above[cluster]) / rest
      }
      return Distribution(
        sorted: values.sorted(), observed: below == 0 ? .nan : above / below, jackknife: jackknife)
    }
  }

  // MARK: Differences of percentiles

  /// Paired values, each with its cluster.
  package struct Pairs: Sendable {
    package let first: [Double]
    package let second: [Double]
    /// From 0, below `clusters`.
    package let cluster: [Int]

    package init(first: [Double], second: [Double], cluster: [Int]) {
      self.first = first
      self.second = second
      self.cluster = cluster
    }
  }

  /// The distributions of the second side's percentile less the first's, one for each share, by nearest rank.
  package func percentileDifferences(of pairs: Pairs, shares: [Double]) -> [Distribution] {
    let first = Ordered(pairs.first, pairs.cluster)
    let second = Ordered(pairs.second, pairs.cluster)
    var sizes = [Int](repeating: 0, count: clusters)
    for cluster in pairs.cluster { sizes[cluster] += 1 }
    var values = shares.map { _ in [Double]() }
    forEachResample { weights in
      var total = 0
      for cluster in 0..<weights.count { total += Int(weights[cluster]) * sizes[cluster] }
      guard total > 0 else { return }
      let ranks = shares.map { Percentile.rank($0, of: total) }
      let left = first.values(at: ranks, weights)
      let right = second.values(at: ranks, weights)
      for index in shares.indices { values[index].append(right[index] - left[index]) }
    }
    let (left, right) = (pairs.first.sorted(), pairs.second.sorted())
    return shares.indices.map { index in
      let ends = [left, right].map { Percentile.nearestRank(shares[index], ofSorted: $0) ?? .nan }
      return Distribution(sorted: values[index].sorted(), observed: ends[1] - ends[0], jackknife: [])
    }
  }

  /// Values in order, each with its cluster.
  private struct Ordered {
    let values: [Double]
    let clusters: [Int32]

    init(_ values: [Double], _ clusters: [Int]) {
      let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      self.values = order.map { values[$0] }
      self.clusters = order.map { Int32(truncatingIfNeeded: clusters[$0]) }
    }

    /// The values at ascending ranks, each value as often as its cluster was drawn.
    func values(at ranks: [Int], _ weights: UnsafeBufferPointer<Int32>) -> [Double] {
      var found: [Double] = []
      var passed = 0
      clusters.withUnsafeBufferPointer { clusters in
        var place = 0
        for rank in ranks {
          while place < clusters.count {
            passed += Int(weights[Int(clusters[place])])
            if passed >= rank {
              // The same value may hold the next rank too.
              passed -= Int(weights[Int(clusters[place])])
              break
            }
            place += 1
          }
          found.append(place < values.count ? values[place] : .nan)
        }
      }
      return found
    }
  }
}
