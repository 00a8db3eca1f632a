import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// The decision page for two or more models: thirteen sections, in page order, from one verdict.
public struct Comparison: Sendable {
  public let verdict: Verdict
  public let stamp: CatalogueStamp
  let frame: CatalogueFrame
  /// Alternatives to each model, in the models' order.
  let alternatives: [[Alternative]]
  /// Prices that may be copied from a sibling, in the models' order.
  let siblingPrices: [[SiblingPrice]]
  /// The ordered pairs of models.
  let frictions: [SwitchFriction]
  /// Names as the page shows them; ids stand behind names that two models share.
  let names: [String]

  /// How many models one page compares at most.
  public static let mostModels = 8

  /// - Parameters:
  ///   - ids: two or more canonical ids, in the order to show.
  ///   - workload: the traffic behind every cost of the page.
  /// - Throws: `CatalogueError` when the catalogue is broken; nil when it lacks one of the models.
  public init?(_ ids: [ModelID], in catalogue: Catalogue, workload: Workload, asOf: CalendarDate)
    throws(CatalogueError)
  {
    var models: [Model] = []
    for id in ids {
      guard let model = try catalogue.model(id, asOf: asOf) else { return nil }
      models.append(model)
    }
    let verdict = Verdict(models, workload: workload, medians: catalogue.frame.medians)
    let neighbourhood = Neighbourhood(catalogue, asOf: asOf)
    var alternatives: [[Alternative]] = []
    for assessment in verdict.assessments {
      alternatives.append(try neighbourhood.alternatives(to: assessment, excluding: Set(ids), most: 3))
    }
    self.verdict = verdict
    self.alternatives = alternatives
    var siblings: [[SiblingPrice]] = []
    for model in models { siblings.append(try catalogue.siblingPrices(of: model)) }
    siblingPrices = siblings
    frame = catalogue.frame
    stamp = CatalogueStamp(catalogue, asOf: asOf)
    var frictions: [SwitchFriction] = []
    for from in verdict.assessments {
      for to in verdict.assessments where to.model.id != from.model.id {
        frictions.append(SwitchFriction(from: from, to: to, frame: catalogue.frame))
      }
    }
    self.frictions = frictions
    let plain = verdict.models.map { Display.harmless($0.name) }
    names = verdict.models.indices.map { index in
      plain.count { $0 == plain[index] } > 1 ? "\(plain[index]) (\(verdict.models[index].id))" : plain[index]
    }
  }

  /// The sections in page order; a new section is a file and a line here.
  private static let sections: [@Sendable (Comparison) -> Section] = [
    introduction, scorecard, tradeoffs, monthlyCost, switchFriction, specs, pricing, capabilities, benchmarks,
    deepDive, questions,
    continueComparing,
  ]

  public var document: Document {
    var sections = Self.sections.map { $0(self) }
    sections.append(sources(after: sections))
    return Document(
      kind: "comparison", title: names.joined(separator: " vs "), stamp: stamp, sections: sections,
      data: conclusions)
  }

  // MARK: What several sections quote

  var assessments: [Assessment] { verdict.assessments }
  var models: [Model] { verdict.models }

  /// Whether the short context of two models reads the same though the windows differ.
  var contextTies: Bool {
    let windows = models.compactMap(\.contextWindow.value)
    return Set(windows).count > Set(windows.map(Display.tokens)).count
  }

  func contextCell(_ index: Int) -> Cell { models[index].contextCell(exactly: contextTies) }

  /// One precision for every cost of the page, so that printed numbers add up.
  var costDecimals: Int {
    Display.decimals(
      for: assessments.flatMap {
        [$0.estimate.cheapest?.cost, $0.estimate.fallback?.cost, $0.estimate.dearest?.cost].compactMap(\.self)
      })
  }

  func costCell(_ index: Int) -> Cell {
    guard let cheapest = assessments[index].estimate.cheapest else { return .unknown }
    return costCell(cheapest)
  }

  func costCell(_ cost: RouteCost) -> Cell {
    let isExact = Display.isExact(cost.cost, decimals: costDecimals)
    return Cells.derived(
      (isExact ? "" : "about ") + Display.cost(cost.cost, decimals: costDecimals), exact: cost.cost.text,
      from: cost.evidence.agreeing,
      dissents: cost.evidence.dissenting.map {
        CellDissent(
          display: Display.value($0.value, of: .price(PriceTerm(.input))), cause: $0.cause,
          citations: $0.citations)
      }, rule: "input and output tokens times the route's own prices")
  }

  func routesCell(_ index: Int) -> Cell {
    let routes = assessments[index].trackedRoutes
    let text = "\(routes.count) tracked"
    guard !routes.isEmpty else { return .plain(text) }
    return Cells.derived(
      text, exact: String(routes.count), from: routes.flatMap(\.listing),
      rule: "routes that a source lists and that are not retired")
  }

  func typeCell(_ index: Int) -> Cell { Cells.conclusion(assessments[index].type) }
}

extension CatalogueStamp {
  /// Older than this many days, a page says so.
  static let freshDays = 30

  init(_ catalogue: Catalogue, asOf: CalendarDate) {
    var notices: [String] = []
    if let date = catalogue.date {
      let age = asOf.firstDayNumber - date.firstDayNumber
      if age > Self.freshDays {
        notices.append(
          "The catalogue is \(Display.counted(age, "day")) old; prices may have changed since \(date.text).")
      }
    }
    self.init(catalogueDate: catalogue.date, digest: catalogue.digest, asOf: asOf, notices: notices)
  }
}
