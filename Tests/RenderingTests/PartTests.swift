import Documents
import Facts
import Rendering
import Testing
import TextFormats

@Suite struct PartsOfDocuments {
  private func citation(_ record: String) throws -> Citation {
    let day = try CalendarDate(parsing: "2026-11-01")
    return Citation(
      source: SourceDescription(
        id: "s", title: "S", version: "1", licence: "MIT", homepage: nil, observed: day,
        digest: String(repeating: "0", count: 64), lineage: "s", correction: "s"), recordKey: record,
      asWritten: "8")
  }

  /// Three citations and two dissents, of which the second contradicts and the first does not; four rows.
  private func document() throws -> Document {
    let cell = Cell(
      "8", state: .known, exact: "8", citations: try ["a", "b", "c"].map(citation),
      dissents: [
        CellDissent(display: "7", cause: .routeLimit, citations: try ["d"].map(citation)),
        CellDissent(display: "9", cause: .real, citations: try ["e", "f"].map(citation)),
      ])
    let table = Table(
      caption: "T", head: ["", "X"], rows: (1...4).map { Table.Row("\($0)", cells: [[.cell(cell)]]) })
    return Document(
      kind: "model", title: "D",
      stamp: CatalogueStamp(
        catalogueDate: nil, digest: nil, asOf: try CalendarDate(parsing: "2026-11-01"), notices: []),
      sections: [
        Section(
          id: "one", title: "One",
          blocks: [.form(Form(id: "f", title: "F", action: "/", fields: [], submit: "Go")), .table(table)]),
        Section(id: "two", title: "Two", blocks: [.paragraph(["words"])]),
        Section(id: "sources", title: "Sources", blocks: [.paragraph(["As of"]), .sources]),
      ], data: .map([]))
  }

  private func json(_ document: Document) -> String {
    String(decoding: JSONText.compact(document.structured), as: UTF8.self)
  }

  /// One citation of three, the contradicting dissent of two with one citation of two, three rows of four.
  @Test func countWhatTheyLeaveOut() throws {
    let part = try document().part(["one"], Brevity(citations: 1, dissents: 1, rows: 3))
    let text = json(part)
    #expect(part.omitted == ["two", "sources"])
    #expect(text.contains(#""omitted":["two","sources"]"#) && text.contains(#""further_rows":1"#))
    #expect(
      text.contains(
        #""disputed":true,"citations":[{"number":1,"as_written":"8","basis":"stated"}],"further_citations":2,"dissents":[{"display":"9","#
      ))
    #expect(text.contains(#""further_citations":1}],"further_dissents":1}"#))
    // The records a and e alone are cited, and their list stays without the words around it.
    #expect(part.citations.entries.map(\.recordKey) == ["a", "e"])
    #expect(!text.contains("As of") && text.contains(#"{"kind":"sources"}"#) && !text.contains(#""form""#))
    let markdown = String(decoding: OutputFormat.markdown.render(part), as: UTF8.self)
    #expect(markdown.contains(#"8 *(disputed)* \[1,+2\]"#) && markdown.contains("1 more row."))
  }

  @Test func theWholeOneLacksItsFormsAlone() throws {
    let document = try document()
    let whole = document.part(nil, nil)
    #expect(whole.omitted.isEmpty && whole.cells == document.cells)
    #expect(json(whole) == json(document).replacing(#"{"kind":"form","path":"/","fields":[]},"#, with: ""))
    #expect(!json(document).contains("further_"))
  }
}
