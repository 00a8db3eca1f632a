import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// The page of one model: what it is fit for, what it costs, every fact with its sources.
public struct ModelProfile: Sendable {
  public let assessment: Assessment
  public let stamp: CatalogueStamp
  let sheet: ModelSheet
  /// The model's releases, where it is served in several.
  private let releases: Section?
  /// Whether prices depend on hours, or the reader states them.
  private let saysHours: Bool
  /// What a reader wrote in the page's form and what is wrong with it.
  public var entered = Entered()

  /// How many alternatives are shown.
  private static let mostAlternatives = 5

  /// nil when the catalogue has no such model.
  public init?(_ id: ModelID, in catalogue: Catalogue, traffic: Traffic, asOf: CalendarDate)
    throws(CatalogueError)
  {
    try self.init(id, on: Shelf(catalogue, asOf: asOf), traffic: traffic)
  }

  /// The same from a shelf whose sheets other pages use too.
  public init?(_ id: ModelID, on shelf: Shelf, traffic: Traffic) throws(CatalogueError) {
    guard let sheet = try shelf.sheet(id) else { return nil }
    self.sheet = sheet
    releases = try ReleaseTable.section(sheet.model, on: shelf)
    assessment = sheet.assessment(at: traffic)
    saysHours = traffic.saysHours || sheet.rateCard.hasHours
    stamp = shelf.stamp
  }

  private var model: Model { assessment.model }
  private var name: String { sheet.name }

  /// The most routes of which the page says the month's cost.
  private static let shownCosts = 10

  public var document: Document {
    let scores = CitationList(title: "Benchmarks", of: model.scores.map(\.cell), without: [sheet.list])
    var lists = scores.entries.isEmpty ? [sheet.list] : [sheet.list, scores]
    let fees = assessment.estimate.candidates.prefix(Self.shownCosts).flatMap {
      ChannelFees.runs($0.route.fee).cells
    }
    lists += [ChannelFees.list(of: fees, without: lists)].compactMap(\.self)
    if let releases {
      let own = CitationList(title: "Releases", of: releases.blocks.flatMap(\.cells), without: lists)
      if !own.entries.isEmpty { lists.append(own) }
    }
    let measured = measuredSection
    if let measured {
      let own = CitationList(title: "Measured by you", of: measured.blocks.flatMap(\.cells), without: lists)
      if !own.entries.isEmpty { lists.append(own) }
    }
    return Document(
      kind: "model", title: name, stamp: stamp,
      sections: [introduction, fitness] + [measured].compactMap(\.self) + [
        cost, specs, routes,
      ] + [releases].compactMap(\.self) + [
        capabilities, benchmarks, continueComparing, sources,
      ], data: data, lists: lists)
  }

  private var introduction: Section {
    var runs: [Run] = [
      .text("\(name) by "), .link(Display.harmless(model.labName), path: Paths.lab(model.lab)),
      .text(" (\(model.id)) is "), .cell(sheet.article),
    ]
    if let family = model.family {
      runs += [
        .text(" of the family "), .link(Display.harmless(family), path: Paths.family(family)),
      ]
    }
    runs += [
      .text(". Released: "), .cell(sheet.cell(.released)), .text("; context window: "),
      .cell(sheet.cell(.contextWindow)), .text("; license: "), .cell(sheet.cell(.license)), .text("."),
    ]
    return Section(
      id: "introduction", title: name,
      blocks: [sheet.lifeLine.map { .notice($0) }].compactMap(\.self) + [.paragraph(runs)]
        + stamp.notices.map { .notice([.text($0)]) }
    )
  }

  private var fitness: Section {
    var rows = [
      Table.Row("Best for", cells: [sheet.uses]), Table.Row("Decision fit", cells: [sheet.tags]),
    ]
    if model.life.state != .listed {
      rows.insert(
        Table.Row("Status", note: "Whether it is still served, by anybody.", cells: [[.cell(sheet.status)]]),
        at: 0)
    }
    return Section(
      id: "fit", title: "What it is fit for",
      blocks: [.table(Table(caption: "Fit by stated rules", head: ["Signal", name], rows: rows))])
  }

