import ArgumentParser
import Cataloguing
import Documents
import Evaluating
import Facts
import Metering
import Pages
import Platform
import Rendering
import Reports
import TextFormats

struct EvalFoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fold", abstract: "Put what an evaluation measured into your own layer of the catalogue.",
    discussion: """
      Model pages and comparisons then say "measured by you", with n and the day, before what sources state. Such evidence expires, and \
      does not count any more once the route's price, model or served fingerprint changes. The layer is the folder `measured` of the data \
      folder (LLMREF_HOME); removing a file there takes its run out. Exit code 1 when a route could not be folded.

      Examples:
        llmref eval fold
        llmref eval fold june --valid 30
        llmref eval fold --records cells.jsonl --as cheap=openai/gpt-5.4-mini --as gpt=openai/gpt-5.4
      """)

  @OptionGroup var source: EvaluationRecordOptions
  @OptionGroup var questions: EvaluationQuestionOptions
  @Option(
    name: .customLong("as"), parsing: .singleValue,
    help: ArgumentHelp(
      "The catalogue's route of a route of the run, where the routes file names none; may be given several times.",
      valueName: "NAME=PROVIDER/API-ID"))
  var targets: [String] = []
  @Option(name: .long, help: ArgumentHelp("Days that the evidence counts.", valueName: "90")) var valid = 90
  @Flag(name: .long, help: "Write JSON.") var json = false
  @OptionGroup var options: CatalogueOptions

  private static let mostDays = 3650

  func run() async throws {
    guard (1...Self.mostDays).contains(valid) else {
      throw CommandProblem("--valid \(valid) is no number of days", hint: "1 to \(Self.mostDays)")
    }
    var named = try Dictionary(targets.map(Self.target), uniquingKeysWith: { _, last in last })
    var question = try questions.question()
    let records = try await source.open()
    let origin = try await records.origin()
    question.clusters = origin.clusters
    question.planned = origin.planned
    question.baseline = try questions.baseline(of: origin)
    for route in origin.description?.file.routes ?? [] where named[route.name] == nil {
      named[route.name] = route.catalogueRoute
    }
    var builder = SummaryBuilder(question)
    let problems = try await records.each { builder.add($0) }
    await records.close()
    for problem in problems { Output.warn(problem) }
    let summary = await builder.finish()
    let catalogue = try options.open()
    var found: [String: MeasuredFold.Target] = [:]
    var refusals: [(route: String, reason: String)] = []
    for route in summary.routes {
      do { found[route.name] = try Self.find(route, named[route.name], catalogue) } catch let problem
        as CommandProblem
      {
        refusals.append((route.name, problem.description))
      }
    }
    let fold = MeasuredFold(summary, run: origin.name, days: valid)
    let measurements = summary.routes.compactMap { fold.measurement(of: $0, found) }
    let path =
      measurements.isEmpty ? nil : try MeasurementStore(.current()).write(measurements, run: origin.name)
    write(measurements, refusals, path)
    if measurements.isEmpty || !refusals.isEmpty || !problems.isEmpty { throw ExitCode(1) }
  }

  private func write(
    _ measurements: [Measurement], _ refusals: [(route: String, reason: String)], _ path: String?
  ) {
    guard json else {
      for measurement in measurements {
        Output.line(
          "\(Display.harmless(measurement.name)): n = \(Display.grouped(String(measurement.cells))) measured on \(measurement.date.text) now speak of \(measurement.model) at \(Display.harmless(measurement.route)) until \(measurement.validUntil.text)"
        )
      }
      for refusal in refusals {
        Output.warn("\(Display.harmless(refusal.route)) is not folded: \(refusal.reason)")
      }
      if let path { Output.line("written to \(Display.harmless(path))") }
      if measurements.isEmpty { Output.warn("nothing was folded") }
      return
    }
    Output.write(
      JSONText.write(
        .map(
          [
            ("schema", .text("llmref/eval-fold/1")),
            (
              "folded",
              .list(
                measurements.map {
                  .map([
                    ("route", .text($0.name)), ("model", .text($0.model.rawValue)),
                    ("catalogue_route", .text($0.route)),
                    ("cells", .integer($0.cells)), ("date", .text($0.date.text)),
                    ("valid_until", .text($0.validUntil.text)),
                  ])
                })
            ),
            (
              "refused",
              .list(refusals.map { .map([("route", .text($0.route)), ("reason", .text($0.reason))]) })
            ),
          ] + (path.map { [("path", .text($0))] } ?? []))))
  }

  /// `cheap=openai/gpt-5.4-mini`.
  private static func target(_ text: String) throws -> (String, String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex,
      text[text.index(after: equals)...].contains("/")
    else {
      throw CommandProblem(
        "--as \(text.bounded) names no route", hint: "write --as cheap=openai/gpt-5.4-mini")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  /// The catalogue's route on the day of the last cell, whose prices are kept.
  private static func find(
    _ route: RouteSummary, _ id: String?, _ catalogue: Catalogue
  ) throws -> MeasuredFold.Target {
    guard let day = MeasuredFold.day(of: route) else { throw CommandProblem("no cell of it has ended") }
    guard let id, let slash = id.firstIndex(of: "/") else {
      throw CommandProblem(
        "no route of the catalogue is named for it",
        hint: "add catalogue_route to the routes file, or --as \(route.name.bounded)=PROVIDER/API-ID")
    }
    var matcher = RouteMatcher(catalogue, today: day)
    let provider = catalogue.frame.provider(named: String(id[..<slash]))
    switch try matcher.match(
      provider: provider.rawValue, model: String(id[id.index(after: slash)...]), day: nil)
    {
    case .problem(_, let message): throw CommandProblem("\(id.bounded): \(message)")
    case .route(let match):
      guard let model = try catalogue.model(match.model, asOf: day),
        let found = model.routes.first(where: { $0.provider == match.provider && $0.apiID == match.apiID })
      else { throw CommandProblem("\(id.bounded) is no route of the catalogue on \(day.text)") }
      return MeasuredFold.Target(route: found, model: match.model)
    }
  }
}
