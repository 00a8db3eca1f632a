import Cataloguing
import Documents
import Facts

/// Models found by words, or the nearest names.
public struct SearchPage: Sendable {
  let shelf: Shelf
  let query: String
  let most: Int
  /// Whether it has the form to ask again.
  let isOnSite: Bool

  /// The most models that one answer lists.
  public static let most = 50

  /// - Parameter most: how many models are listed at most.
  public init(_ shelf: Shelf, query: String, most: Int = Self.most, isOnSite: Bool = true) {
    self.shelf = shelf
    self.query = query
    self.most = most
    self.isOnSite = isOnSite
  }

  static func form(_ query: String) -> Form {
    Form(
      id: "search", title: "Search models by name or id", action: "/search",
      fields: [
        Form.Field(
          "q", label: "Model, lab or any provider's id", kind: .search, value: query, hint: "sonnet 4.5")
      ], submit: "Search", isSearch: true)
  }

  /// The models found, and the nearest names where there are none, as JSON of the form `llmref/search/1`.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func record() throws(CatalogueError) -> (data: DataValue, isEmpty: Bool) {
    let found = try shelf.names().search(query, limit: most)
    let nearest = found.isEmpty ? try shelf.names().nearest(to: query) : []
    var models: [DataValue] = []
    for summary in found {
      var members: [(String, DataValue)] = [
        ("id", .text(summary.id.rawValue)), ("name", .text(Display.harmless(summary.name))),
        ("routes", .integer(summary.routes)),
        ("context_window", .text(summary.contextWindow.map { String($0.tokens) } ?? Display.unknown)),
        ("released", .text(summary.released?.text ?? Display.unknown)),
      ]
      if let sheet = try shelf.sheet(summary.id) {
        members.append(("life", LifeLines.data(sheet.model.life, then: sheet.succession)))
      }
      models.append(.map(members))
    }
    return (
      .map([
        ("schema", .text("llmref/search/1")), ("query", .text(query)), ("models", .list(models)),
        ("did_you_mean", .texts(nearest.map(\.rawValue))),
      ]), found.isEmpty
    )
  }

  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func document() throws(CatalogueError) -> Document {
    let stamp = shelf.stamp
    var found: [ModelSheet] = []
    for summary in try shelf.names().search(query, limit: most) {
      if let sheet = try shelf.sheet(summary.id) { found.append(sheet) }
    }
    if found.isEmpty, !query.isEmpty,
      case .resolved(let resolved) = try shelf.resolve(query),
      let sheet = try shelf.sheet(resolved.model)
    {
      found = [sheet]
    }
    var blocks: [Block] = []
    var nearest: [ModelID] = []
    if !found.isEmpty {
      blocks.append(.table(ModelTable.table(found, caption: "Found, most routes first", saysLife: !isOnSite)))
    } else if query.isEmpty {
      blocks.append(.paragraph([.text("Type words that stand in a model's name, id or family.")]))
    } else {
      nearest = try shelf.names().nearest(to: query)
      blocks.append(.paragraph([.text("Nothing holds all of these words.")]))
      if !nearest.isEmpty { blocks += Missing.suggestions(nearest, in: shelf) }
    }
    let oldest = found.compactMap(\.oldestFact).min()
    let (ids, near) = (found.map(\.model.id.rawValue), nearest.map(\.rawValue))
    return .page(
      "search", query.isEmpty ? "Search" : "Search: \(Display.harmless(query.bounded))", stamp,
      opening: isOnSite ? [.form(Self.form(query))] : [],
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
  let shelf: Shelf
  let id: String
  let provider: String
  /// Whether it has the form to ask again.
  let isOnSite: Bool

  public init(_ shelf: Shelf, id: String, provider: String, isOnSite: Bool = true) {
    self.shelf = shelf
    self.id = id
    self.provider = provider
    self.isOnSite = isOnSite
  }

  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func document() throws(CatalogueError) -> Document {
    var blocks: [Block] = []
    var data: [(String, DataValue)] = [("id", .text(id.bounded))]
    if id.isEmpty {
      blocks.append(
        .paragraph([.text("Give an id as any provider writes it, and see which model it stands for.")]))
      data.append(("state", .text("unknown")))
    } else {
      switch try shelf.resolve(id, provider: provider.isEmpty ? nil : provider) {
      case .resolved(let resolved):
        let name = try shelf.sheet(resolved.model)?.name ?? resolved.model.rawValue
        blocks.append(
          .paragraph([
            .text("It stands for "), .link(name, path: Paths.model(resolved.model)),
            .text(" (\(resolved.model)), found by \(resolved.rule)."),
          ]))
        if case .resolved(let named) = try shelf.resolvePage(id, provider: provider.isEmpty ? nil : provider),
          let page = named.model.release.map({ _ in named.model })
        {
          blocks.append(
            .paragraph([
              .text("The release that it names has a page of its own: "),
              .link(page.rawValue, path: Paths.model(page)), .text("."),
            ]))
        }
        if let sheet = try shelf.sheet(resolved.model),
          let line = LifeLines.line(
            sheet.model, name: Display.harmless(sheet.name), then: sheet.succession)
        {
          blocks.insert(.notice(line), at: 0)
        }
        blocks += Self.details(resolved)
        if let sheet = try shelf.sheet(resolved.model) { blocks.append(.table(evidence(resolved, sheet))) }
        data += [
          ("state", .text("known")), ("model", .text(resolved.model.rawValue)),
          ("rule", .text(resolved.rule)),
          ("route", .map(resolved.attributes.parts.map { ($0.name, .text(Display.harmless($0.value))) })),
        ]
      case .ambiguous(let candidates):
        blocks.append(.paragraph([.text("Several models go by that name; none is chosen.")]))
        blocks += Missing.suggestions(candidates, in: shelf)
        data += [("state", .text("ambiguous")), ("candidates", .texts(candidates.map(\.rawValue)))]
      case .unknown(let nearest):
        blocks.append(.paragraph([.text("No model is known by that id.")]))
        if !nearest.isEmpty { blocks += Missing.suggestions(nearest, in: shelf) }
        data += [("state", .text("unknown")), ("candidates", .texts(nearest.map(\.rawValue)))]
      }
    }
    let members = data
    return .page(
      "resolution", id.isEmpty ? "Resolve an id" : "Resolve: \(Display.harmless(id.bounded))", shelf.stamp,
      opening: !isOnSite
        ? []
        : [
          .form(
            Form(
              id: "resolve", title: "Resolve an id", action: "/resolve",
              fields: [
                Form.Field("id", label: "Model id", value: id, hint: "gpt-4o-2024-08-06"),
                Form.Field("provider", label: "Provider (optional)", value: provider, hint: "azure"),
              ], submit: "Resolve"))
        ],
      [Section(id: "answer", title: "Answer", blocks: blocks), .sources(shelf.stamp, reviewed: nil)],
      data: .map(members))
  }

  /// What the sources say: the alias, the routes that carry the very id, the model's name.
  private func evidence(_ resolved: ResolvedID, _ sheet: ModelSheet) -> Table {
    func row(_ label: String, _ value: String, _ citations: [Citation]) -> Table.Row {
      Table.Row(
        label,
        cells: [[.cell(Cell(Display.harmless(value), state: .known, exact: value, citations: citations))]])
    }
    var rows: [Table.Row] = []
    if let alias = resolved.alias,
      let source = shelf.catalogue.frame.sources.first(where: { $0.id == alias.source })
    {
      rows.append(
        row(
          "Alias of", alias.model.rawValue,
          [
            Citation(
              source: source, recordKey: alias.alias, asWritten: alias.model.rawValue, url: alias.url,
              observed: alias.seen, validFrom: alias.from, validUntil: alias.until, mark: alias.mark)
          ]))
    }
    let wanted = id.lowercased()
    for route in sheet.model.routes where route.apiID.lowercased() == wanted && !route.listing.isEmpty {
      rows.append(row("Id at \(Display.harmless(route.providerName))", route.apiID, route.listing))
    }
    rows.append(Table.Row("Name", cells: [[.cell(Cells.cell(sheet.model[.name], .name))]]))
    return Table(caption: "What the sources say", head: ["Evidence", "Value"], rows: rows)
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
    let nearest = wanted.isEmpty ? [] : (try? directory.shelf.names().nearest(to: wanted)) ?? []
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
            id: "suggestions", title: "Did you mean", blocks: Self.suggestions(nearest, in: directory.shelf))
        ], data: .map([("did_you_mean", .texts(nearest.map(\.rawValue)))]))
  }

  static func suggestions(_ ids: [ModelID], in shelf: Shelf) -> [Block] {
    [
      .links(
        ids.map { id in
          Link(
            title: (try? shelf.sheet(id))?.name ?? id.rawValue, path: Paths.model(id),
            reason: [.text(id.rawValue)])
        })
    ]
  }
}
