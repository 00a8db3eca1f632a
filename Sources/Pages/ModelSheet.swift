import Cataloguing
import Deciding
import Documents
import Facts
import Pricing
import Synchronization

/// Everything about one model that a page may quote, worded once: every page that shows the model quotes these cells.
public final class ModelSheet: Sendable {
  /// The model with what is decided about it at the usual traffic.
  public let assessment: Assessment
  /// The name that pages show, harmless.
  public let name: String
  /// How the model's routes are called.
  let calling: CallingTerms
  let alternatives: [Alternative]
  /// Prices that may be copied from a sibling.
  let siblingPrices: [SiblingPrice]
  /// Numbers every citation of the sheet's cells.
  let list: CitationList

  let type: Cell
  /// The type behind its article: `a coding-specialized model`.
  let article: Cell
  let year: Cell?
  let exactContext: Cell
  /// What is said first of a model that has ended or ends soon; nil for others.
  let lifeLine: [Run]?
  /// Where the successor leads that a source names.
  let succession: Succession?
  /// `listed`, `ends 2026-12-11`.
  let status: Cell
  /// How many routes are tracked: `4 tracked`.
  let routes: Cell
  let tags: [Run]
  /// Every tag that the model earns, shown or not.
  let tagCells: [(tag: DecisionTag, cell: Cell)]
  let uses: [Run]
  let cheapestOutput: [Run]
  /// `12 facts cited, 2 disputed, 5 unknown, oldest 2026-05-21`.
  let evidence: Cell
  /// The oldest day among the facts of the tables.
  let oldestFact: CalendarDate?
  /// nil when no route is tracked.
  let routeTable: Table?
  let disputes: [[Run]]
  let siblingLines: [[Run]]
  /// Each provider of a tracked route once, with its name.
  let providers: [(id: ProviderID, cell: Cell)]
  /// Every cell of the sheet.
  let quoted: [Cell]
  /// The cells of the spec tables, in the order of `Comparison.specFields`.
  let specs: [[Run]]
  /// The cells of the capability tables, in the order of `Capability.allCases`.
  let capabilityRuns: [[Run]]
  /// What the reader measured on the model's routes.
  let measured: MeasuredPart
  private let fields: [Field: Cell]
  /// In the order of `Capability.allCases`.
  private let capabilities: [Cell]
  /// What comparisons quote of the model, made when one first does.
  private let quotes = SetOnce<SheetQuotes>()
  /// Costs at the usual traffic and at its other mixes, by traffic and decimals.
  private let keptCosts = Mutex<[CostKey: Cell]>([:])
  /// What comparisons say of the cost at the usual traffic, by decimals.
  private let usualColumns = Mutex<[Int: CostColumn]>([:])

  private struct CostKey: Hashable {
    let workload: Workload
    let decimals: Int
  }

  /// How many alternatives are kept: those shown, and some to spare for the models compared.
  private static let keptAlternatives = 6

