import Facts
import Testing

@testable import Cataloguing

private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

/// One record of a source about a route: prices by the text of their term, in US dollars.
struct SaidPrices {
  var source: String
  var observed: String
  var lineage: String?
  var provider = "host"
  var id = "acme/rocket-1"
  var prices: [PriceTerm: String]
  var page: String?
  var states: Set<String> = []
  var flattened: [BillableUnit: String] = [:]
  var others: [Claim] = []
}

extension SaidPrices {
  static func catalogue(_ said: [SaidPrices]) throws -> Catalogue { try pricesCatalogue(said) }
}

private let input = PriceTerm(.input)
private let output = PriceTerm(.output)
private let cache = PriceTerm(.cacheRead)
private func above(_ limit: Int64, _ unit: BillableUnit = .input) -> PriceTerm {
  PriceTerm(unit, above: TokenCount(limit))
}

private func pricesCatalogue(_ said: [SaidPrices], policy change: (inout IdentityPolicy) -> Void = { _ in })
  throws
  -> Catalogue
{
  var frame = CatalogueFrame()
  frame.rank = ["a", "b", "c"].map { SourceID($0) }
  frame.identity.add(lab: LabNote(id: "acme", name: "Acme", namespaces: ["acme"], firstParty: ["acme"]))
  change(&frame.identity)
  var builder = CatalogueBuilder(frame: frame, asOf: try day("2026-11-24"))
  for (index, own) in said.enumerated() {
    let claims = try own.prices.map { term, dollars in
      Claim(.price(term), .money(try Money(dollars: dollars)), asWritten: dollars)
    }
    builder.add(
      source: SourceDescription(
        id: SourceID(own.source), title: own.source, version: own.observed, licence: "MIT", homepage: nil,
        observed: try day(own.observed), digest: "00", lineage: SourceID(own.lineage ?? own.source),
        correction: own.source, states: own.states),
      records: [
        SourceRecord(
          key: "r\(index)", subject: .route(provider: own.provider, apiID: own.id),
          claims: claims + own.others,
          url: own.page, flattenedTiers: try own.flattened.mapValues { try Money(dollars: $0) })
      ])
  }
  return Catalogue(contents: builder.build())
}

/// The prices of a route on a day, by the text of their term.
private func prices(
  _ catalogue: Catalogue, on text: String = "2026-11-24", at provider: String = "host",
  id: String = "acme/rocket-1"
) throws -> [String: String] {
  let model = try #require(try catalogue.model(ModelID("acme/rocket-1"), asOf: day(text)))
  let route = try #require(model.routes.first { $0.provider.rawValue == provider && $0.apiID == id })
  return Dictionary(
    uniqueKeysWithValues: route.prices.terms.compactMap { term, money in
      money.value.map { (term.text.replacing("price.", with: ""), $0.text) }
    })
}

