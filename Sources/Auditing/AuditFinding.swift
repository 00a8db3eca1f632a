import Facts

/// What is to be known of a mentioned id.
public struct AuditFinding: Sendable {
  public enum Rule: String, CaseIterable, Sendable {
    case retired
    case retiring
    case gone
    case unconfirmed
    case aliasMoved = "alias-moved"
    case priceChanged = "price-changed"
    case cheaperRoute = "cheaper-route"
    case unknown

    /// One sentence that says when the rule holds.
    public var definition: String {
      switch self {
      case .retired: "A source states that the route under this id is retired."
      case .retiring: "A source states a day on which the route under this id retires."
      case .gone:
        "The source that listed the route under this id no longer does, and none says when it ended."
      case .unconfirmed:
        "No source says whether the route under this id is still served: those that know it keep what has ended."
      case .aliasMoved: "The id means another model than it did on the day of the comparison."
      case .priceChanged: "The route's input or output price changed since the day of the comparison."
      case .cheaperRoute: "Another route to the same model costs less and states no smaller limit."
      case .unknown: "The id stands where a model's id belongs, and the catalogue knows none of that name."
      }
    }
  }

  /// Gravest last.
  public enum Level: String, CaseIterable, Comparable, Sendable {
    case note, warning, error

    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  public let rule: Rule
  public let level: Level
  public let message: String
  /// Who states it; empty for an unknown id.
  public let citations: [Citation]
  /// The last day on which the id is served, where that is what the finding is about.
  public let end: CalendarDate?
  /// The id that a source names as the one to move to, as it writes it.
  public let successor: String?
  /// The model to which the successor leads, or, where that has ended too, the first after it that has not.
  public let moveTo: ModelID?

  public init(
    rule: Rule, level: Level, message: String, citations: [Citation], end: CalendarDate? = nil,
    successor: String? = nil, moveTo: ModelID? = nil
  ) {
    self.rule = rule
    self.level = level
    self.message = message
    self.citations = citations
    self.end = end
    self.successor = successor
    self.moveTo = moveTo
  }

  /// The same as a note.
  var asNote: AuditFinding {
    AuditFinding(
      rule: rule, level: .note, message: message, citations: citations, end: end, successor: successor,
      moveTo: moveTo)
  }
}