  /// Resolves and words the model; nil when the catalogue lacks it.
  /// - Parameter neighbourhood: of the same catalogue and day.
  init?(
    _ id: ModelID, in catalogue: Catalogue, asOf: CalendarDate, neighbourhood: Neighbourhood
  ) throws(CatalogueError) {
    guard let model = try catalogue.model(id, asOf: asOf) else { return nil }
    let assessment = Assessment(model, traffic: .usual, medians: catalogue.frame.medians)
    let name = Display.harmless(model.name)
    self.assessment = assessment
    self.name = name
    calling = CallingTerms(model, frame: catalogue.frame)
    measured = MeasuredPart(
      evidence: catalogue.measurements.isEmpty ? [] : try catalogue.measuredEvidence(of: model))
    alternatives = try neighbourhood.alternatives(
      to: assessment, excluding: [id], most: Self.keptAlternatives)
    siblingPrices = try catalogue.siblingPrices(of: model)
    var fields: [Field: Cell] = [:]
    for field in Comparison.specFields { fields[field] = Cells.cell(model[field], field) }
    self.fields = fields
    specs = Comparison.specFields.map { [.cell(fields[$0] ?? .unknown)] }
    capabilities = Capability.allCases.map { Cells.capability(model.capability($0), $0) }
    capabilityRuns = capabilities.map { [.cell($0)] }
    type = Cells.conclusion(assessment.type)
    article = Self.article(assessment.type)
    year = Self.year(model.released)
    exactContext = Self.exact(fields[.contextWindow] ?? .unknown, model.contextWindow.value)
    routes = Self.routes(assessment.trackedRoutes)
    succession = try catalogue.succession(of: model)
    let lifeLine = LifeLines.line(model, name: name, then: succession)
    status = LifeLines.cell(model.life)
    tagCells = assessment.fitness.tags.map { ($0.value, Cells.conclusion($0)) }
    let tags = tagCells.prefix(Fitness.shown).map { [Run.cell($0.cell)] }
    self.tags = tags.isEmpty ? [.cell(.plain("General"))] : Array(tags.joined(separator: [.text(", ")]))
    uses = Cells.conclusion(Array(assessment.fitness.uses.prefix(Fitness.shown)))
    cheapestOutput = Self.cheapestOutput(assessment)
    let (evidence, oldest) = Self.evidence(model)
    self.evidence = .plain(evidence)
    oldestFact = oldest
    let routeTable = model.routes.isEmpty ? nil : RouteTable.table(model, name: name)
    let disputes = Disputes.lines(model, name: name)
    let siblingLines = Disputes.siblingLines(siblingPrices, name: name)
    providers = Self.providers(assessment.trackedRoutes)
    var cells = Comparison.specFields.compactMap { fields[$0] } + capabilities
    cells += (lifeLine ?? []).cells + [status]
    cells += [type, article, year, exactContext].compactMap(\.self)
    cells += self.tags.cells + uses.cells + cheapestOutput.cells
    cells += routeTable.map { $0.rows.flatMap { $0.cells.flatMap(\.cells) } } ?? []
    cells += [routes] + providers.map(\.cell) + disputes.flatMap(\.cells) + siblingLines.flatMap(\.cells)
    quoted = cells
    let list = CitationList(title: name, of: cells)
    list.adopt(cells)
    list.adopt(tagCells.map(\.cell))
    self.list = list
    self.routeTable = routeTable?.kept(in: list)
    self.lifeLine = lifeLine.map { [.phrase(Phrase($0, in: list))] }
    self.disputes = disputes.map { [.phrase(Phrase($0, in: list))] }
    self.siblingLines = siblingLines.map { [.phrase(Phrase($0, in: list))] }
  }

  public var model: Model { assessment.model }

  /// The cell of a field that the spec tables show; unknown for others.
  func cell(_ field: Field) -> Cell { fields[field] ?? .unknown }

  func cell(_ capability: Capability) -> Cell { capabilities[capability.place] }

  /// The context window in tokens; the exact number where the short forms of the compared models tie.
  func contextCell(exactly: Bool) -> Cell { exactly ? exactContext : cell(.contextWindow) }

  /// What is decided about the model at some traffic.
  func assessment(at traffic: Traffic) -> Assessment {
    traffic.workload(for: assessment.kind) == assessment.workload ? assessment : assessment.at(traffic)
  }

  /// The cost through the cheapest route; kept for the usual traffic.
  func costCell(_ estimate: Estimate, decimals: Int) -> Cell {
    guard estimate.workload == assessment.workload else {
      return Self.costCell(estimate.cheapest, decimals: decimals)
    }
    return kept(CostKey(workload: estimate.workload, decimals: decimals)) { estimate.cheapest }
  }

  /// The cost at a traffic that many pages ask for: kept.
  func costCell(atShared workload: Workload, decimals: Int) -> Cell {
    kept(CostKey(workload: workload, decimals: decimals)) { cheapest(at: workload) }
  }

  /// The cost at a traffic that one page asks for.
  func costCell(at workload: Workload, decimals: Int) -> Cell {
    Self.costCell(cheapest(at: workload), decimals: decimals)
  }

  /// The cheapest route and its cost, as an estimate gives it; only the route that the numbers choose is priced with its
  /// claims.
  func cheapest(at workload: Workload) -> RouteCost? {
    guard workload != assessment.workload else { return assessment.estimate.cheapest }
    guard let chosen = rateCard.cheapest(at: workload) else { return nil }
    // A claimed price can leave what is held exactly where the believed one does not: then another route is the cheapest.
    return Estimate.cost(of: workload, through: chosen.route)
      ?? Estimate(rateCard, workload: workload).cheapest
  }

  private func kept(_ key: CostKey, _ cost: () -> RouteCost?) -> Cell {
    if let known = keptCosts.withLock({ $0[key] }) { return known }
    let cell = Self.costCell(cost(), decimals: key.decimals)
    list.adopt([cell])
    return keptCosts.withLock { kept in
      if let other = kept[key] { return other }
      kept[key] = cell
      return cell
    }
  }

  /// What comparisons say of the model's month; kept for the usual traffic.
  /// - Parameter name: as the page shows it.
  func costs(_ assessment: Assessment, decimals: Int, name: String) -> CostColumn {
    func column(in list: CitationList?) -> CostColumn {
      let cost = costCell(assessment.estimate, decimals: decimals)
      return CostColumn(assessment, cost: cost, decimals: decimals, name: name, routes: routes, in: list)
    }
    guard assessment === self.assessment, name == self.name else { return column(in: nil) }
    if let known = usualColumns.withLock({ $0[decimals] }) { return known }
    let made = column(in: list)
    return usualColumns.withLock { kept in
      let first = kept[decimals] ?? made
      kept[decimals] = first
      return first
    }
  }

