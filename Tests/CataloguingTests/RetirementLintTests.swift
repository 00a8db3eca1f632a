import Facts
import Testing

@testable import Cataloguing

/// A table of retirements beside a source that sells: what is known of ids that ended, and what is found in it.
@Suite struct Retirements {
  private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

  private func source(_ id: String, _ proves: SourceProof) throws -> SourceDescription {
    SourceDescription(
      id: SourceID(id), title: id, version: "1", licence: "MIT", homepage: nil,
      observed: try day("2026-10-01"), digest: id, lineage: SourceID(id), correction: id, proves: proves)
  }

  private func row(_ id: String, ends: String?, successor: String? = nil) throws -> SourceRecord {
    var claims: [Claim] = []
    if let ends { claims.append(Claim(.retirement, .date(try day(ends)), asWritten: ends)) }
    if let successor { claims.append(Claim(.successor, .text(successor), asWritten: successor)) }
    return SourceRecord(
      key: "acme/\(id)", subject: .route(provider: "acme", apiID: "acme/" + id), claims: claims)
  }

  private func catalogue(_ tables: [[SourceRecord]]) throws -> Catalogue {
    var frame = CatalogueFrame()
    frame.identity.add(lab: LabNote(id: "acme", name: "Acme", namespaces: ["acme"], firstParty: ["acme"]))
    var builder = CatalogueBuilder(frame: frame, asOf: try day("2026-11-01"))
    builder.add(
      source: try source("shop", .soldToday),
      records: [
        SourceRecord(
          key: "rocket-2", subject: .route(provider: "acme", apiID: "acme/rocket-2"),
          claims: [
            Claim(.price(PriceTerm(.input)), .money(try Money(dollars: "1")), asWritten: "1"),
            Claim(.released, .date(try day("2025-05-01")), asWritten: "2025-05-01"),
          ])
      ])
    for (place, records) in tables.enumerated() {
      builder.add(source: try source("table-\(place)", .known), records: records)
    }
    return Catalogue(contents: builder.build().finished(asOf: try day("2026-11-01")))
  }

  private func findings(_ tables: [[SourceRecord]]) throws -> [String] {
    let rules = Set(Lints.retirementRules.map(\.rule))
    return try catalogue(tables).findings(asOf: day("2026-11-01")).filter { rules.contains($0.rule) }
      .map { "\($0.rule) \($0.place): \($0.message)" }
  }

  @Test func anIDThatOnlyATableKnowsLeadsToItsModelAndHasNoPrice() throws {
    let catalogue = try catalogue([[try row("rocket-1", ends: "2024-11-06", successor: "rocket-2")]])
    guard case .resolved(let found) = try catalogue.resolve("rocket-1", asOf: day("2026-11-01")) else {
      Issue.record("rocket-1 is unknown")
      return
    }
    #expect(found.model == ModelID("acme/rocket-1"))
    let model = try #require(try catalogue.model(found.model, asOf: day("2026-11-01")))
    #expect(model.routes.map(\.apiID) == ["acme/rocket-1"])
    #expect(model.routes.allSatisfy { $0.prices.lines.isEmpty && !$0.isAvailable })
    #expect(model.routes.first?.retirement.value?.text == "2024-11-06")
  }

  /// Two tables write the id otherwise than the one shop that sells it: the shop's spelling is the model's.
  @Test func tablesDoNotRenameAModelThatIsSold() throws {
    let catalogue = try catalogue([
      [try row("rocket2", ends: "2026-12-01")], [try row("rocket2", ends: "2026-12-01")],
    ])
    #expect(try catalogue.summaries().map(\.id) == [ModelID("acme/rocket-2")])
  }

  @Test func aSoundTableHasNoFinding() throws {
    #expect(try findings([[try row("rocket-1", ends: "2024-11-06", successor: "rocket-2")]]).isEmpty)
  }

  @Test func anEndBeforeTheReleaseIsFound() throws {
    #expect(
      try findings([[try row("rocket-2", ends: "2025-04-30")]]) == [
        "retired-before-release acme/acme/rocket-2: acme/rocket-2 ends on 2025-04-30, and acme/rocket-2 was released 2025-05-01"
      ])
    // On the day itself it is none.
    #expect(try findings([[try row("rocket-2", ends: "2025-05-01")]]).isEmpty)
  }

  @Test func twoTablesThatDifferAreFoundAndBothStay() throws {
    let tables = [[try row("rocket-2", ends: "2026-12-01")], [try row("rocket-2", ends: "2027-01-15")]]
    #expect(
      try findings(tables) == [
        "retirements-differ acme/acme/rocket-2: 2026-12-01 (acme/rocket-2) or 2027-01-15 (acme/rocket-2)"
      ])
    let route = try #require(
      try catalogue(tables).model(ModelID("acme/rocket-2"), asOf: day("2026-11-01"))?.routes.first)
    let evidence = try #require(route.retirement.evidence)
    #expect(evidence.agreeing.count == 1 && evidence.dissenting.count == 1)
  }

  @Test func aSuccessorThatLeadsNowhereIsFound() throws {
    #expect(
      try findings([[try row("rocket-1", ends: nil, successor: "sled-9")]]) == [
        "unknown-successor acme/acme/rocket-1: the successor sled-9 leads to no model"
      ])
  }
}
