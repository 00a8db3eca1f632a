import ArgumentParser
import Evaluating
import EvaluationRunner
import EvaluationStore
import Facts

struct EvalRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Send every prompt through every route, and write each result down as it comes.",
    discussion: """
      Keys are read from the environment variables that the routes file names; they reach the servers and nothing else. Each
      cell is stored when it ends, so a run that was stopped or killed goes on with `llmref eval resume`. Ctrl-C lets requests
      under way end; a second one breaks them off.

      Exit code 0; 1 when a cell failed or the run stopped early; 2 when a file is wrong, a key is missing or a route has no
      price: then nothing was sent.

      Examples:
        llmref eval run --max-cost 5
        llmref eval run --prompts my.jsonl --routes routes.yaml --trials 3 --store results.sqlite --store full
        llmref eval run --store postgres://me@db/evals --deadline 30m --json
      """)

  @OptionGroup var files: EvaluationFileOptions
  @OptionGroup var store: EvaluationStoreOptions
  @OptionGroup var budget: EvaluationBudgetOptions
  @OptionGroup var running: EvaluationRunOptions
  @OptionGroup var catalogue: CatalogueOptions
  @Option(
    name: .long,
    help: ArgumentHelp("Name of the run; made from the time when none is given.", valueName: "ID"))
  var id: String?
  @Option(name: .long, help: ArgumentHelp("Decides the order of cells and all jitter.", valueName: "NUMBER"))
  var seed: UInt64 = 1

  func run() async throws {
    let options = try running.checked()
    let most = try budget.most()
    let keeping = try store.keeping()
    let loaded = try files.load()
    let ceiling = try CostCeiling(loaded.file, in: catalogue.open(), on: try catalogue.day())
    try budget.check(ceiling)
    try EvaluationRunPlan.requireVariables(loaded.file)
    let place = try store.place()
    let lock = RunLock(place)
    let opened = try await EvaluationStore(at: place)
    let started = EvaluationSession.now()
    let plan = try await EvaluationRunPlan.write(
      loaded, as: id ?? EvaluationRunPlan.newID(at: started), ceiling: ceiling, most: most, keeping: keeping,
      seed: seed, startedAt: started, into: opened)
    let session = EvaluationSession(
      store: opened, plan: plan, ceiling: ceiling, options: options, isAlone: lock.isHeld)
    try await session.run()
  }
}
