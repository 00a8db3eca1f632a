import ArgumentParser
import Evaluating
import EvaluationStore

struct EvalWorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: "Help with a run that other workers may be at, through a store that all share.",
    discussion: """
      Every worker takes cells for a minute at a time and renews what it holds; cells of a worker that is gone are taken over
      when their time is out. The quota of a route is one row of the store, so all workers together keep it.

      Examples:
        llmref eval work --store postgres://me@db/evals
        llmref eval work 20261125-093000-3f9a61c2 --store postgres://me@db/evals
      """)

  @Argument(help: ArgumentHelp("The run; the newest when none is named.", valueName: "RUN")) var run: String?
  @OptionGroup var store: EvaluationStoreOptions
  @OptionGroup var budget: EvaluationBudgetOptions
  @OptionGroup var running: EvaluationRunOptions
  @OptionGroup var catalogue: CatalogueOptions

  func run() async throws {
    try await EvaluationSession.resume(
      run, store: store, budget: budget, running: running, catalogue: catalogue, sharesRun: true)
  }
}
