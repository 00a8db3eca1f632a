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

  /// Whether a model released on that day may be meant: within a month of the month told, or ten days of the day.
  func fits(_ released: CalendarDate) -> Bool {
    guard let month = released.month else { return false }
    if first + 2000 == released.year, abs(second - month) <= 1 { return true }
    guard let told = try? CalendarDate(year: released.year, month: first, day: second) else { return false }
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

  /// The key of the name with its full date written in four digits: `v4-flash-20260731` asks for `v4-flash-0731`.
  var shortDatedKey: String? {
    guard datedSlug != slug else { return nil }
    let digits = datedSlug.dropFirst(slug.count).filter(\.isNumber)
    return digits.count == 8 ? ParsedID.key(slug + "-" + digits.suffix(4)) : nil
  }

  /// The name without the `-fast` that some providers take behind every name.
  func withoutFast(provider: ProviderID?, policy: IdentityPolicy) -> String? {
    guard let provider, policy.fastProviders.contains(provider), slug.hasSuffix("-fast") else { return nil }
    return String(slug.dropLast(5))
  }
}
