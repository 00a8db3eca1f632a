/// The normalised value of a claim, in the unit its field fixes.
public enum FactValue: Hashable, Sendable {
  case flag(Bool)
  case text(String)
  case tokens(TokenCount)
  case parameters(ParameterCount)
  case date(CalendarDate)
  /// A number of anything else, such as requests a minute.
  case count(Int64)
  /// US dollars per the unit's pieces (`BillableUnit.piecesPerPrice`).
  case money(Money)
  /// The source says that there is none.
  case none

  /// Canonical text, for JSON, errors and `explain`.
  public var text: String {
    switch self {
    case .flag(let flag): flag ? "yes" : "no"
    case .text(let text): text
    case .tokens(let count): String(count.tokens)
    case .parameters(let count): String(count.parameters)
    case .date(let date): date.text
    case .count(let count): String(count)
    case .money(let money): money.text
    case .none: "none"
    }
  }

  /// Whether two claims say the same thing: equal, or dates that can mean the same day.
  public func agrees(with other: FactValue) -> Bool {
    if case .date(let left) = self, case .date(let right) = other { return left.agrees(with: right) }
    if case .text(let left) = self, case .text(let right) = other {
      return left == right || left.lowercased() == right.lowercased()
    }
    return self == other
  }
}
