import Documents
import Facts

/// Values of one axis to places of the drawing, with the ticks that stand there.
struct ChartScale: Sendable {
  struct Tick: Hashable, Sendable {
    let place: Double
    let text: String
  }

  /// How far an axis reaches beyond its values.
  enum Reach: Sendable {
    /// A margin on both sides; zero only where it is near.
    case around
    /// From the least value to the greatest, and from zero on a linear scale.
    case exact
    /// From zero to the next tick on a linear scale, with margins on a logarithmic one.
    case toTick
  }

  private(set) var ticks: [Tick] = []
  let isLogarithmic: Bool
  /// The ends of the domain, as logarithms on a logarithmic scale.
  private let low: Double
  private let high: Double
  private let start: Double
  private let end: Double

  private init(isLogarithmic: Bool, low: Double, high: Double, start: Double, end: Double) {
    self.isLogarithmic = isLogarithmic
    self.low = low
    self.high = high
    self.start = start
    self.end = end
  }

  /// A scale over the values, which must be on it.
  ///
  /// - Parameters:
  ///   - start: the place of the low end; `end` may lie before it, as heights do.
  ///   - spacing: the least distance of two ticks.
  init(
    _ values: [ExactDecimal], axis: Chart.Axis, reach: Reach, from start: Double, to end: Double,
    spacing: Double
  ) {
    let most = max(2, Int((abs(end - start) / spacing).rounded(.down)))
    let numbers: [ExactDecimal]
    switch axis.scale {
    case .logarithmic:
      let domain = Self.logarithmicDomain(values, reach: reach)
      self.init(isLogarithmic: true, low: domain.low, high: domain.high, start: start, end: end)
      numbers = Ticks.logarithmic(from: low, to: high, atMost: most, isWhole: axis.unit.isWhole)
    case .linear:
      let domain = Self.linearDomain(values, axis: axis, reach: reach, ticks: most)
      self.init(isLogarithmic: false, low: domain.low, high: domain.high, start: start, end: end)
      numbers = Ticks.linear(from: low, to: high, atMost: most, isWhole: axis.unit.isWhole)
    }
    ticks = zip(numbers, Display.ticks(numbers, of: axis)).map { Tick(place: place($0), text: $1) }
  }

  /// A scale of days from 1970-01-01, with the ticks of the calendar.
  init(days: ClosedRange<Int>, from start: Double, to end: Double, spacing: Double) {
    let isOneDay = days.lowerBound == days.upperBound
    let low = days.lowerBound - (isOneDay ? 15 : 0)
    let high = days.upperBound + (isOneDay ? 15 : 0)
    self.init(isLogarithmic: false, low: Double(low), high: Double(high), start: start, end: end)
    let most = max(2, Int((abs(end - start) / spacing).rounded(.down)))
    ticks = Ticks.calendar(low...high, atMost: most).map {
      Tick(place: place(Double($0.firstDayNumber)), text: $0.text)
    }
  }

  func place(_ value: ExactDecimal) -> Double {
    isLogarithmic ? place(transformed: Logarithm.decimal(value)) : place(transformed: Double(drawing: value))
  }

  /// The place of a number between values, for lines that bend.
  func place(_ value: Double) -> Double {
    place(transformed: isLogarithmic ? Logarithm.decimal(value) : value)
  }

  /// Never outside the axis, whatever the value.
  private func place(transformed value: Double) -> Double {
    let share = min(max((value - low) / (high - low), 0), 1)
    return start + (share.isNaN ? 0 : share) * (end - start)
  }

  // MARK: Domains

  private static func logarithmicDomain(_ values: [ExactDecimal], reach: Reach) -> (low: Double, high: Double)
  {
    let logarithms = values.map { Logarithm.decimal($0) }
    guard let low = logarithms.min(), let high = logarithms.max() else { return (0, 1) }
    // Values within a quarter of each other stand in the middle of most of a decade.
    guard high - low > 0.1 else { return ((low + high) / 2 - 0.35, (low + high) / 2 + 0.35) }
    let margin = reach == .exact ? 0 : (high - low) * 0.06
    return (low - margin, high + margin)
  }

  private static func linearDomain(
    _ values: [ExactDecimal], axis: Chart.Axis, reach: Reach, ticks: Int
  ) -> (low: Double, high: Double) {
    let numbers = values.map { Double(drawing: $0) }
    guard var low = numbers.min(), var high = numbers.max() else { return (0, 1) }
    if reach != .around {
      low = min(low, 0)
      high = max(high, 0)
    }
    let (least, greatest) = (low, high)
    if high - low <= 1e-9 * max(abs(low), abs(high)) {
      let margin = low == 0 ? 1 : abs(low) * 0.1
      low -= margin
      high += margin
    } else if reach == .around {
      let margin = (high - low) * 0.08
      low -= margin
      high += margin
    }
    if reach == .toTick {
      let step = Ticks.step(for: high - low, atMost: ticks, isWhole: axis.unit.isWhole)
      low = (low / step.size - 1e-9).rounded(.down) * step.size
      high = (high / step.size - 1e-9).rounded(.up) * step.size
    }
    // No room below zero or above 100% where there are no such values.
    if least >= 0 { low = max(low, 0) }
    if axis.unit == .score(.percent), greatest <= 100 { high = min(high, 100) }
    return (low, high)
  }
}
