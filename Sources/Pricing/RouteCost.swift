import Cataloguing
import Facts

/// What a workload costs a month through one route.
public struct RouteCost: Sendable {
  public let route: Route
  public let cost: Money
  public let input: Money
  public let output: Money
  /// The price of input tokens from cache; nil when the workload has none, or when no source gives one: then those tokens
  /// are counted at the input price, the most they can cost.
  public let cacheRead: Money?
  /// The tier that priced the prompt: nil is the base price.
  public let tier: TokenCount?
  /// Every citation that the two prices rest on, with what differs.
  public let evidence: Evidence
  /// The least and the most that any claimed price gives; equal where no price is disputed.
  public let claimed: ClosedRange<Money>
  /// Limits that no source states, so that nobody checked whether the workload fits.
  public let unverified: [Field]
}

/// Why a route is not among those that a workload can be priced through.
public enum Exclusion: Hashable, Sendable {
  case free
  case plan
  case selfHost
  case priceUnknown
  case gone(lastSeen: CalendarDate)
  case retired(CalendarDate)
  case processing(String)
  /// Prompt and answer of the average request do not fit its window.
  case window(TokenCount)
  case prompt(TokenCount)
  case answer(TokenCount)
  /// The cost leaves what can be held exactly.
  case tooLarge
}

/// The routes of a model priced for a workload.
public struct Estimate: Sendable {
  public let workload: Workload
  /// Routes that can carry the workload, cheapest first; by provider where costs tie.
  public let candidates: [RouteCost]
  /// The others, with the reason.
  public let excluded: [(route: Route, reason: Exclusion)]

  public var cheapest: RouteCost? { candidates.first }
  /// The cheapest route at another provider than the cheapest.
  public var fallback: RouteCost? { candidates.first { $0.route.provider != cheapest?.route.provider } }
  public var dearest: RouteCost? { candidates.last }

  public init(_ model: Model, workload: Workload) {
    self.workload = workload
    var candidates: [RouteCost] = []
    var excluded: [(Route, Exclusion)] = []
    for route in model.routes {
      switch Self.price(route, workload) {
      case .success(let cost): candidates.append(cost)
      case .failure(let refusal): excluded.append((route, refusal.reason))
      }
    }
    self.candidates = candidates.sorted {
      ($0.cost, $0.route.isFirstParty ? 0 : 1, $0.route.providerName, $0.route.apiID)
        < ($1.cost, $1.route.isFirstParty ? 0 : 1, $1.route.providerName, $1.route.apiID)
    }
    self.excluded = excluded
  }

  /// What the workload costs through one route, as among all of them; nil where the route would be left out.
  public static func cost(of workload: Workload, through route: Route) -> RouteCost? {
    try? price(route, workload).get()
  }

  private struct Refusal: Error { let reason: Exclusion }

  private static func price(_ route: Route, _ workload: Workload) -> Result<RouteCost, Refusal> {
    if let reason = exclusion(of: route, workload) { return .failure(Refusal(reason: reason)) }
    let prompt = workload.inputPerRequest
    let (input, inputTerm) = route.prices.price(.input, promptTokens: prompt)
    let (output, outputTerm) = route.prices.price(.output, promptTokens: prompt)
    guard case .known(let inputPrice, let inputEvidence) = input,
      case .known(let outputPrice, let outputEvidence) = output
    else { return .failure(Refusal(reason: .priceUnknown)) }
    let cached = workload.cachedTokens.tokens
    let cache = cached > 0 ? route.prices.price(.cacheRead, promptTokens: prompt).money : .unknown
    func cost(_ input: Money, _ output: Money, _ cacheRead: Money?) -> Money? {
      guard
        let first = input.times(workload.inputTokens.tokens - cached, per: BillableUnit.input.piecesPerPrice),
        let second = output.times(workload.outputTokens.tokens, per: BillableUnit.output.piecesPerPrice),
        let third = (cacheRead ?? input).times(cached, per: BillableUnit.cacheRead.piecesPerPrice)
      else { return nil }
      return first + second + third
    }
    let inputs = claimedPrices(inputPrice, inputEvidence)
    let outputs = claimedPrices(outputPrice, outputEvidence)
    var evidence = inputEvidence.merged(with: outputEvidence)
    var caches: ClosedRange<Money>?
    if case .known(let price, let own) = cache {
      caches = claimedPrices(price, own)
      evidence = evidence.merged(with: own)
    }
    guard let total = cost(inputPrice, outputPrice, cache.value),
      let least = cost(inputs.lowerBound, outputs.lowerBound, caches?.lowerBound),
      let most = cost(inputs.upperBound, outputs.upperBound, caches?.upperBound)
    else { return .failure(Refusal(reason: .tooLarge)) }
    return .success(
      RouteCost(
        route: route, cost: total, input: inputPrice, output: outputPrice, cacheRead: cache.value,
        tier: inputTerm.above ?? outputTerm.above, evidence: evidence, claimed: least...most,
        unverified: unverified(route)))
  }

  private static func exclusion(of route: Route, _ workload: Workload) -> Exclusion? {
    if !route.isListed { return .gone(lastSeen: route.lastSeen) }
    if route.isRetired, let day = route.retirement.value { return .retired(day) }
    switch route.kind.value {
    case .free: return .free
    case .plan: return .plan
    case .selfHost: return .selfHost
    case .metered, nil: break
    }
    if let mode = route.attributes.mode, otherProcessing.contains(mode) { return .processing(mode) }
    let (prompt, answer) = (workload.inputPerRequest, workload.outputPerRequest)
    if let window = route.contextWindow.value, prompt + answer > window.tokens { return .window(window) }
    if let limit = route.maxInput.value, prompt > limit.tokens { return .prompt(limit) }
    if let limit = route.maxOutput.value, answer > limit.tokens { return .answer(limit) }
    return nil
  }

  /// Modes under which an ordinary request is not served.
  private static let otherProcessing: Set<String> = ["batch", "flex", "fine-tuned"]

  private static func unverified(_ route: Route) -> [Field] {
    var fields: [Field] = []
    if route.contextWindow.isUnknown, route.maxInput.isUnknown { fields.append(.contextWindow) }
    if route.maxOutput.isUnknown { fields.append(.maxOutput) }
    return fields
  }

  /// All prices that somebody claims for the term, zeros that mean unknown left out.
  package static func claimedPrices(_ price: Money, _ evidence: Evidence) -> ClosedRange<Money> {
    var all = [price]
    for dissent in evidence.dissenting
    where !dissent.isVariation && dissent.cause != .zeroMeaningUnknown && dissent.cause != .staleDate {
      if case .money(let money) = dissent.value { all.append(money) }
    }
    return (all.min() ?? price)...(all.max() ?? price)
  }
}
