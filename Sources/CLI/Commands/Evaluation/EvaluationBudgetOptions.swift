import ArgumentParser
import Evaluating
import Facts

/// What an evaluation may cost.
struct EvaluationBudgetOptions: ParsableArguments {
  @Option(
    name: .customLong("max-cost"),
    help: ArgumentHelp("Most US dollars; nothing is sent that could pass them.", valueName: "5.00"))
  var maxCost: String?
  @Flag(
    name: .customLong("allow-unpriced"),
    help: "Start although a route resolves to no price; its cost is then unknown and no limit holds for it.")
  var allowUnpriced = false

  func most() throws -> Picodollars? {
    guard let maxCost else { return nil }
    let digits = maxCost.hasPrefix("$") ? String(maxCost.dropFirst()) : maxCost
    guard let dollars = try? ExactDecimal(parsing: digits), !dollars.isNegative else {
      throw CommandProblem(
        "--max-cost \(maxCost.bounded) is no amount of US dollars", hint: "write --max-cost 5.00")
    }
    return Picodollars(covering: dollars)
  }

  /// - Throws: `CommandProblem` for routes without a price, unless they are allowed.
  func check(_ ceiling: CostCeiling) throws {
    guard !allowUnpriced, let first = ceiling.unpriced.first else { return }
    let others = ceiling.unpriced.dropFirst().map { "; \($0.route.bounded): \($0.reason)" }.joined()
    throw CommandProblem(
      "a route resolves to a price before anything is sent; \(first.route.bounded): \(first.reason)\(others)",
      hint: "set catalogue_route to PROVIDER/ID as in `llmref provider NAME`, or say --allow-unpriced")
  }
}
