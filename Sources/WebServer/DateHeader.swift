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
      func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let text =
        "date: \(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT\r\n"
      kept = (now, Array(text.utf8))
      return kept.line
    }
  }
}
