import Cataloguing
import Deciding
import Documents
import Facts
import Pages
import Pricing

extension DecisionRecord {
  /// Records what is known of two models and what follows for a month of traffic.
  /// - Throws: `CatalogueError` when the catalogue is broken; nil when it lacks one of the models.
  public init?(_ ids: [ModelID], on shelf: Shelf, traffic: Traffic) throws(CatalogueError) {
    try self.init(ids, on: shelf, traffics: ids.map { _ in traffic })
  }

  /// The same models at the months of a record that was made before.
  public init?(again record: DecisionRecord, on shelf: Shelf) throws(CatalogueError) {
    try self.init(record.models.map(\.id), on: shelf, traffics: record.months.map { Traffic($0) })
  }

  private init?(_ ids: [ModelID], on shelf: Shelf, traffics: [Traffic]) throws(CatalogueError) {
    var models: [Model] = []
    for id in ids {
      guard let model = try shelf.model(id) else { return nil }
      models.append(model)
    }
    guard models.count == 2, traffics.count == 2 else { return nil }
    let verdict = Verdict(
      zip(models, traffics).map { Assessment($0, traffic: $1, medians: shelf.catalogue.frame.medians) })
    var claims = DecisionClaims()
    for assessment in verdict.assessments { claims.add(assessment) }
    for benchmark in verdict.benchmarks { claims.add(benchmark, of: models) }
    self.init(
      models: models.map { ($0.id, Display.harmless($0.name)) }, months: verdict.assessments.map(\.workload),
      stamp: shelf.stamp,
      claims: claims.all, conclusions: DecisionConclusions(verdict, claims).all)
  }
}

/// Gathers the claims of a record, each key once.
struct DecisionClaims {
  private(set) var all: [DecisionRecord.Claim] = []
  private var seen: Set<String> = []
  /// Keys by what conclusions rest on: the routes of a model.
  private(set) var ofRoutes: [ModelID: [String]] = [:]

  private static let fields: [Field] = [
    .contextWindow, .maxOutput, .released, .knowledgeCutoff, .license, .osiApproved, .openness,
    .commercialUse,
  ]

  mutating func add(_ assessment: Assessment) {
    let model = assessment.model
    let name = Display.harmless(model.name)
    for field in Self.fields {
      add(
        Self.key(model, field), "\(name): \(Display.midSentence(field.title))",
        Cells.cell(model[field], field))
    }
    for capability in Capability.allCases {
      let field = Field.capability(capability)
      add(
        Self.key(model, field), "\(name): \(capability.phrase)",
        Cells.capability(model.capability(capability), capability))
    }
    for route in model.availableRoutes { add(route, of: model, name: name, at: assessment.workload) }
  }

  /// Everything that decides what a month costs through a route.
  private mutating func add(_ route: Route, of model: Model, name: String, at workload: Workload) {
    var subject = "\(model.id) @ \(route.id)"
    if let region = route[.region].value?.text ?? route.attributes.region { subject += " (\(region))" }
    var number = 1
    let base = subject
    while seen.contains("\(subject) price.input") {
      number += 1
      subject = "\(base) #\(number)"
    }
    let place = "\(name) at \(Display.harmless(route.providerName)) (\(Display.harmless(route.apiID)))"
    func key(_ word: String) -> String { "\(subject) \(word)" }
    var own: [String] = []
    let used = RoutePrices(route).used(by: workload)
    for unit in workload.usage.units where unit != .request || used.contains(where: { $0.unit == .request }) {
      let lines = used.filter { $0.unit == unit }.map(\.quote)
      for (number, line) in lines.enumerated() {
        let word = number == 0 ? "price.\(unit.rawValue)" : line.term.text
        own.append(key(word))
        add(
          key(word), "\(place): \(Display.midSentence(line.term.title))",
          Cells.price(.known(line.money, line.evidence), unit))
      }
      guard lines.isEmpty else { continue }
      own.append(key("price.\(unit.rawValue)"))
      add(
        key("price.\(unit.rawValue)"), "\(place): \(Display.midSentence(PriceTerm(unit).title))",
        Cells.price(.unknown, unit))
    }
    if case .known(let kind, let evidence) = route.kind {
      own.append(key("route_kind"))
      add(
        key("route_kind"), "\(place): route kind",
        Cells.cell(kind.rawValue, evidence, .routeKind, exact: kind.rawValue))
    }
    for field in [Field.contextWindow, .maxInput, .maxOutput, .retirement] where !route[field].isUnknown {
      own.append(key(field.rawValue))
      add(
        key(field.rawValue), "\(place): \(Display.midSentence(field.title))", Cells.cell(route[field], field))
    }
    ofRoutes[model.id, default: []] += own
  }

  mutating func add(_ benchmark: SharedBenchmark, of models: [Model]) {
    for (model, score) in zip(models, benchmark.scores) {
      add(
        Self.key(model, benchmark.benchmark),
        "\(Display.harmless(model.name)): \(Display.harmless(Benchmarks.title(benchmark.benchmark)))",
        score.cell)
    }
  }

  static func key(_ model: Model, _ field: Field) -> String { "\(model.id) \(field.rawValue)" }
  static func key(_ model: Model, _ benchmark: BenchmarkID) -> String { "\(model.id) score.\(benchmark)" }

  private mutating func add(_ key: String, _ title: String, _ cell: Cell) {
    guard seen.insert(key).inserted else { return }
    all.append(
      DecisionRecord.Claim(
        key: key, title: title, state: cell.state, value: cell.exact ?? Display.unknown,
        display: cell.display,
        disputes: cell.dissents.filter { !$0.isVariation }.map { "\($0.display) (\($0.cause.rawValue))" }
          .sorted(),
        citations: cell.citations))
  }
}
