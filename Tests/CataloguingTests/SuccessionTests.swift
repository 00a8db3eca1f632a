import Facts
import Testing

@testable import Cataloguing

private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

/// Acme's own routes as of 2026-11-29: an id, its end, and the successor that its page names.
private func catalogue(_ rows: [(id: String, ends: String?, then: String?)]) throws -> Catalogue {
  var frame = CatalogueFrame()
  frame.identity.add(lab: LabNote(id: "acme", name: "Acme", namespaces: ["acme"], firstParty: ["acme"]))
  var builder = CatalogueBuilder(frame: frame, asOf: try day("2026-11-29"))
  let records = try rows.enumerated().map { index, row in
    var claims = [Claim(.price(PriceTerm(.input)), .money(try Money(dollars: "1")), asWritten: "1")]
    if let ends = row.ends { claims.append(Claim(.retirement, .date(try day(ends)), asWritten: ends)) }
    if let then = row.then { claims.append(Claim(.successor, .text(then), asWritten: then)) }
    return SourceRecord(
      key: "r\(index)", subject: .route(provider: "acme", apiID: "acme/" + row.id), claims: claims)
  }
  builder.add(
    source: SourceDescription(
      id: "list", title: "list", version: "1", licence: "MIT", homepage: nil, observed: try day("2026-11-20"),
      digest: "00", lineage: "list", correction: "", proves: .soldToday), records: records)
  return Catalogue(contents: builder.build().finished(asOf: try day("2026-11-29")))
}

private func succession(of id: String, _ rows: [(id: String, ends: String?, then: String?)]) throws
  -> Succession?
{
  let catalogue = try catalogue(rows)
  let model = try #require(try catalogue.model(ModelID("acme/" + id), asOf: day("2026-11-29")))
  return try catalogue.succession(of: try #require(model.routes.first))
}

@Suite struct Successions {
  @Test func leadToAModelThatIsServed() throws {
    let found = try #require(
      try succession(of: "rocket-1", [("rocket-1", "2026-01-01", "acme/rocket-2"), ("rocket-2", nil, nil)]))
    #expect(found.outcome == .served && found.living == "acme/rocket-2")
    #expect(found.remark(\.self).isEmpty)
  }

  @Test func goOnWhereTheSuccessorHasEnded() throws {
    let found = try #require(
      try succession(
        of: "rocket-1",
        [
          ("rocket-1", "2025-01-01", "acme/rocket-2"), ("rocket-2", "2026-02-03", "acme/rocket-3"),
          ("rocket-3", "2026-12-24", nil),
        ]))
    #expect(found.living == "acme/rocket-3")
    #expect(
      found.remark(\.self)
        == ", which ended on 2026-02-03; after it acme/rocket-3, which ends on 2026-12-24")
  }

  @Test func sayWhatLeadsNowhere() throws {
    let itself = try #require(try succession(of: "rocket-1", [("rocket-1", "2025-01-01", "acme/rocket-1")]))
    #expect(itself.outcome == .itself && itself.living == nil)
    let unknown = try #require(try succession(of: "rocket-1", [("rocket-1", "2025-01-01", "acme/comet-7")]))
    #expect(unknown.outcome == .unknown("acme/comet-7"))
    #expect(unknown.remark(\.self) == ", which the catalogue does not know")
    let open = try #require(
      try succession(
        of: "rocket-1", [("rocket-1", "2025-01-01", "acme/rocket-2"), ("rocket-2", "2025-06-01", nil)]))
    #expect(open.outcome == .open && open.living == nil)
  }

  @Test func endInACircle() throws {
    let rows: [(id: String, ends: String?, then: String?)] = [
      ("rocket-1", "2025-01-01", "acme/rocket-2"), ("rocket-2", "2025-06-01", "acme/rocket-3"),
      ("rocket-3", "2025-09-01", "acme/rocket-2"),
    ]
    let found = try #require(try succession(of: "rocket-1", rows))
    #expect(found.outcome == .circle("acme/rocket-2") && found.steps.count == 2)
    let findings = try catalogue(rows).findings(asOf: day("2026-11-29"))
    #expect(findings.contains { $0.rule == "circular-successor" })
  }

  @Test func areNoneWhereNoneIsNamed() throws {
    #expect(try succession(of: "rocket-1", [("rocket-1", "2025-01-01", nil)]) == nil)
  }
}
