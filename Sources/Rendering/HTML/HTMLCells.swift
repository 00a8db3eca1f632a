import Documents
import Facts

/// Writes cells with their evidence, and the lists of sources.
struct HTMLCells {
  let index: CitationIndex

  /// How a label's letter is written: for this page, or as a gap that every page fills.
  private enum Letters {
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
        Set(cell.citations.compactMap { list[$0] }).sorted().map { CitationLabel(list: 0, number: $0) }
      }
    }

    func write(_ list: Int, into writer: inout HTMLWriter) {
      switch self {
      case .page(let index): if let letter = index.letter(list) { writer.byte(letter) }
      case .gap: writer.gap()
      }
    }
  }

  /// How many citations an opened cell shows; the list of sources has all.
  private static let mostShown = 6

  /// A cell in a table: its evidence opens beside it.
  func inTable(_ cell: Cell, into writer: inout HTMLWriter) {
    keep(cell, slot: 0, into: &writer) { letters, writer in
      value(cell, into: &writer)
      evidence(cell, letters, into: &writer)
    }
  }

  /// A cell in a sentence: its label leads to the list of sources.
  func inProse(_ cell: Cell, into writer: inout HTMLWriter) {
    keep(cell, slot: 1, into: &writer) { letters, writer in
      value(cell, into: &writer)
      let labels = letters.labels(of: cell)
      guard let first = labels.first else { return }
      writer.raw(" <a class=\"cite\" href=\"#s")
      letters.write(first.list, into: &writer)
      writer.number(first.number)
      writer.raw("\">[")
      marks(labels, letters, into: &writer)
      writer.raw("]</a>")
    }
  }

  private func keep(
    _ cell: Cell, slot: Int, into writer: inout HTMLWriter, write: (Letters, inout HTMLWriter) -> Void
  ) {
    guard let list = cell.citationList, let place = index.lists.firstIndex(where: { $0 === list }) else {
      return write(.page(index), &writer)
    }
    let kept = cell.written(slot) {
      var own = HTMLWriter(capacity: 512)
      write(.gap(list), &own)
      return own.written
    }
    writer.written(kept, letter: index.letter(place))
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

  private func marks(_ labels: [CitationLabel], _ letters: Letters, into writer: inout HTMLWriter) {
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
  private func evidence(_ cell: Cell, _ letters: Letters, into writer: inout HTMLWriter) {
    let labels = letters.labels(of: cell)
    guard !labels.isEmpty else { return }
    // A short label stays on the line of its value.
    let (shown, hidden) = CitationMarks.rows(labels)
    if shown.count > 1 || hidden > 0 { writer.raw(" ") } else { writer.raw("\u{A0}") }
    writer.raw("<details class=\"ev\"><summary>")
    marks(labels, letters, into: &writer)
    writer.raw("</summary><ul>")
    if let detail = cell.detail {
      writer.raw("<li>")
      writer.text(detail)
      writer.raw("</li>")
    }
    for citation in cell.citations.prefix(Self.mostShown) {
      writer.raw("<li>")
      line(citation, letters, asWritten: cell.state != .derived, into: &writer)
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
        line(citation, letters, asWritten: false, into: &writer)
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
  private func line(
    _ citation: Citation, _ letters: Letters, asWritten: Bool, into writer: inout HTMLWriter
  ) {
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
  func sources(into writer: inout HTMLWriter) {
    let count = index.lists.map(\.entries.count).reduce(0, +)
    guard count > 0 else { return }
    let isFolded = count > Self.mostOpen
    if isFolded {
      writer.raw("<details class=\"records\"><summary>All ")
      writer.number(count)
      writer.raw(" cited records</summary>\n")
    }
    lists(into: &writer)
    if isFolded { writer.raw("</details>\n") }
  }

  private func lists(into writer: inout HTMLWriter) {
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
    writer.gap()
    writer.number(number)
    writer.raw("\"><b>")
    writer.gap()
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
