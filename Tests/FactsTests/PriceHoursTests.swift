import Facts
import Testing

@Suite struct HoursOfPrices {
  // 2026-11-02 is a Monday, 2026-11-01 a Sunday. Worked out on a calendar and a clock.
  @Test(arguments: [
    // Over midnight: the end is the next day's.
    ("16:30-00:30", "2026-11-02T16:29:59Z", false), ("16:30-00:30", "2026-11-02T16:30:00Z", true),
    ("16:30-00:30", "2026-11-03T00:29:59Z", true), ("16:30-00:30", "2026-11-03T00:30:00Z", false),
    // Two spans, and all hours but these.
    ("01:00-04:00,06:00-10:00", "2026-11-02T05:00:00Z", false),
    ("not 01:00-04:00,06:00-10:00", "2026-11-02T05:00:00Z", true),
    ("not 01:00-04:00,06:00-10:00", "2026-11-02T09:59:59Z", false),
    // A clock eight hours ahead: 01:00 UTC is 09:00 there.
    ("mon-fri 09:00-12:00 +08:00", "2026-11-02T01:00:00Z", true),
    ("mon-fri 09:00-12:00 +08:00", "2026-11-01T01:00:00Z", false),
    ("mon-fri 09:00-12:00 +08:00", "2026-11-02T04:00:00Z", false),
    // The weekday is that of the day on which the span starts: Sunday 01:00 is Saturday's night.
    ("sat 22:00-02:00", "2026-11-01T01:00:00Z", true), ("sun 22:00-02:00", "2026-11-01T01:00:00Z", false),
    // A holiday is left out as a whole.
    ("mon-fri 09:00-12:00 except 2026-11-02", "2026-11-02T10:00:00Z", false),
    ("mon-fri 09:00-12:00 except 2026-11-02", "2026-11-03T10:00:00Z", true),
    // Before 1970 weekdays still count: 1969-12-31 was a Wednesday.
    ("wed 10:00-11:00", "1969-12-31T10:30:00Z", true),
  ])
  func holdAtTheHoursTheyName(hours: String, time: String, holds: Bool) throws {
    #expect(try PriceHours(parsing: hours).contains(Timestamp(parsing: time)) == holds)
  }

  @Test(arguments: [
    "16:30-00:30", "not 01:00-04:00,06:00-10:00", "mon-fri 09:00-12:00,14:00-18:00 +08:00",
    "mon,wed 00:00-24:00", "sat,sun 00:00-24:00 -05:30 except 2026-12-25,2026-12-26",
  ])
  func readBackWhatTheyWrite(text: String) throws {
    let hours = try PriceHours(parsing: text)
    #expect(hours.text == text)
    #expect(try PriceHours(parsing: hours.text) == hours)
  }

  @Test(arguments: [
    "", "16:30", "16:30-16:30", "24:00-01:00", "1:30-2:30", "25:00-26:00", "16:30-00:30 +15:00",
    "fri-mon 01:00-02:00", "noday 01:00-02:00", "01:00-02:00 except", "01:00-02:00 except 2026-13-01",
    "01:00-02:00,", "not", "01:60-02:00",
  ])
  func refuseEverythingElse(text: String) {
    #expect(throws: FactError.self) { try PriceHours(parsing: text) }
  }
}

@Suite struct Timestamps {
  // 2026-11-24 is day 20,781 (56 years with 14 leap days, then 327 days); 01:02:03 is second 3,723 of its day.
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0, 0), ("2026-11-24", 20_781, 0), ("2026-11-24T01:02:03Z", 20_781, 3723),
    ("2026-11-24 01:02:03.999", 20_781, 3723), ("2026-11-24T01:02:03+02:00", 20_781, -3477),
    ("2026-11-24T01:02-0530", 20_781, 23_520),
  ])
  func readISO8601(text: String, day: Int, second: Int) throws {
    #expect(try Timestamp(parsing: text).seconds == Int64(day * 86_400 + second))
  }

  @Test(arguments: [
    "", "2026-11", "2026-11-24T", "2026-11-24T24:00:00Z", "2026-11-24T01:02:03.Z", "2026-11-24T01:02:03+2",
    "2026-11-24X01:02:03Z", "2026-02-29T01:02:03Z", "2026-11-24T01:02:03Zx",
  ])
  func refuseWhatIsNoTime(text: String) {
    #expect(throws: FactError.self) { try Timestamp(parsing: text) }
  }

  @Test func writeTheDayInUTC() throws {
    let time = try Timestamp(parsing: "2026-11-24T23:30:00-02:00")
    #expect(time.text == "2026-11-25T01:30:00Z")
    #expect(try time.day().text == "2026-11-25")
  }
}
