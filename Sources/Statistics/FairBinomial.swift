#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The binomial distribution of fair coins.
enum FairBinomial {
  /// The chance of exactly so many heads.
  static func chance(of heads: Int, in tosses: Int) -> Double {
    guard heads >= 0, heads <= tosses else { return 0 }
    let (n, k) = (Double(tosses), Double(heads))
    return exp(
      SpecialFunction.logGamma(n + 1) - SpecialFunction.logGamma(k + 1) - SpecialFunction.logGamma(n - k + 1)
        - n * log(2))
  }

  /// The chance of at most so many heads, for at most half of the tosses.
  static func chance(upTo heads: Int, in tosses: Int) -> Double {
    var sum = 0.0
    // From the largest term down, each the one before times k / (n - k + 1).
    var term = chance(of: heads, in: tosses)
    var k = heads
    while k >= 0 {
      sum += term
      guard term > sum * 1e-18 else { break }
      term *= Double(k) / Double(tosses - k + 1)
      k -= 1
    }
    return sum
  }
}
