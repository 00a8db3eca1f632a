import ArgumentParser
import Facts
import Pages

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "List every claim about one fact, and the rule that chose.",
    discussion: """
      Fields: \(Field.plain.map(\.rawValue).joined(separator: ", ")), price.input, price.output, price.cache_read, …

      Examples:
        llmref explain inclusionai/ling-2.6-1t license
        llmref explain gpt-5.4 price.input --json
      """)

  @Argument(help: "A model's id.") var model: String
  @Argument(help: "A field's name.") var field: String
  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    guard let wanted = Field(named: field) else {
      throw CommandProblem(
        "no field is called \"\(field.bounded)\"",
        hint: "fields are \(Field.plain.map(\.rawValue).joined(separator: ", ")), price.input, price.output")
    }
    let day = try options.day()
    let catalogue = try options.open()
    document.write(Explanation(try catalogue.requireModel(model, asOf: day), wanted, in: catalogue).document)
  }
}
