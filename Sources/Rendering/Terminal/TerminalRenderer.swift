import Documents
import Facts

/// Lays a document out for a terminal of a given width: tables in columns where they fit, else row by row.
struct TerminalRenderer {
  let style: TerminalStyle

  func render(_ document: Document) -> [UInt8] {
    var lines: [String] = [style.bold(Display.harmless(document.title)), ""]
    for (place, section) in document.sections.enumerated() {
      if place > 0 || section.title != document.title {
        let title = Display.harmless(section.title)
        lines += [
          style.accent(style.bold(title)),
          style.dim(String(repeating: "─", count: min(style.width, Columns.of(title)))), "",
        ]
      }
      for block in section.blocks { lines += self.block(block, document.citations) + [""] }
    }
    while lines.last == "" { lines.removeLast() }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func block(_ block: Block, _ index: CitationIndex) -> [String] {
    switch block {
    case .table(let table): return self.table(table, index)
    case .sides(let sides):
      var lines: [String] = []
      for (place, side) in sides.enumerated() {
        if place > 0 { lines.append("") }
        lines.append(style.bold(Display.harmless(side.title)))
        for point in side.points { lines += hanging("  • ", styled(point, index)) }
      }
      return lines
    case .paragraph(let runs): return styled(runs, index).lines(width: style.width, style: style).map(\.text)
    case .notice(let runs): return hanging("! ", styled(runs, index)).map { style.warning($0) }
    case .list(let items): return items.flatMap { hanging("  • ", styled($0, index)) }
    case .questions(let questions):
      return questions.enumerated().flatMap { place, question in
        (place > 0 ? [""] : [])
          + StyledText(question.question).lines(width: style.width, style: style).map { style.bold($0.text) }
          + styled(question.answer, index).lines(width: style.width, style: style).map(\.text)
      }
    case .links(let links):
      return links.flatMap { link in
        var text = StyledText(link.title, style: .value)
        text.append(": ", style: .plain)
        return hanging("  → ", text.adding(styled(link.reason, index)))
      }
    case .code(let code):
      return code.split(separator: "\n", omittingEmptySubsequences: false).map {
        "    " + Display.harmless(String($0))
      }
    case .form: return []
    case .chart(let chart):
      return StyledText(chart.title + ". " + chart.fullDescription).lines(width: style.width, style: style)
        .map(\.text) + self.table(chart.table, index)
    case .sources:
      return CitationMarks.labelled(index).flatMap { title, entries in
        (title.isEmpty ? [] : [style.bold(Display.harmless(title))])
          + entries.flatMap { label, citation in
            hanging(
              "[\(label)] ", StyledText(CitationWords.line(citation) + (citation.url.map { " " + $0 } ?? "")))
          }
      }
    }
  }

  private func styled(_ runs: [Run], _ index: CitationIndex) -> StyledText {
    var text = StyledText()
    append(runs, index, to: &text)
    return text
  }

  private func append(_ runs: [Run], _ index: CitationIndex, to text: inout StyledText) {
    for run in runs {
      switch run {
      case .text(let words), .link(let words, _): text.append(words, style: .plain)
      case .cell(let cell):
        text.append(cell.display, style: cell.state == .unknown ? .unknown : .value)
        if cell.isDisputed { text.append(" (\(Cell.disputedMark))", style: .disputed) }
        let marks = CitationMarks.text(cell, index)
        if !marks.isEmpty { text.append(" " + marks, style: .mark) }
      case .phrase(let phrase): append(phrase.runs, index, to: &text)
      }
    }
  }

  private func hanging(_ mark: String, _ text: StyledText) -> [String] {
    let indent = Columns.of(mark)
    return text.lines(width: max(10, style.width - indent), style: style).enumerated().map { place, line in
      (place == 0 ? mark : String(repeating: " ", count: indent)) + line.text
    }
  }

  // MARK: Tables

  private func table(_ table: Table, _ index: CitationIndex) -> [String] {
    let cells = table.rows.map { row in [labelled(row)] + row.cells.map { styled($0, index) } }
    let columns = table.head.count
    let natural = (0..<columns).map { column in
      max(Columns.of(table.head[column]), cells.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0)
    }
    let gaps = 2 * (columns - 1)
    guard let widths = Self.fitted(natural, into: style.width - gaps, least: columns > 4 ? 14 : 12) else {
      return stacked(table, cells)
    }
    var lines = [row(table.head.map { StyledText($0, style: .value) }, widths)].flatMap(\.self)
    lines.append(style.dim(String(repeating: "─", count: min(style.width, widths.reduce(0, +) + gaps))))
    for (place, own) in cells.enumerated() {
      lines += row(own, widths)
      if let note = table.rows[place].note {
        lines += StyledText(note).lines(width: max(20, style.width - 2), style: style).map {
          "  " + style.dim($0.text)
        }
      }
    }
    return lines
  }

  private func labelled(_ row: Table.Row) -> StyledText { StyledText(row.label) }

  private func row(_ cells: [StyledText], _ widths: [Int]) -> [String] {
    let wrapped = zip(cells, widths).map { $0.lines(width: $1, style: style) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var text = ""
      for (column, own) in wrapped.enumerated() {
        let (words, used) = line < own.count ? own[line] : ("", 0)
        text += words
        if column < wrapped.count - 1 {
          text += String(repeating: " ", count: max(0, widths[column] - used) + 2)
        }
      }
      return text
    }
  }

  /// A wide table row by row: the label, then each column as `head: value`.
  private func stacked(_ table: Table, _ cells: [[StyledText]]) -> [String] {
    var lines = [style.dim(Display.harmless(table.caption))]
    for (place, own) in cells.enumerated() {
      lines += own[0].lines(width: style.width, style: style).map { style.bold($0.text) }
      if let note = table.rows[place].note { lines += hanging("  ", StyledText(note)).map { style.dim($0) } }
      var rest = StyledText()
      for (column, cell) in own.dropFirst().enumerated() where column + 1 < table.head.count {
        rest = rest.adding(StyledText((column > 0 ? " · " : "") + table.head[column + 1] + ": ")).adding(cell)
      }
      lines += hanging("  ", rest)
    }
    return lines
  }

  /// Column widths that fit, the widest narrowed first; nil when a column would fall below `least`.
  private static func fitted(_ natural: [Int], into total: Int, least: Int) -> [Int]? {
    var widths = natural
    while widths.reduce(0, +) > total {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > least else {
        return nil
      }
      widths[widest] -= 1
    }
    return widths
  }
}

extension StyledText {
  /// The other text behind this one.
  func adding(_ other: StyledText) -> StyledText { StyledText(joining: self, other) }
}
