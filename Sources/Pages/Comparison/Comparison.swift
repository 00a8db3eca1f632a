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
  /// One for each model, in page order.
  let sheets: [ModelSheet]
  /// Whether the short context of two models reads the same though the windows differ.
  let contextTies: Bool
  /// The traffic of the page in words.
  let traffic: String
  /// The month of each model in words.
  let months: [String]
  /// One precision for every cost of the page, so that printed numbers add up.
  let costDecimals: Int
  /// What is said of each model's month.
  let costs: [CostColumn]
  /// What a reader wrote in the page's form and what is wrong with it.
  public var entered = Entered()
  /// The ordered pairs of models, by index.
  let frictions: [(from: Int, to: Int, friction: SwitchFriction)]
  /// Names as the page shows them; ids stand behind names that two models share.
  public let names: [String]
  /// The names as `A or B`.
  let either: String
  /// The names as `A and B`.
  let together: String
  /// Where the heads of a table with a column for each model lead.
  let headPaths: [String?]

  /// How many models one page compares at most.
  public static let mostModels = 8

  /// - Parameters:
  ///   - ids: two or more canonical ids, in the order to show.
  ///   - traffic: what is said of the month behind every cost of the page.
  /// - Throws: `CatalogueError` when the catalogue is broken; nil when it lacks one of the models.
  public init?(_ ids: [ModelID], in catalogue: Catalogue, traffic: Traffic, asOf: CalendarDate)
    throws(CatalogueError)
  {
    try self.init(ids, on: Shelf(catalogue, asOf: asOf), traffic: traffic)
  }

  /// The same from a shelf whose sheets other pages use too.
  public init?(_ ids: [ModelID], on shelf: Shelf, traffic: Traffic) throws(CatalogueError) {
    var sheets: [ModelSheet] = []
    for id in ids {
      guard let sheet = try shelf.sheet(id) else { return nil }
      sheets.append(sheet)
    }
    self.sheets = sheets
    let verdict = Verdict(sheets.map { $0.assessment(at: traffic) })
    self.verdict = verdict
    let windows = Set(sheets.compactMap(\.model.contextWindow.value))
    contextTies = windows.count > Set(windows.map(Display.tokens)).count
    let costDecimals = Display.decimals(
      for: verdict.assessments.flatMap {
        [$0.estimate.cheapest?.cost, $0.estimate.fallback?.cost, $0.estimate.dearest?.cost].compactMap(\.self)
      })
    frame = shelf.catalogue.frame
    stamp = shelf.stamp
    self.costDecimals = costDecimals
    var frictions: [(from: Int, to: Int, friction: SwitchFriction)] = []
    for (from, before) in verdict.assessments.enumerated() {
      for (to, after) in verdict.assessments.enumerated() where to != from {
        let friction = SwitchFriction(
          from: before, to: after, calling: sheets[from].calling, next: sheets[to].calling)
        frictions.append((from, to, friction))
      }
    }
    self.frictions = frictions
    let names = sheets.map { sheet in
      sheets.count { $0.name == sheet.name } > 1 ? "\(sheet.name) (\(sheet.model.id))" : sheet.name
    }
    self.names = names
    let saysHours = traffic.saysHours || verdict.assessments.contains { $0.estimate.card.hasHours }
    let months = verdict.assessments.map { Wording.workload($0.workload, saysHours: saysHours) }
    self.months = months
    self.traffic =
      verdict.sharesWorkload
      ? months[0] : zip(names, months).map { "\($1) for \($0)" }.joined(separator: "; ")
    either = Display.listed(names, "or")
    together = Display.listed(names)
    headPaths = [nil] + verdict.models.map { Paths.model($0.id) }
    costs = sheets.indices.map {
      sheets[$0].costs(verdict.assessments[$0], decimals: costDecimals, name: names[$0])
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
    // Behind the scorecard, before what sources state of the same.
    if let measured = measuredSection { sections.insert(measured, at: 2) }
    sections.append(sources)
    return Document(
      kind: "comparison", title: names.joined(separator: " vs "), stamp: stamp, sections: sections,
      data: conclusions, lists: lists)
  }

  // MARK: What several sections quote

  var assessments: [Assessment] { verdict.assessments }
  var models: [Model] { verdict.models }

  func contextCell(_ index: Int) -> Cell { sheets[index].contextCell(exactly: contextTies) }

  /// The lists of the models' sheets, and one of the scores that only this page shows.
  private var lists: [CitationList] {
    let models = sheets.map(\.list)
    let scores = CitationList(
      title: "Benchmarks", of: verdict.benchmarks.lazy.flatMap { $0.scores.map(self.scoreCell) },
      without: models)
    let scored = scores.entries.isEmpty ? models : models + [scores]
    let fees = ChannelFees.list(of: costs.flatMap(\.feeCells), without: scored)
    let stated = scored + [fees].compactMap(\.self)
    guard sheets.contains(where: { !$0.measured.isEmpty }) else { return stated }
    let measured = CitationList(title: "Measured by you", of: measuredCells, without: stated)
    return measured.entries.isEmpty ? stated : stated + [measured]
  }

  func costCell(_ index: Int) -> Cell { costs[index].cost }

  /// `vision (Yes)`, of one model.
  func phrased(_ capability: Capability, _ index: Int) -> [Run] {
    sheets[index].sheetQuotes.phrased[capability.place].map { [.phrase($0)] }
      ?? SheetQuotes.phrased(capability, sheets[index])
  }

  /// `GPT-5 (Yes)`, of one capability.
  func named(_ index: Int, _ capability: Capability) -> [Run] {
    quoted(index, { $0.named[capability.place] }) { SheetQuotes.named(capability, $0, name: $1) }
  }

  /// What is kept of a model where the page calls it by its own name; worded anew where two share the name.
  func quoted(_ index: Int, _ phrase: (SheetQuotes) -> Phrase?, anew: (ModelSheet, String) -> [Run]) -> [Run]
  {
    let (sheet, name) = (sheets[index], names[index])
    if name == sheet.name, let kept = phrase(sheet.sheetQuotes) { return [.phrase(kept)] }
    return anew(sheet, name)
  }

  func routesCell(_ index: Int) -> Cell { sheets[index].routes }

  func typeCell(_ index: Int) -> Cell { sheets[index].type }
}

extension CatalogueStamp {
  /// Older than this many days, a page says so.
  static let freshDays = 30

  package init(_ catalogue: Catalogue, asOf: CalendarDate) {
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
