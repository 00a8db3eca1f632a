import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// A shortlist as a page: the ranked routes with the facts that were asked for, the front, and why each other model is left
/// out.
public struct ShortlistReport: Sendable {
  /// How many rows each table shows, and how many routes and models each list of the conclusions names; the rest is counted.
  public struct Extent: Sendable {
    public var rows: Int
    public var excludedRows: Int
    public var listed: Int

    public init(rows: Int = 20, excludedRows: Int = 20, listed: Int = .max) {
      self.rows = rows
      self.excludedRows = excludedRows
      self.listed = listed
    }
  }

  let shortlist: Shortlist
  let shelf: Shelf
  let extent: Extent
  /// The form of a site's page.
  let form: Form?
  let rows: [ShortlistRow]
  let askRows: [ShortlistRow]
  let columns: [ShortlistColumn]

  /// - Throws: `CatalogueError` when a model that is shown cannot be read.
  public init(
    _ shortlist: Shortlist, on shelf: Shelf, extent: Extent = Extent(), form: Form? = nil
  ) throws(CatalogueError) {
    self.shortlist = shortlist
    self.shelf = shelf
    self.extent = extent
    self.form = form
    var models: [ModelID: Model] = [:]
    func rows(_ routes: [ShortlistedRoute]) throws(CatalogueError) -> [ShortlistRow] {
      var rows: [ShortlistRow] = []
      for route in routes.prefix(extent.rows) {
        let id = route.candidate.model.id
        if models[id] == nil { models[id] = try shelf.model(id) }
        guard let model = models[id],
          let row = ShortlistRow(
            route, in: model, at: shortlist.question.traffic.workload(for: route.candidate.model.kind))
        else { continue }
        rows.append(row)
      }
      return rows
    }
    self.rows = try rows(shortlist.ranked)
    askRows = try rows(shortlist.toAsk)
    columns = ShortlistColumn.columns(of: shortlist.question)
  }

  private var frame: CatalogueFrame { shelf.catalogue.frame }

  public var document: Document {
    let stamp = shelf.stamp
    var sections = [ranking]
    if !askRows.isEmpty { sections.append(asking) }
    sections += [frontSection, excludedSection, .sources(stamp, reviewed: nil)]
    return .page(
      "shortlist", "Shortlist", stamp, opening: opening + (form.map { [.form($0)] } ?? []), sections,
      data: data)
  }

  // MARK: Opening

  /// The month of the products that are asked for; of several kinds that of chat, the others said to be usual.
  var traffic: String {
    let question = shortlist.question
    let kinds = question.kinds
    let kind = kinds.contains(.chat) ? .chat : kinds.min { $0.rawValue < $1.rawValue } ?? .chat
    let saysHours =
      question.traffic.saysHours
      || (shortlist.ranked + shortlist.toAsk).contains { $0.candidate.route.prices.hasHours }
    let words = Wording.workload(question.traffic.workload(for: kind), saysHours: saysHours)
    let months = Set(kinds.map(question.traffic.workload))
    return words
      + (months.count > 1 ? "; products that count something else at the usual month of their kind" : "")
  }

  private var opening: [Block] {
    let question = shortlist.question
    let required = question.requirements.map { $0.words(frame) }
    var blocks: [Block] = [
      .paragraph([
        .text(
          "Traffic: \(traffic). Required: \(Display.listed(required)). Looked at \(Display.counted(shortlist.modelCount, "model"))."
        )
      ])
    ]
    if !question.preferences.isEmpty {
      let preferred = question.preferences.map { "\($0.criterion.words) (\($0.weight.text))" }
      blocks.append(.paragraph([.text("Preferred, with weights: \(Display.listed(preferred)).")]))
    }
    return blocks
  }

  // MARK: Lists

  private var ranking: Section {
    let count = shortlist.ranked.count
    let models = Set(shortlist.ranked.map(\.candidate.model.id)).count
    var blocks: [Block] = [
      .paragraph([
        .text(
          count == 0
            ? "No route is known to meet every requirement."
            : "\(Display.capitalised(Display.counted(count, "route"))) of \(Display.counted(models, "model")) \(count == 1 ? "meets" : "meet") \(shortlist.question.unknown == .keep ? "every requirement, as far as sources say" : "every requirement")."
        )
      ])
    ]
    if !rows.isEmpty { blocks.append(.table(table("Ranked routes", rows, of: count))) }
    blocks.append(.paragraph([.text(rule)]))
    return Section(id: "ranking", title: "Ranked routes", blocks: blocks)
  }

  private var asking: Section {
    Section(
      id: "to-ask", title: "To ask",
      blocks: [
        .paragraph([
          .text(
            "\(Display.capitalised(Display.counted(shortlist.toAsk.count, "route"))) \(shortlist.toAsk.count == 1 ? "fails" : "fail") no requirement, but no source says whether \(shortlist.toAsk.count == 1 ? "it meets" : "they meet") the ones named: ask, or look. Those with the fewest unknown first."
          )
        ]), .table(table("Routes to ask about", askRows, of: shortlist.toAsk.count)),
      ])
  }

