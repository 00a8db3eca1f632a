import Deciding
import Documents
import Facts

/// The list of all models, with filters in its address.
public struct ModelsPage: Sendable {
  let directory: Directory
  let filter: ModelFilter
  let entered: Entered

  public init(_ directory: Directory, filter: ModelFilter, entered: Entered = Entered()) {
    self.directory = directory
    self.filter = filter
    self.entered = entered
  }

  public var document: Document {
    let found = filter.apply(to: directory.sheets)
    let size = ModelFilter.pageSize
    let pages = max(1, (found.count + size - 1) / size)
    let page = min(filter.page, pages)
    let shown = found.dropFirst((page - 1) * size).prefix(size)
    var blocks: [Block] = [
      .form(form),
      .paragraph([
        .text(
          "\(Display.capitalised(Display.counted(found.count, "model"))) of \(Display.grouped(String(directory.sheets.count))), \(filter.order.title). A model fits a condition only where a source says so. "
        ), .link("State requirements for a shortlist", path: "/shortlist"), .text("."),
      ]),
    ]
    if let problem = entered.problems["page"] { blocks.insert(.notice([.text(problem)]), at: 1) }
    if !shown.isEmpty {
      blocks.append(.table(ModelTable.table(shown, caption: "Models, page \(page) of \(pages)")))
    }
    if pages > 1 { blocks.append(.paragraph(turning(page, of: pages))) }
    let ids = shown.map(\.model.id.rawValue)
    return .page(
      "models", "Models", directory.shelf.stamp, opening: [],
      [
        Section(id: "list", title: "All models", blocks: blocks),
        .sources(directory.shelf.stamp, reviewed: shown.compactMap(\.oldestFact).min()),
      ],
      data: .map([
        ("count", .integer(found.count)), ("page", .integer(page)), ("pages", .integer(pages)),
        ("models", .texts(ids)),
      ]))
  }

  /// The same list for programs.
  public var list: DataValue {
    let found = filter.apply(to: directory.sheets)
    let size = ModelFilter.pageSize
    let pages = max(1, (found.count + size - 1) / size)
    let page = min(filter.page, pages)
    return .map([
      ("schema", .text("llmref/models/1")), ("count", .integer(found.count)), ("page", .integer(page)),
      ("pages", .integer(pages)),
      (
        "models",
        .list(
          found.dropFirst((page - 1) * size).prefix(size).map { sheet in
            .map([
              ("id", .text(sheet.model.id.rawValue)), ("name", .text(sheet.name)),
              ("lab", .text(sheet.model.lab.rawValue)),
              ("released", .text(sheet.model.released.value?.text ?? Display.unknown)),
              (
                "context_window",
                .text(sheet.model.contextWindow.value.map { String($0.tokens) } ?? Display.unknown)
              ),
              (
                "monthly_cost_usd",
                .text(sheet.assessment.estimate.cheapest?.cost.text ?? Display.unknown)
              ),
              ("routes_tracked", .integer(sheet.assessment.trackedRoutes.count)),
              ("path", .text(Paths.model(sheet.model.id))),
            ])
          })
      ),
    ])
  }

  private func turning(_ page: Int, of pages: Int) -> [Run] {
    var runs: [Run] = []
    if page > 1 {
      runs += [.link("Previous page", path: "/models" + filter.query(page: page - 1)), .text(" · ")]
    }
    runs.append(.text("Page \(page) of \(pages)"))
    if page < pages {
      runs += [.text(" · "), .link("Next page", path: "/models" + filter.query(page: page + 1))]
    }
    return runs
  }

  private var form: Form {
    func choice(_ key: String, _ label: String, _ any: String, _ options: [Form.Option], _ value: String?)
      -> Form.Field
    {
      Form.Field(
        key, label: label, kind: .choice([Form.Option("", any)] + options),
        value: entered.values[key] ?? value ?? "", problem: entered.problems[key])
    }
    let labs = directory.labs.map { (id: $0.key, name: Display.harmless($0.value[0].model.labName)) }
      .sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
    return Form(
      id: "filter", title: "Filter models", action: "/models",
      fields: [
        choice("lab", "Lab", "any lab", labs.map { .init($0.id.rawValue, $0.name) }, filter.lab?.rawValue),
        choice(
          "type", "Product type", "any type", ProductType.allCases.map { .init($0.rawValue, $0.rawValue) },
          filter.type?.rawValue),
        choice(
          "capability", "Capability", "any", Capability.allCases.map { .init($0.rawValue, $0.title) },
          filter.capability?.rawValue),
        Form.Field(
          "context", label: "Context at least",
          value: entered.values["context"] ?? filter.leastContext.map { String($0.tokens) } ?? "",
          hint: "128k",
          problem: entered.problems["context"]),
        choice(
          "openness", "Openness", "any", directory.openness.map { .init($0, $0) },
          filter.openness),
        Form.Field(
          "order", label: "Order",
          kind: .choice(ModelFilter.Order.allCases.map { .init($0.rawValue, $0.title) }),
          value: filter.order.rawValue, problem: entered.problems["order"]),
      ], submit: "Show")
  }
}
