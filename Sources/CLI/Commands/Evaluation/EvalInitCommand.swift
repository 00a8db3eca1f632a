import ArgumentParser
import Evaluating
import Facts
import Platform
import TextFormats

struct EvalInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a prompts file and a routes file with comments, or import prompts.",
    discussion: """
      A file that is there is never written over, unless --force.

      With --from, prompts come from a promptfoo configuration (YAML), a file of OpenAI evals samples (JSONL) or a CSV table with a
      header line. What cannot be carried over is said on stderr and ends with exit code 1; the rest is written.

      Examples:
        llmref eval init
        llmref eval init --from promptfooconfig.yaml
        llmref eval init --from samples.jsonl --prompts mine.jsonl
      """)

  @Option(name: .long, help: ArgumentHelp("The prompts file to write.", valueName: "FILE")) var prompts =
    "prompts.jsonl"
  @Option(name: .long, help: ArgumentHelp("The routes file to write.", valueName: "FILE")) var routes =
    "routes.yaml"
  @Option(name: .long, help: ArgumentHelp("Import prompts from this file.", valueName: "FILE")) var from:
    String?
  @Option(
    name: .customLong("from-format"),
    help: "promptfoo, openai-evals or csv; told by the file's ending when left out.")
  var fromFormat: PromptImport.Format?
  @Flag(name: .long, help: "Write over files that are there.") var force = false

  func run() throws {
    var contents = Array(EvaluationExamples.prompts.utf8)
    var problems: [InputProblem] = []
    if let from {
      let read = try PromptImport.read(from, format: fromFormat)
      problems = read.problems
      guard !read.prompts.isEmpty else { throw EvaluationFileOptions.stop(problems) }
      contents = read.prompts.flatMap { prompt -> [UInt8] in PromptCodec.line(prompt).bytes + [0x0A] }
    }
    if !force, Files.exists(prompts) {
      throw CommandProblem(
        "\(prompts.bounded) is there already", hint: "name another with --prompts, or say --force")
    }
    try Files.write(contents, to: prompts)
    Output.line("wrote \(prompts.bounded)")
    if force || !Files.exists(routes) {
      try Files.write(Array(EvaluationExamples.routes.utf8), to: routes)
      Output.line("wrote \(routes.bounded)")
    } else {
      Output.line("kept \(routes.bounded)")
    }
    for problem in problems { Output.warn("\(problem)") }
    if !problems.isEmpty { throw ExitCode(1) }
  }
}
