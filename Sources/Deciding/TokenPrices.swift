import Cataloguing
import Facts
import Pricing

/// The token prices and limits of one route as numbers, without the claims behind them.
public struct TokenPrices: Hashable, Sendable {
  /// A price and the prompts it holds for.
  public struct Rate: Hashable, Sendable {
    /// The price holds for requests with more prompt tokens than this; nil is the base price.
    public let above: Int64?
    /// US dollars per 1,000,000 tokens.
    public let price: Money
    /// The least and the most that any source claims.
    public let claimed: ClosedRange<Money>
  }

  /// Base price first, then by ascending limit.
  public let input: [Rate]
  public let output: [Rate]
  /// Empty where no source gives one: cached tokens then cost the input price.
  public let cacheRead: [Rate]
  /// Limits in tokens; nil where no source states one.
  public let window: Int64?
  public let maxInput: Int64?
  public let maxOutput: Int64?

  init(_ route: Route) {
    input = Self.rates(.input, of: route)
    output = Self.rates(.output, of: route)
    cacheRead = Self.rates(.cacheRead, of: route)
    window = route.contextWindow.value?.tokens
    maxInput = route.maxInput.value?.tokens
    maxOutput = route.maxOutput.value?.tokens
  }

  private static func rates(_ unit: BillableUnit, of route: Route) -> [Rate] {
    let limits: [Int64?] = [nil] + route.prices.limits.map(\.tokens)
    return limits.compactMap { limit in
      let term = PriceTerm(unit, above: limit.map { TokenCount($0) })
      guard case .known(let price, let evidence) = route.prices.terms[term] else { return nil }
      return Rate(above: limit, price: price, claimed: Estimate.claimedPrices(price, evidence))
    }
  }

  /// The price for a request with so many prompt tokens; nil where none is known.
  static func rate(_ rates: [Rate], promptTokens: Int64) -> Rate? {
    rates.last { rate in rate.above.map { $0 < promptTokens } ?? true }
  }

  /// Whether the average request fits the limits that sources state.
  public func carries(_ workload: Workload) -> Bool {
    let (prompt, answer) = (workload.inputPerRequest, workload.outputPerRequest)
    return window.map { prompt + answer <= $0 } ?? true && maxInput.map { prompt <= $0 } ?? true
      && maxOutput.map { answer <= $0 } ?? true
  }

  /// What a month costs; nil when the route cannot carry it, or the cost leaves what can be held exactly.
  public func cost(at workload: Workload) -> Money? {
    let prompt = workload.inputPerRequest
    guard carries(workload), let input = Self.rate(input, promptTokens: prompt),
      let output = Self.rate(output, promptTokens: prompt)
    else { return nil }
    let cached = workload.cachedTokens.tokens
    let cache = Self.rate(cacheRead, promptTokens: prompt)
    guard
      let fresh = input.price.times(
        workload.inputTokens.tokens - cached, per: BillableUnit.input.piecesPerPrice),
      let answer = output.price.times(
        workload.outputTokens.tokens, per: BillableUnit.output.piecesPerPrice),
      let kept = (cache ?? input).price.times(cached, per: BillableUnit.cacheRead.piecesPerPrice)
    else { return nil }
    return fresh + answer + kept
  }
}
