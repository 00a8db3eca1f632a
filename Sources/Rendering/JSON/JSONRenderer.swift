import Documents
import Facts
import TextFormats

extension Document {
  /// What the JSON form writes, for an answer that holds the document inside other JSON.
  public var structured: DataValue { JSONRenderer().data(self) }
}

/// Writes a document as JSON of `Schemas/document-1.schema.json`: the conclusions, every section with its cells, and
/// every citation once.
struct JSONRenderer {
  static let schema = "llmref/document/1"

  func render(_ document: Document) -> [UInt8] { JSONText.write(data(document)) }

  func data(_ document: Document) -> DataValue {
    var members: [(String, DataValue)] = [
      ("schema", .text(Self.schema)), ("kind", .text(document.kind)), ("title", .text(document.title)),
      ("as_of", .text(document.stamp.asOf.text)),
    ]
    var catalogue: [(String, DataValue)] = []
    if let date = document.stamp.catalogueDate { catalogue.append(("date", .text(date.text))) }
    if let digest = document.stamp.digest { catalogue.append(("sha256", .text(digest))) }
    members += [
      ("catalogue", .map(catalogue)), ("notices", .texts(document.stamp.notices)),
      ("conclusions", document.data),
    ]
    if !document.omitted.isEmpty { members.append(("omitted", .texts(document.omitted))) }
    members += [
      ("sections", .list(document.sections.map { section($0, document.citations) })),
      (
        "citations",
        .list(document.citations.entries.enumerated().map { citation($0.element, number: $0.offset + 1) })
      ),
    ]
    return .map(members)
  }

  private func section(_ section: Section, _ index: CitationIndex) -> DataValue {
    .map([
      ("id", .text(section.id)), ("title", .text(section.title)),
      ("blocks", .list(section.blocks.map { block($0, index) })),
    ])
  }

  private func block(_ block: Block, _ index: CitationIndex) -> DataValue {
    func named(_ kind: String, _ members: [(String, DataValue)]) -> DataValue {
      .map([("kind", .text(kind))] + members)
    }
    switch block {
    case .table(let table): return named("table", members(of: table, index))
    case .chart(let chart):
      return named(
        "chart",
        [("title", .text(chart.title)), ("description", .text(chart.fullDescription))]
          + members(of: chart.table, index))
    case .sides(let sides):
      return named(
        "sides",
        [
          (
            "sides",
            .list(
              sides.map {
                .map([("title", .text($0.title)), ("points", .list($0.points.map { runs($0, index) }))])
              })
          )
        ])
    case .paragraph(let content): return named("paragraph", [("runs", runs(content, index))])
    case .notice(let content): return named("notice", [("runs", runs(content, index))])
    case .list(let items): return named("list", [("items", .list(items.map { runs($0, index) }))])
    case .questions(let questions):
      return named(
        "questions",
        [
          (
            "questions",
            .list(
              questions.map { .map([("question", .text($0.question)), ("answer", runs($0.answer, index))]) })
          )
        ])
    case .links(let links):
      return named(
        "links",
        [
          (
            "links",
            .list(
              links.map {
                .map([
                  ("title", .text($0.title)), ("path", .text($0.path)), ("reason", runs($0.reason, index)),
                ])
              })
          )
        ])
    case .code(let text): return named("code", [("text", .text(text))])
    case .form(let form):
      return named(
        "form",
        [
          ("path", .text(form.action)), ("fields", .texts(form.fields.map(\.name))),
        ])
    case .sources: return named("sources", [])
    }
  }

  private func members(of table: Table, _ index: CitationIndex) -> [(String, DataValue)] {
    [
      ("caption", .text(table.caption)), ("head", .texts(table.head)),
      (
        "rows",
        .list(
          table.rows.map { row in
            var members: [(String, DataValue)] = [("label", .text(row.label))]
            if let note = row.note { members.append(("note", .text(note))) }
            members.append(("cells", .list(row.cells.map { runs($0, index) })))
            return .map(members)
          })
      ),
    ] + further("rows", table.furtherRows)
  }

  /// How many were left out; no member when none was.
  private func further(_ what: String, _ count: Int) -> [(String, DataValue)] {
    count > 0 ? [("further_" + what, .integer(count))] : []
  }

  private func runs(_ runs: [Run], _ index: CitationIndex) -> DataValue {
    .list(runs.flatMap { items($0, index) })
  }

  private func items(_ run: Run, _ index: CitationIndex) -> [DataValue] {
    switch run {
    case .text(let text): [.map([("text", .text(text))])]
    case .link(let text, let path): [.map([("text", .text(text)), ("path", .text(path))])]
    case .cell(let cell): [.map([("cell", self.cell(cell, index))])]
    case .phrase(let phrase): phrase.runs.flatMap { items($0, index) }
    }
  }

  private func cell(_ cell: Cell, _ index: CitationIndex) -> DataValue {
    var members: [(String, DataValue)] = [
      ("display", .text(cell.display)), ("state", .text(cell.state.rawValue)),
    ]
    if let exact = cell.exact { members.append(("value", .text(exact))) }
    if let detail = cell.detail { members.append(("detail", .text(detail))) }
    if let rule = cell.rule { members.append(("rule", .text(rule))) }
    if cell.isDisputed { members.append(("disputed", .flag(true))) }
    if !cell.citations.isEmpty {
      members.append(("citations", .list(cell.citations.map { reference($0, of: cell, index) })))
      members += further("citations", cell.furtherCitations)
    }
    if !cell.dissents.isEmpty {
      members.append(
        (
          "dissents",
          .list(
            cell.dissents.map { dissent in
              .map(
                [
                  ("display", .text(dissent.display)), ("cause", .text(dissent.cause.rawValue)),
                  ("citations", .list(dissent.citations.map { reference($0, of: cell, index) })),
                ] + further("citations", dissent.furtherCitations))
            })
        ))
      members += further("dissents", cell.furtherDissents)
    }
    return .map(members)
  }

  /// Which record, and what it writes for this very value.
  private func reference(_ citation: Citation, of cell: Cell, _ index: CitationIndex) -> DataValue {
    var members: [(String, DataValue)] = [
      ("number", .integer(index.flatNumber(citation, of: cell) ?? 0)),
      ("as_written", .text(citation.asWritten)),
      ("basis", .text(citation.basis.rawValue)),
    ]
    if let path = citation.path { members.append(("path", .text(path))) }
    if let unit = citation.unitAsWritten { members.append(("unit", .text(unit))) }
    if let from = citation.validFrom { members.append(("valid_from", .text(from.text))) }
    if let until = citation.validUntil { members.append(("valid_until", .text(until.text))) }
    if let note = citation.note { members.append(("note", .text(note))) }
    if let mark = citation.mark { members.append(("mark", .text(mark))) }
    return .map(members)
  }

  private func citation(_ citation: Citation, number: Int) -> DataValue {
    var members: [(String, DataValue)] = [
      ("number", .integer(number)), ("source", .text(citation.source.id.rawValue)),
      ("title", .text(citation.source.title)),
      ("version", .text(citation.source.version)), ("licence", .text(citation.source.licence)),
      ("record", .text(citation.recordKey)), ("observed", .text(citation.observed.text)),
      ("sha256", .text(citation.source.digest)), ("correct_at", .text(citation.correction)),
    ]
    if let url = citation.url { members.append(("url", .text(url))) }
    return .map(members)
  }
}
