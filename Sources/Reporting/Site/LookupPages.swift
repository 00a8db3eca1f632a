import Cataloguing
import Documents
import Facts

/// Models found by words, or the nearest names.
public struct SearchPage: Sendable {
  let directory: Directory
  let query: String

  private static let most = 50

  public init(_ directory: Directory, query: String) {
    self.directory = directory
    self.query = query
  }

  static func form(_ query: String) -> Form {
    Form(
      id: "search", title: "Search models by name or id", action: "/search",
      fields: [
        Form.Field(
          "q", label: "Model, lab or any provider's id", kind: .search, value: query, hint: "sonnet 4.5")
      ], submit: "Search", isSearch: true)
  }

  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func document() throws(CatalogueError) -> Document {
    let stamp = directory.shelf.stamp
    var found: [ModelSheet] = []
    for summary in try directory.shelf.catalogue.search(query, limit: Self.most) {
      if let sheet = try directory.shelf.sheet(summary.id) { found.append(sheet) }
    }
    if found.isEmpty, !query.isEmpty,
      case .resolved(let resolved) = try directory.shelf.catalogue.resolve(query, asOf: directory.shelf.asOf),
      let sheet = try directory.shelf.sheet(resolved.model)
    {
      found = [sheet]
    }
    var blocks: [Block] = []
    var nearest: [ModelID] = []
    if !found.isEmpty {
      blocks.append(.table(ModelTable.table(found, caption: "Found, most routes first")))
    } else if query.isEmpty {
      blocks.append(.paragraph([.text("Type words that stand in a model's name, id or family.")]))
    } else {
      nearest = Suggestions.nearest(to: query, among: try directory.shelf.catalogue.summaries())
      blocks.append(.paragraph([.text("Nothing holds all of these words.")]))
      if !nearest.isEmpty { blocks += Missing.suggestions(nearest, in: directory) }
    }
    let oldest = found.compactMap(\.oldestFact).min()
    let (ids, near) = (found.map(\.model.id.rawValue), nearest.map(\.rawValue))
    return .page(
      "search", query.isEmpty ? "Search" : "Search: \(Display.harmless(query.bounded))", stamp,
      opening: [.form(Self.form(query))],
      [
        Section(id: "found", title: "Models", blocks: blocks),
        .sources(stamp, reviewed: oldest),
      ],
      data: .map([
        ("query", .text(query.bounded)), ("models", .texts(ids)),
        ("did_you_mean", .texts(near)),
      ]))
  }
}

/// Which model an id stands for.
public struct ResolvePage: Sendable {
  let directory: Directory
  let id: String
  let provider: String

  public init(_ directory: Directory, id: String, provider: String) {
    self.directory = directory
    self.id = id
    self.provider = provider
  }

  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func document() throws(CatalogueError) -> Document {
    let shelf = directory.shelf
    var blocks: [Block] = []
    var data: [(String, DataValue)] = [("id", .text(id.bounded))]
    if id.isEmpty {
      blocks.append(
        .paragraph([.text("Give an id as any provider writes it, and see which model it stands for.")]))
      data.append(("state", .text("unknown")))
    } else {
      switch try shelf.catalogue.resolve(id, provider: provider.isEmpty ? nil : provider, asOf: shelf.asOf) {
      case .resolved(let resolved):
        let name = try shelf.sheet(resolved.model)?.name ?? resolved.model.rawValue
        blocks.append(
          .paragraph([
            .text("It stands for "), .link(name, path: Paths.model(resolved.model)),
            .text(" (\(resolved.model)), found by \(resolved.rule)."),
          ]))
        blocks += Self.details(resolved)
        data += [
          ("state", .text("known")), ("model", .text(resolved.model.rawValue)),
          ("rule", .text(resolved.rule)),
        ]
      case .ambiguous(let candidates):
        blocks.append(.paragraph([.text("Several models go by that name; none is chosen.")]))
        blocks += Missing.suggestions(candidates, in: directory)
        data += [("state", .text("ambiguous")), ("candidates", .texts(candidates.map(\.rawValue)))]
      case .unknown(let nearest):
        blocks.append(.paragraph([.text("No model is known by that id.")]))
        if !nearest.isEmpty { blocks += Missing.suggestions(nearest, in: directory) }
        data += [("state", .text("unknown")), ("candidates", .texts(nearest.map(\.rawValue)))]
      }
    }
    let members = data
    return .page(
      "resolution", id.isEmpty ? "Resolve an id" : "Resolve: \(Display.harmless(id.bounded))", shelf.stamp,
      opening: [
        .form(
          Form(
            id: "resolve", title: "Resolve an id", action: "/resolve",
            fields: [
              Form.Field("id", label: "Model id", value: id, hint: "gpt-4o-2024-08-06"),
              Form.Field("provider", label: "Provider (optional)", value: provider, hint: "azure"),
            ], submit: "Resolve"))
      ], [Section(id: "answer", title: "Answer", blocks: blocks)], data: .map(members))
  }

  private static func details(_ resolved: ResolvedID) -> [Block] {
    var items = resolved.attributes.parts.map {
      [Run.text("The id names the route's \($0.name): \(Display.harmless($0.value)).")]
    }
    if let alias = resolved.alias {
      let days = [alias.from.map { "from \($0.text)" }, alias.until.map { "until \($0.text)" }]
      let span = days.compactMap(\.self).joined(separator: " ")
      items.append([
        .text(
          "Alias (\(alias.kind.rawValue))\(span.isEmpty ? "" : ", " + span), stated by \(alias.source)\(alias.seen.map { ", seen \($0.text)" } ?? "")."
        )
      ])
    }
    return items.isEmpty ? [] : [.list(items)]
  }
}

/// What is shown in place of a page that does not exist.
public struct Missing: Sendable {
  public let document: Document

  /// - Parameters:
  ///   - path: the address asked for; nil on a page that stands for many.
  ///   - wanted: the words of the path that may name a model.
  public init(_ directory: Directory, path: String?, wanted: String) {
    let summaries = (try? directory.shelf.catalogue.summaries()) ?? []
    let nearest = wanted.isEmpty ? [] : Suggestions.nearest(to: wanted, among: summaries)
    document = .page(
      "missing", "Not found", directory.shelf.stamp,
      opening: [
        .paragraph([
          .text("There is no page at \(path.map { "“\(Display.harmless($0.bounded))”" } ?? "this address").")
        ]),
        .form(SearchPage.form(wanted)),
      ],
      nearest.isEmpty
        ? []
        : [
          Section(
            id: "suggestions", title: "Did you mean", blocks: Self.suggestions(nearest, in: directory))
        ], data: .map([("did_you_mean", .texts(nearest.map(\.rawValue)))]))
  }

  static func suggestions(_ ids: [ModelID], in directory: Directory) -> [Block] {
    [
      .links(
        ids.map { id in
          Link(
            title: (try? directory.shelf.sheet(id))?.name ?? id.rawValue, path: Paths.model(id),
            reason: [.text(id.rawValue)])
        })
    ]
  }
}
