import Deciding
import Documents
import Facts
import Pricing

/// The fields in which a reader states traffic, the same on every page that prices it.
public enum TrafficFields {
  /// - Parameter kinds: of the products on the page; those that count something else have its field too.
  public static func fields(
    _ workload: Workload, _ kinds: [ProductKind], entered: Entered
  ) -> [Form.Field] {
    func field(_ key: String, _ label: String, _ value: String, _ hint: String) -> Form.Field {
      Form.Field(
        key, label: label, value: entered.values[key] ?? value, hint: hint, problem: entered.problems[key])
    }
    var fields = [
      field("input", "Input tokens a month", Display.exactCount(workload.inputTokens), "800M"),
      field("output", "Output tokens a month", Display.exactCount(workload.outputTokens), "250M"),
      field("requests", "Requests a month", Display.exactCount(TokenCount(workload.requests)), "1M"),
      field("cached", "Input from cache", cachedShare(workload), "30%"),
      field("batch", "Sent in batches", workload.batchShare.text, "30%"),
      field("hours", "Hours", workload.hours.text, "spread, peak, off-peak, mon-fri 09:00-18:00 +08:00"),
    ]
    for measure in TrafficMeasure.allCases {
      let isUsual = kinds.contains { Workload.usual(for: $0).others[measure.unit] != nil }
      guard isUsual || entered.values[measure.rawValue] != nil else { continue }
      let pieces = (workload.others[measure.unit] ?? 0) / measure.piecesEach
      fields.append(
        field(measure.rawValue, title(measure), Display.exactCount(TokenCount(pieces)), "10k"))
    }
    return fields
  }

  private static func title(_ measure: TrafficMeasure) -> String {
    switch measure {
    case .images: "Pictures a month"
    case .searches: "Searches a month"
    case .audioMinutes: "Minutes of sound a month"
    case .characters: "Characters a month"
    case .pages: "Pages a month"
    case .videoSeconds: "Seconds of video a month"
    }
  }

  static func cachedShare(_ workload: Workload) -> String {
    guard workload.inputTokens.tokens > 0 else { return "0%" }
    let hundredths = Int128(workload.cachedTokens.tokens) * 10_000 / Int128(workload.inputTokens.tokens)
    return ExactDecimal(reducing: hundredths, exponent: -2).text + "%"
  }

  /// The form on a page whose address stands for its models.
  static func form(path: String, _ workload: Workload, _ kinds: [ProductKind], entered: Entered) -> Form {
    Form(
      id: "traffic", title: "Your traffic", action: path, fields: fields(workload, kinds, entered: entered),
      submit: "Recalculate")
  }
}

/// The monthly cost of several models at some traffic.
public struct CostPage: Sendable {
  let shelf: Shelf
  let sheets: [ModelSheet]
  let traffic: Traffic
  let entered: Entered

  /// The most models that one page prices.
  public static let most = 20

  public init(_ shelf: Shelf, sheets: [ModelSheet], traffic: Traffic, entered: Entered) {
    self.shelf = shelf
    self.sheets = sheets
    self.traffic = traffic
    self.entered = entered
  }

