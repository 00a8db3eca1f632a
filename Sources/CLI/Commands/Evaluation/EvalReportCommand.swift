import ArgumentParser
import Documents
import Evaluating
import Facts
import Pages
import Rendering
import Reports
import TextFormats

struct EvalReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "What an evaluation showed: conclusions, rates, costs, latencies, and formulas.",
    discussion: """
      Reads the results of a run, as many as there are yet. Every route is held against the baseline on the same prompts. \
      Errors stay in the denominator. Exit code 1 when lines of a file of records could not be read.

      Examples:
        llmref eval report
        llmref eval report june --baseline gpt --margin 2 --format html > june.html
        llmref eval report --limit ttft_ms=500 --limit e2e_ms=5000 --json
        llmref eval report --records cells.jsonl --format markdown
      """)

  @OptionGroup var source: EvaluationRecordOptions
  @OptionGroup var document: DocumentOptions
  @OptionGroup var questions: EvaluationQuestionOptions
  @OptionGroup var options: CatalogueOptions

  func run() async throws {
    var question = try questions.question()
    let records = try await source.open()
    let origin = try await records.origin()
    question.clusters = origin.clusters
    question.planned = origin.planned
    question.baseline = try questions.baseline(of: origin)
    var builder = SummaryBuilder(question)
    let problems = try await records.each { builder.add($0) }
    await records.close()
    let summary = await builder.finish()
    if let baseline = questions.baseline, summary.baseline != baseline {
      throw CommandProblem(
        "--baseline \(baseline.bounded) is no route of this evaluation",
        hint: "its routes are \(summary.routes.map(\.name.bounded).joined(separator: ", "))")
    }
    for problem in problems { Output.warn(problem) }
    let catalogue = try options.open()
    let report = EvaluationReport(summary, name: origin.name, catalogue: catalogue, asOf: try options.day())
    if document.json || document.format == .json {
      Output.write(JSONText.write(report.data))
    } else {
      document.write(report.document)
    }
    if !problems.isEmpty { throw ExitCode(1) }
  }
}

/// What a report asks of the records.
struct EvaluationQuestionOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The route that the others are held against; the first when left out.", valueName: "ROUTE"))
  var baseline: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How many points lower a pass rate may be and still count as not worse.", valueName: "2"))
  var margin = "2"
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The difference in points for which the needed prompts are worked out.", valueName: "3"))
  var see = "3"
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "What goodput demands beside passing; may be given several times.", valueName: "ttft_ms=500"))
  var limit: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("Seeds the resampling; the same seed gives the same report.", valueName: "NUMBER"))
  var seed: UInt64 = 20_260_101

  func question() throws -> EvaluationQuestion {
    var question = EvaluationQuestion()
    question.margin = try points(margin, "--margin")
    question.wantedDifference = try points(see, "--see")
    question.seed = seed
    question.limits = try limit.map(Self.limit)
    return question
  }

  /// The first route of the routes file unless another was named.
  func baseline(of origin: EvaluationRecordOptions.Origin) throws -> String? {
    baseline ?? origin.description?.file.routes.first { $0.use == .candidate }?.name
  }

  private func points(_ text: String, _ option: String) throws -> Double {
    guard let number = try? ExactDecimal(parsing: text), !number.isNegative, !number.isZero,
      number < ExactDecimal(100)
    else {
      throw CommandProblem(
        "\(option) \(text.bounded) is no number of points", hint: "write \(option) 2; above 0, below 100")
    }
    return number.approximate / 100
  }

  private static func limit(_ text: String) throws -> MetricLimit {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let metric = CellMetric(rawValue: parts[0]),
      let most = try? ExactDecimal(parsing: parts[1]),
      !most.isNegative
    else {
      throw CommandProblem(
        "--limit \(text.bounded) is no limit of a metric",
        hint:
          "write --limit ttft_ms=500; the metrics are \(CellMetric.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    return MetricLimit(metric, atMost: most.approximate)
  }
}
