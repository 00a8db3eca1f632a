import ArgumentParser
import Evaluating
import Facts
import TextFormats

struct EvalExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Print what the key of a cell is made of, and where two first differ.",
    discussion: """
      A key is the SHA-256 of the request, the route, the API kind, the trial and the version of the metrics. Limits, prices,
      checks and names are no part of it: they change neither the question nor the answer.

      Examples:
        llmref eval explain sum-1 cheap
        llmref eval explain sum-1 cheap --other-route dear
        llmref eval explain sum-1 cheap --other-prompts yesterday.jsonl --json
      """)

  @Argument(help: "The prompt's id.") var prompt: String
  @Argument(help: "The route's name.") var route: String
  @Option(name: .long, help: "Which trial, from 1.") var trial = 1
  @Option(name: .customLong("other-prompt"), help: "Compare with the cell of this prompt.") var otherPrompt:
    String?
  @Option(name: .customLong("other-route"), help: "Compare with the cell of this route.") var otherRoute:
    String?
  @Option(name: .customLong("other-trial"), help: "Compare with the cell of this trial.") var otherTrial: Int?
  @Option(
    name: .customLong("other-prompts"),
    help: ArgumentHelp("Compare with the cell of this prompts file.", valueName: "FILE"))
  var otherPrompts: String?
  @Option(
    name: .customLong("other-routes"),
    help: ArgumentHelp("Compare with the cell of this routes file.", valueName: "FILE"))
  var otherRoutes: String?
  @OptionGroup var files: EvaluationFileOptions
  @Flag(name: .long, help: "Write JSON: Schemas/evaluation-key-1.schema.json.") var json = false

  private var compares: Bool {
    otherPrompt != nil || otherRoute != nil || otherTrial != nil || otherPrompts != nil || otherRoutes != nil
  }

  func run() throws {
    let loaded = try files.load()
    let parts = try Self.parts(loaded, prompt: prompt, route: route, trial: trial)
    var other: CellKeyParts?
    if compares {
      var otherFiles = files
      if let otherPrompts { otherFiles.prompts = otherPrompts }
      if let otherRoutes { otherFiles.routes = otherRoutes }
      let hasOther = otherPrompts != nil || otherRoutes != nil
      other = try Self.parts(
        hasOther ? try otherFiles.load() : loaded, prompt: otherPrompt ?? prompt, route: otherRoute ?? route,
        trial: otherTrial ?? trial)
    }
    let difference = other.flatMap { parts.firstDifference(from: $0) }
    if json {
      Output.line(Self.data(parts, other, difference).text)
      return
    }
    Output.line("key      \(parts.key)")
    for part in parts.named { Output.line(Self.padded(part.name) + Self.shown(part.bytes)) }
    guard let other else { return }
    Output.line("")
    Output.line("other    \(other.key)")
    guard let difference else {
      Output.line("The keys are equal: both ask the same.")
      return
    }
    let place = difference.part + (difference.path.isEmpty ? "" : ", \(difference.path.bounded)")
    Output.line("First difference: \(place)")
    Output.line("  this   \(Self.shown(difference.left))")
    Output.line("  other  \(Self.shown(difference.right))")
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 9 - name.utf8.count))
  }

  private static func shown(_ bytes: [UInt8]) -> String { shown(String(decoding: bytes, as: UTF8.self)) }

  private static func shown(_ text: String?) -> String {
    guard let text else { return "nothing" }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.prefix(2000).map { $0.isHarmless ? $0 : "\u{FFFD}" }))
  }

  private static func parts(
    _ loaded: LoadedEvaluation, prompt id: String, route name: String, trial: Int
  ) throws -> CellKeyParts {
    guard let prompt = loaded.prompts.first(where: { $0.id == id }) else {
      throw CommandProblem(
        "there is no prompt \"\(id.bounded)\"",
        hint: "the first are \(loaded.prompts.prefix(8).map(\.id.bounded).joined(separator: ", "))")
    }
    guard let route = loaded.file.routes.first(where: { $0.name == name }) else {
      throw CommandProblem(
        "there is no route \"\(name.bounded)\"",
        hint: "the routes are \(loaded.file.routes.prefix(20).map(\.name.bounded).joined(separator: ", "))")
    }
    guard trial >= 1 else { throw CommandProblem("a trial counts from 1", hint: "write --trial 1") }
    return CellKeyParts(prompt, through: route, trial: trial, maxTokens: loaded.file.maxTokens)
  }

  private static func data(
    _ parts: CellKeyParts, _ other: CellKeyParts?, _ difference: CellKeyParts.Difference?
  ) -> JSONValue {
    func written(_ parts: CellKeyParts) -> JSONValue {
      .members([
        "key": .string(parts.key.digest), "request": parts.request, "route": parts.route,
        "api": .string(parts.api.rawValue), "trial": .number(parts.trial),
        "metrics": .number(parts.metricVersion),
      ])
    }
    return .members([
      "schema": .string("llmref/evaluation-key/1"), "cell": written(parts), "other": other.map(written),
      "first_difference": difference.map { difference in
        .members([
          "part": .string(difference.part), "path": .string(difference.path),
          "this": difference.left.map { .string($0) }, "other": difference.right.map { .string($0) },
        ])
      },
    ])
  }
}
