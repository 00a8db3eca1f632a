import Documents
import Facts

/// How a label's letter is written: for one page, or as a gap that every page fills.
enum CitationLetters {
  case page(CitationIndex)
  case gap(CitationList)

  func label(_ citation: Citation) -> CitationLabel? {
    switch self {
    case .page(let index): index.label(citation)
    case .gap(let list): list[citation].map { CitationLabel(list: 0, number: $0) }
    }
  }

  func labels(of cell: Cell) -> [CitationLabel] {
    switch self {
    case .page(let index): index.labels(of: cell)
    case .gap(let list):
      cell.citations.compactMap { list[$0] }.map { CitationLabel(list: 0, number: $0) }.ascendingOnce
    }
  }

  func write(_ list: Int, into writer: inout HTMLWriter) {
    switch self {
    case .page(let index): if let letter = index.letter(list) { writer.byte(letter) }
    case .gap: writer.letterGap()
    }
  }
}

/// Writes cells with their evidence, and the lists of sources.
struct HTMLCells {
  let letters: CitationLetters
  /// The lists of the page by identity: asked for at every cell.
  private let homes: [ObjectIdentifier]

  /// How many citations an opened cell shows; the list of sources has all.
  private static let mostShown = 6

  init(letters: CitationLetters) {
    self.letters = letters
    switch letters {
    case .page(let index): homes = index.lists.map(ObjectIdentifier.init)
    case .gap(let list): homes = [ObjectIdentifier(list)]
    }
  }

  /// A cell in a table: its evidence opens beside it.
  func inTable(_ cell: Cell, into writer: inout HTMLWriter) {
    guard let list = cell.citationList, let place = place(of: list) else {
      return evident(cell, into: &writer)
    }
    let part =
      cell.written(inTable: true)
      ?? cell.keep(Self.gapped(list) { $0.evident(cell, into: &$1) }, inTable: true)
    write(part, at: place, into: &writer)
  }

  /// A cell in a sentence: its label leads to the list of sources.
  func inProse(_ cell: Cell, into writer: inout HTMLWriter) {
    guard let list = cell.citationList, let place = place(of: list) else { return cited(cell, into: &writer) }
    let part =
      cell.written(inTable: false)
      ?? cell.keep(Self.gapped(list) { $0.cited(cell, into: &$1) }, inTable: false)
    write(part, at: place, into: &writer)
  }

  private func evident(_ cell: Cell, into writer: inout HTMLWriter) {
    value(cell, into: &writer)
    evidence(cell, into: &writer)
  }

  private func cited(_ cell: Cell, into writer: inout HTMLWriter) {
    value(cell, into: &writer)
    let labels = letters.labels(of: cell)
    guard let first = labels.first else { return }
    writer.raw(" <a class=\"cite\" href=\"#s")
    letters.write(first.list, into: &writer)
    writer.number(first.number)
    writer.raw("\">[")
    marks(labels, into: &writer)
    writer.raw("]</a>")
  }

  // MARK: Kept parts

  /// The place of a list among those of the page; nil when what is kept of its parts may not stand on it.
  func place(of list: CitationList) -> Int? { homes.firstIndex(of: ObjectIdentifier(list)) }

  /// What is written with gaps for the letters of the list.
  static func gapped(_ list: CitationList, write: (HTMLCells, inout HTMLWriter) -> Void) -> WrittenPart {
    var own = HTMLWriter(capacity: 512)
    write(HTMLCells(letters: .gap(list)), &own)
    return own.written
  }

  /// - Parameter place: of the part's list among those of the page.
  func write(_ part: WrittenPart, at place: Int, into writer: inout HTMLWriter) {
    switch letters {
    case .page(let index): writer.written(part, letter: index.letter(place))
    case .gap: writer.written(open: part)
    }
  }

  private func value(_ cell: Cell, into writer: inout HTMLWriter) {
    if cell.state == .plain { return writer.text(cell.display) }
    writer.raw(cell.state == .unknown ? "<span class=\"v unknown\">" : "<span class=\"v\">")
    writer.text(cell.display)
    writer.raw("</span>")
    if cell.isDisputed {
      writer.raw(" <span class=\"mark\">")
      writer.text(Cell.disputedMark)
      writer.raw("</span>")
    }
  }

  private func marks(_ labels: [CitationLabel], into writer: inout HTMLWriter) {
    let (shown, hidden) = CitationMarks.rows(labels)
    for (place, row) in shown.enumerated() {
      if place > 0 { writer.raw(",") }
      letters.write(row.list, into: &writer)
      writer.number(row.numbers.lowerBound)
      if row.numbers.count > 1 {
        writer.raw("–")
        writer.number(row.numbers.upperBound)
      }
    }
    if hidden > 0 {
      writer.raw(",+")
      writer.number(hidden)
    }
  }

