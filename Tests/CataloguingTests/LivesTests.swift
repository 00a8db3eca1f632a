import Facts
import Testing

@testable import Cataloguing

private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

/// A row of a source: the route, and what it says of its end.
private struct Row {
  var source = "list"
  var proves = SourceProof.soldToday
  var observed = "2026-11-20"
  var provider: String
  var id: String
  var ends: String?
  var successor: String?
}

/// The model as of 2026-11-29. Acme sells it at its own API and at its cloud; `sky` is a cloud too.
private func model(
  _ rows: [Row], openness: String? = nil, claimed: String? = nil, id: String = "acme/rocket-1"
) throws -> Model {
  var frame = CatalogueFrame()
  frame.identity.add(
    lab: LabNote(id: "acme", name: "Acme", namespaces: ["acme"], firstParty: ["acme", "acme-cloud"]))
  frame.identity.clouds = ["acme-cloud", "sky"]
  var builder = CatalogueBuilder(frame: frame, asOf: try day("2026-11-29"))
  for own in Dictionary(grouping: rows, by: { $0.source + $0.observed }).sorted(by: { $0.key < $1.key }).map(
    \.value)
  {
    let records = try own.enumerated().map { index, row in
      var claims: [Claim] = []
      if let ends = row.ends { claims.append(Claim(.retirement, .date(try day(ends)), asWritten: ends)) }
      if let successor = row.successor {
        claims.append(Claim(.successor, .text(successor), asWritten: successor))
      }
      if row.proves != .known {
        claims.append(Claim(.price(PriceTerm(.input)), .money(try Money(dollars: "1")), asWritten: "1"))
      }
      return SourceRecord(
        key: "r\(index)", subject: .route(provider: row.provider, apiID: row.id),
        claims: claims)
    }
    builder.add(
      source: SourceDescription(
        id: SourceID(own[0].source), title: own[0].source, version: own[0].observed, licence: "MIT",
        homepage: nil, observed: try day(own[0].observed), digest: "00", lineage: SourceID(own[0].source),
        correction: "", proves: own[0].proves),
      records: records)
  }
  var own: [Claim] = []
  if let openness { own.append(Claim(.openness, .text(openness), asWritten: openness)) }
  if let claimed { own.append(Claim(.retirement, .date(try day(claimed)), asWritten: claimed)) }
  if !own.isEmpty {
    builder.add(
      source: SourceDescription(
        id: "curated", title: "curated", version: "1", licence: "MIT", homepage: nil,
        observed: try day("2026-11-20"), digest: "00", lineage: "curated", correction: "", proves: .known),
      records: [SourceRecord(key: "c", subject: .model(id), claims: own)])
  }
  return try #require(
    try Catalogue(contents: builder.build()).model(ModelID(stringLiteral: id), asOf: day("2026-11-29")))
}

private func life(_ model: Model, _ provider: String, _ id: String = "rocket-1") throws -> Life.State {
  try #require(model.routes.first { $0.provider.rawValue == provider && $0.apiID == id }).life.state
}

@Suite struct ALifeIsOneValue {
  @Test func aRouteWithoutAnEndThatItsNewestListHoldsIsListed() throws {
    let model = try model([Row(provider: "acme", id: "rocket-1")])
    #expect(try life(model, "acme") == .listed)
    #expect(model.life.state == .listed)
  }

  @Test func whatAPriceBookOrATableKnowsIsNotListed() throws {
    let model = try model([
      Row(source: "book", proves: .wasSold, observed: "2026-11-10", provider: "acme", id: "rocket-1"),
      Row(source: "table", proves: .known, observed: "2026-10-16", provider: "host", id: "acme/rocket-1"),
    ])
    #expect(try life(model, "acme") == .unknown(lastSeen: day("2026-11-10")))
    #expect(try life(model, "host", "acme/rocket-1") == .unknown(lastSeen: day("2026-10-16")))
    #expect(model.availableRoutes.isEmpty)
  }

  @Test func whatItsNewestListNoLongerHoldsIsGone() throws {
    let model = try model([
      Row(observed: "2026-08-18", provider: "acme", id: "rocket-1"),
      Row(observed: "2026-11-20", provider: "host", id: "acme/rocket-1"),
    ])
    #expect(try life(model, "acme") == .gone(lastSeen: day("2026-08-18")))
  }

