import ArgumentParser
import Documents
import Evaluating
import Facts
import Pages
import Platform
import Rendering
import Statistics
import TextFormats

struct EvalStatisticsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics",
    abstract: "Work out the statistics of reports on data of your own, to check them.",
    discussion: """
      Reads one JSON object a line from stdin and writes one a line: the same id, the method, the numbers as text. Exit code 1 when a \
      line could not be worked out; the others are.

      Questions by `test`:
        wilson      successes, tries, confidence
        mcnemar     pairs, only_first, only_second, margin, confidence: p, mid-p, Tango's interval and margins
        holm        p: a list
        sample_size discordance, difference, power, confidence
        percentile  values, share, failures
        normal      share
        student     share, degrees_of_freedom
        tost        first, second, low, high: paired t tests, and Student's interval
        bootstrap   first, second, cluster, seed, resamples, confidence: means by BCa, p50 and p95 by percentiles
        sign_flip   values, seed, throws

      Example:
        echo '{"id": "a", "test": "wilson", "successes": 17, "tries": 20}' | llmref eval statistics
      """)

  @Flag(name: .long, help: "Say so; the answers are JSON lines anyway.") var json = false

  /// Bytes of a line.
  private static let longest = 64 * 1024 * 1024

  func run() throws {
    var lines = try LineReader("-", longest: Self.longest)
    var hasFailed = false
    while let line = try lines.next() {
      let number = lines.number
      guard case .bytes(let bytes) = line else {
        Output.warn("line \(number) has more than \(Self.longest) bytes")
        hasFailed = true
        continue
      }
      guard !bytes.isBlank else { continue }
      do {
        let question = try StatisticsQuestion(Array(bytes))
        let answer = JSONValue.members([
          "schema": .string("llmref/eval-statistics/1"), "id": question.id, "test": .string(question.test),
          "method": .string(question.method), "values": try question.values(),
        ])
        Output.write(answer.bytes + [0x0A])
      } catch let error as JSONError {
        Output.warn("line \(number): \(error)")
        hasFailed = true
      } catch let problem as CommandProblem {
        Output.warn("line \(number): \(problem)")
        hasFailed = true
      }
    }
    if hasFailed { throw ExitCode(1) }
  }
}
