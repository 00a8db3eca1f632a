import Cataloguing
import Documents
import Facts

/// Every claim about one field of one model: who says what, since when, and the rule that chose.
public struct Explanation: Sendable {
  public let model: Model
  public let field: Field
  public let stamp: CatalogueStamp
  private let places: [(title: String, knowledge: Knowledge<FactValue>)]

  public init(_ model: Model, _ field: Field, in catalogue: Catalogue) {
    self.model = model
    self.field = field
    stamp = CatalogueStamp(catalogue, asOf: model.asOf)
    var places: [(String, Knowledge<FactValue>)] = []
    if case .price(let term) = field {
      for route in model.routes {
        let title = "\(Display.harmless(route.providerName)) · \(Display.harmless(route.apiID))"
        let own = route.prices.terms.keys.filter { $0.unit == term.unit }.sorted { $0.text < $1.text }
        for key in own {
          places.append(
            (
              "\(title), \(Display.midSentence(key.title))",
              (route.prices.terms[key] ?? .unknown).map(FactValue.money)
            ))
        }
      }
    } else {
      places.append((Display.harmless(model.name), model[field]))
      for route in model.routes where !route[field].isUnknown {
        places.append(
          ("\(Display.harmless(route.providerName)) · \(Display.harmless(route.apiID))", route[field]))
      }
    }
    self.places = places
  }

  public var document: Document {
    let title = "\(Display.harmless(model.name)): \(Display.midSentence(field.title))"
    var sections = [Section(id: "answer", title: title, blocks: answer)]
    for (place, entry) in places.enumerated() where !entry.knowledge.isUnknown {
      sections.append(
        Section(
          id: "claims-\(place + 1)", title: "Claims: \(entry.title)",
          blocks: [.table(table(entry.knowledge, entry.title))]))
    }
    sections.append(
      Section(
        id: "sources", title: "Sources",
        blocks: [
          .paragraph(
            SourceWords.stamp(stamp, reviewed: places.compactMap { $0.knowledge.evidence?.oldest }.min())),
          .sources,
        ]))
    return Document(kind: "explanation", title: title, stamp: stamp, sections: sections, data: data)
  }

  private var answer: [Block] {
    guard let first = places.first, let evidence = first.knowledge.evidence else {
      return [
        .paragraph([
          .text("The \(Display.midSentence(field.title)) of \(Display.harmless(model.name)) is "),
          .cell(.unknown),
          .text(
            ": no source says. Add it to a facts file, or to the curated file Data/curated/models/\(model.id).yaml with its page."
          ),
        ])
      ]
    }
    var runs: [Run] = [
      .text("\(first.title): "), .cell(Cells.cell(first.knowledge, field)),
      .text(". Rule: \(evidence.rule.rawValue) — \(evidence.rule.explanation)."),
    ]
    if !evidence.dissenting.isEmpty {
      runs.append(
        .text(
          " \(Display.capitalised(Display.counted(evidence.dissenting.count, "other value"))) \(evidence.dissenting.count == 1 ? "is" : "are") claimed."
        ))
    }
    return [.paragraph(runs)]
  }

  private func table(_ knowledge: Knowledge<FactValue>, _ title: String) -> Table {
    var rows: [Table.Row] = []
    guard let evidence = knowledge.evidence else { return Table(caption: title, head: ["Claim"], rows: []) }
    let believed = Cells.cell(knowledge, field).display
    for citation in evidence.agreeing { rows.append(row(citation, value: believed, standing: "believed")) }
    for dissent in evidence.dissenting {
      for citation in dissent.citations {
        rows.append(
          row(
            citation, value: Display.value(dissent.value, of: field),
            standing: dissent.isVariation
              ? "variation: \(dissent.cause.rawValue)" : "differs: \(dissent.cause.rawValue)"))
      }
    }
    return Table(
      caption: title, head: ["Source and record", "Value", "As written", "Observed", "Standing"], rows: rows)
  }

  private func row(_ citation: Citation, value: String, standing: String) -> Table.Row {
    let written = citation.asWritten + (citation.unitAsWritten.map { " \($0)" } ?? "")
    return Table.Row(
      Display.harmless(citation.source.title),
      note: Display.harmless(citation.recordKey + (citation.path.map { " → \($0)" } ?? "")),
      cells: [
        [.cell(Cell(value, state: .known, exact: value, citations: [citation]))],
        [.text(Display.harmless(written))],
        [.text(citation.observed.text)], [.text(standing)],
      ])
  }

  private var data: DataValue {
    .map([
      ("model", .text(model.id.rawValue)), ("field", .text(field.rawValue)),
      (
        "values",
        .list(
          places.map { title, knowledge in
            var members: [(String, DataValue)] = [("place", .text(title))]
            switch knowledge {
            case .known(let value, _): members += [("state", .text("known")), ("value", .text(value.text))]
            case .absent: members.append(("state", .text("absent")))
            case .unknown: members.append(("state", .text("unknown")))
            }
            if let evidence = knowledge.evidence {
              members.append(("rule", .text(evidence.rule.rawValue)))
              let claims =
                evidence.agreeing.map { ($0, knowledge.value?.text ?? "none", "believed") }
                + evidence.dissenting.flatMap { dissent in
                  dissent.citations.map { ($0, dissent.value.text, dissent.cause.rawValue) }
                }
              members.append(("claims", .list(claims.map { claim($0.0, value: $0.1, standing: $0.2) })))
            }
            return .map(members)
          })
      ),
    ])
  }

  private func claim(_ citation: Citation, value: String, standing: String) -> DataValue {
    var members: [(String, DataValue)] = [
      ("value", .text(value)), ("as_written", .text(citation.asWritten)),
      ("source", .text(citation.source.id.rawValue)),
      ("record", .text(citation.recordKey)), ("observed", .text(citation.observed.text)),
      ("standing", .text(standing)),
      ("basis", .text(citation.basis.rawValue)), ("correct_at", .text(citation.correction)),
    ]
    if let path = citation.path { members.append(("path", .text(path))) }
    if let url = citation.url { members.append(("url", .text(url))) }
    if let mark = citation.mark { members.append(("mark", .text(mark))) }
    return .map(members)
  }
}
