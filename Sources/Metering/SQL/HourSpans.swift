import Facts

/// A stretch of time, or of each week in a stretch, in which the same prices for some hours hold.
struct HourSpan {
  let conditions: RateTable.Conditions
  /// An instant in it.
  let time: Timestamp
}

/// Cuts a period where prices for some hours of the week begin or end.
///
/// Weeks repeat, so that their cuts are minutes of a week; around holidays, on which no such hours start, the cuts are
/// instants.
enum HourSpans {
  private static let day: Int64 = 86_400
  private static let week: Int64 = 604_800
  /// 1970-01-01 was a Thursday, 3 days after a Monday.
  private static let monday: Int64 = 3 * 86_400

  static func all(of hours: [PriceHours], from: Int64, until: Int64) -> [HourSpan] {
    guard !hours.isEmpty else {
      let time = from > RateTable.earliest ? from : (until < RateTable.latest ? until - 1 : 0)
      return [HourSpan(conditions: conditions(from, until), time: Timestamp(seconds: time))]
    }
    var result: [HourSpan] = []
    var start = from
    for window in holidays(of: hours, from: from, until: until) {
      if start < window.lowerBound { result += weekly(hours, from: start, until: window.lowerBound) }
      result += instants(hours, from: window.lowerBound, until: window.upperBound)
      start = window.upperBound
    }
    if start < until { result += weekly(hours, from: start, until: until) }
    return result
  }

  private static func conditions(
    _ from: Int64, _ until: Int64, minutes: Range<Int> = 0..<RateTable.minutesOfAWeek
  ) -> RateTable.Conditions {
    var result = RateTable.Conditions()
    (result.from, result.until) = (from, until)
    (result.minuteFrom, result.minuteUntil) = (minutes.lowerBound, minutes.upperBound)
    return result
  }

  private static func state(_ hours: [PriceHours], at time: Int64) -> [Bool] {
    hours.map { $0.contains(Timestamp(seconds: time)) }
  }

  /// The stretches in which a holiday changes the week: its day, and the next, into which a span of the day before or of
  /// the holiday itself may reach.
  private static func holidays(of hours: [PriceHours], from: Int64, until: Int64) -> [Range<Int64>] {
    var windows: [Range<Int64>] = []
    for hour in hours {
      for date in hour.except {
        let start = Timestamp(startOf: date).seconds - Int64(hour.offset) * 60
        let (low, high) = (max(start, from), min(start + 2 * day, until))
        if low < high { windows.append(low..<high) }
      }
    }
    windows.sort { $0.lowerBound < $1.lowerBound }
    var merged: [Range<Int64>] = []
    for window in windows {
      if let last = merged.last, window.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
      } else {
        merged.append(window)
      }
    }
    return merged
  }

  private static func instants(_ hours: [PriceHours], from: Int64, until: Int64) -> [HourSpan] {
    var cuts: Set<Int64> = [from]
    for hour in hours {
      let offset = Int64(hour.offset) * 60
      var midnight = (from + offset) / day * day - offset - day
      while midnight < until {
        for minute in [0] + hour.spans.flatMap({ [$0.start, $0.end] }) {
          let cut = midnight + Int64(minute) * 60
          if cut > from, cut < until { cuts.insert(cut) }
        }
        midnight += day
      }
    }
    let sorted = cuts.sorted()
    var result: [HourSpan] = []
    var start = from
    for (place, cut) in sorted.enumerated() {
      let next = place + 1 < sorted.count ? sorted[place + 1] : until
      if next < until, state(hours, at: next) == state(hours, at: cut) { continue }
      result.append(HourSpan(conditions: conditions(start, next), time: Timestamp(seconds: start)))
      start = next
    }
    return result
  }

  private static func weekly(_ hours: [PriceHours], from: Int64, until: Int64) -> [HourSpan] {
    var cuts: Set<Int> = [0]
    for hour in hours {
      for span in hour.spans {
        for weekday in 0..<7 {
          for minute in [span.start, span.end] {
            let place = (weekday * 1440 + minute - hour.offset) % RateTable.minutesOfAWeek
            cuts.insert(place < 0 ? place + RateTable.minutesOfAWeek : place)
          }
        }
      }
    }
    let sorted = cuts.sorted()
    var result: [HourSpan] = []
    var states: [[Bool]] = []
    for (place, cut) in sorted.enumerated() {
      let minutes = cut..<(place + 1 < sorted.count ? sorted[place + 1] : RateTable.minutesOfAWeek)
      guard let time = instant(in: minutes, from: from, until: until) else { continue }
      let own = state(hours, at: time)
      if let last = result.last, states.last == own, last.conditions.minuteUntil == minutes.lowerBound {
        let whole = last.conditions.minuteFrom..<minutes.upperBound
        result[result.count - 1] = HourSpan(
          conditions: conditions(from, until, minutes: whole), time: last.time)
      } else {
        result.append(
          HourSpan(conditions: conditions(from, until, minutes: minutes), time: Timestamp(seconds: time)))
        states.append(own)
      }
    }
    return result
  }

  /// The first instant from the start of a stretch that falls in those minutes of a week; nil when it ends before.
  private static func instant(in minutes: Range<Int>, from: Int64, until: Int64) -> Int64? {
    let start = from > RateTable.earliest ? from : (until < RateTable.latest ? until - week : 0)
    let inWeek = ((start + monday) % week + week) % week
    if minutes.contains(Int(inWeek / 60)) { return start }
    let wait = (Int64(minutes.lowerBound) * 60 - inWeek + week) % week
    return start + wait < until ? start + wait : nil
  }
}