  private var cost: Section {
    let estimate = assessment.estimate
    let decimals = Display.decimals(for: estimate.candidates.map(\.cost))
    var blocks: [Block] = [
      .form(
        TrafficFields.form(
          path: Paths.model(model.id), estimate.workload, [assessment.kind], entered: entered)),
      .paragraph([.text("Traffic: \(Wording.workload(estimate.workload, saysHours: saysHours)).")]),
    ]
    if estimate.candidates.isEmpty {
      blocks.append(
        .paragraph([
          .text("The monthly cost is "), .cell(.unknown),
          .text(
            assessment.kind == .chat
              ? ": no tracked route that can carry this traffic has both token prices."
              : ": no tracked route that can carry this traffic prices all that it uses."),
        ]))
    } else {
      let rows = estimate.candidates.prefix(Self.shownCosts).map { candidate in
        Table.Row(
          "\(Display.harmless(candidate.route.providerName)) · \(Display.harmless(candidate.route.apiID))",
          path: Paths.route(model.id, candidate.route.provider),
          cells: [
            [.cell(Cells.cost(candidate, decimals: decimals))], ChannelFees.runs(candidate.route.fee),
          ])
      }
      blocks.append(
        .table(
          Table(
            caption: "Monthly cost, cheapest first", head: ["Route", "Monthly cost", "Fee beside it"],
            rows: Array(rows))))
      if estimate.candidates.count > Self.shownCosts {
        blocks.append(
          .paragraph([
            .text(
              "\(Display.capitalised(Display.counted(estimate.candidates.count - Self.shownCosts, "dearer route"))) not shown here; every route stands below."
            )
          ]))
      }
    }
    return Section(id: "monthly-cost", title: "Monthly cost at traffic", blocks: blocks)
  }

  private var specs: Section {
    let rows = Comparison.specFields.map {
      Table.Row($0.title, note: Comparison.notes[$0], cells: [[.cell(sheet.cell($0))]])
    }
    return Section(
      id: "specs", title: "Specs",
      blocks: [.table(Table(caption: "Specifications", head: ["Specification", name], rows: rows))])
  }

  private var routes: Section {
    let block: Block =
      sheet.routeTable.map(Block.table) ?? .paragraph([.text("No provider route is tracked.")])
    return Section(id: "pricing", title: "Pricing and availability", blocks: [block])
  }

  private var capabilities: Section {
    let rows = Capability.allCases.map {
      Table.Row($0.title, note: $0.definition, cells: [[.cell(sheet.cell($0))]])
    }
    return Section(
      id: "capabilities", title: "Capabilities",
      blocks: [.table(Table(caption: "Capabilities", head: ["Capability", name], rows: rows))])
  }

  private var benchmarks: Section {
    guard !model.scores.isEmpty else {
      return Section(
        id: "benchmarks", title: "Benchmarks", blocks: [.paragraph([.text("No score is tracked.")])])
    }
    let rows = model.scores.map { score in
      Table.Row(
        Benchmarks.title(score.claim.benchmark), path: Paths.benchmark(score.claim.benchmark),
        cells: [
          [.cell(score.cell)],
          [.cell(.plain(score.claim.variant.isEmpty ? "default" : Display.harmless(score.claim.variant)))],
          [
            .cell(
              .plain(Display.harmless(score.claim.evaluator ?? Display.unknown).replacing("_", with: " ")))
          ],
          [.cell(.plain(score.citation.observed.text))],
        ])
    }
    return Section(
      id: "benchmarks", title: "Benchmarks",
      blocks: [
        .table(
          Table(caption: "Scores", head: ["Benchmark", "Score", "Effort", "Run by", "Observed"], rows: rows))
      ])
  }

  private var continueComparing: Section {
    let alternatives = sheet.alternatives(excluding: [], most: Self.mostAlternatives)
    guard !alternatives.isEmpty else {
      return Section(
        id: "continue-comparing", title: "Compare with",
        blocks: [.paragraph([.text("No other model of the catalogue is near by the stated rules.")])])
    }
    let links = alternatives.map { $0.link(from: model.id, named: name) }
    return Section(id: "continue-comparing", title: "Compare with", blocks: [.links(links)])
  }

  private var sources: Section {
    let disputes = sheet.disputes
    return Section(
      id: "sources", title: "Sources",
      blocks: [
        disputes.isEmpty
          ? .paragraph([.text("No source contradicts another about the facts of this page.")])
          : .list(disputes),
        .paragraph(SourceWords.stamp(stamp, reviewed: sheet.oldestFact)), .sources,
      ])
  }

  private var data: DataValue {
    .map(
      [
        ("id", .text(model.id.rawValue)), ("name", .text(name)), ("lab", .text(model.lab.rawValue)),
        ("product_type", .text(assessment.type.value.rawValue)),
        ("life", LifeLines.data(model.life, then: sheet.succession)),
        ("best_for", .texts(assessment.fitness.shownUses)),
        ("decision_fit", .texts(assessment.fitness.shownTags)),
        ("workload", Wording.data(assessment.workload)),
        ("monthly_cost_usd", .text(assessment.estimate.cheapest?.cost.text ?? Display.unknown)),
        (
          "monthly_cost_via",
          .text(
            assessment.estimate.cheapest.map { Display.harmless($0.route.providerName) } ?? Display.unknown)
        ), ("monthly_cost_fee", ChannelFees.data(assessment.estimate.cheapest?.route.fee)),
        ("routes_tracked", .integer(assessment.trackedRoutes.count)),
        ("scores", .integer(model.scores.count)),
      ] + MeasuredPart.data(sheet.measured.current))
  }
}
