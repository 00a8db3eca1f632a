import Documents
import Facts

/// The page as linked data for search engines: https://schema.org FAQPage, BreadcrumbList and Dataset.
enum StructuredData {
  static func write(_ document: Document, _ frame: PageFrame?, into writer: inout HTMLWriter) {
    faq(document, into: &writer)
    guard let frame else { return }
    if !frame.crumbs.isEmpty { breadcrumbs(frame, title: document.title, into: &writer) }
    if document.kind == "home" || document.kind == "sources" {
      script(dataset(document, frame), into: &writer)
    }
  }

  private static func script(_ value: DataValue, into writer: inout HTMLWriter) {
    writer.raw("<script type=\"application/ld+json\">")
    writer.json(value)
    writer.raw("</script>\n")
  }

  /// Written without a tree in between: every comparison has it.
  private static func faq(_ document: Document, into writer: inout HTMLWriter) {
    var isOpen = false
    for section in document.sections {
      for case .questions(let questions) in section.blocks {
        for question in questions {
          writer.raw(
            isOpen
              ? ","
              : "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"FAQPage\",\"mainEntity\":["
          )
          isOpen = true
          writer.raw("{\"@type\":\"Question\",\"name\":\"")
          writer.jsonContent(question.question)
          writer.raw("\",\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":\"")
          for run in question.answer {
            switch run {
            case .text(let words), .link(let words, _): writer.jsonContent(words)
            case .cell(let cell): writer.jsonContent(cell.display)
            case .phrase(let phrase): writer.jsonContent(phrase.plainText)
            }
          }
          writer.raw("\"}}")
        }
      }
    }
    if isOpen { writer.raw("]}</script>\n") }
  }

  private static func breadcrumbs(_ frame: PageFrame, title: String, into writer: inout HTMLWriter) {
    writer.raw(
      "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"BreadcrumbList\",\"itemListElement\":["
    )
    for (place, crumb) in frame.crumbs.enumerated() {
      item(place + 1, crumb.title, crumb.path, frame, into: &writer)
      writer.raw(",")
    }
    item(frame.crumbs.count + 1, title, frame.path, frame, into: &writer)
    writer.raw("]}</script>\n")
  }

  private static func item(
    _ position: Int, _ name: String, _ path: String, _ frame: PageFrame, into writer: inout HTMLWriter
  ) {
    writer.raw("{\"@type\":\"ListItem\",\"position\":")
    writer.number(position)
    writer.raw(",\"name\":\"")
    writer.jsonContent(name)
    writer.raw("\",\"item\":\"")
    if let origin = frame.origin { writer.jsonContent(origin) }
    writer.jsonContent(path)
    writer.raw("\"}")
  }

  private static func dataset(_ document: Document, _ frame: PageFrame) -> DataValue {
    var members: [(String, DataValue)] = [
      ("@context", .text("https://schema.org")), ("@type", .text("Dataset")),
      ("name", .text("LLM Reference")),
      ("description", .text(frame.description)), ("isAccessibleForFree", .flag(true)),
    ]
    if let date = document.stamp.catalogueDate { members.append(("dateModified", .text(date.text))) }
    if let digest = document.stamp.digest { members.append(("version", .text(digest))) }
    members.append(
      (
        "distribution",
        .list([
          .map([
            ("@type", .text("DataDownload")), ("encodingFormat", .text("application/json")),
            ("contentUrl", .text((frame.origin ?? "") + "/api/v1/models")),
          ])
        ])
      ))
    return .map(members)
  }
}
