import Facts

/// One shown value with the evidence behind it. Prose, tables, questions and JSON quote the same cell, so they
/// cannot disagree. A class, because many pages quote the same cell and a renderer keeps what it wrote of it.
public final class Cell: Sendable {
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
  /// Whether sources contradict each other about it.
  public let isDisputed: Bool
  /// How many citations and dissents more the whole document has for the value; none in a whole document.
  public let furtherCitations: Int
  public let furtherDissents: Int
  /// The list that numbers the cell's citations, once it has one.
  private let home = SetOnce<CitationList>()
  private let inTable = SetOnce<WrittenPart>()
  private let inProse = SetOnce<WrittenPart>()

  public init(
    _ display: String, state: State, exact: String? = nil, detail: String? = nil, citations: [Citation] = [],
    dissents: [CellDissent] = [], rule: String? = nil, furtherCitations: Int = 0, furtherDissents: Int = 0
  ) {
    self.display = display
    self.state = state
    self.exact = exact
    self.detail = detail
    self.citations = citations
    self.dissents = dissents
    self.rule = rule
    self.furtherCitations = furtherCitations
    self.furtherDissents = furtherDissents
    isDisputed = dissents.contains { !$0.isVariation }
  }

  public static let unknown = Cell(Display.unknown, state: .unknown)

  public static func plain(_ text: String) -> Cell { Cell(text, state: .plain) }

  // MARK: Kept forms

  /// The list that numbers the cell's citations on every page; nil for a cell that belongs to one page.
  public var citationList: CitationList? { home.value }

  /// Makes the cell part of a list, which every page that shows it must then have. The first list stays.
  func join(_ list: CitationList) { _ = home.set(list) }

  /// What a renderer wrote of the cell in a table or in a sentence; nil before it did.
  public func written(inTable isInTable: Bool) -> WrittenPart? {
    isInTable ? inTable.value : inProse.value
  }

  /// Keeps what a renderer wrote; only for a cell with a citation list. Of two at once the first stays, and is given back.
  public func keep(_ part: WrittenPart, inTable isInTable: Bool) -> WrittenPart {
    isInTable ? inTable.set(part) : inProse.set(part)
  }
}

extension Cell: Hashable {
  public static func == (left: Cell, right: Cell) -> Bool {
    left === right
      || left.display == right.display && left.state == right.state && left.exact == right.exact
        && left.detail == right.detail && left.citations == right.citations && left.dissents == right.dissents
        && left.rule == right.rule && left.furtherCitations == right.furtherCitations
        && left.furtherDissents == right.furtherDissents
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(display)
    hasher.combine(state)
  }
}

/// A value that a source claims instead, shown beside the one believed.
public struct CellDissent: Hashable, Sendable {
  public let display: String
  public let cause: DisputeCause
  public let citations: [Citation]
  /// How many citations more the whole document has; none in a whole document.
  public let furtherCitations: Int

  public init(display: String, cause: DisputeCause, citations: [Citation], furtherCitations: Int = 0) {
    self.display = display
    self.cause = cause
    self.citations = citations
    self.furtherCitations = furtherCitations
  }

  /// About a narrower quantity; contradicts nothing.
  public var isVariation: Bool { cause.isVariation }
}