  /// The day itself is the last on which it is served.
  @Test(arguments: [("2026-11-28", true), ("2026-11-29", false), ("2027-01-14", false)])
  func anEndIsPastFromTheDayAfterIt(end: String, hasEnded: Bool) throws {
    let model = try model([Row(provider: "acme", id: "rocket-1", ends: end, successor: "rocket-2")])
    #expect(try life(model, "acme") == (hasEnded ? .ended(day(end)) : .ends(day(end))))
    #expect(model.life.hasEnded == hasEnded)
    #expect(model.life.successor.value == "rocket-2")
    #expect(model.availableRoutes.isEmpty == hasEnded)
  }

  /// A closed model ends with its lab's last route; an undated listing elsewhere outlives nothing.
  @Test func aClosedModelDoesNotLiveOnThroughAnUndatedListing() throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1", ends: "2026-06-01"), Row(provider: "host", id: "acme/rocket-1"),
    ])
    #expect(try life(model, "host", "acme/rocket-1") == .ended(day("2026-06-01")))
    #expect(model.life.hasEnded)
  }

  @Test func aClosedModelLivesOnAtACloudThatStatesALaterEnd() throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1", ends: "2026-06-01"),
      Row(provider: "sky", id: "acme.rocket-1", ends: "2027-04-08"),
      Row(provider: "host", id: "acme/rocket-1"),
    ])
    #expect(try life(model, "acme") == .ended(day("2026-06-01")))
    #expect(try life(model, "host", "acme/rocket-1") == .ends(day("2027-04-08")))
    #expect(model.life.state == .ends(try day("2027-04-08")))
    // The cell says when the lab stops.
    #expect(model[.retirement].value == .date(try day("2026-06-01")))
  }

  @Test func openWeightsLiveOnAtOtherHosts() throws {
    let model = try model(
      [
        Row(provider: "acme", id: "rocket-1", ends: "2026-06-01"), Row(provider: "host", id: "acme/rocket-1"),
      ],
      openness: "open weights")
    #expect(try life(model, "acme") == .ended(day("2026-06-01")))
    #expect(try life(model, "host", "acme/rocket-1") == .listed)
    #expect(model.life.state == .listed)
  }

  /// A host's end of another lab's model is that route's alone.
  @Test func anEndAtAHostEndsThatRouteAlone() throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1"), Row(provider: "host", id: "acme/rocket-1", ends: "2026-06-01"),
    ])
    #expect(try life(model, "acme") == .listed)
    #expect(model.life.state == .listed)
    #expect(model[.retirement].isUnknown)
  }

  /// A name for whichever release is current ends with the last of them, where all that are listed state an end.
  @Test(arguments: [("2027-03-01", "2027-03-01"), (nil, nil)])
  func anAliasInheritsTheLastEndOfTheReleases(second: String?, expected: String?) throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1"),
      Row(provider: "acme", id: "rocket-1-2025-05-13", ends: "2026-10-23"),
      Row(provider: "acme", id: "rocket-1-2025-08-06", ends: second),
    ])
    #expect(try life(model, "acme") == (try expected.map { .ends(try day($0)) } ?? .listed))
  }

  @Test func aPreviewThatEndedEndsNoOtherId() throws {
    func entry(_ id: String, ends: String? = nil) throws -> Lives.Entry {
      let source = SourceDescription(
        id: "t", title: "t", version: "1", licence: "MIT", homepage: nil, observed: try day("2026-10-16"),
        digest: "00", lineage: "t", correction: "", proves: .known)
      let claims = try ends.map { [Claim(.retirement, .date(try day($0)), asWritten: $0)] } ?? []
      let record = SourceRecord(key: id, subject: .route(provider: "acme", apiID: id), claims: claims)
      return Lives.Entry(
        contents: RouteContents(provider: "acme", apiID: id, attributes: RouteAttributes(), records: []),
        isFirstParty: true, isListed: ends == nil, isCloud: false,
        retirement: claims.map {
          Witness(claim: $0, record: record, source: source, role: .firstParty, provider: "acme", rank: 0)
        }, successor: [])
    }
    let lives = Lives(
      [try entry("rocket-1"), try entry("rocket-1-preview-05-20", ends: "2026-07-15")], of: "acme/rocket-1",
      claimed: [], isOpen: false, asOf: try day("2026-11-30"))
    #expect(lives.end(at: 0).day.isUnknown)
    #expect(lives.end(at: 1).day.value == (try day("2026-07-15")))
    #expect(lives.model.day.isUnknown)
  }

  /// What is said of the model at its lab bounds the lab's routes that state nothing, and not those that do.
  @Test func theLabsEndOfTheModelBoundsItsUndatedRoutes() throws {
    let model = try model(
      [
        Row(provider: "acme", id: "rocket-1"),
        Row(provider: "acme-cloud", id: "rocket-1@001", ends: "2027-01-14"),
      ], claimed: "2026-11-01")
    #expect(try life(model, "acme") == .ended(day("2026-11-01")))
    #expect(try life(model, "acme-cloud", "rocket-1@001") == .ends(day("2027-01-14")))
  }

  /// A cloud's day that no page stands behind, is past and is before the lab's own: nobody knows whether it is still served there.
  @Test func aPastDayWithoutAPageBeforeTheLabsOwnDecidesNothing() throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1", ends: "2026-12-30"),
      Row(provider: "sky", id: "acme.rocket-1", ends: "2026-09-29"),
    ])
    #expect(try life(model, "sky", "acme.rocket-1") == .unknown(lastSeen: day("2026-11-20")))
    let route = try #require(model.routes.first { $0.provider == "sky" })
    #expect(route.life.end.value == (try day("2026-09-29")))
    #expect(!route.isAvailable)
  }

  /// The same day ahead of the reader yields to the lab's.
  @Test func aComingDayWithoutAPageYieldsToALaterOneOfTheLab() throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1", ends: "2027-03-01"),
      Row(provider: "sky", id: "acme.rocket-1", ends: "2027-01-29"),
    ])
    #expect(try life(model, "sky", "acme.rocket-1") == .ends(day("2027-03-01")))
  }

  /// A model that was never more than a preview ends with its previews, at those who list it undated too.
  @Test func aModelOfPreviewsEndsWithThem() throws {
    let model = try model(
      [
        Row(provider: "acme", id: "rocket-1-preview", ends: "2026-03-09"),
        Row(provider: "host", id: "acme/rocket-1-preview"),
      ], id: "acme/rocket-1-preview")
    #expect(model.life.state == .ended(try day("2026-03-09")))
    #expect(try life(model, "host", "acme/rocket-1-preview") == .ended(day("2026-03-09")))
  }

  /// A pointer that leads on to the successor outlives the model.
  @Test func aPointerThatLeadsToTheSuccessorLivesOn() throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1", ends: "2026-06-01", successor: "rocket-1-2512"),
      Row(provider: "acme", id: "rocket-1-latest"),
    ])
    let route = try #require(model.routes.first { $0.apiID == "rocket-1-latest" })
    #expect(route.life.state == .listed)
  }

  /// `rocket-1-latest` leads from one release of Rocket 1 to the next; `rocket-latest` may lead to Rocket 2.
  @Test(arguments: [("acme/rocket-1-latest", true), ("acme/rocket-latest", false)])
  func aPointerWithinTheModelEndsWithIt(id: String, ends: Bool) throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1", ends: "2026-06-01"), Row(provider: "host", id: id),
    ])
    guard let route = model.routes.first(where: { $0.apiID == id }) else {
      // Another identity took the pointer to a model of its own, where nothing ends it.
      #expect(!ends)
      return
    }
    #expect(route.life.hasEnded == ends)
  }

  /// Two tables differ: the day of most is believed, the other is said beside it.
  @Test func twoTablesThatDisagreeAreADispute() throws {
    let model = try model([
      Row(provider: "acme", id: "rocket-1"),
      Row(source: "t1", proves: .known, provider: "acme", id: "rocket-1", ends: "2026-06-01"),
      Row(source: "t2", proves: .known, provider: "acme", id: "rocket-1", ends: "2026-06-01"),
      Row(source: "t3", proves: .known, provider: "acme", id: "rocket-1", ends: "2026-09-01"),
    ])
    let end = try #require(model.routes.first).life.end
    #expect(end.value == (try day("2026-06-01")))
    #expect(end.evidence?.dissenting.map(\.value.text) == ["2026-09-01"])
  }
}