@Suite struct PriceListsOfOneRecord {
  /// Read in August, one source says 2.7; before and after others say 3. Nothing moved: on every day the same votes are cast.
  @Test(arguments: ["2026-07-15", "2026-08-20", "2026-11-20"])
  func aDayOnWhichASourceWasReadIsNoDayOnWhichAPriceChanged(on text: String) throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a", observed: "2026-08-18", prices: [input: "2.7", output: "13.5"]),
      SaidPrices(source: "b", observed: "2026-11-12", prices: [input: "3", output: "15"]),
      SaidPrices(source: "c", observed: "2026-11-13", prices: [input: "3", output: "15"]),
    ])
    #expect(try prices(catalogue, on: text) == ["input": "3", "output": "15"])
  }

  /// One lineage says 1 in May and 2 in August; another, read in November alone, says 2: it tells nothing of June.
  @Test(arguments: [("2026-06-15", "1"), ("2026-08-17", "1"), ("2026-08-18", "2"), ("2026-11-20", "2")])
  func twoValuesOfOneLineageAreAChangeThatLaterRecordsDoNotUndo(on text: String, price: String) throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a1", observed: "2026-05-21", lineage: "a", prices: [input: "1", output: "4"]),
      SaidPrices(source: "a2", observed: "2026-08-18", lineage: "a", prices: [input: "2", output: "8"]),
      SaidPrices(source: "b", observed: "2026-11-12", prices: [input: "2", output: "8"]),
      SaidPrices(source: "c", observed: "2026-11-13", prices: [input: "2", output: "8"]),
    ])
    #expect(try prices(catalogue, on: text)["input"] == price)
  }

  /// Two lineages read before the change still say the old price; they are two, and speak of another time.
  @Test func recordsReadBeforeAChangeDoNotOutvoteIt() throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a1", observed: "2026-05-21", lineage: "a", prices: [input: "1", output: "4"]),
      SaidPrices(source: "a2", observed: "2026-11-18", lineage: "a", prices: [input: "2", output: "8"]),
      SaidPrices(source: "b", observed: "2026-06-12", prices: [input: "1", output: "4"]),
      SaidPrices(source: "c", observed: "2026-07-13", prices: [input: "1", output: "4"]),
    ])
    #expect(try prices(catalogue, on: "2026-08-01")["input"] == "1")
    #expect(try prices(catalogue)["input"] == "2")
  }

  /// A value that one snapshot alone has between two that agree.
  @Test func aSlipOfOneSnapshotIsNoChange() throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a1", observed: "2026-05-21", lineage: "a", prices: [input: "1", output: "4"]),
      SaidPrices(source: "a2", observed: "2026-08-18", lineage: "a", prices: [input: "3", output: "4"]),
      SaidPrices(source: "a3", observed: "2026-09-28", lineage: "a", prices: [input: "1", output: "4"]),
    ])
    for text in ["2026-06-01", "2026-08-20", "2026-10-01"] {
      #expect(try prices(catalogue, on: text)["input"] == "1")
    }
  }

  /// The second snapshot repeats the third; its day is when the new price was first seen.
  @Test(arguments: [("2026-08-17", "1"), ("2026-08-18", "2"), ("2026-09-28", "2")])
  func aChangeBeginsWithTheFirstSnapshotThatHasIt(on text: String, price: String) throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a1", observed: "2026-05-21", lineage: "a", prices: [input: "1", output: "4"]),
      SaidPrices(source: "a2", observed: "2026-08-18", lineage: "a", prices: [input: "2", output: "4"]),
      SaidPrices(source: "a3", observed: "2026-09-28", lineage: "a", prices: [input: "2", output: "4"]),
    ])
    #expect(try prices(catalogue, on: text)["input"] == price)
  }

  /// DeepSeek V4 Pro: reasoning at 0.87 belongs to a list whose output was 0.87; today's output is 1.98.
  @Test func aPartOfAnotherListDoesNotJoin() throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(
        source: "a", observed: "2026-08-18",
        prices: [input: "0.4", output: "0.87", PriceTerm(.reasoning): "0.87", cache: "0.04"]),
      SaidPrices(source: "b", observed: "2026-11-10", prices: [input: "0.9", output: "1.98"]),
      SaidPrices(source: "c", observed: "2026-11-12", prices: [input: "0.9", output: "1.98", cache: "0.09"]),
    ])
    #expect(try prices(catalogue) == ["input": "0.9", "output": "1.98", "cache_read": "0.09"])
  }

  /// Input of one record and output of another would be nobody's list.
  @Test func inputAndOutputComeFromOneRecord() throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(
        source: "a", observed: "2026-10-01", prices: [input: "1", output: "5"], page: "https://a.example"),
      SaidPrices(
        source: "b", observed: "2026-10-02", prices: [input: "1", output: "6"], page: "https://b.example"),
      SaidPrices(
        source: "c", observed: "2026-10-03", prices: [input: "2", output: "5"], page: "https://c.example"),
    ])
    #expect(try prices(catalogue) == ["input": "2", "output": "5"])
  }

  /// Two lineages, one each: the row that names its page is the one that somebody read.
  @Test func aRecordWithItsPageComesBeforeANewerFile() throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a", observed: "2026-08-01", prices: [input: "1"], page: "https://a.example"),
      SaidPrices(source: "b", observed: "2026-11-02", prices: [input: "2"]),
    ])
    #expect(try prices(catalogue) == ["input": "1"])
  }

  /// What the newer snapshot can state, and whether the cache price of the older goes on.
  private static let stating: [(states: Set<String>, goesOn: Bool)] = [
    ([], true), (["input", "output"], true), (["input", "output", "cache_read"], false),
  ]

  @Test(arguments: stating)
  func whatANewerSnapshotCouldSayAndDoesNotHasEnded(states: Set<String>, goesOn: Bool) throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(
        source: "a1", observed: "2026-05-21", lineage: "a", prices: [input: "3", output: "9", cache: "0.3"]),
      SaidPrices(
        source: "a2", observed: "2026-08-18", lineage: "a", prices: [input: "3", output: "9"], states: states),
    ])
    #expect(try prices(catalogue)["cache_read"] == (goesOn ? "0.3" : nil))
  }

  /// The bundle flattens limits: it tells that there is a tier, and its price.
  @Test func aTierEndsUnlessTheNewerSnapshotStillHasOneAtItsPrice() throws {
    func limits(_ flattened: [BillableUnit: String]) throws -> [String: String] {
      try prices(
        pricesCatalogue([
          SaidPrices(
            source: "a1", observed: "2026-05-21", lineage: "a",
            prices: [input: "3", output: "9", above(272_000): "6"]),
          SaidPrices(
            source: "a2", observed: "2026-08-18", lineage: "a", prices: [input: "3", output: "9"],
            states: ["input", "output", "tier"], flattened: flattened),
        ]))
    }
    #expect(try limits([.input: "6"])["input.above_272000"] == "6")
    #expect(try limits([:])["input.above_272000"] == nil)
    #expect(try limits([.input: "7"])["input.above_272000"] == nil)
  }

  /// The lab's own list has no tier: one lineage elsewhere is not enough, two are.
  @Test func aTierThatTheLabLacksNeedsTwoWitnesses() throws {
    let lab = SaidPrices(
      source: "a", observed: "2026-11-01", provider: "acme", prices: [input: "3", output: "15"])
    let one = SaidPrices(
      source: "b", observed: "2026-11-01", prices: [input: "3", output: "15", above(200_000): "6"])
    var two = one
    two.source = "c"
    #expect(try prices(pricesCatalogue([lab, one]))["input.above_200000"] == nil)
    #expect(try prices(pricesCatalogue([lab, one, two]))["input.above_200000"] == "6")
    #expect(try prices(pricesCatalogue([one]))["input.above_200000"] == "6")
    // On OpenRouter's own route all sources follow one list.
    var (left, right) = (one, two)
    (left.provider, right.provider) = ("openrouter", "openrouter")
    #expect(try prices(pricesCatalogue([lab, left, right]), at: "openrouter")["input.above_200000"] == nil)
  }

  @Test func aDatedIdAndItsUndatedSpellingShareTheirList() throws {
    let search = PriceTerm(.webSearch)
    let catalogue = try pricesCatalogue([
      SaidPrices(
        source: "a", observed: "2026-11-01", id: "acme/rocket-1",
        prices: [input: "3", output: "15", search: "0.01"]),
      SaidPrices(
        source: "b", observed: "2026-11-01", id: "acme/rocket-1-20260929", prices: [input: "3", output: "15"]),
    ])
    let (undated, dated) = (try prices(catalogue), try prices(catalogue, id: "acme/rocket-1-20260929"))
    #expect(undated == dated)
    #expect(dated["web_search"] == "0.01")
  }

  /// gpt-4o-2024-05-13 costs 5, gpt-4o 2.5: one source says both.
  @Test func spellingsThatOneSourceStatesApartAreTwoLists() throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a", observed: "2026-11-01", prices: [input: "2.5", output: "10", cache: "1.25"]),
      SaidPrices(
        source: "a", observed: "2026-11-01", id: "acme/rocket-1-20240513", prices: [input: "5", output: "15"]),
    ])
    #expect(try prices(catalogue)["input"] == "2.5")
    #expect(try prices(catalogue, id: "acme/rocket-1-20240513") == ["input": "5", "output": "15"])
  }

  /// A cache read above the input is the input's price at most; reasoning above the output makes reasoning unknown.
  @Test func whatContradictsItsOwnListIsNotBelieved() throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(
        source: "a", observed: "2026-11-01",
        prices: [
          input: "0.035", cache: "0.05", output: "1.2", PriceTerm(.reasoning): "4",
          PriceTerm(.input, mode: .batch): "0.04", above(1000): "0.03",
        ])
    ])
    #expect(try prices(catalogue) == ["input": "0.035", "output": "1.2"])
    let model = try #require(try catalogue.model(ModelID("acme/rocket-1"), asOf: day("2026-11-24")))
    #expect(model.routes[0].prices.contradicted == [.reasoning])
  }

  // 3 is seen on 1 October and on 1 November.
  @Test(arguments: [
    ("2026-09-30", EvidenceGrade.seenLater), ("2026-10-01", .seenBeforeAndAfter),
    ("2026-11-01", .seenBeforeAndAfter),
    ("2026-11-02", .seenBefore),
  ])
  func theEvidenceOfADayIsGraded(on text: String, grade: EvidenceGrade) throws {
    let catalogue = try pricesCatalogue([
      SaidPrices(source: "a", observed: "2026-10-01", prices: [input: "3"]),
      SaidPrices(source: "b", observed: "2026-11-01", prices: [input: "3"]),
    ])
    let model = try #require(try catalogue.model(ModelID("acme/rocket-1"), asOf: day(text)))
    #expect(model.routes[0].prices.sightings.grade(on: try day(text)) == grade)
  }
}

