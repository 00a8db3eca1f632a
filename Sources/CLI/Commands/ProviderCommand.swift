import ArgumentParser
import Cataloguing
import Facts
import Pages

struct ProviderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provider", abstract: "Show one provider: every model it serves, with prices and limits.",
    discussion: """
      Examples:
        llmref provider openrouter
        llmref provider "Together AI" --json
      """)

  @Argument(help: "A provider's id or name.") var id: String
  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let day = try options.day()
    let catalogue = try options.open()
    let provider = catalogue.frame.provider(named: id)
    guard let profile = try ProviderProfile(provider, in: catalogue, asOf: day) else {
      let near = catalogue.frame.providers.keys.map(\.rawValue).filter {
        $0.contains(id.lowercased()) || id.lowercased().contains($0)
      }.sorted()
      throw CommandProblem(
        "no provider is known as \"\(id.bounded)\"",
        hint: near.isEmpty
          ? "`llmref model ID` lists a model's providers"
          : "did you mean \(near.prefix(5).joined(separator: ", "))?")
    }
    document.write(profile.document)
  }
}
