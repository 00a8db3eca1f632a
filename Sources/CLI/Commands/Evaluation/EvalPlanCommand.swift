import ArgumentParser
import Evaluating
import Facts
import Platform

struct EvalPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Say what would be sent, how much it shows, and what it costs at most.",
    discussion: """
      Sends nothing. The ceiling takes prompt tokens on the high side (three bytes a token), as many answer tokens as may be
      asked for, no cache, and no retry. A route without a price is an error unless --allow-unpriced.

      Exit code 0; 1 when the ceiling passes --max-cost; 2 when a file is wrong or a route has no price.

      Examples:
        llmref eval plan
        llmref eval plan --prompts my.jsonl --routes routes.yaml --max-cost 2.50 --json
        llmref eval plan --difference 5 --discordance 20
      """)

  @OptionGroup var files: EvaluationFileOptions
  @OptionGroup var budget: EvaluationBudgetOptions
  @OptionGroup var catalogue: CatalogueOptions
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Points by which pass rates may differ unseen, for the prompts needed.", valueName: "3"))
  var difference = 3
  @Option(
    name: .long,
    help: ArgumentHelp("Percent of prompts on which two routes are thought to differ.", valueName: "10"))
  var discordance = 10
  @Flag(name: .long, help: "Write JSON: Schemas/evaluation-plan-1.schema.json.") var json = false

  func run() throws {
    guard (1...100).contains(difference), (1...100).contains(discordance), difference <= discordance else {
      throw CommandProblem(
        "--difference and --discordance are percents from 1 to 100, the difference not above the discordance",
        hint: "write --difference 3 --discordance 10")
    }
    let most = try budget.most()
    let loaded = try files.load()
    let ceiling = try CostCeiling(loaded.file, in: catalogue.open(), on: try catalogue.day())
    try budget.check(ceiling)
    let statement = EvaluationPlanStatement(
      loaded, ceiling: ceiling, most: most, difference: difference, discordance: discordance)
    if json {
      Output.line(statement.data.text)
    } else {
      for line in statement.lines { Output.line(line) }
    }
    if statement.passesMost { throw ExitCode(1) }
  }
}