  private func table(_ caption: String, _ rows: [ShortlistRow], of count: Int) -> Table {
    let decimals = Display.decimals(for: rows.compactMap(\.cost?.cost))
    let hasPoints = !shortlist.question.preferences.isEmpty
    let hasUnknown = rows.contains { !$0.listed.unknown.isEmpty }
    var head = ["Route", "Monthly cost"] + columns.map(\.title)
    if hasPoints { head.append("Points") }
    head.append("Pareto front")
    if hasUnknown { head.append("Unknown") }
    return Table(
      caption: caption, head: head,
      rows: rows.map { row in
        var cells: [[Run]] =
          [[.cell(row.costCell(decimals: decimals))] + ChannelFees.beside(row.cost?.route.fee)]
          + columns.map { [.cell(row.cell($0))] }
        if hasPoints { cells.append([.text(row.listed.points?.text ?? "none")]) }
        cells.append([.text(row.listed.isOnFront.map(Display.flag) ?? "not compared")])
        if hasUnknown {
          let words = row.listed.unknown.map { $0.words(frame) }
          cells.append([.text(words.isEmpty ? "nothing" : Display.listed(words))])
        }
        return Table.Row(row.label, note: row.note, path: row.path, cells: cells)
      }, furtherRows: count - rows.count)
  }

  private var rule: String {
    let order =
      "lowest monthly cost first, an unknown cost last, the lab's own route before others where costs tie, then no fee of the channel before an unknown one and that before a fee, then by model, provider and id"
    guard !shortlist.question.preferences.isEmpty else { return "Order: \(order)." }
    return
      "Points: for each preference a route gets its weight times the number of routes of this list whose value is known and worse. An unknown value beats nobody and nobody beats it. Order: most points first, then \(order)."
  }

  // MARK: The front

  private var frontSection: Section {
    let onFront = shortlist.ranked.filter { $0.isOnFront == true }
    let weighed = Display.listed(shortlist.frontCriteria.map(\.words))
    let names = onFront.prefix(extent.rows).map { route -> [Run] in
      let candidate = route.candidate
      return [
        .link(
          Display.harmless(candidate.model.name),
          path: Paths.route(candidate.model.id, candidate.route.provider)),
        .text(
          " at \(Display.harmless(candidate.route.providerName)) (\(Display.harmless(candidate.route.apiID)))"
        ),
      ]
    }
    var blocks: [Block] = [
      .paragraph([
        .text(
          "\(Display.capitalised(Display.counted(onFront.count, "ranked route"))) \(onFront.count == 1 ? "is" : "are") on the front: no other is as good in \(weighed) and better in one. A route with one of these unknown is not compared."
        )
      ])
    ]
    if !names.isEmpty { blocks.append(.list(names)) }
    if onFront.count > names.count {
      blocks.append(.paragraph([.text("And \(Display.counted(onFront.count - names.count, "more route")).")]))
    }
    return Section(id: "front", title: "Pareto front", blocks: blocks)
  }

  // MARK: What is left out

  private var excludedSection: Section {
    let excluded = shortlist.excluded
    guard !excluded.isEmpty else {
      return Section(
        id: "excluded", title: "Left out", blocks: [.paragraph([.text("No model is left out.")])])
    }
    let counts = shortlist.question.requirements.compactMap { requirement -> Table.Row? in
      let own = excluded.filter { $0.requirement == requirement }
      guard !own.isEmpty else { return nil }
      let fails = own.count { $0.outcome == .fails }
      return Table.Row(
        Display.capitalised(requirement.words(frame)),
        cells: [[.text(Display.grouped(String(fails)))], [.text(Display.grouped(String(own.count - fails)))]])
    }
    let rows = excluded.prefix(extent.excludedRows).map { left in
      Table.Row(
        Display.harmless(left.model.name), note: left.model.id.rawValue, path: Paths.model(left.model.id),
        cells: [[.text(left.requirement.words(frame))], [.text(left.words)]])
    }
    return Section(
      id: "excluded", title: "Left out",
      blocks: [
        .paragraph([
          .text(
            "Each model with the first requirement, in the order above, after which none of its routes was left; those that came furthest first."
          )
        ]),
        .table(
          Table(
            caption: "Models by the requirement they leave at", head: ["Requirement", "Fail", "Unknown"],
            rows: counts)),
        .table(
          Table(
            caption: "Models left out", head: ["Model", "First requirement not met", "What sources say"],
            rows: rows,
            furtherRows: excluded.count - rows.count)),
      ])
  }
}

extension ExcludedModel {
  /// `fails: 32.8k, 131k`, `unknown`.
  var words: String {
    let said = values
    switch outcome {
    case .unknown:
      return said.isEmpty ? "unknown" : "unknown of some routes; \(Display.listed(Array(said.prefix(3))))"
    default:
      let shown = said.prefix(3) + (said.count > 3 ? ["\(said.count - 3) more"] : [])
      return "fails: " + (said.isEmpty ? "no tracked route" : Display.listed(Array(shown)))
    }
  }

  /// What sources say of the routes that were left, each once, ascending.
  var values: [String] { Set(routes.compactMap(requirement.seen)).sorted() }
}
