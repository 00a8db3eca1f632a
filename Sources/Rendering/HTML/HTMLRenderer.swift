import Documents
import Facts

/// Writes a document as one self-contained HTML page: no script, no font and no request to anywhere. Questions are
/// given as schema.org FAQPage data too.
struct HTMLRenderer {
  func render(_ document: Document) -> [UInt8] {
    var writer = HTMLWriter()
    writer.raw(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
    )
    writer.text(document.title)
    writer.raw("</title>\n<style>")
    writer.raw(Stylesheet.text)
    writer.raw("</style>\n")
    faq(document, into: &writer)
    writer.raw(
      "</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header><p class=\"brand\">LLM Reference</p><nav aria-label=\"Sections\"><ul>"
    )
    for section in document.sections.dropFirst() {
      writer.raw("<li><a")
      writer.attribute("href", "#" + section.id)
      writer.raw(">")
      writer.text(section.title)
      writer.raw("</a></li>")
    }
    writer.raw("</ul></nav></header>\n<main id=\"main\">\n<h1>")
    writer.text(document.title)
    writer.raw("</h1>\n")
    for (place, section) in document.sections.enumerated() {
      writer.raw("<section")
      writer.attribute("id", section.id)
      writer.raw(">\n")
      if place > 0 || section.title != document.title {
        writer.raw("<h2>")
        writer.text(section.title)
        writer.raw("</h2>\n")
      }
      for block in section.blocks { self.block(block, document.citations, into: &writer) }
      writer.raw("</section>\n")
    }
    writer.raw("</main>\n</body>\n</html>\n")
    return writer.buffer.bytes
  }

  private func block(_ block: Block, _ index: CitationIndex, into writer: inout HTMLWriter) {
    switch block {
    case .table(let table): self.table(table, index, into: &writer)
    case .sides(let sides):
      writer.raw("<div class=\"sides\">\n")
      for side in sides {
        writer.raw("<div class=\"side\"><h3>")
        writer.text(side.title)
        writer.raw("</h3>\n")
        list(side.points, index, into: &writer)
        writer.raw("</div>\n")
      }
      writer.raw("</div>\n")
    case .paragraph(let content):
      writer.raw("<p>")
      runs(content, index, into: &writer)
      writer.raw("</p>\n")
    case .notice(let content):
      writer.raw("<p class=\"notice\" role=\"note\">")
      runs(content, index, into: &writer)
      writer.raw("</p>\n")
    case .list(let items): list(items, index, into: &writer)
    case .questions(let questions):
      for question in questions {
        writer.raw("<div class=\"question\"><h3>")
        writer.text(question.question)
        writer.raw("</h3>\n<p>")
        runs(question.answer, index, into: &writer)
        writer.raw("</p></div>\n")
      }
    case .links(let links):
      writer.raw("<ul class=\"links\">\n")
      for link in links {
        writer.raw("<li><strong>")
        writer.text(link.title)
        writer.raw("</strong><br>")
        runs(link.reason, index, into: &writer)
        writer.raw("</li>\n")
      }
      writer.raw("</ul>\n")
    case .code(let code):
      writer.raw("<pre><code>")
      writer.text(code)
      writer.raw("</code></pre>\n")
    case .sources: sources(index, into: &writer)
    }
  }

  private func list(_ items: [[Run]], _ index: CitationIndex, into writer: inout HTMLWriter) {
    writer.raw("<ul>\n")
    for item in items {
      writer.raw("<li>")
      runs(item, index, into: &writer)
      writer.raw("</li>\n")
    }
    writer.raw("</ul>\n")
  }