@Suite struct IdsThatPriceNothing {
  private func routes(_ catalogue: Catalogue) throws -> [String] {
    try catalogue.model(ModelID("acme/rocket-1"), asOf: day("2026-11-24"))?.routes.map(\.apiID).sorted() ?? []
  }

  @Test func plansUnnamedMakersAndFloatingNamesPriceNoModel() throws {
    let plain = SaidPrices(source: "a", observed: "2026-11-01", prices: [input: "3", output: "15"])
    var (plan, stealth, floating) = (plain, plain, plain)
    (plan.id, stealth.id, floating.id) = ("coding-rocket-1", "stealth/rocket-1", "~acme/rocket-latest")
    let catalogue = try pricesCatalogue([plain, plan, stealth, floating]) { policy in
      policy.marks["host"] = ["coding-"]
      policy.planMarks["host"] = ["coding-"]
      policy.unnamed = ["stealth"]
      policy.families["rocket"] = "acme"
    }
    let model = try #require(try catalogue.model(ModelID("acme/rocket-1"), asOf: day("2026-11-24")))
    #expect(model.routes.first { $0.apiID == "coding-rocket-1" }?.kind.value == .plan)
    #expect(try routes(catalogue) == ["acme/rocket-1", "coding-rocket-1"])
    #expect(try catalogue.importFindings().map(\.rule).sorted() == ["floating-id", "stealth-id"])
  }

