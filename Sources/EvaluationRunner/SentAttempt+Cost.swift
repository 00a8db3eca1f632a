import Evaluating
import EvaluationStore
import Facts
import TextFormats

extension SentAttempt {
  /// What the attempt cost, or may have cost: by its usage, at most the cell's ceiling, nothing where the server took no request.
  /// nil where no price is known.
  func cost(
    of claimed: ClaimedCell, through route: EvaluationRoute, in context: RunContext
  ) -> (amount: Picodollars, possible: ExactDecimal?)? {
    if let usage = outcome.usage, case .known(let dollars, _) = context.price(route, usage, startedAt) {
      return (Picodollars(covering: dollars), nil)
    }
    switch failure {
    case .refused?, .rateLimited?, .rejected?, .redirected?, .server?: return (Picodollars(0), nil)
    default: return claimed.ceiling.map { ($0, $0.dollars) }
    }
  }

  /// `usage.cost` of OpenRouter, in US dollars: https://openrouter.ai/docs/use-cases/usage-accounting.
  static func charged(_ usage: JSONValue) -> ExactDecimal? {
    guard let text = usage["cost"]?.numberText, let cost = try? ExactDecimal(parsing: text), !cost.isNegative
    else { return nil }
    return cost
  }
}
