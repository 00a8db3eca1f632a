/// A number of tokens: a context window, a limit, a month of traffic.
public struct TokenCount: Hashable, Comparable, Sendable {
  public let tokens: Int64

  public init(_ tokens: Int64) { self.tokens = tokens }

  public static func < (left: TokenCount, right: TokenCount) -> Bool { left.tokens < right.tokens }

  /// Reads a count that a person types: `800M`, `1.5k`, `262144`, `2B`. `k`, `M`, `B`, `T` are powers of 1000.
  ///
  /// - Throws: `FactError.notACount` for anything else, negative numbers and fractions of a token.
  public init(parsing text: some StringProtocol) throws(FactError) {
    self.init(try Count.parse(text))
  }
}

/// A number of model parameters, weights of every expert included: `1T` is 10¹².
public struct ParameterCount: Hashable, Comparable, Sendable {
  public let parameters: Int64

  public init(_ parameters: Int64) { self.parameters = parameters }

  public static func < (left: ParameterCount, right: ParameterCount) -> Bool {
    left.parameters < right.parameters
  }

  /// Reads `235B`, `1T`, `1025414425344`.
  public init(parsing text: some StringProtocol) throws(FactError) {
    self.init(try Count.parse(text))
  }
}

/// Reading whole counts with an SI suffix.
public enum Count {
  static let suffixes: [Character: Int] = [
    "k": 3, "K": 3, "m": 6, "M": 6, "b": 9, "B": 9, "g": 9, "G": 9, "t": 12, "T": 12,
  ]

  /// - Throws: `FactError.notACount` unless the text is a whole, non-negative count of at most 10¹⁵.
  public static func parse(_ text: some StringProtocol) throws(FactError) -> Int64 {
    var digits = String(text)
    var power = 0
    if let last = digits.last, let suffix = suffixes[last] {
      power = suffix
      digits.removeLast()
    }
    guard let decimal = try? ExactDecimal(parsing: digits), !decimal.isNegative,
      let value = decimal.scaled(byPowerOfTen: power).integer, value <= 1_000_000_000_000_000
    else { throw .notACount(String(text)) }
    return value
  }
}
