import Documents
import Facts

/// Writes the blocks of a page.
struct HTMLBlocks {
  let cells: HTMLCells
  /// Whether paths lead somewhere: true on a site, false in a page that stands alone.
  let hasSite: Bool

  /// A table of so few columns fits a telephone without scrolling.
  private static let fewColumns = 3
  /// A table of more columns has no room beside its picture.
  private static let mostBeside = 4
  /// A table of more rows keeps its head in sight, a table of more columns scrolls inside its own frame for that.
  private static let mostRows = 14
  private static let mostColumns = 7

  /// - Parameter section: the title that stands above, which a caption need not repeat.
  func block(_ block: Block, in section: String, into writer: inout HTMLWriter) {
    switch block {
    case .table(let table): self.table(table, in: section, into: &writer)
    case .sides(let sides):
      writer.raw("<div class=\"sides\">\n")
      for side in sides {
        writer.raw("<div class=\"side\"><h3>")
        writer.text(side.title)
        writer.raw("</h3>\n")
        list(side.points, into: &writer)
        writer.raw("</div>\n")
      }
      writer.raw("</div>\n")
    case .paragraph(let content):
      writer.raw("<p>")
      runs(content, into: &writer)
      writer.raw("</p>\n")
    case .notice(let content):
      writer.raw("<p class=\"notice\" role=\"note\">")
      runs(content, into: &writer)
      writer.raw("</p>\n")
    case .list(let items): list(items, into: &writer)
    case .questions(let questions):
      for question in questions {
        writer.raw("<div class=\"question\"><h3>")
        writer.text(question.question)
        writer.raw("</h3>\n<p>")
        runs(question.answer, into: &writer)
        writer.raw("</p></div>\n")
      }
    case .links(let links): self.links(links, into: &writer)
    case .code(let code):
      writer.raw("<pre tabindex=\"0\"><code>")
      writer.text(code)
      writer.raw("</code></pre>\n")
    case .chart(let chart):
      let isBeside = chart.table.head.count <= Self.mostBeside
      if isBeside { writer.raw("<div class=\"pair\">\n") }
      ChartDrawing.write(chart, into: &writer)
      table(chart.table, in: section, into: &writer)
      if isBeside { writer.raw("</div>\n") }
    case .form(let form): if hasSite { HTMLForms().form(form, into: &writer) }
    case .sources: if case .page(let index) = cells.letters { cells.sources(index, into: &writer) }
    }
  }

  private func links(_ links: [Link], into writer: inout HTMLWriter) {
    writer.raw("<ul class=\"links\">\n")
    for link in links {
      guard let kept = link.kept else {
        self.link(link, into: &writer)
        continue
      }
      keep(kept, form: 0, into: &writer) { blocks, writer in blocks.link(link, into: &writer) }
    }
    writer.raw("</ul>\n")
  }

  private func link(_ link: Link, into writer: inout HTMLWriter) {
    writer.raw("<li><strong>")
    words(link.title, path: link.path, into: &writer)
    writer.raw("</strong>")
    if !link.reason.isEmpty {
      writer.raw("<br>")
      runs(link.reason, into: &writer)
    }
    writer.raw("</li>\n")
  }

  /// Writes what is kept of a part, or keeps what it writes.
  /// - Parameter form: 0 or 1; links inside a site are a form of their own.
  private func keep(
    _ part: KeptPart, form: Int, into writer: inout HTMLWriter, write: (HTMLBlocks, inout HTMLWriter) -> Void
  ) {
    let form = hasSite ? form + 2 : form
    guard let list = part.list else {
      // Nothing is cited, so there is no letter to fill in.
      if let known = part.written(form) { return writer.written(known, letter: nil) }
      var own = HTMLWriter(capacity: 512)
      write(self, &own)
      return writer.written(part.keep(own.written, as: form), letter: nil)
    }
    guard let place = cells.place(of: list) else { return write(self, &writer) }
    let written =
      part.written(form)
      ?? part.keep(
        HTMLCells.gapped(list) { write(HTMLBlocks(cells: $0, hasSite: hasSite), &$1) }, as: form)
    cells.write(written, at: place, into: &writer)
  }

  private func list(_ items: [[Run]], into writer: inout HTMLWriter) {
    writer.raw("<ul>\n")
    for item in items {
      writer.raw("<li>")
      runs(item, into: &writer)
      writer.raw("</li>\n")
    }
    writer.raw("</ul>\n")
  }

  private func words(_ words: String, path: String?, into writer: inout HTMLWriter) {
    guard hasSite, let path else { return writer.text(words) }
    writer.raw("<a")
    writer.attribute("href", path)
    writer.raw(">")
    writer.text(words)
    writer.raw("</a>")
  }

  private func table(_ table: Table, in section: String, into writer: inout HTMLWriter) {
    let isNamed = table.caption == section
    guard let kept = table.kept else { return self.table(table, isNamed: isNamed, into: &writer) }
    keep(kept, form: isNamed ? 1 : 0, into: &writer) { blocks, writer in
      blocks.table(table, isNamed: isNamed, into: &writer)
    }
  }

  /// - Parameter isNamed: whether the title above says what the caption would.
  private func table(_ table: Table, isNamed: Bool, into writer: inout HTMLWriter) {
    let isLong = table.rows.count > Self.mostRows
    let isBroad = table.head.count > Self.mostColumns
    writer.raw(
      isLong && isBroad
        ? "<div class=\"scroll long broad\"" : isLong ? "<div class=\"scroll long\"" : "<div class=\"scroll\""
    )
    writer.raw(" tabindex=\"0\" role=\"region\"")
    writer.attribute("aria-label", table.caption)
    writer.raw("><table")
    if table.head.count > 5 {
      writer.raw(" class=\"wide\"")
    } else if table.head.count <= Self.fewColumns {
      writer.raw(" class=\"few\"")
    }
    writer.raw(isNamed ? ">\n<caption class=\"same\">" : ">\n<caption>")
    writer.text(table.caption)
    writer.raw("</caption>\n<thead><tr>")
    for (place, head) in table.head.enumerated() {
      writer.raw("<th scope=\"col\">")
      words(head, path: table.headPaths.indices.contains(place) ? table.headPaths[place] : nil, into: &writer)
      writer.raw("</th>")
    }
    writer.raw("</tr></thead>\n<tbody>\n")
    for row in table.rows {
      writer.raw("<tr><th scope=\"row\">")
      words(row.label, path: row.path, into: &writer)
      if let note = row.note {
        writer.raw("<small>")
        writer.text(note)
        writer.raw("</small>")
      }
      writer.raw("</th>")
      for cell in row.cells {
        writer.raw("<td>")
        runs(cell, inTable: true, into: &writer)
        writer.raw("</td>")
      }
      writer.raw("</tr>\n")
    }
    writer.raw("</tbody></table></div>\n")
  }

  private func runs(_ runs: [Run], inTable: Bool = false, into writer: inout HTMLWriter) {
    for run in runs {
      switch run {
      case .text(let words): writer.text(words)
      case .link(let words, let path): self.words(words, path: path, into: &writer)
      case .cell(let cell) where inTable: cells.inTable(cell, into: &writer)
      case .cell(let cell): cells.inProse(cell, into: &writer)
      case .phrase(let phrase):
        keep(phrase.kept, form: inTable ? 1 : 0, into: &writer) { blocks, writer in
          blocks.runs(phrase.runs, inTable: inTable, into: &writer)
        }
      }
    }
  }
}
