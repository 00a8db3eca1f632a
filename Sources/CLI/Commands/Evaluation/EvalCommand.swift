import ArgumentParser

struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Rerun your own prompts on the exact routes, and compare what comes back.",
    discussion: """
      Examples:
        llmref eval init                       writes prompts.jsonl and routes.yaml with comments
        llmref eval plan --max-cost 5          says what would be sent and what it costs at most; sends nothing
        llmref eval run --max-cost 5           sends it, and stores each result as it comes
        llmref eval resume                     goes on where a run stopped
        llmref eval report --format html       what it showed, with charts and every formula
        llmref eval explain sum-1 cheap        prints what the key of a cell is made of
      """,
    subcommands: [
      EvalInitCommand.self, EvalPlanCommand.self, EvalRunCommand.self, EvalResumeCommand.self,
      EvalWorkCommand.self, EvalExplainCommand.self, EvalReportCommand.self, EvalFoldCommand.self,
      EvalStatisticsCommand.self,
    ])
}
