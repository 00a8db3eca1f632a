import Documents
import Facts

/// The page as linked data for search engines: https://schema.org FAQPage, BreadcrumbList and Dataset.
enum StructuredData {
  static func values(_ document: Document, _ frame: PageFrame?) -> [DataValue] {
    var values: [DataValue] = []
    if let faq = faq(document) { values.append(faq) }
    if let frame, !frame.crumbs.isEmpty { values.append(breadcrumbs(frame, title: document.title)) }
    if let frame, document.kind == "home" || document.kind == "sources" {
      values.append(dataset(document, frame))
    }
    return values
  }

  private static func faq(_ document: Document) -> DataValue? {
    var questions: [Question] = []
    for section in document.sections {
      for case .questions(let own) in section.blocks { questions += own }
    }
    guard !questions.isEmpty else { return nil }
    return .map([
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
    ])
  }

  private static func breadcrumbs(_ frame: PageFrame, title: String) -> DataValue {
    let all = frame.crumbs + [PageFrame.Crumb(title, frame.path)]
    return .map([
      ("@context", .text("https://schema.org")), ("@type", .text("BreadcrumbList")),
      (
        "itemListElement",
        .list(
          all.enumerated().map { place, crumb in
            .map([
              ("@type", .text("ListItem")), ("position", .integer(place + 1)), ("name", .text(crumb.title)),
              ("item", .text((frame.origin ?? "") + crumb.path)),
            ])
          })
      ),
    ])
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
