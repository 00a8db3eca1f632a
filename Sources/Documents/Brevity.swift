/// How much of a document a program reads at once. What is left out is counted where it was, so that a reader knows.
public struct Brevity: Hashable, Sendable {
  /// The most citations of one value; at least 1, so that no value loses its last.
  public let citations: Int
  /// The most dissents of one value, each with one citation; those that contradict come before variations.
  public let dissents: Int
  /// The most rows of one table.
  public let rows: Int

  public init(citations: Int, dissents: Int, rows: Int) {
    self.citations = max(1, citations)
    self.dissents = max(1, dissents)
    self.rows = max(1, rows)
  }

  func shortened(_ cell: Cell) -> Cell {
    guard
      cell.citations.count > citations || cell.dissents.count > dissents
        || cell.dissents.contains(where: { $0.citations.count > 1 })
    else { return cell }
    let ordered = cell.dissents.filter { !$0.isVariation } + cell.dissents.filter(\.isVariation)
    return Cell(
      cell.display, state: cell.state, exact: cell.exact, detail: cell.detail,
      citations: Array(cell.citations.prefix(citations)),
      dissents: ordered.prefix(dissents).map {
        CellDissent(
          display: $0.display, cause: $0.cause, citations: Array($0.citations.prefix(1)),
          furtherCitations: max(0, $0.citations.count - 1))
      }, rule: cell.rule, furtherCitations: max(0, cell.citations.count - citations),
      furtherDissents: max(0, cell.dissents.count - dissents))
  }

  func shortened(_ runs: [Run]) -> [Run] {
    runs.flatMap { run -> [Run] in
      switch run {
      case .cell(let cell): [.cell(shortened(cell))]
      case .phrase(let phrase): shortened(phrase.runs)
      case .text, .link: [run]
      }
    }
  }

  func shortened(_ table: Table) -> Table {
    Table(
      caption: table.caption, head: table.head, headPaths: table.headPaths,
      rows: table.rows.prefix(rows).map {
        Table.Row($0.label, note: $0.note, path: $0.path, cells: $0.cells.map(shortened))
      }, furtherRows: table.furtherRows + max(0, table.rows.count - rows))
  }

  /// A picture becomes its table: a program reads the numbers.
  func shortened(_ block: Block) -> Block {
    switch block {
    case .table(let table): .table(shortened(table))
    case .chart(let chart): .table(shortened(chart.table))
    case .sides(let sides):
      .sides(sides.map { Side(title: $0.title, points: $0.points.map(shortened)) })
    case .paragraph(let runs): .paragraph(shortened(runs))
    case .notice(let runs): .notice(shortened(runs))
    case .list(let items): .list(items.map(shortened))
    case .questions(let questions):
      .questions(questions.map { Question($0.question, answer: shortened($0.answer)) })
    case .links(let links):
      .links(links.map { Link(title: $0.title, path: $0.path, reason: shortened($0.reason)) })
    case .code, .form, .sources: block
    }
  }
}

extension Document {
  /// The document as a program reads it: some of its sections in its own order, without the forms, which belong to a
  /// page. The list of citations stays whatever is asked for, because every value leads to it.
  /// - Parameters:
  ///   - ids: the sections wanted; nil for all.
  ///   - brevity: how much of them; nil for all.
  public func part(_ ids: Set<String>?, _ brevity: Brevity?) -> Document {
    var kept: [Section] = []
    var omitted: [String] = []
    for section in sections {
      let isWanted = ids.map { $0.contains(section.id) } ?? true
      if !isWanted { omitted.append(section.id) }
      let blocks = section.blocks.filter { block in
        switch block {
        case .form: false
        case .sources: true
        default: isWanted
        }
      }
      guard isWanted || !blocks.isEmpty else { continue }
      kept.append(
        Section(
          id: section.id, title: section.title,
          blocks: brevity.map { brevity in blocks.map(brevity.shortened) } ?? blocks))
    }
    let isWhole = omitted.isEmpty && brevity == nil
    return Document(part: kept, of: self, omitted: omitted, citations: isWhole ? citations : nil)
  }
}
