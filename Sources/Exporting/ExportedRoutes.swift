import Cataloguing
import Facts

/// The routes that an export writes, each with its model; by model, provider, id.
public struct ExportedRoutes: Sendable {
  public struct Entry: Sendable {
    public let model: Model
    public let route: Route
  }

  public let entries: [Entry]
  public let asOf: CalendarDate
  public let catalogueDate: CalendarDate?
  public let providers: [ProviderID: ProviderNote]

  /// Routes that are listed and not retired.
  /// - Parameters:
  ///   - models: whose; empty is every model's.
  ///   - wanted: at which providers; empty is all.
  /// - Throws: `CatalogueError` for a catalogue whose bytes are broken.
  public init(
    _ catalogue: Catalogue, models: [ModelID], providers wanted: Set<ProviderID>, asOf: CalendarDate
  )
    throws(CatalogueError)
  {
    var entries: [Entry] = []
    for id in models.isEmpty ? try catalogue.summaries().map(\.id) : models {
      guard let model = try catalogue.model(id, asOf: asOf) else { continue }
      for route in model.availableRoutes where wanted.isEmpty || wanted.contains(route.provider) {
        entries.append(Entry(model: model, route: route))
      }
    }
    self.entries = entries
    self.asOf = asOf
    catalogueDate = catalogue.date
    providers = catalogue.frame.providers
  }
}

/// What an export wrote, and what it left out with the reason.
public struct ExportedFile: Sendable {
  public let bytes: [UInt8]
  public let routes: Int
  /// Reasons and how many routes or prices each left out.
  public let leftOut: [String: Int]
}
