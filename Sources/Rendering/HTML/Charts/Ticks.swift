import Facts

/// Round numbers and days along an axis.
enum Ticks {
  /// A distance of ticks: one, two or five of a power of ten.
  struct Step {
    let digit: Int64
    let exponent: Int

    var size: Double { Double(digit) * .ten(to: exponent) }
  }

  /// The least round step that gives at most so many ticks over a span.
  static func step(for span: Double, atMost most: Int, isWhole: Bool) -> Step {
    let least = span / Double(max(most, 1))
    guard least > 0, least.isFinite else { return Step(digit: 1, exponent: 0) }
    if isWhole, least <= 1 { return Step(digit: 1, exponent: 0) }
    let exponent = Int(Logarithm.decimal(least).rounded(.down))
    let ratio = least / .ten(to: exponent)
    // A ratio that misses a round number by the error of the division counts as that number.
    for digit: Int64 in [1, 2, 5] where ratio <= Double(digit) * (1 + 1e-9) {
      return Step(digit: digit, exponent: exponent)
    }
    return Step(digit: 1, exponent: exponent + 1)
  }

  /// Multiples of a round step, exact.
  static func linear(from low: Double, to high: Double, atMost most: Int, isWhole: Bool) -> [ExactDecimal] {
    let step = step(for: high - low, atMost: most, isWhole: isWhole)
    let first = (low / step.size - 1e-9).rounded(.up)
    let last = (high / step.size + 1e-9).rounded(.down)
    guard first <= last, abs(first) < 1e15, abs(last) < 1e15 else { return [] }
    return (Int64(first)...Int64(last)).map {
      ExactDecimal(reducing: Int128($0) * Int128(step.digit), exponent: step.exponent)
    }
  }

  /// Ones, twos and fives of each decade where there is room, else decades, and every second or third decade over a
  /// long way; over a short one, multiples of a round step.
  ///
  /// - Parameters low, high: logarithms.
  static func logarithmic(from low: Double, to high: Double, atMost most: Int, isWhole: Bool)
    -> [ExactDecimal]
  {
    let exponents = Int(low.rounded(.down))...Int(high.rounded(.down))
    func within(_ value: ExactDecimal) -> Bool {
      let place = Logarithm.decimal(value)
      return place >= low - 1e-9 && place <= high + 1e-9 && !(isWhole && value.exponent < 0)
    }
    for digits: [Int128] in [[1, 2, 5], [1, 3]] {
      let ticks = exponents.flatMap { exponent in
        digits.map { ExactDecimal(reducing: $0, exponent: exponent) }
      }.filter(within)
      if ticks.count >= 3, ticks.count <= most { return ticks }
    }
    let decades = exponents.map { ExactDecimal(reducing: 1, exponent: $0) }.filter(within)
    if decades.count >= 2 {
      let stride = (decades.count + most - 1) / most
      return decades.filter { $0.exponent % max(stride, 1) == 0 }
    }
    // Less than a decade; the powers are those of whole hundredths, which is close enough to choose a step.
    let ends = (power(low), power(high))
    return linear(from: ends.0, to: ends.1, atMost: most, isWhole: isWhole).filter {
      !$0.isZero && !$0.isNegative && within($0)
    }
  }

  /// Ten to any power, from the whole power and the root of ten taken a hundred times.
  private static func power(_ logarithm: Double) -> Double {
    let whole = logarithm.rounded(.down)
    var result = Double.ten(to: Int(whole))
    // 10^0.01
    for _ in 0..<Int(((logarithm - whole) * 100).rounded()) { result *= 1.023_292_992_280_754 }
    return result
  }

  // MARK: The calendar

  private static let monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240]
  private static let daySteps = [1, 2, 7, 14]

  /// First days of months at a step that divides the year, or of years; over a few weeks, days.
  ///
  /// - Parameter days: counted from 1970-01-01.
  static func calendar(_ days: ClosedRange<Int>, atMost most: Int) -> [CalendarDate] {
    guard let first = try? CalendarDate(dayNumber: days.lowerBound),
      let last = try? CalendarDate(dayNumber: days.upperBound)
    else { return [] }
    let months = Array(monthNumber(first)...monthNumber(last))
    var fallback: [CalendarDate] = []
    for step in monthSteps {
      let ticks = months.filter { $0 % step == 0 }.compactMap { date(month: $0, isYear: step % 12 == 0) }
        .filter { days.contains($0.firstDayNumber) }
      if fallback.isEmpty { fallback = ticks }
      guard ticks.count <= most else { continue }
      if ticks.count >= 2 { return ticks }
      break
    }
    for step in daySteps where days.count / step <= most {
      return stride(from: days.lowerBound, through: days.upperBound, by: step).compactMap {
        try? CalendarDate(dayNumber: $0)
      }
    }
    return fallback
  }

  private static func monthNumber(_ date: CalendarDate) -> Int { date.year * 12 + (date.month ?? 1) - 1 }

  private static func date(month number: Int, isYear: Bool) -> CalendarDate? {
    try? isYear
      ? CalendarDate(year: number / 12) : CalendarDate(year: number / 12, month: number % 12 + 1)
  }
}
