/// An instant, in whole seconds from 1970-01-01T00:00:00 UTC.
///
/// Prices change on days and hours, so fractions of a second are dropped when read.
public struct Timestamp: Hashable, Comparable, Sendable {
  public let seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  /// Midnight UTC at the start of the first day that the date can mean.
  public init(startOf date: CalendarDate) { seconds = Int64(date.firstDayNumber) * 86_400 }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  /// Days from 1970-01-01 in UTC.
  public var dayNumber: Int { Int(seconds.floorDivided(by: 86_400)) }

  /// The day in UTC.
  /// - Throws: `FactError.notADate` outside the years 1900–2199.
  public func day() throws(FactError) -> CalendarDate { try CalendarDate(dayNumber: dayNumber) }

  /// `2026-06-15T08:30:00Z`; the number of seconds where no calendar date is known.
  public var text: String {
    guard let date = try? day() else { return "\(seconds)" }
    let rest = Int(seconds - Int64(dayNumber) * 86_400)
    return "\(date.text)T\((rest / 3600).twoDigits):\((rest / 60 % 60).twoDigits):\((rest % 60).twoDigits)Z"
  }

  /// Reads ISO 8601: `2026-06-15T08:30:00Z`, `2026-06-15 08:30:00.123+02:00`, `2026-06-15T08:30Z`, or a day alone, which is
  /// its midnight. Without a zone the time is UTC.
  ///
  /// - Throws: `FactError.notATime` for anything else.
  public init(parsing text: some StringProtocol) throws(FactError) {
    let written = String(text)
    let bytes = Array(written.utf8)
    guard bytes.count >= 10, bytes.count <= 40, let date = try? CalendarDate(parsing: written.prefix(10)),
      date.day != nil
    else { throw .notATime(written) }
    var seconds = Int64(date.firstDayNumber) * 86_400
    guard bytes.count > 10 else {
      self.init(seconds: seconds)
      return
    }
    guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "t")
    else { throw .notATime(written) }
    var place = 11
    func two() -> Int? {
      guard place + 1 < bytes.count else { return nil }
      let (tens, ones) = (Int(bytes[place]) - 48, Int(bytes[place + 1]) - 48)
      guard (0...9).contains(tens), (0...9).contains(ones) else { return nil }
      place += 2
      return tens * 10 + ones
    }
    func skip(_ byte: UInt8) -> Bool {
      guard place < bytes.count, bytes[place] == byte else { return false }
      place += 1
      return true
    }
    guard let hour = two(), hour < 24, skip(UInt8(ascii: ":")), let minute = two(), minute < 60 else {
      throw .notATime(written)
    }
    seconds += Int64(hour * 3600 + minute * 60)
    if skip(UInt8(ascii: ":")) {
      guard let second = two(), second <= 60 else { throw .notATime(written) }
      seconds += Int64(min(second, 59))
      if skip(UInt8(ascii: ".")) {
        let start = place
        while place < bytes.count, bytes[place] >= 48, bytes[place] <= 57 { place += 1 }
        guard place > start else { throw .notATime(written) }
      }
    }
    if place < bytes.count {
      if bytes[place] == UInt8(ascii: "Z") || bytes[place] == UInt8(ascii: "z") {
        place += 1
      } else if bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") {
        let sign: Int64 = bytes[place] == UInt8(ascii: "-") ? 1 : -1
        place += 1
        guard let hours = two(), hours <= 14 else { throw .notATime(written) }
        var minutes = 0
        if place < bytes.count {
          _ = skip(UInt8(ascii: ":"))
          guard let own = two(), own < 60 else { throw .notATime(written) }
          minutes = own
        }
        seconds += sign * Int64(hours * 3600 + minutes * 60)
      }
    }
    guard place == bytes.count else { throw .notATime(written) }
    self.init(seconds: seconds)
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity, so that days before 1970 count backwards.
  func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
