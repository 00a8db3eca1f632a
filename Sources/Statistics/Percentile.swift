#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Percentiles by nearest rank: the smallest value that at least that share of all values do not exceed. Always a measured value,
/// so that failures can count as infinity.
package enum Percentile {
  /// - Parameters:
  ///   - share: 0.95 for the 95th.
  ///   - sorted: ascending.
  ///   - failures: values of infinity beyond the others.
  /// - Returns: nil without any value; infinity where the rank falls on a failure.
  package static func nearestRank(_ share: Double, ofSorted sorted: [Double], failures: Int = 0) -> Double? {
    let count = sorted.count + failures
    guard count > 0 else { return nil }
    let rank = Self.rank(share, of: count)
    return rank <= sorted.count ? sorted[rank - 1] : .infinity
  }

  /// The rank from 1. A product that is whole but for the last bits is whole: 0.95 × 20 is 19.
  package static func rank(_ share: Double, of count: Int) -> Int {
    let exact = share * Double(count)
    return min(max(1, Int((exact - 1e-9 * max(1, exact)).rounded(.up))), count)
  }

  /// Between neighbours in proportion (numpy's default); for bootstrap distributions, which are dense.
  static func interpolated(_ share: Double, ofSorted sorted: [Double]) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = min(max(0, share), 1) * Double(sorted.count - 1)
    let below = Int(place.rounded(.down))
    guard below + 1 < sorted.count else { return last }
    let part = place - Double(below)
    return sorted[below] + (sorted[below + 1] - sorted[below]) * part
  }
}
