import Facts
import Testing

@testable import Cataloguing

/// A route with prices, as a source lists them, for tests.
struct PricedRoute {
  var prices: [(term: PriceTerm, usd: String, from: String?, until: String?)] = []
  var isFree = false

  mutating func add(_ term: PriceTerm, _ usd: String, from: String? = nil, until: String? = nil) {
    prices.append((term, usd, from, until))
  }

  /// - Parameter apiID: what the provider `acme` calls the model.
  func rates(_ apiID: String = "rocket") throws -> RouteRates {
    let source = SourceDescription(
      id: SourceID("litellm"), title: "L", version: "1", licence: "MIT", homepage: nil,
      observed: try CalendarDate(parsing: "2026-01-01"), digest: "00", lineage: SourceID("litellm"),
      correction: "l")
    var claims = try prices.map { price in
      Claim(
        .price(price.term), .money(try Money(dollars: price.usd)), asWritten: price.usd,
        validFrom: try price.from.map { try CalendarDate(parsing: $0) },
        validUntil: try price.until.map { try CalendarDate(parsing: $0) })
    }
    if isFree { claims.append(Claim(.routeKind, .text("free"), asWritten: "free")) }
    var builder = CatalogueBuilder(
      frame: CatalogueFrame(), asOf: try CalendarDate(parsing: "2026-11-01"))
    builder.add(
      source: source,
      records: [
        SourceRecord(key: "r", subject: .route(provider: "acme", apiID: "acme/" + apiID), claims: claims)
      ])
    let catalogue = Catalogue(contents: builder.build())
    return try #require(
      try catalogue.rates(of: ModelID("acme/" + apiID), at: ProviderID("acme"), apiID: "acme/" + apiID))
  }
}
