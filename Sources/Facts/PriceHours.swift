/// The hours of the week at which a price holds, by a clock with a fixed distance from UTC.
///
/// Written as `16:30-00:30`, `mon-fri 09:00-12:00,14:00-18:00 +08:00`, `mon-fri 01:00-04:00 except 2026-10-01,2026-10-02`;
/// a leading `not` means all other hours.
public struct PriceHours: Hashable, Sendable {
  /// Minutes of a day; an end at or before its start is on the next day.
  public struct Span: Hashable, Sendable {
    public let start: Int
    public let end: Int

    public init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }
  }

  public let spans: [Span]
  /// Days of the week on which the spans start: 0 is Monday.
  public let weekdays: Set<Int>
  /// Days on which no span starts, such as public holidays.
  public let except: [CalendarDate]
  /// Minutes by which the clock is ahead of UTC.
  public let offset: Int
  /// Whether the price holds at all hours but these.
  public let isComplement: Bool

  public static let everyDay: Set<Int> = [0, 1, 2, 3, 4, 5, 6]

  public init(
    _ spans: [Span], weekdays: Set<Int> = everyDay, except: [CalendarDate] = [], offset: Int = 0,
    isComplement: Bool = false
  ) {
    self.spans = spans
    self.weekdays = weekdays
    self.except = except
    self.offset = offset
    self.isComplement = isComplement
  }

  /// All hours that are not these.
  public var complement: PriceHours {
    PriceHours(spans, weekdays: weekdays, except: except, offset: offset, isComplement: !isComplement)
  }

  public func contains(_ time: Timestamp) -> Bool { isInSpan(time) != isComplement }

  private func isInSpan(_ time: Timestamp) -> Bool {
    let local = time.seconds + Int64(offset) * 60
    let day = Int(local.floorDivided(by: 86_400))
    let minute = Int((local - Int64(day) * 86_400) / 60)
    return spans.contains { span in
      if span.start < span.end {
        return span.start <= minute && minute < span.end && starts(on: day)
      }
      return (minute >= span.start && starts(on: day)) || (minute < span.end && starts(on: day - 1))
    }
  }

  private func starts(on day: Int) -> Bool {
    // 1970-01-01 was a Thursday: 3 days after a Monday.
    let weekday = ((day + 3) % 7 + 7) % 7
    guard weekdays.contains(weekday) else { return false }
    return except.isEmpty || !except.contains { $0.firstDayNumber == day }
  }

  /// Whether some minute of a week without holidays belongs to both.
  public func overlaps(_ other: PriceHours) -> Bool {
    // 1970-01-05 was a Monday.
    let monday: Int64 = 4 * 86_400
    return (0..<10_080).contains { minute in
      let time = Timestamp(seconds: monday + Int64(minute) * 60)
      return contains(time) && other.contains(time)
    }
  }

  // MARK: Text

  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// The canonical text, which ``init(parsing:)`` reads back.
  public var text: String {
    var words: [String] = isComplement ? ["not"] : []
    if weekdays != Self.everyDay { words.append(Self.weekdayText(weekdays)) }
    words.append(spans.map { Self.clock($0.start) + "-" + Self.clock($0.end) }.joined(separator: ","))
    if offset != 0 { words.append((offset < 0 ? "-" : "+") + Self.clock(abs(offset))) }
    if !except.isEmpty { words.append("except " + except.map(\.text).joined(separator: ",")) }
    return words.joined(separator: " ")
  }

  /// For people: `from 16:30 to 00:30 UTC`.
  public var title: String {
    var title = isComplement ? "outside " : "from "
    title += spans.map { "\(Self.clock($0.start)) to \(Self.clock($0.end))" }.joined(separator: " and ")
    title += offset == 0 ? " UTC" : " UTC" + (offset < 0 ? "-" : "+") + Self.clock(abs(offset))
    if weekdays != Self.everyDay { title += " on " + Self.weekdayText(weekdays) }
    if !except.isEmpty { title += " without holidays" }
    return title
  }

  private static func clock(_ minute: Int) -> String {
    (minute / 60).twoDigits + ":" + (minute % 60).twoDigits
  }

  private static func weekdayText(_ days: Set<Int>) -> String {
    let sorted = days.sorted()
    if sorted.count > 2, let first = sorted.first, let last = sorted.last, last - first == sorted.count - 1 {
      return names[first] + "-" + names[last]
    }
    return sorted.map { names[$0] }.joined(separator: ",")
  }

  /// - Throws: `FactError.notHours` for anything but the form above.
  public init(parsing text: some StringProtocol) throws(FactError) {
    let written = String(text)
    var words = written.lowercased().split(separator: " ").map(String.init)
    var isComplement = false
    var weekdays = Self.everyDay
    var offset = 0
    var except: [CalendarDate] = []
    if words.first == "not" {
      isComplement = true
      words.removeFirst()
    }
    if let place = words.firstIndex(of: "except") {
      guard place == words.count - 2 else { throw .notHours(written) }
      for day in words[place + 1].split(separator: ",") {
        guard let date = try? CalendarDate(parsing: day), date.day != nil, except.count < 400 else {
          throw .notHours(written)
        }
        except.append(date)
      }
      words.removeLast(2)
    }
    if words.count > 1, let last = words.last, last.hasPrefix("+") || last.hasPrefix("-") {
      guard let minutes = Self.minutes(last.dropFirst()), minutes <= 14 * 60 else { throw .notHours(written) }
      offset = last.hasPrefix("-") ? -minutes : minutes
      words.removeLast()
    }
    if words.count == 2 {
      guard let days = Self.weekdays(words[0]) else { throw .notHours(written) }
      weekdays = days
      words.removeFirst()
    }
    guard words.count == 1 else { throw .notHours(written) }
    var spans: [Span] = []
    for part in words[0].split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-")
      guard ends.count == 2, let start = Self.minutes(ends[0]), let end = Self.minutes(ends[1]),
        start < 1440, start != end, spans.count < 24
      else { throw .notHours(written) }
      spans.append(Span(start: start, end: end))
    }
    self.init(spans, weekdays: weekdays, except: except, offset: offset, isComplement: isComplement)
  }

  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hours = Int(parts[0]),
      let minutes = Int(parts[1]), (0..<60).contains(minutes), hours >= 0, hours * 60 + minutes <= 1440
    else { return nil }
    return hours * 60 + minutes
  }

  private static func weekdays(_ text: String) -> Set<Int>? {
    var days: Set<Int> = []
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").map(String.init)
      guard let first = ends.first.flatMap({ names.firstIndex(of: $0) }),
        let last = ends.last.flatMap({ names.firstIndex(of: $0) }), ends.count <= 2, first <= last
      else { return nil }
      days.formUnion(first...last)
    }
    return days.isEmpty ? nil : days
  }
}
