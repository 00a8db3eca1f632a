import Documents
import Facts

/// The first page: search, what is new, comparisons to start from.
public struct HomePage: Sendable {
  let directory: Directory

  private static let mostRecent = 12
  private static let mostPairs = 12
  private static let mostChanges = 6

  public init(_ directory: Directory) { self.directory = directory }

  public var document: Document {
    let stamp = directory.shelf.stamp
    let sources = directory.shelf.catalogue.frame.sources.count
    let routes = directory.providers.values.map(\.count).reduce(0, +)
    return .page(
      "home", "LLM Reference", stamp,
      opening: [
        .paragraph([
          .text(
            "A reference of large language models: prices, limits, capabilities and scores, each with its source. What no source says is unknown, and where sources differ you see who says what. \(Display.grouped(String(directory.sheets.count))) models, \(Display.grouped(String(routes))) provider routes, \(sources) sources."
          )
        ]),
        .form(SearchPage.form("")),
      ],
      [
        Section(
          id: "popular", title: "Popular comparisons",
          blocks: [
            .links(
              directory.relevantPairs().prefix(Self.mostPairs).map { directory.link($0) })
          ])
      ] + directory.changes.sections(most: Self.mostChanges) + [
        Section(
          id: "recent", title: "Recently released",
          blocks: [
            .table(ModelTable.table(recent, caption: "The newest models with a provider route"))
          ]),
        .sources(stamp, reviewed: recent.compactMap(\.oldestFact).min()),
      ],
      data: .map([
        ("models", .integer(directory.sheets.count)), ("routes", .integer(routes)),
        ("sources", .integer(sources)),
        ("recent", .texts(recent.map(\.model.id.rawValue))),
      ]))
  }

  private var recent: [ModelSheet] {
    var filter = ModelFilter()
    filter.order = .released
    let served = filter.apply(to: directory.sheets).filter { !$0.assessment.trackedRoutes.isEmpty }
    // A date in the future is an announcement, not a release.
    let today = directory.shelf.asOf
    return Array(
      served.lazy.filter { $0.model.released.value.map { $0 <= today } ?? false }.prefix(Self.mostRecent))
  }
}

extension Directory {
  /// A link to the comparison of models that the catalogue has.
  func link(_ ids: [ModelID]) -> Link {
    let names = ids.compactMap { id in (try? shelf.sheet(id))?.name }
    return Link(title: names.joined(separator: " vs "), path: Paths.compare(ids), reason: [])
  }
}