  /// Acme's own list is known to two other lineages, ten routes each, and neither has the route; a gateway asks the same price.
  @Test func aRouteOfTheLabThatOnlyAGatewaysPriceSpeaksForIsDoubted() throws {
    let open = [Claim(.openness, .text(Openness.openWeights.rawValue), asWritten: "true")]
    var said = [
      SaidPrices(
        source: "a", observed: "2026-11-01", provider: "acme", prices: [input: "0.03", output: "0.1"],
        others: open),
      SaidPrices(
        source: "b", observed: "2026-11-01", provider: "openrouter", prices: [input: "0.03", output: "0.1"]),
    ]
    func isFirstParty(_ said: [SaidPrices]) throws -> Bool? {
      let catalogue = try pricesCatalogue(said) { $0.gateways = ["openrouter"] }
      return try catalogue.model(ModelID("acme/rocket-1"), asOf: day("2026-11-24"))?
        .routes.first { $0.provider == "acme" }?.isFirstParty
    }
    #expect(try isFirstParty(said) == true)
    for number in 1...10 {
      for source in ["b", "c"] {
        said.append(
          SaidPrices(
            source: source, observed: "2026-11-01", provider: "acme", id: "acme/other\(number)x",
            prices: [input: "1"]))
      }
    }
    #expect(try isFirstParty(said) == false)
    said[1].prices = [input: "0.02", output: "0.1"]
    #expect(try isFirstParty(said) == true)
  }
}
