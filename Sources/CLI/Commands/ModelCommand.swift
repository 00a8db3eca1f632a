import ArgumentParser
import Facts
import Pages

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Show one model: fit, cost, specs, every route, capabilities, scores.",
    discussion: """
      Examples:
        llmref model ling-2.6-1t
        llmref model anthropic/claude-sonnet-4.5 --format markdown
      """)

  @Argument(help: "A model's id, short, canonical, or any provider's own.") var id: String
  @OptionGroup var document: DocumentOptions
  @OptionGroup var traffic: WorkloadOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let traffic = try traffic.stated()
    let day = try options.day()
    let catalogue = try options.open()
    let id = try catalogue.requireID(id, asOf: day)
    guard let profile = try ModelProfile(id, in: catalogue, traffic: traffic, asOf: day) else {
      throw CommandProblem("\(id) is not in the catalogue")
    }
    document.write(profile.document)
  }
}
