import Facts

/// A page before it has a form: sections of blocks, the citations they rest on, and the conclusions as data.
public struct Document: Sendable {
  /// `comparison`, `model`, `provider`.
  public let kind: String
  public let title: String
  public let stamp: CatalogueStamp
  public let sections: [Section]
  /// The conclusions for programs; the words of the sections say the same.
  public var data: DataValue { makeData() }
  private let makeData: @Sendable () -> DataValue
  /// Every citation that a cell shows, numbered from 1 in each list.
  public let citations: CitationIndex
  /// Ids of the sections that were left out, see `part`; empty for a whole document.
  public let omitted: [String]

  /// - Parameter lists: the lists that number the citations of all cells; without them the document numbers its own.
  public init(
    kind: String, title: String, stamp: CatalogueStamp, sections: [Section],
    data: @autoclosure @escaping @Sendable () -> DataValue,
    lists: [CitationList]? = nil
  ) {
    self.kind = kind
    self.title = title
    self.stamp = stamp
    self.sections = sections
    makeData = data
    citations = lists.map { CitationIndex(lists: $0) } ?? CitationIndex(sections)
    omitted = []
  }

  /// A part of a whole document.
  /// - Parameter citations: the numbers of its citations; nil numbers them anew.
  init(part sections: [Section], of whole: Document, omitted: [String], citations: CitationIndex? = nil) {
    kind = whole.kind
    title = whole.title
    stamp = whole.stamp
    self.sections = sections
    makeData = whole.makeData
    self.citations = citations ?? CitationIndex(sections)
    self.omitted = omitted
  }

  /// Every cell in reading order.
  public var cells: [Cell] { sections.flatMap { $0.blocks.flatMap(\.cells) } }
}

/// Which catalogue a page was made from, and as of which day.
public struct CatalogueStamp: Hashable, Sendable {
  public let catalogueDate: CalendarDate?
  /// SHA-256 of the catalogue; nil for facts files alone.
  public let digest: String?
  public let asOf: CalendarDate
  /// What a reader must know of the page as a whole, such as its age.
  public let notices: [String]

  public init(catalogueDate: CalendarDate?, digest: String?, asOf: CalendarDate, notices: [String]) {
    self.catalogueDate = catalogueDate
    self.digest = digest
    self.asOf = asOf
    self.notices = notices
  }
}

public struct Section: Sendable {
  /// Stable anchor: `scorecard`.
  public let id: String
  public let title: String
  public let blocks: [Block]

  public init(id: String, title: String, blocks: [Block]) {
    self.id = id
    self.title = title
    self.blocks = blocks
  }
}

/// Text, a value with its evidence inside text, or words that lead to another page of the site.
public enum Run: Hashable, Sendable {
  case text(String)
  case cell(Cell)
  case link(String, path: String)
  /// Runs worded once, which pages quote whole.
  case phrase(Phrase)
}

extension Run: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self = .text(text) }
}

/// The closed set of things a page is made of.
public enum Block: Sendable {
  case table(Table)
  /// Choose A when… / choose B when…
  case sides([Side])
  case paragraph([Run])
  case list([[Run]])
  case questions([Question])
  case links([Link])
  case code(String)
  case notice([Run])
  case form(Form)
  /// A picture, and its table beside it.
  case chart(Chart)
  /// The numbered list of the document's own citations.
  case sources

  public var cells: [Cell] {
    switch self {
    case .table(let table): table.rows.flatMap { $0.cells.flatMap(\.cells) }
    case .chart(let chart): chart.table.rows.flatMap { $0.cells.flatMap(\.cells) }
    case .sides(let sides): sides.flatMap { $0.points.flatMap(\.cells) }
    case .paragraph(let runs), .notice(let runs): runs.cells
    case .list(let items): items.flatMap(\.cells)
    case .questions(let questions): questions.flatMap { $0.answer.cells }
    case .links(let links): links.flatMap { $0.reason.cells }
    case .code, .form, .sources: []
    }
  }
}

extension [Run] {
  public var cells: [Cell] {
    flatMap { run -> [Cell] in
      switch run {
      case .cell(let cell): [cell]
      case .phrase(let phrase): phrase.runs.cells
      case .text, .link: []
      }
    }
  }

  /// The words alone, cells by their display text.
  public var plainText: String {
    map { run in
      switch run {
      case .text(let text), .link(let text, _): text
      case .cell(let cell): cell.display
      case .phrase(let phrase): phrase.plainText
      }
    }.joined()
  }
}

public struct Table: Sendable {
  public struct Row: Sendable {
    public let label: String
    /// A sentence that explains the label.
    public let note: String?
    /// Where the label leads inside a site.
    public let path: String?
    public let cells: [[Run]]

    public init(_ label: String, note: String? = nil, path: String? = nil, cells: [[Run]]) {
      self.label = label
      self.note = note
      self.path = path
      self.cells = cells
    }
  }

  public let caption: String
  /// The head of the label column, then of each cell column.
  public let head: [String]
  /// Where the heads lead inside a site; empty, or one for each head.
  public let headPaths: [String?]
  public let rows: [Row]
  /// How many rows were left out at the end; none in a whole document.
  public let furtherRows: Int
  /// The same in words; nil when none was left out.
  public var furtherWords: String? { furtherRows > 0 ? Display.counted(furtherRows, "more row") + "." : nil }
  /// Set for a table that many pages show whole.
  public let kept: KeptPart?

  public init(
    caption: String, head: [String], headPaths: [String?] = [], rows: [Row], furtherRows: Int = 0,
    kept: KeptPart? = nil
  ) {
    self.caption = caption
    self.head = head
    self.headPaths = headPaths
    self.rows = rows
    self.furtherRows = furtherRows
    self.kept = kept
  }

  /// The same table for many pages; its cells' citations are all in the list.
  public func kept(in list: CitationList) -> Table {
    let cells = rows.flatMap { $0.cells.flatMap(\.cells) }
    return Table(
      caption: caption, head: head, headPaths: headPaths, rows: rows, furtherRows: furtherRows,
      kept: KeptPart(of: cells, in: list))
  }

  /// The same table under another caption.
  public func captioned(_ caption: String) -> Table {
    Table(caption: caption, head: head, headPaths: headPaths, rows: rows, furtherRows: furtherRows)
  }
}

public struct Side: Sendable {
  public let title: String
  public let points: [[Run]]

  public init(title: String, points: [[Run]]) {
    self.title = title
    self.points = points
  }
}

public struct Question: Sendable {
  public let question: String
  public let answer: [Run]

  public init(_ question: String, answer: [Run]) {
    self.question = question
    self.answer = answer
  }
}

public struct Link: Sendable {
  public let title: String
  /// Path inside a site: `/compare/a/b`.
  public let path: String
  public let reason: [Run]
  /// Set for a link that many pages show.
  public let kept: KeptPart?

  public init(title: String, path: String, reason: [Run], kept: KeptPart? = nil) {
    self.title = title
    self.path = path
    self.reason = reason
    self.kept = kept
  }

  /// The same link for many pages; the citations of its reason are all in the list.
  public func kept(in list: CitationList) -> Link {
    Link(title: title, path: path, reason: reason, kept: KeptPart(of: reason.cells, in: list))
  }
}
