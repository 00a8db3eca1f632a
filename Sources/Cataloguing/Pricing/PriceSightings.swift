import Facts

/// How a price list is known to hold on a day.
public enum EvidenceGrade: String, CaseIterable, Hashable, Sendable {
  /// A source states that it holds on that day.
  case stated
  /// It was seen on that day or before, and again later.
  case seenBeforeAndAfter = "seen_before_and_after"
  /// It was seen on that day or before, and not since.
  case seenBefore = "seen_before"
  /// It was seen only on later days.
  case seenLater = "seen_later"
  /// Nothing prices the day.
  case none
}

/// When the base prices of a list were seen.
public struct PriceSightings: Hashable, Sendable {
  /// Whether a source states days between which they hold, so that they hold on every day for which the list stands.
  public let isStated: Bool
  public let first: CalendarDate?
  public let last: CalendarDate?

  public static let none = PriceSightings(isStated: false, first: nil, last: nil)

  public init(isStated: Bool, first: CalendarDate?, last: CalendarDate?) {
    self.isStated = isStated
    self.first = first
    self.last = last
  }

  /// - Parameter day: one for which the list stands.
  public func grade(on day: CalendarDate) -> EvidenceGrade {
    if isStated { return .stated }
    guard let first, let last else { return .none }
    if day < first { return .seenLater }
    return last < day ? .seenBefore : .seenBeforeAndAfter
  }
}
