import ArgumentParser
import Evaluating
import EvaluationStore
import Facts

extension AnswerKeeping: ExpressibleByArgument {}

/// Where runs and results are kept, and how much of each answer.
struct EvaluationStoreOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "A file, or a PostgreSQL database that many workers share; none, hash or full says how much of each answer is kept. May be given twice.",
      valueName: "FILE|postgres://…|none|hash|full"))
  var store: [String] = []

  /// The place of the runs; `eval.sqlite` in the current folder when none is named.
  func place() throws -> StorePlace {
    let places = store.filter { AnswerKeeping(rawValue: $0) == nil }
    guard places.count < 2 else {
      throw CommandProblem("--store names one place; here are \(places.count)", hint: "leave one out")
    }
    return StorePlace(places.first ?? "eval.sqlite")
  }

  /// How much of each answer is kept; its hash when nothing is said.
  func keeping() throws -> AnswerKeeping {
    let words = store.compactMap { AnswerKeeping(rawValue: $0) }
    guard words.count < 2 else {
      throw CommandProblem(
        "--store says once how much of an answer is kept", hint: "write none, hash or full")
    }
    return words.first ?? .hash
  }

  func open() async throws -> EvaluationStore { try await EvaluationStore(at: try place()) }
}
