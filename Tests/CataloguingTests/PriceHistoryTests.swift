import Facts
import Testing

@testable import Cataloguing

private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

/// A claim of the input price by a source of its own lineage.
private struct Said {
  let source: String
  let observed: String
  let dollars: String
  var from: String?
  var until: String?
}

/// The history of the input price of a route whose sources say so, as of 2026-11-01.
private func history(_ said: [Said], asOf: String = "2026-11-01") throws -> (Route, PriceHistory) {
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: try day(asOf))
  for (index, claim) in said.enumerated() {
    let source = SourceDescription(
      id: SourceID("\(claim.source)-\(claim.observed)"), title: claim.source, version: "1", licence: "MIT",
      homepage: nil, observed: try day(claim.observed), digest: "00", lineage: SourceID(claim.source),
      correction: claim.source)
    builder.add(
      source: source,
      records: [
        SourceRecord(
          key: "r\(index)", subject: .route(provider: "host", apiID: "acme/rocket-1"),
          claims: [
            Claim(
              .price(PriceTerm(.input)), .money(try Money(dollars: claim.dollars)), asWritten: claim.dollars,
              validFrom: try claim.from.map(day), validUntil: try claim.until.map(day))
          ])
      ])
  }
  let catalogue = Catalogue(contents: builder.build())
  let model = try #require(try catalogue.model(ModelID("acme/rocket-1"), asOf: day(asOf)))
  let route = try #require(model.routes.first)
  return (route, route.priceHistory(PriceTerm(.input)))
}

/// `stated 2026-01-01: 3` a period.
private func words(_ history: PriceHistory) -> [String] {
  history.periods.map { period in
    let price = period.price.value?.text ?? "unknown"
    return switch period.start {
    case .open: "open: \(price)"
    case .stated(let day): "stated \(day.text): \(price)"
    case .seen(let day): "seen \(day.text): \(price)"
    }
  }
}

@Suite struct HistoriesOfPrices {
  /// The first price ends where the second begins; nobody says when it began.
  @Test func aPriceWithoutAStartIsOpenAndTheNextBeginsOnItsStatedDay() throws {
    let (_, history) = try history([
      Said(source: "a", observed: "2026-10-01", dollars: "3", until: "2026-06-10"),
      Said(source: "a", observed: "2026-10-01", dollars: "2", from: "2026-06-10"),
    ])
    #expect(words(history) == ["open: 3", "stated 2026-06-10: 2"])
    #expect(history.hasChange)
  }

  /// Seen once with one price: no change, and nothing about the time before.
  @Test func anUndatedPriceSpeaksOnlyFromTheDayItWasSeen() throws {
    let (_, history) = try history([Said(source: "a", observed: "2026-10-01", dollars: "3")])
    #expect(words(history) == ["seen 2026-10-01: 3"])
    #expect(!history.hasChange)
  }

  @Test func twoSnapshotsOfOneProjectShowTheChangeAsSeen() throws {
    let (_, history) = try history([
      Said(source: "a", observed: "2026-05-21", dollars: "0.2"),
      Said(source: "a", observed: "2026-08-18", dollars: "0.8"),
    ])
    #expect(words(history) == ["seen 2026-05-21: 0.2", "seen 2026-08-18: 0.8"])
  }

  /// The undated 2 of October repeats what was stated from June on: one period, two witnesses.
  @Test func aLaterSourceThatAgreesAddsEvidenceAndNoStep() throws {
    let (_, history) = try history([
      Said(source: "a", observed: "2026-10-01", dollars: "3", until: "2026-06-10"),
      Said(source: "a", observed: "2026-10-01", dollars: "2", from: "2026-06-10"),
      Said(source: "b", observed: "2026-10-20", dollars: "2"),
    ])
    #expect(words(history) == ["open: 3", "stated 2026-06-10: 2"])
    #expect(history.periods.last?.price.evidence?.agreeing.count == 2)
  }

  /// Between its end in March and the next start in May no claim holds.
  @Test func aGapIsUnknown() throws {
    let (_, history) = try history([
      Said(source: "a", observed: "2026-10-01", dollars: "3", from: "2026-01-01", until: "2026-03-01"),
      Said(source: "a", observed: "2026-10-01", dollars: "3", from: "2026-05-01"),
    ])
    #expect(words(history) == ["stated 2026-01-01: 3", "stated 2026-03-01: unknown", "stated 2026-05-01: 3"])
  }

  @Test func announcedPricesComeLast() throws {
    let (_, history) = try history([
      Said(source: "a", observed: "2026-10-01", dollars: "3"),
      Said(source: "a", observed: "2026-10-01", dollars: "5", from: "2026-12-01"),
    ])
    #expect(words(history) == ["seen 2026-10-01: 3", "stated 2026-12-01: 5"])
  }

  /// A zero of a route that nobody calls free is a gap in the source, no price.
  @Test func aZeroIsNoPrice() throws {
    let (_, history) = try history([
      Said(source: "a", observed: "2026-10-01", dollars: "0", until: "2026-06-10"),
      Said(source: "a", observed: "2026-10-01", dollars: "2", from: "2026-06-10"),
    ])
    #expect(words(history) == ["stated 2026-06-10: 2"])
  }

  /// Whatever the claims, the period of the day says what the price list says; a record of October counts as of June too.
  @Test(arguments: ["2026-02-01", "2026-06-09", "2026-06-10", "2026-07-15", "2026-11-01", "2027-01-01"])
  func thePeriodOfTheDayIsThePriceInForce(asOf: String) throws {
    let (route, history) = try history(
      [
        Said(source: "a", observed: "2026-10-01", dollars: "3", until: "2026-06-10"),
        Said(source: "a", observed: "2026-10-01", dollars: "2", from: "2026-06-10", until: "2026-07-15"),
        Said(source: "b", observed: "2026-10-20", dollars: "1.5"),
        Said(source: "c", observed: "2026-10-21", dollars: "1.5", from: "2026-08-01"),
      ], asOf: asOf)
    let now = history.periods.last { $0.start.day.map { $0 <= route.asOf } ?? true }
    #expect(now?.price == route.prices.base(.input))
  }
}
