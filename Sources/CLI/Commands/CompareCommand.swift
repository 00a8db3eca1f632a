import ArgumentParser
import Facts
import Pages

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two or more models: the whole decision page.",
    discussion: """
      Ids may be short, canonical, or any provider's own. A dated id is a release of its model.

      Examples:
        llmref compare gpt-5.3-codex-spark ling-2.6-1t
        llmref compare gpt-4o@2024-05-13 gpt-4o@2024-08-06
        llmref compare claude-sonnet-4.5 gpt-5.2 gemini-2.5-pro --format html > page.html
        llmref compare a/one b/two --catalogue none --facts my-models.json --json
      """)

  @Argument(help: "Two to eight models.") var models: [String]
  @OptionGroup var document: DocumentOptions
  @OptionGroup var traffic: WorkloadOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let traffic = try traffic.stated()
    guard (2...Comparison.mostModels).contains(models.count) else {
      throw CommandProblem(
        "a comparison has 2 to \(Comparison.mostModels) models, not \(models.count)",
        hint: "llmref compare A B")
    }
    let day = try options.day()
    let catalogue = try options.open()
    let ids = try models.map { try catalogue.requireID($0, asOf: day) }
    if let twice = ids.first(where: { id in ids.count { $0 == id } > 1 }) {
      throw CommandProblem(
        "\(twice.rawValue.bounded) stands twice: two of the ids are the same model",
        hint: "`llmref resolve ID` says what an id stands for")
    }
    guard let comparison = try Comparison(ids, in: catalogue, traffic: traffic, asOf: day) else {
      throw CommandProblem("a model of the comparison is not in the catalogue")
    }
    document.write(comparison.document)
  }
}