  private func table(_ table: Table, _ index: CitationIndex, into writer: inout HTMLWriter) {
    writer.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\"")
    writer.attribute("aria-label", table.caption)
    writer.raw("><table")
    if table.head.count > 5 { writer.raw(" class=\"wide\"") }
    writer.raw(">\n<caption>")
    writer.text(table.caption)
    writer.raw("</caption>\n<thead><tr>")
    for head in table.head {
      writer.raw("<th scope=\"col\">")
      writer.text(head)
      writer.raw("</th>")
    }
    writer.raw("</tr></thead>\n<tbody>\n")
    for row in table.rows {
      writer.raw("<tr><th scope=\"row\">")
      writer.text(row.label)
      if let note = row.note {
        writer.raw("<small>")
        writer.text(note)
        writer.raw("</small>")
      }
      writer.raw("</th>")
      for cell in row.cells {
        writer.raw("<td>")
        runs(cell, index, into: &writer)
        writer.raw("</td>")
      }
      writer.raw("</tr>\n")
    }
    writer.raw("</tbody></table></div>\n")
  }

  private func runs(_ runs: [Run], _ index: CitationIndex, into writer: inout HTMLWriter) {
    for run in runs {
      switch run {
      case .text(let words): writer.text(words)
      case .cell(let cell): self.cell(cell, index, into: &writer)
      }
    }
  }

  private func cell(_ cell: Cell, _ index: CitationIndex, into writer: inout HTMLWriter) {
    writer.raw("<span class=\"v")
    if cell.state == .unknown { writer.raw(" unknown") }
    if cell.isDisputed { writer.raw(" disputed") }
    writer.raw("\"")
    if let title = title(of: cell) { writer.attribute("title", title) }
    writer.raw(">")
    writer.text(cell.display)
    writer.raw("</span>")
    if cell.isDisputed {
      writer.raw(" <span class=\"mark\">")
      writer.text(Cell.disputedMark)
      writer.raw("</span>")
    }
    let numbers = CitationMarks.numbers(cell, index)
    guard let first = numbers.first else { return }
    writer.raw(" <a class=\"cite\"")
    writer.attribute("href", "#source-\(first)")
    writer.attribute("aria-label", "Sources \(CitationMarks.text(numbers))")
    writer.raw(">")
    writer.text(CitationMarks.text(numbers))
    writer.raw("</a>")
  }

  /// The exact value, what the first source writes, and the rule that chose.
  private func title(of cell: Cell) -> String? {
    var parts: [String] = []
    if let detail = cell.detail { parts.append(detail) }
    if let citation = cell.citations.first, cell.state != .derived {
      parts.append(
        "written “\(citation.asWritten)”\(citation.unitAsWritten.map { " \($0)" } ?? "") in \(citation.source.title), \(citation.observed.text)"
      )
    }
    for dissent in cell.dissents.prefix(3) {
      parts.append(
        "\(dissent.citations.first?.source.title ?? "another source") says \(dissent.display) (\(dissent.cause.rawValue))"
      )
    }
    if let rule = cell.rule { parts.append("rule: \(rule)") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private func sources(_ index: CitationIndex, into writer: inout HTMLWriter) {
    writer.raw("<ol class=\"sources\">\n")
    for (place, citation) in index.entries.enumerated() {
      writer.raw("<li")
      writer.attribute("id", "source-\(place + 1)")
      writer.raw(">")
      writer.text(CitationWords.line(citation))
      if let url = citation.url {
        writer.raw(" ")
        writer.link(url, url)
      }
      writer.raw("</li>\n")
    }
    writer.raw("</ol>\n")
  }

  /// https://schema.org/FAQPage
  private func faq(_ document: Document, into writer: inout HTMLWriter) {
    var questions: [Question] = []
    for block in document.sections.flatMap(\.blocks) {
      if case .questions(let own) = block { questions += own }
    }
    guard !questions.isEmpty else { return }
    writer.raw("<script type=\"application/ld+json\">")
    writer.json(
      .map([
        ("@context", .text("https://schema.org")), ("@type", .text("FAQPage")),
        (
          "mainEntity",
          .list(
            questions.map { question in
              .map([
                ("@type", .text("Question")), ("name", .text(question.question)),
                (
                  "acceptedAnswer",
                  .map([("@type", .text("Answer")), ("text", .text(question.answer.plainText))])
                ),
              ])
            })
        ),
      ]))
    writer.raw("</script>\n")
  }
}
