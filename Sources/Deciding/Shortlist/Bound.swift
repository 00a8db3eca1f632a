import Facts

/// How a value must stand to a bound.
public enum Relation: String, CaseIterable, Hashable, Sendable {
  case atLeast = ">="
  case atMost = "<="
  case above = ">"
  case below = "<"
  case equal = "="
}

/// A side of a number or a day that a value must lie on.
public struct Bound<Value: Comparable & Hashable & Sendable>: Hashable, Sendable {
  public let relation: Relation
  public let value: Value

  public init(_ relation: Relation, _ value: Value) {
    self.relation = relation
    self.value = value
  }

  public func holds(for other: Value) -> Bool {
    switch relation {
    case .atLeast: other >= value
    case .atMost: other <= value
    case .above: other > value
    case .below: other < value
    case .equal: other == value
    }
  }
}

extension Bound where Value == CalendarDate {
  /// A date of a month or a year alone can lie on both sides: then nobody knows.
  public func outcome(for date: CalendarDate) -> Requirement.Outcome {
    let (first, last) = (date.firstDayNumber, date.lastDayNumber)
    let days: (passes: Bool, fails: Bool) =
      switch relation {
      case .atLeast: (first >= value.firstDayNumber, last < value.firstDayNumber)
      case .atMost: (last <= value.lastDayNumber, first > value.lastDayNumber)
      case .above: (first > value.lastDayNumber, last <= value.lastDayNumber)
      case .below: (last < value.firstDayNumber, first >= value.firstDayNumber)
      case .equal:
        (
          first >= value.firstDayNumber && last <= value.lastDayNumber,
          last < value.firstDayNumber || first > value.lastDayNumber
        )
      }
    return days.passes ? .passes : days.fails ? .fails : .unknown
  }
}
