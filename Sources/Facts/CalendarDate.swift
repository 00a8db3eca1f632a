/// A day, a month or a year of the Gregorian calendar, without a clock or a zone.
///
/// Sources write knowledge cutoffs as `2025-06` and releases as `2026-02-12`; the precision written is kept
/// and shown.
public struct CalendarDate: Hashable, Sendable {
  public let year: Int
  /// 1–12, or nil when only the year is known.
  public let month: Int?
  /// 1–31, or nil when only the month is known.
  public let day: Int?

  /// - Throws: `FactError.notADate` unless the parts form a real date of the years 1900–2199.
  public init(year: Int, month: Int? = nil, day: Int? = nil) throws(FactError) {
    guard Self.isReal(year, month, day) else {
      throw .notADate("\(year)-\(month.map(String.init) ?? "")-\(day.map(String.init) ?? "")")
    }
    self.year = year
    self.month = month
    self.day = day
  }

  private static func isReal(_ year: Int, _ month: Int?, _ day: Int?) -> Bool {
    guard (1900...2199).contains(year) else { return false }
    guard let month else { return day == nil }
    guard (1...12).contains(month) else { return false }
    guard let day else { return true }
    return day >= 1 && day <= days(inMonth: month, of: year)
  }

  /// Reads `2026-02-12`, `2026-02` or `2026`; a time after `T` or a space is ignored.
  public init(parsing text: some StringProtocol) throws(FactError) {
    var written = String(text)
    guard let (year, month, day) = written.withUTF8(Self.parts), Self.isReal(year, month, day) else {
      throw .notADate(written)
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The numbers of `2026-02-12`, `2026-02` or `2026` in front of a `T`, a space or the end; nil for other forms.
  private static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> (year: Int, month: Int?, day: Int?)? {
    let count = bytes.firstIndex { $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: " ") } ?? bytes.count
    guard count == 4 || count == 7 || count == 10 else { return nil }
    func number(_ places: Range<Int>) -> Int? {
      var number = 0
      for place in places {
        guard bytes[place] >= 0x30, bytes[place] <= 0x39 else { return nil }
        number = number * 10 + Int(bytes[place]) - 0x30
      }
      return number
    }
    guard let year = number(0..<4) else { return nil }
    guard count > 4 else { return (year, nil, nil) }
    guard bytes[4] == UInt8(ascii: "-"), let month = number(5..<7) else { return nil }
    guard count > 7 else { return (year, month, nil) }
    guard bytes[7] == UInt8(ascii: "-"), let day = number(8..<10) else { return nil }
    return (year, month, day)
  }

  /// ISO 8601 at the precision known: `2026-02-12`, `2025-06`, `2025`.
  public var text: String {
    var text = Self.padded(year, 4)
    if let month { text += "-" + Self.padded(month, 2) }
    if let day { text += "-" + Self.padded(day, 2) }
    return text
  }

  /// Days from 1970-01-01 to the first day this date can mean.
  public var firstDayNumber: Int { Self.dayNumber(year: year, month: month ?? 1, day: day ?? 1) }

  /// Days from 1970-01-01 to the last day this date can mean: a month's last day, a year's 31 December.
  public var lastDayNumber: Int {
    let lastMonth = month ?? 12
    return Self.dayNumber(year: year, month: lastMonth, day: day ?? Self.days(inMonth: lastMonth, of: year))
  }

  /// The date of a day counted from 1970-01-01.
  public init(dayNumber: Int) throws(FactError) {
    // Civil-from-days, after Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    try self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Whether the two dates can mean the same day: `2025-06` agrees with `2025-06-30`.
  public func agrees(with other: CalendarDate) -> Bool {
    firstDayNumber <= other.lastDayNumber && other.firstDayNumber <= lastDayNumber
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension CalendarDate: Comparable {
  /// By the first day each can mean; the more precise date later when those tie.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.firstDayNumber, -left.lastDayNumber) < (right.firstDayNumber, -right.lastDayNumber)
  }
}
