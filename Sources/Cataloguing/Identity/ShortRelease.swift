import Facts

/// A release that a name tells in four digits: `-0127` and `-04-28` are month and day, `-2410` year and month.
struct ShortRelease {
  private let first: Int
  private let second: Int

  fileprivate init?(_ first: Substring, _ second: Substring) {
    guard first.count == 2, second.count == 2, let first = Int(first), let second = Int(second) else {
      return nil
    }
    self.first = first
    self.second = second
  }

  /// Whether month and day are told, and they are that day's.
  func isDay(_ day: CalendarDate) -> Bool { day.month == first && day.day == second }

  /// Whether a model released on that day may be meant: within a month of the month told, or ten days of the day.
  func fits(_ released: CalendarDate) -> Bool {
    guard let month = released.month else { return false }
    if first + 2000 == released.year, abs(second - month) <= 1 { return true }
    guard let told = try? CalendarDate(year: released.year, month: first, day: second) else { return false }
    // A source that gives no day can mean any of the month.
    if released.day == nil { return month == first }
    return abs(told.firstDayNumber - released.firstDayNumber) <= 10
  }
}

extension ParsedID {
  /// The name before a release in four digits, and that release; nil when the name ends otherwise.
  var shortRelease: (name: String, release: ShortRelease)? {
    let tokens = slug.split(separator: "-")
    if tokens.count > 2, let release = ShortRelease(tokens[tokens.count - 2], tokens[tokens.count - 1]) {
      return (tokens.dropLast(2).joined(separator: "-"), release)
    }
    guard tokens.count > 1, let last = tokens.last, last.count == 4,
      let release = ShortRelease(last.prefix(2), last.suffix(2))
    else { return nil }
    return (tokens.dropLast().joined(separator: "-"), release)
  }

  /// The keys of the name with its full date in four digits: `v4-flash-20260731` asks for `v4-flash-0731`, then for
  /// `v4-flash-2607`.
  var shortDatedKeys: [String] {
    guard datedSlug != slug else { return [] }
    let digits = datedSlug.dropFirst(slug.count).filter(\.isNumber)
    guard digits.count == 8 else { return [] }
    return [
      ParsedID.key(slug + "-" + digits.suffix(4)), ParsedID.key(slug + "-" + digits.dropFirst(2).prefix(4)),
    ]
  }
}
