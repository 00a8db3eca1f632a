import Documents
import Facts

/// Writes a document as CommonMark with pipe tables. Text from outside is escaped, so that it can neither mark up nor
/// link nor become HTML.
struct MarkdownRenderer {
  func render(_ document: Document) -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.raw("# ")
    text(document.title, into: &buffer)
    buffer.raw("\n")
    for (place, section) in document.sections.enumerated() {
      // The first section's heading is the title.
      if place > 0 || section.title != document.title {
        buffer.raw("\n## ")
        text(section.title, into: &buffer)
        buffer.raw("\n")
      }
      for block in section.blocks {
        buffer.raw("\n")
        self.block(block, document, into: &buffer)
      }
    }
    return buffer.bytes
  }

  private func block(_ block: Block, _ document: Document, into buffer: inout ByteBuffer) {
    let index = document.citations
    switch block {
    case .table(let table): self.table(table, index, into: &buffer)
    case .sides(let sides):
      for (place, side) in sides.enumerated() {
        if place > 0 { buffer.raw("\n") }
        buffer.raw("### ")
        text(side.title, into: &buffer)
        buffer.raw("\n\n")
        items(side.points, index, into: &buffer)
      }
    case .paragraph(let content):
      runs(content, index, into: &buffer)
      buffer.raw("\n")
    case .notice(let content):
      buffer.raw("> ")
      runs(content, index, into: &buffer)
      buffer.raw("\n")
    case .list(let list): items(list, index, into: &buffer)
    case .questions(let questions):
      for (place, question) in questions.enumerated() {
        if place > 0 { buffer.raw("\n") }
        buffer.raw("### ")
        text(question.question, into: &buffer)
        buffer.raw("\n\n")
        runs(question.answer, index, into: &buffer)
        buffer.raw("\n")
      }
    case .links(let links):
      for link in links {
        buffer.raw("- **")
        text(link.title, into: &buffer)
        buffer.raw("**: ")
        runs(link.reason, index, into: &buffer)
        buffer.raw("\n")
      }
    case .code(let code):
      buffer.raw("~~~\n")
      buffer.escaped(
        code.split(separator: "\n").filter { !$0.hasPrefix("~~~") }.map { Display.harmless(String($0)) }
          .joined(separator: "\n"))
      buffer.raw("\n~~~\n")
    case .form: break
    case .chart(let chart):
      text(chart.title + ". " + chart.fullDescription, into: &buffer)
      buffer.raw("\n\n")
      table(chart.table, index, into: &buffer)
    case .sources: sources(index, into: &buffer)
    }
  }

  private func items(_ items: [[Run]], _ index: CitationIndex, into buffer: inout ByteBuffer) {
    for item in items {
      buffer.raw("- ")
      runs(item, index, into: &buffer)
      buffer.raw("\n")
    }
  }

  private func table(_ table: Table, _ index: CitationIndex, into buffer: inout ByteBuffer) {
    buffer.raw("|")
    for head in table.head {
      buffer.raw(" ")
      text(head, into: &buffer)
      buffer.raw(" |")
    }
    buffer.raw("\n|")
    for _ in table.head { buffer.raw(" --- |") }
    buffer.raw("\n")
    for row in table.rows {
      buffer.raw("| ")
      text(row.label, into: &buffer)
      if let note = row.note {
        buffer.raw("<br><small>")
        text(note, into: &buffer)
        buffer.raw("</small>")
      }
      buffer.raw(" |")
      for cell in row.cells {
        buffer.raw(" ")
        runs(cell, index, into: &buffer)
        buffer.raw(" |")
      }
      buffer.raw("\n")
    }
    if let words = table.furtherWords {
      buffer.raw("\n")
      text(words, into: &buffer)
      buffer.raw("\n")
    }
  }

  private func runs(_ runs: [Run], _ index: CitationIndex, into buffer: inout ByteBuffer) {
    for run in runs {
      switch run {
      case .text(let words), .link(let words, _): text(words, into: &buffer)
      case .cell(let cell):
        text(cell.display, into: &buffer)
        if cell.isDisputed {
          buffer.raw(" *(")
          buffer.escaped(Cell.disputedMark)
          buffer.raw(")*")
        }
        let marks = CitationMarks.text(cell, index)
        if !marks.isEmpty {
          buffer.raw(" ")
          text(marks, into: &buffer)
        }
      case .phrase(let phrase): self.runs(phrase.runs, index, into: &buffer)
      }
    }
  }

  private func sources(_ index: CitationIndex, into buffer: inout ByteBuffer) {
    for (place, list) in CitationMarks.labelled(index).enumerated() {
      if !list.title.isEmpty {
        if place > 0 { buffer.raw("\n") }
        buffer.raw("### ")
        text(list.title, into: &buffer)
        buffer.raw("\n\n")
      }
      for (number, entry) in list.entries.enumerated() {
        // A lettered label is no list number of Markdown; it stands in the item.
        if index.isLettered {
          buffer.escaped("- \(entry.label): ")
        } else {
          buffer.escaped("\(number + 1). ")
        }
        text(CitationWords.line(entry.citation), into: &buffer)
        if let url = entry.citation.url, let safe = SafeLink(url) {
          buffer.raw(" <")
          buffer.escaped(safe.text)
          buffer.raw(">")
        }
        buffer.raw("\n")
      }
    }
  }

  /// Escapes whatever CommonMark or HTML could read as markup; line breaks and controls become visible.
  private func text(_ text: String, into buffer: inout ByteBuffer) {
    for byte in Display.harmless(text).utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
        UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: "#"), UInt8(ascii: "~"):
        buffer.raw("\\")
        buffer.byte(byte)
      case UInt8(ascii: "<"): buffer.raw("&lt;")
      case UInt8(ascii: ">"): buffer.raw("&gt;")
      case UInt8(ascii: "&"): buffer.raw("&amp;")
      default: buffer.byte(byte)
      }
    }
  }
}
