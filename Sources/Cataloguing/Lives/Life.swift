import Facts

/// Whether a route, or a model, is served on a day: the one answer that everything asks.
public struct Life: Sendable {
  public enum State: Hashable, Sendable {
    /// The newest list of a source that drops what is no longer sold holds it, and no end is stated.
    case listed
    /// It is served until a day that is stated.
    case ends(CalendarDate)
    /// It was served until a day that is past.
    case ended(CalendarDate)
    /// The newest list of its source no longer holds it, and no end is stated.
    case gone(lastSeen: CalendarDate)
    /// No source says whether it is still served: those that name it keep what ended, or know only the name, or the end that
    /// one states is past and contradicted.
    case unknown(lastSeen: CalendarDate?)

    /// `listed`, `ends`, `ended`, `gone`, `unknown`.
    public var code: String {
      switch self {
      case .listed: "listed"
      case .ends: "ends"
      case .ended: "ended"
      case .gone: "gone"
      case .unknown: "unknown"
      }
    }
  }

  /// Whose end it is.
  public enum Scope: String, Hashable, Sendable {
    /// The route's own, stated of its id at its provider.
    case route
    /// The lab's: it bounds the lab's routes that state no end of their own.
    case lab
    /// The closed model's: where nobody who states a day serves it longer, nobody else does.
    case model
  }

  public let state: State
  /// The last day it is served, with who says so and who says otherwise. Of an unknown state it is what a source states and
  /// nobody confirms.
  public let end: Knowledge<CalendarDate>
  /// nil where no end is known.
  public let scope: Scope?
  /// The id that a source names as the one to move to.
  public let successor: Knowledge<String>
  public let asOf: CalendarDate

  /// How many days before its end a model or route is said to be ending wherever it is named.
  public static let notice = 90

  /// - Parameters:
  ///   - isListed: whether the newest list of a source that drops what is no longer sold holds it.
  ///   - wasListed: whether such a source ever held it.
  ///   - isDoubted: whether the end is past and contradicted by who knows better.
  init(
    isListed: Bool, wasListed: Bool, lastSeen: CalendarDate?, end: Knowledge<CalendarDate>, isDoubted: Bool,
    scope: Scope?, successor: Knowledge<String>, asOf: CalendarDate
  ) {
    self.end = end
    self.scope = end.value == nil ? nil : scope
    self.successor = successor
    self.asOf = asOf
    state =
      if isDoubted {
        .unknown(lastSeen: lastSeen)
      } else if let day = end.value {
        day.lastDayNumber < asOf.firstDayNumber ? .ended(day) : .ends(day)
      } else if isListed {
        .listed
      } else if wasListed, let lastSeen {
        .gone(lastSeen: lastSeen)
      } else {
        .unknown(lastSeen: lastSeen)
      }
  }

  public var hasEnded: Bool {
    if case .ended = state { return true }
    return false
  }

  /// Whether it ends within so many days.
  public func isEnding(within days: Int = notice) -> Bool {
    if case .ends(let day) = state { return day.firstDayNumber - asOf.firstDayNumber <= days }
    return false
  }

  /// The day of an end that is past or near, which every page says first.
  public var notableEnd: CalendarDate? {
    switch state {
    case .ended(let day): day
    case .ends(let day): isEnding() ? day : nil
    default: nil
    }
  }
}
