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
  private var known: [ModelID: [Entry]] = [:]

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

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
