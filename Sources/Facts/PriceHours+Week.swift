/// Hours in a week that repeats: without the holidays on which a price makes an exception.
extension PriceHours {
  public static let minutesOfAWeek = 10_080
  private static let minutesOfADay = 1440

  /// Whether a minute of the week is one of the hours; 0 is Monday 00:00 UTC. Holidays are not part of a typical week.
  public func contains(minuteOfWeek minute: Int) -> Bool {
    let local = Self.wrapped(minute + offset)
    let (day, minute) = (local / Self.minutesOfADay, local % Self.minutesOfADay)
    let isInSpan = spans.contains { span in
      if span.start < span.end {
        return span.start <= minute && minute < span.end && weekdays.contains(day)
      }
      return (minute >= span.start && weekdays.contains(day))
        || (minute < span.end && weekdays.contains((day + 6) % 7))
    }
    return isInSpan != isComplement
  }

  /// The minutes of the week at which the hours can begin or end.
  public var cutsOfWeek: Set<Int> {
    var cuts: Set<Int> = []
    for minute in spans.flatMap({ [$0.start, $0.end] }) {
      for day in 0..<7 { cuts.insert(Self.wrapped(day * Self.minutesOfADay + minute - offset)) }
    }
    return cuts
  }

  private static func wrapped(_ minute: Int) -> Int {
    ((minute % minutesOfAWeek) + minutesOfAWeek) % minutesOfAWeek
  }
}
