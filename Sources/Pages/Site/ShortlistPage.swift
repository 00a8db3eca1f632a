import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// Where a reader states requirements, with the shortlist that meets them once there are any.
public struct ShortlistPage: Sendable {
  let shelf: Shelf
  let words: ShortlistWords.Reading
  let traffic: Traffic
  let entered: Entered

  /// The most rows of each table, and the most routes and models that the conclusions of a page name.
  static let extent = ShortlistReport.Extent(rows: 50, excludedRows: 200)

  public init(_ shelf: Shelf, words: ShortlistWords.Reading, traffic: Traffic, entered: Entered) {
    self.shelf = shelf
    self.words = words
    self.traffic = traffic
    self.entered = entered
  }

  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func document() throws(CatalogueError) -> Document {
    let isAsked = ShortlistWords.Key.allCases.contains { entered.values[$0.rawValue] != nil }
    guard isAsked, entered.problems.isEmpty else { return try empty() }
    let shortlist = Shortlist(words.question(at: traffic), in: try shelf.shortlistIndex())
    return try ShortlistReport(shortlist, on: shelf, extent: Self.extent, form: form).document
  }

  /// The form with the words that it knows.
  private func empty() throws(CatalogueError) -> Document {
    let vocabulary = try shelf.shortlistIndex().vocabulary
    func row(_ label: String, _ words: [String]) -> Table.Row {
      Table.Row(label, cells: [[.text(Display.harmless(words.joined(separator: ", ")))]])
    }
    let licences = vocabulary.frame.licences.notes.map(\.id.rawValue).sorted()
    let rows = [
      row("Needs", ShortlistWords.capabilityWords), row("License", ["osi", "commercial"] + licences),
      row("Region", vocabulary.regions.sorted()),
      row("Benchmarks", vocabulary.benchmarks.map(ShortlistWords.word).sorted()),
      row("Preferences", ShortlistWords.preferenceWords),
    ]
    return .page(
      "shortlist", "Shortlist", shelf.stamp,
      opening: [
        .paragraph([
          .text(
            "State what a model and its route must have. The answer ranks the routes that meet it with their monthly cost, and says of every other model which requirement it does not meet, or of which no source says."
          )
        ]), .form(form),
      ],
      [
        Section(
          id: "words", title: "Words",
          blocks: [
            .table(Table(caption: "Words that requirements may use", head: ["Part", "Words"], rows: rows))
          ]),
        .sources(shelf.stamp, reviewed: nil),
      ], data: .map([("asked", .flag(false))]))
  }

  // MARK: The form

  private var form: Form {
    func field(_ key: ShortlistWords.Key, _ label: String, _ hint: String) -> Form.Field {
      Form.Field(
        key.rawValue, label: label, value: entered.values[key.rawValue] ?? "", hint: hint,
        problem: entered.problems[key.rawValue])
    }
    func choice(_ key: ShortlistWords.Key, _ label: String, _ options: [Form.Option]) -> Form.Field {
      Form.Field(
        key.rawValue, label: label, kind: .choice(options), value: entered.values[key.rawValue] ?? "",
        problem: entered.problems[key.rawValue])
    }
    return Form(
      id: "shortlist", title: "Requirements", action: "/shortlist",
      fields: [
        field(.context, "Context window", ">=200k"), field(.output, "Output limit", ">=32k"),
        field(.needs, "Needs", "tools,structured-outputs"), field(.license, "License", "osi"),
        choice(.openWeights, "Open weights", [.init("", "any"), .init("yes", "yes")]),
        field(.region, "Region", "eu"), field(.provider, "Provider", "openrouter"),
        field(.lab, "Lab", "mistral"),
        choice(
          .type, "Product type",
          [.init("", "any type")] + ProductType.allCases.map { .init($0.rawValue, $0.rawValue) }),
        choice(
          .kind, "Route kind",
          [.init("", "metered")] + RouteKind.allCases.dropFirst().map { .init($0.rawValue, $0.rawValue) }),
        field(.benchmark, "Benchmark", "swe-bench>=60"), field(.released, "Released", ">=2025-06"),
        field(.knowledge, "Knowledge cutoff", ">=2025-01"),
        field(.notRetiring, "Not retiring within", "12mo"),
        field(.maxCost, "Cost at most", "500/month"), field(.prefer, "Prefer", "cost:3,context:1"),
        choice(
          .unknown, "Where no source says",
          [.init("", "ask: list apart"), .init("keep", "keep and mark"), .init("exclude", "leave out")]),
      ] + TrafficFields.fields(traffic.workload(for: .chat), [], entered: entered), submit: "Shortlist")
  }
}
