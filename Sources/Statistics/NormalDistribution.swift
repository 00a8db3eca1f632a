#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The normal distribution of mean 0 and deviation 1.
package enum NormalDistribution {
  /// The chance of a value up to this one.
  package static func cumulative(_ value: Double) -> Double { 0.5 * erfc(-value / 2.0.squareRoot()) }

  /// The chance of a value above this one; exact where `1 - cumulative` would be lost in rounding.
  package static func upperTail(_ value: Double) -> Double { 0.5 * erfc(value / 2.0.squareRoot()) }

  /// The value below which this share lies: 0.975 gives 1.959963…; minus infinity for 0, infinity for 1.
  ///
  /// A rational start (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23), then Halley steps on `erfc` until
  /// nothing changes.
  package static func quantile(_ share: Double) -> Double {
    guard share > 0 else { return -.infinity }
    guard share < 1 else { return .infinity }
    guard share != 0.5 else { return 0 }
    // The smaller tail keeps all digits.
    let tail = min(share, 1 - share)
    let root = (-2 * log(tail)).squareRoot()
    var value =
      root - (2.515517 + root * (0.802853 + root * 0.010328))
      / (1 + root * (1.432788 + root * (0.189269 + root * 0.001308)))
    for _ in 0..<8 {
      let density = exp(-value * value / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let step = (upperTail(value) - tail) / density
      let change = step / (1 - value * step / 2)
      value += change
      if abs(change) <= 1e-15 * max(1, abs(value)) { break }
    }
    return share < 0.5 ? -value : value
  }
}
