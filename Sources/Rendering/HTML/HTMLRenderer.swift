import Documents
import Facts

/// Writes a document as an HTML page. Without a frame the page stands alone: no script, no font and no request to
/// anywhere. In a site's frame it links the site's style and script, and paths become links.
public struct HTMLRenderer: Sendable {
  let frame: PageFrame?

  public init(frame: PageFrame? = nil) { self.frame = frame }

  public func render(_ document: Document) -> [UInt8] {
    var writer = HTMLWriter()
    head(document, into: &writer)
    header(document, into: &writer)
    writer.raw(frame?.isAnswer == true ? "<main id=\"main\" data-asked>\n<h1>" : "<main id=\"main\">\n<h1>")
    writer.text(document.title)
    writer.raw("</h1>\n")
    let blocks = HTMLBlocks(cells: HTMLCells(letters: .page(document.citations)), hasSite: frame != nil)
    for (place, section) in document.sections.enumerated() {
      writer.raw("<section")
      writer.attribute("id", section.id)
      writer.raw(">\n")
      if place > 0 || section.title != document.title {
        writer.raw("<h2>")
        writer.text(section.title)
        writer.raw("</h2>\n")
      }
      for block in section.blocks { blocks.block(block, in: section.title, into: &writer) }
      writer.raw("</section>\n")
    }
    writer.raw("</main>\n")
    footer(document, into: &writer)
    writer.raw("</body>\n</html>\n")
    return writer.buffer.bytes
  }

  // MARK: Head

  private func head(_ document: Document, into writer: inout HTMLWriter) {
    writer.raw(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
    )
    writer.text(document.title)
    writer.raw(frame == nil || frame?.path == "/" ? "</title>\n" : " · LLM Reference</title>\n")
    if let frame { links(frame, document, into: &writer) } else { style(document, into: &writer) }
    StructuredData.write(document, frame, into: &writer)
    writer.raw("</head>\n")
  }

  private func style(_ document: Document, into writer: inout HTMLWriter) {
    writer.raw("<style>")
    writer.raw(Stylesheet.text)
    if document.hasChart { writer.raw(Stylesheet.chartStyle) }
    writer.raw("</style>\n")
  }

  private func links(_ frame: PageFrame, _ document: Document, into writer: inout HTMLWriter) {
    func meta(_ kind: StaticString, _ name: String, _ content: String) {
      writer.raw("<meta")
      writer.attribute(kind, name)
      writer.attribute("content", content)
      writer.raw(">\n")
    }
    func link(_ relation: StaticString, _ path: String, type: String? = nil) {
      writer.raw("<link rel=\"")
      writer.raw(relation)
      writer.raw("\"")
      if let type { writer.attribute("type", type) }
      writer.attribute("href", path)
      writer.raw(">\n")
    }
    meta("name", "description", frame.description)
    if !frame.isIndexed { meta("name", "robots", "noindex") }
    link("stylesheet", frame.stylesheet)
    link("icon", "/assets/icon.svg", type: "image/svg+xml")
    link("canonical", (frame.origin ?? "") + frame.path)
    if frame.hasTwins {
      link("alternate", frame.twin(".json"), type: "application/json")
      link("alternate", frame.twin(".md"), type: "text/markdown")
    }
    link("alternate", "/feed.atom", type: "application/atom+xml")
    writer.raw("<script defer")
    writer.attribute("src", frame.script)
    writer.raw("></script>\n")
    meta("property", "og:title", document.title)
    meta("property", "og:description", frame.description)
    meta("property", "og:type", "website")
    if let origin = frame.origin { meta("property", "og:url", origin + frame.path) }
    if let picture = frame.picture {
      meta("property", "og:image", (frame.origin ?? "") + picture)
      meta("property", "og:image:width", "1200")
      meta("property", "og:image:height", "630")
      meta("name", "twitter:card", "summary_large_image")
    }
  }

  // MARK: Around the content

  private func header(_ document: Document, into writer: inout HTMLWriter) {
    writer.raw(
      "<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header>\n<div class=\"bar\"><p class=\"brand\">"
    )
    if let frame {
      writer.raw("<a href=\"/\">LLM Reference</a></p>\n<nav aria-label=\"Site\"><ul>")
      for entry in PageFrame.navigation {
        writer.raw("<li><a")
        writer.attribute("href", entry.path)
        if frame.path == entry.path { writer.raw(" aria-current=\"page\"") }
        writer.raw(">")
        writer.text(entry.title)
        writer.raw("</a></li>")
      }
      writer.raw("</ul></nav>\n")
      // The home page has a larger one of its own.
      if frame.path != "/" { searchBox(into: &writer) }
      writer.raw("</div>\n")
      crumbs(frame, document, into: &writer)
    } else {
      writer.raw("LLM Reference</p></div>\n")
    }
    if document.sections.count > 2 {
      writer.raw("<nav class=\"sections\" aria-label=\"Sections\"><ul>")
      for section in document.sections.dropFirst() {
        writer.raw("<li><a")
        writer.attribute("href", "#" + section.id)
        writer.raw(">")
        writer.text(section.title)
        writer.raw("</a></li>")
      }
      writer.raw("</ul></nav>\n")
    }
    writer.raw("</header>\n")
  }

  private func searchBox(into writer: inout HTMLWriter) {
    writer.raw(
      "<form class=\"find\" role=\"search\" aria-label=\"Search models\" action=\"/search\" method=\"get\"><label class=\"hidden\" for=\"find\">Search models</label><input id=\"find\" type=\"search\" name=\"q\" placeholder=\"Search models\" autocomplete=\"off\" spellcheck=\"false\"><button type=\"submit\">Search</button></form>\n"
    )
  }

  private func crumbs(_ frame: PageFrame, _ document: Document, into writer: inout HTMLWriter) {
    guard !frame.crumbs.isEmpty else { return }
    writer.raw("<nav class=\"crumbs\" aria-label=\"Breadcrumb\"><ol>")
    for crumb in frame.crumbs {
      writer.raw("<li><a")
      writer.attribute("href", crumb.path)
      writer.raw(">")
      writer.text(crumb.title)
      writer.raw("</a></li>")
    }
    writer.raw("<li aria-current=\"page\">")
    writer.text(document.title)
    writer.raw("</li></ol></nav>\n")
  }

  private func footer(_ document: Document, into writer: inout HTMLWriter) {
    guard let frame else { return }
    writer.raw("<footer><p>")
    if let date = document.stamp.catalogueDate {
      writer.raw("Catalogue of ")
      writer.text(date.text)
      writer.raw(". ")
    }
    writer.raw("As of ")
    writer.text(document.stamp.asOf.text)
    writer.raw(".")
    if let digest = document.stamp.digest {
      writer.raw(" SHA-256 <code>")
      writer.text(String(digest.prefix(16)))
      writer.raw("</code>.")
    }
    writer.raw("</p>\n<p>")
    if frame.hasTwins {
      writer.raw("This page as <a")
      writer.attribute("href", frame.twin(".json"))
      writer.raw(">JSON</a> or <a")
      writer.attribute("href", frame.twin(".md"))
      writer.raw(">Markdown</a>. ")
    }
    writer.raw(
      "<a href=\"/api/v1/openapi.json\">API</a> · <a href=\"/feed.atom\">Changes</a> · <a href=\"/method\">Every rule in words</a></p></footer>\n"
    )
  }
}

extension Document {
  fileprivate var hasChart: Bool {
    sections.contains { $0.blocks.contains { if case .chart = $0 { true } else { false } } }
  }
}
