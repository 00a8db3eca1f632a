import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// The page of one model: what it is fit for, what it costs, every fact with its sources.
public struct ModelProfile: Sendable {
  public let assessment: Assessment
  public let stamp: CatalogueStamp
  let alternatives: [Alternative]

  /// nil when the catalogue has no such model.
  public init?(_ id: ModelID, in catalogue: Catalogue, workload: Workload, asOf: CalendarDate)
    throws(CatalogueError)
  {
    guard let model = try catalogue.model(id, asOf: asOf) else { return nil }
    assessment = Assessment(model, workload: workload, medians: catalogue.frame.medians)
    alternatives = try Neighbourhood(catalogue, asOf: asOf).alternatives(
      to: assessment, excluding: [id], most: 5)
    stamp = CatalogueStamp(catalogue, asOf: asOf)
  }

  private var model: Model { assessment.model }
  private var name: String { Display.harmless(model.name) }

  public var document: Document {
    Document(
      kind: "model", title: name, stamp: stamp,
      sections: [
        introduction, fitness, cost, specs, routes, capabilities, benchmarks, continueComparing, sources,
      ], data: data)
  }

  private var introduction: Section {
    let type = assessment.type
    var runs: [Run] = [.text("\(name) by \(Display.harmless(model.labName)) (\(model.id)) is ")]
    runs.append(
      .cell(
        type.citations.isEmpty
          ? .plain(Wording.withArticle(type.value.rawValue))
          : Cells.derived(
            Wording.withArticle(type.value.rawValue), exact: type.value.rawValue, from: type.citations,
            rule: type.rule)))
    runs += [
      .text(". Released: "), .cell(model.cell(.released)), .text("; context window: "),
      .cell(model.cell(.contextWindow)), .text("; license: "), .cell(model.cell(.license)), .text("."),
    ]
    return Section(
      id: "introduction", title: name, blocks: [.paragraph(runs)] + stamp.notices.map { .notice([.text($0)]) }
    )
  }

  private var fitness: Section {
    let uses = Cells.conclusion(Array(assessment.fitness.uses.prefix(Fitness.shown)))
    let tags = assessment.fitness.tags.prefix(Fitness.shown)
    let rows = [
      Table.Row("Best for", cells: [uses]),
      Table.Row(
        "Decision fit", cells: [tags.isEmpty ? [.cell(.plain("General"))] : Cells.conclusion(Array(tags))]),
    ]
    return Section(
      id: "fit", title: "What it is fit for",
      blocks: [.table(Table(caption: "Fit by stated rules", head: ["Signal", name], rows: rows))])
  }

  private var cost: Section {
    let estimate = assessment.estimate
    let decimals = Display.decimals(for: estimate.candidates.map(\.cost))
    var blocks: [Block] = [.paragraph([.text("Traffic: \(Wording.workload(estimate.workload)).")])]
    if estimate.candidates.isEmpty {
      blocks.append(
        .paragraph([
          .text("The monthly cost is "), .cell(.unknown),
          .text(": no tracked route that can carry this traffic has both token prices."),
        ]))
    } else {
      let rows = estimate.candidates.prefix(10).map { candidate in
        Table.Row(
          "\(Display.harmless(candidate.route.providerName)) · \(Display.harmless(candidate.route.apiID))",
          cells: [
            [
              .cell(
                Cells.derived(
                  Display.cost(candidate.cost, decimals: decimals), exact: candidate.cost.text,
                  from: candidate.evidence.agreeing,
                  rule: "input and output tokens times the route's own prices"))
            ]
          ])
      }
      blocks.append(
        .table(
          Table(caption: "Monthly cost, cheapest first", head: ["Route", "Monthly cost"], rows: Array(rows))))
      if estimate.candidates.count > 10 {
        blocks.append(
          .paragraph([
            .text(
              "\(Display.capitalised(Display.counted(estimate.candidates.count - 10, "dearer route"))) not shown here; every route stands below."
            )
          ]))
      }
    }
    return Section(id: "monthly-cost", title: "Monthly cost at traffic", blocks: blocks)
  }

  private var specs: Section {
    let rows = Comparison.specFields.map {
      Table.Row($0.title, note: Comparison.notes[$0], cells: [[.cell(model.cell($0))]])
    }
    return Section(
      id: "specs", title: "Specs",
      blocks: [.table(Table(caption: "Specifications", head: ["Specification", name], rows: rows))])
  }

  private var routes: Section {
    let block: Block =
      model.routes.isEmpty
      ? .paragraph([.text("No provider route is tracked.")]) : .table(RouteTable.table(model, name: name))
    return Section(id: "pricing", title: "Pricing and availability", blocks: [block])
  }

  private var capabilities: Section {
    let rows = Capability.allCases.map {
      Table.Row($0.title, note: $0.definition, cells: [[.cell(model.cell($0))]])
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
        Benchmarks.title(score.claim.benchmark),
        cells: [
          [
            .cell(
              Cell(
                Display.score(score.claim.value, unit: score.claim.unit), state: .known,
                exact: score.claim.value.text, detail: score.detail, citations: [score.citation],
                rule: ResolutionRule.onlySource.rawValue))
          ],
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
    guard !alternatives.isEmpty else {
      return Section(
        id: "continue-comparing", title: "Compare with",
        blocks: [.paragraph([.text("No other model of the catalogue is near by the stated rules.")])])
    }
    let links = alternatives.map { $0.link(from: model.id, named: name) }
    return Section(id: "continue-comparing", title: "Compare with", blocks: [.links(links)])
  }

  private var sources: Section {
    let disputes = Disputes.lines(model, name: name)
    let values = Comparison.specFields + Capability.allCases.map(Field.capability)
    let reviewed = values.compactMap { model[$0].evidence?.oldest }.min()
    return Section(
      id: "sources", title: "Sources",
      blocks: [
        disputes.isEmpty
          ? .paragraph([.text("No source contradicts another about the facts of this page.")])
          : .list(disputes),
        .paragraph(SourceWords.stamp(stamp, reviewed: reviewed)), .sources,
      ])
  }

  private var data: DataValue {
    .map([
      ("id", .text(model.id.rawValue)), ("name", .text(name)), ("lab", .text(model.lab.rawValue)),
      ("product_type", .text(assessment.type.value.rawValue)),
      ("best_for", .texts(assessment.fitness.shownUses)),
      ("decision_fit", .texts(assessment.fitness.shownTags)),
      ("monthly_cost_usd", .text(assessment.estimate.cheapest?.cost.text ?? Display.unknown)),
      (
        "monthly_cost_via",
        .text(assessment.estimate.cheapest.map { Display.harmless($0.route.providerName) } ?? Display.unknown)
      ),
      ("routes_tracked", .integer(assessment.trackedRoutes.count)), ("scores", .integer(model.scores.count)),
    ])
  }
}
