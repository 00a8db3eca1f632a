import Facts
import Testing

@Suite struct ExactDecimals {
  // mantissa and exponent in lowest terms, worked out by hand
  @Test(arguments: [
    ("0.07", 7, -2), ("2.75e-07", 275, -9), ("1200", 12, 2), ("-3.50", -35, -1), ("0", 0, 0), ("0.000", 0, 0),
    ("1e3", 1, 3),
    ("100000000000000000000", 1, 20),
  ])
  func readsPlainAndExponentDecimals(text: String, mantissa: Int, exponent: Int) throws {
    let decimal = try ExactDecimal(parsing: text)
    #expect(decimal.mantissa == Int128(mantissa))
    #expect(decimal.exponent == exponent)
  }

  @Test(arguments: [
    "1,5", "0.07abc", "", ".", ".5", "5.", "NaN", "inf", "1e", "--1", "1 ", " 1", "+1", "1e999", "0x10", "١",
    String(repeating: "9", count: 37),
  ])
  func refusesEverythingElse(text: String) {
    #expect(throws: FactError.self) { try ExactDecimal(parsing: text) }
  }

  // 7 ÷ 3600 = 0.00194444…; 1 ÷ 8 = 0.125 by hand.
  @Test(arguments: [
    ("7", Int64(3600), 6, "0.001944"), ("5", 3, 2, "1.67"), ("-5", 3, 2, "-1.67"), ("1", 8, 6, "0.125"),
    ("1.25e21", 1_000_000, 2, "1250000000000000"), ("0.000001", 1_000_000, 2, "0.000000000001"),
  ])
  func dividesExactlyByPowersOfTenAndElseRoundsOnce(text: String, divisor: Int64, places: Int, result: String)
    throws
  {
    #expect(try ExactDecimal(parsing: text).divided(by: divisor, places: places)?.text == result)
  }

  @Test func addsAndMultipliesExactlyOrNotAtAll() throws {
    let (small, large) = (try ExactDecimal(parsing: "0.000001"), try ExactDecimal(parsing: "1e30"))
    #expect(small.adding(try ExactDecimal(parsing: "2.5"))?.text == "2.500001")
    #expect(small.multiplied(by: try ExactDecimal(parsing: "-0.5"))?.text == "-0.0000005")
    #expect(try ExactDecimal(parsing: "1e38").adding(try ExactDecimal(parsing: "1e-38")) == nil)
    #expect(large.multiplied(by: try ExactDecimal(parsing: "123456789012345678901234567890123456")) != nil)
  }

  @Test(arguments: [("0.000000075", "7.5e-08"), ("1200", "1.2e3"), ("-0.5", "-5e-1"), ("0", "0.0")])
  func writesCanonicalText(canonical: String, written: String) throws {
    #expect(try ExactDecimal(parsing: written).text == canonical)
  }

  /// 5.999999999999999e-05 is 0.00006; a real number of seven digits stays as it is.
  @Test(arguments: [
    ("5.999999999999999e-05", "0.00006"), ("2.9999900000000002e-06", "0.00000299999"),
    ("0.09999999999999999", "0.1"),
  ])
  func recognisesFloatNoise(written: String, meant: String) throws {
    #expect(try ExactDecimal(parsing: written).withoutFloatNoise()?.text == meant)
  }

  @Test(arguments: ["1.875001e-05", "0.123456789", "0.333333333333333", "0"])
  func leavesRealDecimalsAlone(written: String) throws {
    #expect(try ExactDecimal(parsing: written).withoutFloatNoise() == nil)
  }

  @Test(arguments: [
    ("0.1", "0.2", true), ("-1", "0", true), ("1e30", "2", false), ("-1e30", "-2", true), ("5", "5.0", false),
  ])
  func orders(left: String, right: String, isLess: Bool) throws {
    #expect(try (ExactDecimal(parsing: left) < ExactDecimal(parsing: right)) == isLess)
  }
}

