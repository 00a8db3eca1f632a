import Cataloguing
import Facts

/// A model whose routes charge by drawn lists.
public struct DrawnModel: Sendable {
  public let id: ModelID
  /// By the name of the provider, which serves the model under its slug.
  public let routes: [(provider: String, list: DrawnList)]
  public let productType: String?

  public init(_ id: ModelID, _ routes: [(provider: String, list: DrawnList)], productType: String? = nil) {
    self.id = id
    self.routes = routes
    self.productType = productType
  }

  /// The least of the routes' known costs; nil where none is known.
  public func cost(of traffic: DrawnTraffic, on day: String) -> Money? {
    routes.compactMap { BruteMonth($0.list.lines(on: day), traffic).cost.money }.min()
  }

  /// A word of a drawn number that no alias and no spelling means.
  public static func name(_ number: Int) -> String {
    var (rest, word) = (number, "zor")
    for _ in 0..<4 {
      word += ["b", "d", "f", "g", "k", "l"][rest % 6] + ["a", "i", "u"][rest / 6 % 3]
      rest /= 18
    }
    return word
  }
}

extension Catalogue {
  /// A catalogue of drawn models and nothing else, each seen before every day on which a drawn price changes.
  public init(drawn models: [DrawnModel]) throws {
    let observed = try CalendarDate(parsing: "2026-10-01")
    var frame = CatalogueFrame()
    frame.identity.add(
      lab: LabNote(id: LabID("acme"), name: "Acme", namespaces: ["acme"], firstParty: ["acme"]))
    var builder = CatalogueBuilder(frame: frame, asOf: observed)
    let source = SourceDescription(
      id: SourceID("drawn"), title: "Drawn", version: "1", licence: "MIT", homepage: nil, observed: observed,
      digest: "00", lineage: SourceID("facts"), correction: "drawn")
    var records: [SourceRecord] = []
    for model in models {
      let type = model.productType.map { [Claim(.productType, .text($0), asWritten: $0)] } ?? []
      for (provider, list) in model.routes {
        records.append(
          SourceRecord(
            key: provider + "/" + model.id.rawValue,
            subject: .route(provider: provider, apiID: model.id.slug),
            canonicalID: model.id, claims: try list.lines.map { try $0.claim } + type))
      }
    }
    let providers = Set(models.flatMap(\.routes).map(\.provider)).sorted().map {
      ProviderNote(id: $0, name: $0)
    }
    builder.add(source: source, records: records, providers: providers)
    self.init(contents: builder.build().finished(asOf: observed))
  }
}

extension DrawnLine {
  fileprivate var claim: Claim {
    get throws {
      Claim(
        .price(term), .money(money), asWritten: money.text,
        validFrom: try from.map { try CalendarDate(parsing: $0) },
        validUntil: try until.map { try CalendarDate(parsing: $0) })
    }
  }
}
