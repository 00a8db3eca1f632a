import Facts

/// One shown value with the evidence behind it. Prose, tables, questions and JSON quote the same cell, so they
/// cannot disagree.
public struct Cell: Hashable, Sendable {
  public enum State: String, Hashable, Sendable {
    /// Sources give the value.
    case known
    /// A source says that there is none; a capability's No.
    case absent
    /// No source says.
    case unknown
    /// Computed from known values by a stated rule; its citations are theirs.
    case derived
    /// A count of the catalogue's own records, or a word that states no fact.
    case plain
  }

  /// What people read: `131k`, `$0.075`, `Yes`, `unknown`.
  public let display: String
  /// The exact value in canonical text, for JSON and to copy: `131072`, `0.075`.
  public let exact: String?
  /// More exact than the display where that is short: `131,072 tokens`.
  public let detail: String?
  public let state: State
  public let citations: [Citation]
  public let dissents: [CellDissent]
  /// The rule that chose the value or derived it.
  public let rule: String?

  public init(
    _ display: String, state: State, exact: String? = nil, detail: String? = nil, citations: [Citation] = [],
    dissents: [CellDissent] = [], rule: String? = nil
  ) {
    self.display = display
    self.state = state
    self.exact = exact
    self.detail = detail
    self.citations = citations
    self.dissents = dissents
    self.rule = rule
  }

  /// Whether sources contradict each other about it.
  public var isDisputed: Bool { dissents.contains { !$0.isVariation } }

  public static let unknown = Cell(Display.unknown, state: .unknown)

  public static func plain(_ text: String) -> Cell { Cell(text, state: .plain) }
}

/// A value that a source claims instead, shown beside the one believed.
public struct CellDissent: Hashable, Sendable {
  public let display: String
  public let cause: DisputeCause
  public let citations: [Citation]

  public init(display: String, cause: DisputeCause, citations: [Citation]) {
    self.display = display
    self.cause = cause
    self.citations = citations
  }

  /// About a narrower quantity; contradicts nothing.
  public var isVariation: Bool { cause.isVariation }
}
