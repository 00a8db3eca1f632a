import Cataloguing
import Facts

/// The ids under which models are listed, read once a model: a class, because a scanner's copies share it on one thread.
final class ListedIDs {
  struct Entry {
    let provider: ProviderID
    let apiID: String
    let lowered: String
  }

  private let catalogue: Catalogue
  private let asOf: CalendarDate
  private var known: [ModelID: [Entry]] = [:]

  init(_ catalogue: Catalogue, asOf: CalendarDate) {
    self.catalogue = catalogue
    self.asOf = asOf
  }

  /// The ids that lead to one release after another, by their lower case.
  private lazy var floating: [String: [Entry]] = {
    let routes = (try? catalogue.floatingRoutes(asOf: asOf)) ?? []
    let entries = routes.map {
      Entry(provider: $0.provider, apiID: $0.apiID, lowered: $0.apiID.lowercased())
    }
    return Dictionary(grouping: entries, by: \.lowered)
  }()

  /// The entry of an id that leads to one release after another, at its provider; of a bare id at its lab.
  func pointer(_ ids: [String], at provider: ProviderID?) -> Entry? {
    let identity = catalogue.frame.identity
    for id in ids {
      let listed = floating[id] ?? []
      if let provider {
        if let own = listed.first(where: { $0.provider == provider }) { return own }
        continue
      }
      let lab = ParsedID(id, policy: identity).lab ?? identity.lab(ofSlug: id)
      let own = listed.filter { entry in lab.map { identity.isFirstParty(entry.provider, of: $0) } ?? false }
      if let first = own.first ?? (Set(listed.map(\.provider)).count == 1 ? listed.first : nil) {
        return first
      }
    }
    return nil
  }

  /// Empty for a model that the catalogue has not.
  func routes(of model: ModelID) -> [Entry] {
    if let entries = known[model] { return entries }
    let contents = (try? catalogue.contents(of: model)) ?? nil
    let entries = (contents?.routes ?? []).map {
      Entry(provider: $0.provider, apiID: $0.apiID, lowered: $0.apiID.lowercased())
    }
    known[model] = entries
    return entries
  }
}
