#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Student's t distribution.
package enum StudentDistribution {
  /// The chance of a value above this one.
  package static func upperTail(_ value: Double, degreesOfFreedom: Double) -> Double {
    guard value.isFinite else { return value < 0 ? 1 : 0 }
    let half =
      SpecialFunction.incompleteBeta(
        degreesOfFreedom / (degreesOfFreedom + value * value), degreesOfFreedom / 2, 0.5) / 2
    return value >= 0 ? half : 1 - half
  }

  /// The value below which this share lies, by halving.
  package static func quantile(_ share: Double, degreesOfFreedom: Double) -> Double {
    guard share > 0 else { return -.infinity }
    guard share < 1 else { return .infinity }
    guard share != 0.5 else { return 0 }
    let tail = min(share, 1 - share)
    var low = 0.0
    var high = 1.0
    while upperTail(high, degreesOfFreedom: degreesOfFreedom) > tail, high < 1e300 { high *= 2 }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if upperTail(middle, degreesOfFreedom: degreesOfFreedom) > tail { low = middle } else { high = middle }
    }
    return share < 0.5 ? -high : high
  }
}
