import Documents
import Facts
import Foundation
import Testing

@testable import Rendering

@Suite struct ChartScales {
  @Test(arguments: [
    1e-300, 1e-18, 0.07, 0.5, 0.999_999, 1, 1.414_213_562_4, 2, 3, 9.99, 1000, 131_072, 1e15, 1e300,
  ])
  func takesLogarithms(_ value: Double) {
    // Foundation's is the reference.
    #expect(abs(Logarithm.decimal(value) - log10(value)) <= 1e-14 * max(1, abs(log10(value))))
  }

  @Test func aZeroHasNoLogarithm() {
    #expect(Logarithm.decimal(0.0) == -.infinity)
    #expect(Logarithm.decimal(-1.0) == -.infinity)
  }

  @Test(arguments: [
    // 7 / 5 = 1.4, so the step is 2.
    (0.0, 7.0, 5, false, ["0", "2", "4", "6"]),
    // 0.3 / 3 = 0.1 exactly, in spite of binary fractions.
    (0.1, 0.4, 3, false, ["0.1", "0.2", "0.3", "0.4"]),
    (-3, 3, 4, false, ["-2", "0", "2"]),
    // A step of 0.5 is no number of requests.
    (0, 2, 4, true, ["0", "1", "2"]),
    (71.2, 94.1, 6, false, ["75", "80", "85", "90"]),
  ])
  func placesRoundNumbers(_ low: Double, _ high: Double, _ most: Int, _ isWhole: Bool, _ expected: [String]) {
    #expect(Ticks.linear(from: low, to: high, atMost: most, isWhole: isWhole).map(\.text) == expected)
  }

  @Test(arguments: [
    // Two decades with room for seven.
    (0.0, 2.0, 8, ["1", "2", "5", "10", "20", "50", "100"]),
    // With room for five, threes stand between the decades.
    (0, 2, 5, ["1", "3", "10", "30", "100"]),
    (-2, 3, 6, ["0.01", "0.1", "1", "10", "100", "1000"]),
    // Nine decades with room for five: every second.
    (-4, 4, 5, ["0.0001", "0.01", "1", "100", "10000"]),
    // From 2.2 to 8.9 no two decades stand; a step of 2 leaves 4, 6 and 8.
    (0.35, 0.95, 4, ["4", "6", "8"]),
  ])
  func placesDecades(_ low: Double, _ high: Double, _ most: Int, _ expected: [String]) {
    #expect(Ticks.logarithmic(from: low, to: high, atMost: most, isWhole: false).map(\.text) == expected)
  }

  @Test(arguments: [
    (
      "2025-01-20", "2026-09-30", 6,
      ["2025-04", "2025-07", "2025-10", "2026-01", "2026-04", "2026-07"]
    ),
    ("2025-01-01", "2025-04-30", 6, ["2025-01", "2025-02", "2025-03", "2025-04"]),
    ("2019-06-01", "2026-09-30", 8, ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]),
    ("2026-09-01", "2026-09-05", 5, ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-05"]),
  ])
  func placesDays(_ first: String, _ last: String, _ most: Int, _ expected: [String]) throws {
    let days = try CalendarDate(parsing: first).firstDayNumber...CalendarDate(parsing: last).firstDayNumber
    #expect(Ticks.calendar(days, atMost: most).map(\.text) == expected)
  }

  @Test func writesTicksOfOneAxisAlike() {
    func ticks(_ values: [String], _ unit: Chart.Unit, _ scale: Chart.Axis.Scale = .linear) -> [String] {
      Display.ticks(values.map(ChartSamples.decimal), of: Chart.Axis("", unit: unit, scale: scale))
    }
    #expect(ticks(["0", "0.5", "1"], .dollars) == ["$0", "$0.50", "$1.00"])
    #expect(
      ticks(["0.005", "0.1", "1", "1000"], .dollars, .logarithmic) == ["$0.005", "$0.10", "$1", "$1,000"])
    #expect(ticks(["0", "5000", "10000"], .dollars) == ["$0", "$5k", "$10k"])
    #expect(ticks(["-20", "0", "20"], .dollars) == ["-$20", "$0", "$20"])
    #expect(ticks(["0", "500000", "1000000"], .tokens) == ["0", "500k", "1M"])
    #expect(ticks(["1200", "1300"], .score(.elo)) == ["1,200", "1,300"])
    #expect(ticks(["0", "50"], .score(.percent)) == ["0%", "50%"])
    #expect(Display.amount(ChartSamples.decimal("131072"), .tokens) == "131,072 tokens")
    #expect(Display.amount(ChartSamples.decimal("0.075"), .dollars) == "$0.075")
    #expect(Display.amount(ChartSamples.decimal("1234567"), .count) == "1,234,567")
  }

  /// The mean of 10, 12 and 13 less 0, 10 and 20 is 5/3, so the group starts there; 60 stays.
  @Test func spreadsNamesNoFurtherThanTheyNeed() {
    let spread = SeriesLayout.spread([10, 12, 13, 60], by: 10, from: 0, to: 100)
    for (place, expected) in zip(spread, [5.0 / 3, 35.0 / 3, 65.0 / 3, 60]) {
      #expect(abs(place - expected) < 1e-9)
    }
    #expect(SeriesLayout.spread([99, 99, 99], by: 10, from: 0, to: 100) == [80, 90, 100])
    #expect(SeriesLayout.spread([], by: 10, from: 0, to: 100) == [])
  }

  @Test func cutsTextsAtTheirRoom() {
    #expect(TextWidth.fitted("Claude Opus 4.5", to: 500, size: 14) == "Claude Opus 4.5")
    let cut = TextWidth.fitted("Claude Opus 4.5", to: 60, size: 14)
    #expect(cut.hasSuffix("…") && TextWidth.of(cut, size: 14) <= 60)
    #expect(TextWidth.fitted("Claude", to: 3, size: 14) == "")
    #expect(TextWidth.wrapped("one two three", to: 60, size: 14, lines: 2) == ["one two", "three"])
  }

  @Test func knowsWhichSegmentsCrossABox() {
    let box = Box(left: 10, top: 10, right: 20, bottom: 20)
    func crosses(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Bool {
      box.meets(Segment(start: Spot(x: x0, y: y0), end: Spot(x: x1, y: y1)))
    }
    #expect(crosses(0, 15, 30, 15))
    #expect(crosses(15, 0, 15, 12))
    #expect(crosses(0, 0, 30, 30))
    #expect(!crosses(0, 15, 9, 15))
    #expect(!crosses(0, 25, 30, 25))
    #expect(!crosses(0, 15, 15, 31))
  }
}
