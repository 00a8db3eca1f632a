import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

extension DecisionRecord {
  /// Records what is known of two models and what follows for a month of traffic.
  /// - Throws: `CatalogueError` when the catalogue is broken; nil when it lacks one of the models.
  public init?(_ ids: [ModelID], on shelf: Shelf, workload: Workload) throws(CatalogueError) {
    var models: [Model] = []
    for id in ids {
      guard let model = try shelf.model(id) else { return nil }
      models.append(model)
    }
    guard models.count == 2 else { return nil }
    let verdict = Verdict(models, workload: workload, medians: shelf.catalogue.frame.medians)
    var claims = DecisionClaims(workload: workload)
    for model in models { claims.add(model) }
    for benchmark in verdict.benchmarks { claims.add(benchmark, of: models) }
    self.init(
      models: models.map { ($0.id, Display.harmless($0.name)) }, workload: workload, stamp: shelf.stamp,
      claims: claims.all, conclusions: DecisionConclusions(verdict, claims).all)
  }
}

/// Gathers the claims of a record, each key once.
struct DecisionClaims {
  let workload: Workload
  private(set) var all: [DecisionRecord.Claim] = []
  private var seen: Set<String> = []
  /// Keys by what conclusions rest on: the routes of a model.
  private(set) var ofRoutes: [ModelID: [String]] = [:]

  private static let fields: [Field] = [
    .contextWindow, .maxOutput, .released, .knowledgeCutoff, .license, .osiApproved, .openness,
    .commercialUse,
  ]

  init(workload: Workload) { self.workload = workload }

  mutating func add(_ model: Model) {
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
    for route in model.availableRoutes { add(route, of: model, name: name) }
  }

  /// Everything that decides what a month costs through a route.
  private mutating func add(_ route: Route, of model: Model, name: String) {
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
    let prompt = workload.inputPerRequest
    for unit in [BillableUnit.input, .output] + (workload.cachedTokens.tokens > 0 ? [.cacheRead] : []) {
      let (money, term) = route.prices.price(unit, promptTokens: prompt)
      own.append(key("price.\(unit.rawValue)"))
      add(
        key("price.\(unit.rawValue)"), "\(place): \(Display.midSentence(term.title))",
        Cells.price(money, unit))
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