  /// Source, day, value as written and digest of each citation; what others claim; the rule that chose.
  private func evidence(_ cell: Cell, into writer: inout HTMLWriter) {
    let labels = letters.labels(of: cell)
    guard !labels.isEmpty else { return }
    // A short label stays on the line of its value.
    let (shown, hidden) = CitationMarks.rows(labels)
    if shown.count > 1 || hidden > 0 { writer.raw(" ") } else { writer.raw("\u{A0}") }
    writer.raw("<details class=\"ev\"><summary>")
    marks(labels, into: &writer)
    writer.raw("</summary><ul>")
    if let detail = cell.detail {
      writer.raw("<li>")
      writer.text(detail)
      writer.raw("</li>")
    }
    for citation in cell.citations.prefix(Self.mostShown) {
      writer.raw("<li>")
      line(citation, asWritten: cell.state != .derived, into: &writer)
      writer.raw("</li>")
    }
    if cell.citations.count > Self.mostShown {
      writer.raw("<li>and ")
      writer.number(cell.citations.count - Self.mostShown)
      writer.raw(" more under Sources</li>")
    }
    for dissent in cell.dissents.prefix(Self.mostShown) {
      writer.raw("<li class=\"differs\">")
      writer.text(dissent.display)
      writer.raw(", ")
      writer.text(dissent.cause.rawValue)
      for citation in dissent.citations.prefix(2) {
        writer.raw(": ")
        line(citation, asWritten: false, into: &writer)
      }
      writer.raw("</li>")
    }
    if let rule = cell.rule {
      writer.raw("<li class=\"rule\">Rule: ")
      writer.text(rule)
      writer.raw("</li>")
    }
    writer.raw("</ul></details>")
  }

  /// `a3 models.dev, 2026-11-10: “0.075”, sha256 647efc89`.
  private func line(_ citation: Citation, asWritten: Bool, into writer: inout HTMLWriter) {
    if let label = letters.label(citation) {
      writer.raw("<a href=\"#s")
      letters.write(label.list, into: &writer)
      writer.number(label.number)
      writer.raw("\">")
      letters.write(label.list, into: &writer)
      writer.number(label.number)
      writer.raw("</a> ")
    }
    writer.text(citation.source.title)
    writer.raw(", ")
    writer.text(citation.observed.text)
    if asWritten {
      writer.raw(": “")
      writer.text(String(citation.asWritten.prefix(80)))
      writer.raw("”")
      if let unit = citation.unitAsWritten {
        writer.raw(" ")
        writer.text(unit)
      }
    }
    writer.raw(", sha256 ")
    writer.text(String(citation.source.digest.prefix(8)))
  }

  // MARK: Sources

  /// More records than this stand folded, so that they do not bury the page; links to one open them.
  private static let mostOpen = 24

  /// Every cited record, list by list.
  func sources(_ index: CitationIndex, into writer: inout HTMLWriter) {
    let count = index.lists.map(\.entries.count).reduce(0, +)
    guard count > 0 else { return }
    let isFolded = count > Self.mostOpen
    if isFolded {
      writer.raw("<details class=\"records\"><summary>All ")
      writer.number(count)
      writer.raw(" cited records</summary>\n")
    }
    lists(index, into: &writer)
    if isFolded { writer.raw("</details>\n") }
  }

  private func lists(_ index: CitationIndex, into writer: inout HTMLWriter) {
    for (place, list) in index.lists.enumerated() {
      if index.isLettered {
        writer.raw("<h3>")
        writer.text(list.title)
        writer.raw("</h3>\n")
      }
      let kept = list.written {
        var own = HTMLWriter(capacity: 4096)
        own.raw("<ul class=\"sources\">\n")
        for (number, citation) in list.entries.enumerated() { source(citation, number + 1, into: &own) }
        own.raw("</ul>\n")
        return own.written
      }
      writer.written(kept, letter: index.letter(place))
    }
  }

  private func source(_ citation: Citation, _ number: Int, into writer: inout HTMLWriter) {
    writer.raw("<li id=\"s")
    writer.letterGap()
    writer.number(number)
    writer.raw("\"><b>")
    writer.letterGap()
    writer.number(number)
    writer.raw("</b> ")
    writer.text(CitationWords.line(citation))
    if let url = citation.url {
      writer.raw(" ")
      writer.link(url, url)
    }
    writer.raw("</li>\n")
  }
}
