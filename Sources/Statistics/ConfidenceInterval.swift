/// A range that holds the true value in so many of a hundred repetitions.
package struct ConfidenceInterval: Hashable, Sendable {
  package let low: Double
  package let high: Double

  package init(_ low: Double, _ high: Double) {
    self.low = low
    self.high = high
  }

  /// 95 of a hundred, unless a caller asks for another.
  package static let usualConfidence = 0.95

  /// Whether the value lies inside, ends included.
  package func holds(_ value: Double) -> Bool { low <= value && value <= high }
}
