import Facts
import TextFormats

/// Reads the times of rows. Nearly all stand in one form, on few days, so days are remembered. Other forms are for `LogTime`.
struct TimeReader: ~Copyable {
  private struct Day {
    var first: UInt64 = 0
    var last: UInt16 = 0
    var start: Int64 = 0
  }

  /// Remembered days, each in the place that its digits give.
  private let days: UnsafeMutablePointer<Day>
  private static let places = 256

  init() {
    days = .allocate(capacity: Self.places)
    days.initialize(repeating: Day(), count: Self.places)
  }

  deinit { days.deallocate() }

  /// Reads `2026-06-15T08:30:00Z` from its first byte, up to a closing byte, and gives its place. Fractions of a second are
  /// dropped; `+00:00` may stand for the Z, or nothing.
  @inline(__always)
  func text(
    _ start: UnsafePointer<UInt8>, until close: UInt8, into row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    let first = ByteWords.load(start)
    let last = UInt16(littleEndian: UnsafeRawPointer(start + 8).loadUnaligned(as: UInt16.self))
    let digits = (first &>> 32) ^ (UInt64(last) &<< 32)
    let place = Int(truncatingIfNeeded: (digits &* 0x9E37_79B9_7F4A_7C15) &>> 56)
    var day = days[place]
    if day.first != first || day.last != last {
      guard let known = remember(start, at: place) else { return nil }
      day = known
    }
    guard start[10] == UInt8(ascii: "T") || start[10] == UInt8(ascii: " ") else { return nil }
    // Digits become 0 to 9, colons 0; what is more has its high bit set after the sum.
    let clock = ByteWords.load(start + 11) ^ 0x3030_3A30_303A_3030
    guard (clock | (clock &+ 0x7676_7F76_767F_7676)) & ByteWords.highs == 0 else { return nil }
    let hour = (clock & 0xFF) &* 10 &+ ((clock &>> 8) & 0xFF)
    let minute = ((clock &>> 24) & 0xFF) &* 10 &+ ((clock &>> 32) & 0xFF)
    let second = ((clock &>> 48) & 0xFF) &* 10 &+ (clock &>> 56)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    row.seconds = day.start &+ Int64(truncatingIfNeeded: (hour &* 60 &+ minute) &* 60 &+ second)
    var end = start + 19
    if end.pointee == UInt8(ascii: ".") {
      let fraction = JSONScan.digitsEnd(end + 1)
      guard fraction > end + 1, fraction < end + 11 else { return nil }
      end = fraction
    }
    if end.pointee == UInt8(ascii: "Z") {
      end += 1
    } else if ByteWords.low(ByteWords.load(end), 6) == 0x3030_3A30_302B {  // +00:00
      end += 6
    } else {
      row.isZoneUntold = true
    }
    return end.pointee == close ? end : nil
  }

  @inline(never)
  private func remember(_ start: UnsafePointer<UInt8>, at place: Int) -> Day? {
    let text = TextSpan(start: start, count: 10).string
    guard text.utf8.count == 10, let date = try? CalendarDate(parsing: text), date.day != nil else {
      return nil
    }
    let day = Day(
      first: ByteWords.load(start),
      last: UInt16(littleEndian: UnsafeRawPointer(start + 8).loadUnaligned(as: UInt16.self)),
      start: Timestamp(startOf: date).seconds)
    days[place] = day
    return day
  }

  /// Reads any other form that `LogTime` knows; false where it is no time.
  @inline(never)
  func other(_ value: JSONValue, into row: inout ScannedRow) -> Bool {
    guard let read = try? LogTime(value, offset: 0) else { return false }
    row.seconds = read.time.seconds
    row.isZoneUntold = read.zone == .untold
    return true
  }
}
