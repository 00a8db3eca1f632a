import Facts
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The Date header of the second: https://www.rfc-editor.org/rfc/rfc9110#name-date
final class DateHeader: Sendable {
  private let kept: Mutex<(second: Int, line: [UInt8])> = Mutex((-1, []))

  func line() -> [UInt8] {
    var now = time(nil)
    return kept.withLock { kept in
      if kept.second == now { return kept.line }
      var parts = tm()
      gmtime_r(&now, &parts)
      let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
      let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
      let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(\.twoDigits).joined(separator: ":")
      let text =
        "date: \(days[Int(parts.tm_wday)]), \(parts.tm_mday.twoDigits) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) \(clock) GMT\r\n"
      kept = (now, Array(text.utf8))
      return kept.line
    }
  }
}
