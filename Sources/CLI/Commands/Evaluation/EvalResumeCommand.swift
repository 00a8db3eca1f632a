import ArgumentParser
import Evaluating
import EvaluationStore

struct EvalResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run: send the cells that have no result yet, and no other.",
    discussion: """
      Prompts and routes are those of the run as its store keeps them. Requests that were under way when the program was killed
      are sent again; they may have been billed, so each counts as possible spending.

      Examples:
        llmref eval resume                     the newest run of eval.sqlite
        llmref eval resume 20261125-093000-3f9a61c2 --store results.sqlite --max-cost 8
      """)

  @Argument(help: ArgumentHelp("The run; the newest when none is named.", valueName: "RUN")) var run: String?
  @OptionGroup var store: EvaluationStoreOptions
  @OptionGroup var budget: EvaluationBudgetOptions
  @OptionGroup var running: EvaluationRunOptions
  @OptionGroup var catalogue: CatalogueOptions

  func run() async throws {
    try await EvaluationSession.resume(
      run, store: store, budget: budget, running: running, catalogue: catalogue, sharesRun: false)
  }
}
