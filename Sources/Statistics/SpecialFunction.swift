#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Functions that the distributions rest on.
enum SpecialFunction {
  /// The natural logarithm of Γ(x) for x above 0: Stirling's series from 20 on, the recurrence Γ(x + 1) = x Γ(x) below it
  /// (NIST Digital Library of Mathematical Functions, 5.11.1 and 5.5.1). The C function keeps a sign in a global, so two threads
  /// may not call it.
  static func logGamma(_ value: Double) -> Double {
    var x = value
    var product = 1.0
    while x < 20 {
      product *= x
      x += 1
    }
    let inverse = 1 / (x * x)
    let series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680)))) / x
    return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + series - log(product)
  }

  /// The regularised incomplete beta function I_x(a, b), by its continued fraction (NIST Digital Library of Mathematical
  /// Functions, 8.17.22) in Lentz's form.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side of the mean; the other side is its complement.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let front =
      exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)) / a
    let tiny = 1e-300
    var numerator = 1.0
    var denominator = 1 - (a + b) * x / (a + 1)
    denominator = 1 / (abs(denominator) < tiny ? tiny : denominator)
    var result = denominator
    for step in 1...10_000 {
      let m = Double(step)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        denominator = 1 + term * denominator
        denominator = 1 / (abs(denominator) < tiny ? tiny : denominator)
        numerator = 1 + term / numerator
        if abs(numerator) < tiny { numerator = tiny }
        result *= numerator * denominator
      }
      if abs(numerator * denominator - 1) < 1e-16 { break }
    }
    return front * result
  }
}
