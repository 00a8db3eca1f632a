import ArgumentParser
import Cataloguing
import ExportStore
import Exporting
import Facts
import Platform

struct ExportCommand: ParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case litellmConfig = "litellm-config"
    case litellmPrices = "litellm-prices"
    case openrouter
    case modelsDev = "models-dev"
    case csv
    case sqlite
  }

  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the catalogue as files of other tools.",
    discussion: """
      Kinds: litellm-config (config.yaml of the LiteLLM proxy), litellm-prices (its price table), openrouter (provider preferences by
      model), models-dev (the shape of models.dev's api.json), csv (a row a route), sqlite (tables of routes and prices).
      Prices are those in force on the day; what a form cannot hold is left out and counted on stderr.

      Examples:
        llmref export litellm-config --model gpt-4o --model claude-sonnet-4.5 > config.yaml
        llmref export litellm-prices --provider openai > prices.json
        llmref export sqlite --output routes.sqlite
      """)

  @Argument(help: "litellm-config, litellm-prices, openrouter, models-dev, csv or sqlite.") var kind: Kind
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A model; may be given several times; all without.", valueName: "ID"))
  var model: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A provider; may be given several times; all without.", valueName: "NAME"))
  var provider: [String] = []
  @Option(
    name: .long, help: ArgumentHelp("The file to write; stdout without, but for sqlite.", valueName: "FILE"))
  var output: String?
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let day = try options.day()
    let catalogue = try options.open()
    let models = try model.map { try catalogue.requireID($0, asOf: day) }
    let providers = try provider.map { name in
      let id = catalogue.frame.identity.provider(name)
      guard catalogue.frame.providers[id] != nil || catalogue.frame.identity.providerNames[id] != nil else {
        throw CommandProblem(
          "no provider is known as \(name.bounded)",
          hint: "a provider's id stands in every `llmref model` page")
      }
      return id
    }
    let routes = try ExportedRoutes(catalogue, models: models, providers: Set(providers), asOf: day)
    let file: ExportedFile
    switch kind {
    case .litellmConfig: file = LiteLLMExport.config(routes)
    case .litellmPrices: file = LiteLLMExport.prices(routes)
    case .openrouter: file = OpenRouterExport.preferences(routes)
    case .modelsDev: file = ModelsDevExport.json(routes)
    case .csv: file = RouteTables(routes).csv()
    case .sqlite: return try writeDatabase(RouteTables(routes))
    }
    if let output { try Files.write(file.bytes, to: output) } else { Output.write(file.bytes) }
    for (reason, count) in file.leftOut.sorted(by: { $0.key < $1.key }) {
      Output.talk("left out: \(count) \(reason)")
    }
    if file.routes == 0 { Output.warn("no route fits: the file holds none") }
  }

  private func writeDatabase(_ tables: RouteTables) throws {
    guard let output else { throw CommandProblem("a database is a file", hint: "--output routes.sqlite") }
    guard !Files.exists(output) else {
      throw CommandProblem("\(output.bounded) exists already", hint: "remove it, or name another file")
    }
    do { try SQLiteFile.write(tables, to: output) } catch {
      throw CommandProblem(
        "\(output.bounded) cannot be written", hint: "check the folder and its permissions")
    }
  }
}