  /// What comparisons quote of the model under its own name.
  var sheetQuotes: SheetQuotes { quotes.value ?? quotes.set(SheetQuotes(self)) }

  private static func costCell(_ cheapest: RouteCost?, decimals: Int) -> Cell {
    cheapest.map { Cells.cost($0, decimals: decimals) } ?? .unknown
  }

  /// The prices of the model's routes as numbers.
  public var rateCard: RateCard { assessment.estimate.card }

  /// The nearest models but those that a page shows already.
  func alternatives(excluding: Set<ModelID>, most: Int) -> [Alternative] {
    Array(alternatives.lazy.filter { !excluding.contains($0.id) }.prefix(most))
  }

  // MARK: Wording

  private static func article(_ type: Conclusion<ProductType>) -> Cell {
    let text = Wording.withArticle(type.value.rawValue)
    return type.citations.isEmpty
      ? .plain(text) : Cells.derived(text, exact: type.value.rawValue, from: type.citations, rule: type.rule)
  }

  private static func year(_ released: Knowledge<CalendarDate>) -> Cell? {
    guard case .known(let date, let evidence) = released else { return nil }
    // Only a claim of another year contradicts the year.
    let dissenting = evidence.dissenting.filter {
      if case .date(let other) = $0.value { return other.year != date.year }
      return true
    }
    let ofYear = Evidence(agreeing: evidence.agreeing, dissenting: dissenting, rule: evidence.rule)
    return Cells.cell(String(date.year), ofYear, .released, exact: date.text)
  }

  private static func exact(_ short: Cell, _ count: TokenCount?) -> Cell {
    guard let count else { return short }
    return Cell(
      Display.grouped(String(count.tokens)), state: short.state, exact: short.exact, detail: short.detail,
      citations: short.citations, dissents: short.dissents, rule: short.rule)
  }

  private static func routes(_ routes: [Route]) -> Cell {
    let text = "\(routes.count) tracked"
    guard !routes.isEmpty else { return .plain(text) }
    return Cells.derived(
      text, exact: String(routes.count), from: routes.flatMap(\.listing),
      rule: "routes that a source lists and that are not retired")
  }

  private static func cheapestOutput(_ assessment: Assessment) -> [Run] {
    guard let cheapest = assessment.cheapestOutput else { return [.cell(.unknown)] }
    let cell = Cells.cell(
      Display.pricePerMillion(cheapest.price), cheapest.evidence, .price(PriceTerm(.output)),
      exact: cheapest.price.text)
    return [.cell(cell), .text(" at \(Display.harmless(cheapest.route.providerName))")]
  }

  private static func evidence(_ model: Model) -> (String, CalendarDate?) {
    let values = (Comparison.specFields + Capability.allCases.map(Field.capability)).map { model[$0] }
    let known = values.filter { !$0.isUnknown }
    let disputed = known.count { $0.isDisputed }
    let oldest = known.compactMap { $0.evidence?.oldest }.min()
    let words = [
      "\(Display.counted(known.count, "fact")) cited", "\(disputed) disputed",
      "\(values.count - known.count) unknown", oldest.map { "oldest \($0.text)" },
    ].compactMap(\.self).joined(separator: ", ")
    return (words, oldest)
  }

  private static func providers(_ routes: [Route]) -> [(id: ProviderID, cell: Cell)] {
    var seen: Set<ProviderID> = []
    return routes.filter { seen.insert($0.provider).inserted }.map { route in
      (
        route.provider,
        Cells.derived(
          Display.harmless(route.providerName), exact: route.provider.rawValue, from: route.listing,
          rule: "a tracked route")
      )
    }
  }
}

extension ModelSheet {
  /// The prices of the cheapest priced route for a badge: `$1.25 in, $10 out per 1M`; the word where none is known.
  public var badge: String {
    guard let used = assessment.estimate.cheapest?.used, !used.isEmpty else {
      return "price \(Display.unknown)"
    }
    func price(_ own: UsedPrice) -> String { Display.unitPrice(own.quote.money) }
    if used.count == 2, used[0].unit == .input, used[1].unit == .output {
      return "\(price(used[0])) in, \(price(used[1])) out per 1M"
    }
    return used.map { "\(price($0)) \($0.unit == .input ? "in " : "")\($0.unit.priceUnit)" }.joined(
      separator: ", ")
  }
}
