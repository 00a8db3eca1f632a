import ArgumentParser
import Cataloguing
import Documents
import Facts
import Pages
import Rendering
import TextFormats

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
  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    guard (1...10_000).contains(limit) else { throw CommandProblem("--limit is 1 to 10000, not \(limit)") }
    let shelf = Shelf(try options.open(), asOf: try options.day())
    let page = SearchPage(shelf, query: words.joined(separator: " "), most: limit, isOnSite: false)
    let record = try page.record()
    if document.isJSON {
      Output.write(JSONText.write(record.data))
    } else {
      document.write(try page.document())
    }
    if record.isEmpty { throw ExitCode(1) }
  }
}