@Suite struct Amounts {
  /// 800M × $0.075/1M = $60; 250M × $0.625/1M = $156.25.
  @Test func multipliesFirstAndDividesLast() throws {
    let input = try #require(try Money(dollars: "0.075").times(800_000_000, per: 1_000_000))
    let output = try #require(try Money(dollars: "0.625").times(250_000_000, per: 1_000_000))
    #expect((input + output).text == "216.25")
  }

  @Test func roundsHalfUpOnceAtTheLastDigit() throws {
    // 10⁻¹⁸ dollars × 1 ÷ 2 is half the smallest unit: up.
    #expect(Money(attodollars: 1).times(1, per: 2) == Money(attodollars: 1))
    #expect(Money(attodollars: 1).times(1, per: 3) == Money(attodollars: 0))
    #expect(Money(attodollars: -1).times(1, per: 2) == Money(attodollars: -1))
  }

  @Test func refusesWhatItCannotHold() {
    #expect(throws: FactError.inexactMoney("0.0000000000000000001")) { try Money(dollars: "1e-19") }
    #expect(throws: FactError.self) { try Money(dollars: "1e13") }
    #expect(Money(attodollars: .max / 2).times(1000, per: 1) == nil)
  }
}

@Suite struct Dates {
  @Test(arguments: [
    ("2026-02-12", "2026-02-12"), ("2025-06", "2025-06"), ("2025", "2025"),
    ("2026-09-10T04:00:00+00:00", "2026-09-10"), ("2024-02-29", "2024-02-29"),
  ])
  func keepsThePrecisionWritten(written: String, canonical: String) throws {
    #expect(try CalendarDate(parsing: written).text == canonical)
  }

  @Test(arguments: [
    "2025-02-31", "2025-13-01", "2025-1-1", "25-01-01", "", "soon", "2025-00", "1899-01-01", "2023-02-29",
    "2025-01-01-01",
  ])
  func refusesWhatIsNoDate(written: String) {
    #expect(throws: FactError.self) { try CalendarDate(parsing: written) }
  }

  @Test func countsDaysFrom1970() throws {
    #expect(try CalendarDate(parsing: "1970-01-01").firstDayNumber == 0)
    #expect(try CalendarDate(parsing: "2000-03-01").firstDayNumber == 11017)
    for day in stride(from: -20_000, through: 80_000, by: 97) {
      #expect(try CalendarDate(dayNumber: day).firstDayNumber == day)
    }
  }

  @Test(arguments: [
    ("2025-06", "2025-06-30", true), ("2025-06", "2025-07-01", false), ("2025", "2025-12", true),
    ("2026-02-12", "2026-02-12", true),
  ])
  func agreesAcrossPrecisions(left: String, right: String, agrees: Bool) throws {
    #expect(try CalendarDate(parsing: left).agrees(with: CalendarDate(parsing: right)) == agrees)
  }
}

@Suite struct Counts {
  @Test(arguments: [
    ("800M", 800_000_000), ("1.5k", 1500), ("262144", 262_144), ("2B", 2_000_000_000),
    ("1T", 1_000_000_000_000), ("0", 0),
  ])
  func readsSuffixes(text: String, count: Int64) throws {
    #expect(try TokenCount(parsing: text).tokens == count)
  }

  @Test(arguments: ["-1", "1.5", "1.2345k", "M", "", "1e99", "lots", "9999999T"])
  func refusesFractionsAndNonsense(text: String) {
    #expect(throws: FactError.self) { try TokenCount(parsing: text) }
  }
}

@Suite struct KnowledgePassesUnknownOn {
  @Test func zipIsUnknownWhenEitherIs() throws {
    let source = SourceDescription(
      id: "s", title: "S", version: "1", licence: "MIT", homepage: nil,
      observed: try CalendarDate(parsing: "2026-01-01"), digest: "d", lineage: "s", correction: "s")
    let known = Knowledge.known(
      1, Evidence(agreeing: [Citation(source: source, recordKey: "a", asWritten: "1")], rule: .onlySource))
    #expect(known.zip(Knowledge<Int>.unknown).isUnknown)
    #expect(known.zip(known).evidence?.agreeing.count == 1)
    #expect(known.map { $0 + 1 }.value == 2)
  }
}
