import Facts
import TextFormats

/// An instant as logs write it: ISO 8601 with or without a zone, or a number of seconds, milliseconds, microseconds or
/// nanoseconds from 1970-01-01 UTC.
struct LogTime {
  let time: Timestamp
  /// How the log told the zone.
  let zone: Zone

  enum Zone: Sendable {
    case utc
    /// A distance from UTC, or a count from 1970.
    case other
    /// None was told; the reader's own holds.
    case untold
  }

  /// - Parameter offset: minutes by which times without a zone are ahead of UTC.
  /// - Throws: a fault of reason `badTime`.
  init(_ value: JSONValue, offset: Int) throws(RowFault) {
    guard let text = value.numberText?.trimmed else {
      throw RowFault(.badTime, "the time is \(value.asWritten.bounded), no time")
    }
    if let number = try? ExactDecimal(parsing: text) {
      guard let seconds = Self.seconds(number) else {
        throw RowFault(.badTime, "the time \(text.bounded) is no count of seconds from 1970")
      }
      (time, zone) = (Timestamp(seconds: seconds), .other)
      return
    }
    var written = text
    for ending in [" UTC", " GMT"] where written.hasSuffix(ending) {
      written = String(written.dropLast(4)) + "Z"
    }
    // PostgreSQL and others put a space before the offset.
    if let space = written.lastIndex(of: " "),
      written[space...].dropFirst().first.map({ "+-".contains($0) }) == true
    {
      written.remove(at: space)
    }
    guard let parsed = try? Timestamp(parsing: written) else {
      throw RowFault(.badTime, "\(FactError.notATime(text))")
    }
    let tail = written.dropFirst(11)
    if tail.contains("+") || tail.contains("-") {
      (time, zone) = (parsed, .other)
    } else if tail.hasSuffix("Z") || tail.hasSuffix("z") || tail.isEmpty {
      (time, zone) = (parsed, .utc)
    } else {
      (time, zone) = (Timestamp(seconds: parsed.seconds - Int64(offset) * 60), .untold)
    }
  }

  /// The unit is told by the size: seconds stay below 10¹¹ until the year 5138, milliseconds below 10¹⁴, microseconds below
  /// 10¹⁷.
  private static func seconds(_ number: ExactDecimal) -> Int64? {
    var size = number.mantissa.magnitude
    guard let places = Int(exactly: number.exponent), abs(places) < 30 else { return nil }
    for _ in 0..<max(0, places) {
      let (product, overflow) = size.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      size = product
    }
    for _ in 0..<max(0, -places) { size /= 10 }
    let divisor: UInt128 =
      size < 100_000_000_000
      ? 1 : size < 100_000_000_000_000 ? 1000 : size < 100_000_000_000_000_000 ? 1_000_000 : 1_000_000_000
    guard !number.isNegative, let seconds = Int64(exactly: size / divisor), seconds < 10_000_000_000 else {
      return nil
    }
    return seconds
  }
}