  public var document: Document {
    let stamp = shelf.stamp
    let estimates = sheets.map { ($0, $0.assessment(at: traffic).estimate) }
    let months = estimates.map(\.1.workload)
    let workload = months.first ?? traffic.workload(for: .chat)
    let saysHours = traffic.saysHours || sheets.contains { $0.rateCard.hasHours }
    // Products that count different things have months of their own, which stand in their rows.
    let isOne = months.allSatisfy { $0 == workload }
    let ranked = estimates.sorted {
      guard let left = $0.1.cheapest?.cost else { return false }
      guard let right = $1.1.cheapest?.cost else { return true }
      return left < right
    }
    let decimals = Display.decimals(for: ranked.compactMap { $0.1.cheapest?.cost })
    var blocks: [Block] = []
    if ranked.isEmpty {
      blocks.append(
        .paragraph([
          .text("Name models, separated by commas, to see what each costs a month at this traffic.")
        ]))
    } else {
      let rows = ranked.map { sheet, estimate in
        Table.Row(
          sheet.name,
          note: sheet.model.id.rawValue
            + (isOne ? "" : "; " + Wording.workload(estimate.workload, saysHours: saysHours)),
          path: Paths.model(sheet.model.id),
          cells: [
            [.cell(sheet.costCell(estimate, decimals: decimals))],
            estimate.cheapest.map {
              [.text(Display.harmless($0.route.providerName))] + ChannelFees.beside($0.route.fee)
            } ?? [.cell(.unknown)],
            estimate.fallback.map {
              [
                .cell(Cells.cost($0, decimals: decimals)),
                .text(" at \(Display.harmless($0.route.providerName))"),
              ] + ChannelFees.beside($0.route.fee)
            } ?? [.cell(.plain("none priced"))],
          ])
      }
      blocks.append(
        .table(
          Table(
            caption: "Monthly cost, cheapest first", head: ["Model", "Monthly cost", "Through", "Fallback"],
            rows: rows)))
      if sheets.count > 1, sheets.count <= Comparison.mostModels {
        let ordered = shelf.ordered(sheets)
        blocks.append(
          .links([
            Link(
              title: ordered.map(\.name).joined(separator: " vs "),
              path: Paths.compare(ordered.map(\.model.id)), reason: [])
          ]))
      }
    }
    let models = Form.Field(
      "models", label: "Models, separated by commas",
      value: entered.values["models"] ?? sheets.map(\.model.id.rawValue).joined(separator: ", "),
      hint: "gpt-5, claude-sonnet-4.5", problem: entered.problems["models"])
    let words =
      isOne
      ? Wording.workload(workload, saysHours: saysHours) : "the usual month of each product, as its row says"
    let costs = ranked.map { sheet, estimate in
      (sheet.model.id.rawValue, DataValue.text(estimate.cheapest?.cost.text ?? Display.unknown))
    }
    let fees = ranked.map { sheet, estimate in
      (sheet.model.id.rawValue, ChannelFees.data(estimate.cheapest?.route.fee))
    }
    return .page(
      "cost", "Monthly cost", stamp,
      opening: [
        .paragraph([
          .text(
            "Traffic: \(words). A cost multiplies one route's own prices; the cheapest route that can carry the traffic counts."
          )
        ]),
        .form(
          Form(
            id: "traffic", title: "Models and traffic", action: "/cost",
            fields: [models]
              + TrafficFields.fields(workload, sheets.map(\.assessment.kind), entered: entered),
            submit: "Recalculate")),
      ],
      [
        Section(id: "costs", title: "Costs", blocks: blocks),
        .sources(stamp, reviewed: sheets.compactMap(\.oldestFact).min()),
      ],
      data: .map([
        ("traffic", .text(words)), ("monthly_cost_usd", .map(costs)), ("monthly_cost_fee", .map(fees)),
      ]))
  }
}

/// Where a reader names the models to compare.
public struct PickerPage: Sendable {
  let directory: Directory
  let entered: Entered

  public init(_ directory: Directory, entered: Entered) {
    self.directory = directory
    self.entered = entered
  }

  public var document: Document {
    func field(_ key: String, _ label: String) -> Form.Field {
      Form.Field(
        key, label: label, value: entered.values[key] ?? "", hint: "gpt-5", problem: entered.problems[key])
    }
    return .page(
      "picker", "Compare models", directory.shelf.stamp,
      opening: [
        .paragraph([
          .text(
            "Any two to \(Comparison.mostModels) models, by name or by any provider's id. The address of a comparison lists them: /compare/lab/model/lab/model."
          )
        ]),
        .form(
          Form(
            id: "pick", title: "Models to compare", action: "/compare",
            fields: [field("a", "First model"), field("b", "Second model"), field("c", "Third (optional)")],
            submit: "Compare")),
      ],
      [
        Section(
          id: "popular", title: "Popular comparisons",
          blocks: [.links(directory.relevantPairs().prefix(24).map { directory.link($0) })])
      ], data: .map([("most_models", .integer(Comparison.mostModels))]))
  }
}
