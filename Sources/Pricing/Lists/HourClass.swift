import Facts

/// Minutes of a week at which the same lines of a price list hold.
struct HourClass: Hashable, Sendable {
  /// For each of the list's hours, whether the minutes are among them.
  let holding: [Bool]
  let minutes: Int64

  /// The classes of a list's hours, by their first minute from Monday 00:00 UTC; one for a list without hours.
  /// - Parameter window: the minutes that count; nil for the whole week.
  static func classes(of hours: [PriceHours], within window: PriceHours?) -> [HourClass] {
    guard !hours.isEmpty else { return [HourClass(holding: [], minutes: Int64(PriceHours.minutesOfAWeek))] }
    var cuts: Set<Int> = [0]
    for own in hours + [window].compactMap(\.self) { cuts.formUnion(own.cutsOfWeek) }
    let sorted = cuts.sorted()
    var order: [[Bool]] = []
    var minutes: [[Bool]: Int64] = [:]
    for (place, cut) in sorted.enumerated() {
      if let window, !window.contains(minuteOfWeek: cut) { continue }
      let end = place + 1 < sorted.count ? sorted[place + 1] : PriceHours.minutesOfAWeek
      let holding = hours.map { $0.contains(minuteOfWeek: cut) }
      if minutes[holding] == nil { order.append(holding) }
      minutes[holding, default: 0] += Int64(end - cut)
    }
    return order.map { HourClass(holding: $0, minutes: minutes[$0, default: 0]) }
  }

  /// The hours of the list that hold, in words; nil where none does.
  func title(_ hours: [PriceHours]) -> String? {
    let own = zip(hours, holding).filter(\.1).map(\.0.title)
    return own.isEmpty ? nil : own.joined(separator: " and ")
  }
}
