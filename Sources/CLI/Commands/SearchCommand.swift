import ArgumentParser
import Cataloguing
import Documents
import Facts
import Rendering

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find models by words in their id, name or family.",
    discussion: """
      Exit code 1 when nothing is found.

      Examples:
        llmref search qwen3 coder
        llmref search claude --json
      """)

  @Argument(help: "Words that must all stand in the id, name or family.") var words: [String]
  @Option(name: .long, help: ArgumentHelp("Models shown at most.", valueName: "N")) var limit = 25
  @Flag(name: .long, help: "Write JSON.") var json = false
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    guard (1...10_000).contains(limit) else { throw CommandProblem("--limit is 1 to 10000, not \(limit)") }
    let catalogue = try options.open()
    let text = words.joined(separator: " ")
    let found = try catalogue.search(text, limit: limit)
    let nearest = found.isEmpty ? Suggestions.nearest(to: text, among: try catalogue.summaries()) : []
    if json {
      Output.write(JSONText.write(data(found, nearest)))
    } else {
      for model in found { Output.line(line(model)) }
      if found.isEmpty {
        Output.talk(
          "llmref: nothing found"
            + (nearest.isEmpty ? "" : "; did you mean \(nearest.map(\.rawValue).joined(separator: ", "))?"))
      }
    }
    if found.isEmpty { throw ExitCode(1) }
  }

  private func line(_ model: ModelSummary) -> String {
    let parts = [
      Display.harmless(model.name), model.contextWindow.map { Display.tokens($0) + " context" },
      Display.counted(model.routes, "route"),
      model.released.map { "released \($0.text)" },
    ]
    return model.id.rawValue + String(repeating: " ", count: max(2, 44 - model.id.rawValue.count))
      + parts.compactMap(\.self).joined(separator: ", ")
  }

  private func data(_ found: [ModelSummary], _ nearest: [ModelID]) -> DataValue {
    .map([
      ("schema", .text("llmref/search/1")), ("query", .text(words.joined(separator: " "))),
      (
        "models",
        .list(
          found.map { model in
            .map([
              ("id", .text(model.id.rawValue)), ("name", .text(Display.harmless(model.name))),
              ("routes", .integer(model.routes)),
              ("context_window", .text(model.contextWindow.map { String($0.tokens) } ?? Display.unknown)),
              ("released", .text(model.released?.text ?? Display.unknown)),
            ])
          })
      ), ("did_you_mean", .texts(nearest.map(\.rawValue))),
    ])
  }
}
