import Cataloguing
import Facts
import Pricing

/// What would have to change for another model to become the cheapest, all else as stated.
public struct Sensitivity: Sendable {
  /// Another model is strictly the cheapest from a share on.
  public struct Flip: Hashable, Sendable {
    /// Hundredths of a percent: 4,350 is 43.5%. The least share at which it holds.
    public let share: Int
    /// Indices of the models that are cheapest below and from there on.
    public let below: Int
    public let above: Int
  }

  /// Over the share of the input that a cache serves; ascending.
  public let cached: [Flip]
  /// Over the share of the traffic that is sent as batches; ascending.
  public let batched: [Flip]
  /// Models of which some route that can carry the traffic has both batch prices.
  public let pricedAsBatch: [Bool]
  /// By how much all prices of the cheapest model may rise before another one costs less; nil for a tie, or where a cost is
  /// unknown.
  public let margin: Margin?

  public struct Margin: Hashable, Sendable {
    /// Indices of the cheapest model and of the next.
    public let cheapest: Int
    public let next: Int
    public let cost: Money
    public let nextCost: Money
  }

  /// - Parameter cards: of the models, in page order.
  public init(_ cards: [RateCard], workload: Workload) {
    let cacheLines = cards.map { $0.cacheLines(at: workload) }
    let batchLines = cards.map { $0.batchLines(at: workload) }
    cached = Self.flips(cacheLines)
    batched = Self.flips(batchLines.map(\.lines))
    pricedAsBatch = batchLines.map(\.isPriced)
    let costs = cards.map { $0.cheapest(at: workload)?.cost }
    let known = costs.compactMap(\.self)
    guard known.count == costs.count, let least = known.min(),
      let cheapest = known.firstIndex(of: least), cheapest == known.lastIndex(of: least),
      let next = known.indices.filter({ $0 != cheapest }).min(by: { known[$0] < known[$1] })
    else {
      margin = nil
      return
    }
    margin = Margin(cheapest: cheapest, next: next, cost: least, nextCost: known[next])
  }

  /// Whole shares in hundredths of a percent.
  static let whole = 10_000
  /// The walk looks at every percent, and between two with different leaders for the first place of the change.
  private static let step = 100

  private static func flips(_ models: [[CostLine]]) -> [Flip] {
    guard models.count > 1, models.allSatisfy({ !$0.isEmpty }) else { return [] }
    // One line each: the leader changes once at most, and is the same throughout when it is at both ends.
    if models.allSatisfy({ $0.count == 1 }), leader(models, at: 0) == leader(models, at: whole) { return [] }
    var flips: [Flip] = []
    var current = leader(models, at: 0)
    var place = 0
    while place < whole {
      let next = min(place + step, whole)
      if let new = leader(models, at: next), new != current {
        if let below = current {
          flips.append(
            Flip(
              share: first(from: place, to: next) { leader(models, at: $0) == new }, below: below, above: new)
          )
        }
        current = new
      }
      place = next
    }
    return flips
  }

  private static func first(from low: Int, to high: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (low, high)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return high
  }

  /// The strictly cheapest model; nil for a tie.
  private static func leader(_ models: [[CostLine]], at share: Int) -> Int? {
    var best: (place: Int, cost: Int128)?
    var isTie = false
    for (place, lines) in models.enumerated() {
      guard let cost = lines.lazy.map({ $0.cost(at: share) }).min() else { continue }
      if let known = best, known.cost <= cost {
        isTie = isTie || known.cost == cost
      } else {
        best = (place, cost)
        isTie = false
      }
    }
    return isTie ? nil : best?.place
  }
}

/// The cost of a month through one route while a share of it moves from none to all: a straight line, because the tier stays.
struct CostLine: Hashable, Sendable {
  let none: Money
  let all: Money

  /// In 10⁻²² dollars, so that nothing is divided.
  func cost(at share: Int) -> Int128 {
    none.attodollars * Int128(Sensitivity.whole - share) + all.attodollars * Int128(share)
  }

  /// The lines that no other line of the same model is below throughout.
  static func lowest(_ lines: [CostLine]) -> [CostLine] {
    let unique = Set(lines)
    return unique.filter { line in
      !unique.contains { $0 != line && $0.none <= line.none && $0.all <= line.all }
    }.sorted { ($0.none, $0.all) < ($1.none, $1.all) }
  }
}

extension RateCard {
  /// Each route's cost as the cached share of its input grows.
  func cacheLines(at workload: Workload) -> [CostLine] {
    func with(_ cached: TokenCount) -> Workload {
      Workload(
        inputTokens: workload.inputTokens, outputTokens: workload.outputTokens, requests: workload.requests,
        cachedTokens: cached)
    }
    let (none, all) = (with(TokenCount(0)), with(workload.inputTokens))
    return CostLine.lowest(
      rates.compactMap { rates in
        guard let first = rates.cost(at: none), let last = rates.cost(at: all) else { return nil }
        return CostLine(none: first, all: last)
      })
  }

  /// Each route's cost as more of the traffic is sent as batches; a route without batch prices keeps its cost.
  func batchLines(at workload: Workload) -> (lines: [CostLine], isPriced: Bool) {
    var isPriced = false
    let lines = rates.compactMap { rates -> CostLine? in
      guard let standard = rates.cost(at: workload) else { return nil }
      guard let batch = rates.batchCost(at: workload) else { return CostLine(none: standard, all: standard) }
      isPriced = true
      return CostLine(none: standard, all: batch)
    }
    return (CostLine.lowest(lines), isPriced)
  }
}

extension TokenRates {
  /// The month's cost with every request in a batch; nil when a source gives no batch price for input or output.
  fileprivate func batchCost(at workload: Workload) -> Money? {
    let prompt = workload.inputPerRequest
    func price(_ unit: BillableUnit) -> Money? {
      route.prices.quote(unit, mode: .batch, prompt: prompt)?.money
    }
    guard let input = price(.input), let output = price(.output) else { return nil }
    let cache = price(.cacheRead) ?? route.prices.quote(.cacheRead, prompt: prompt)?.money ?? input
    let cached = workload.cachedTokens.tokens
    guard
      let fresh = input.times(workload.inputTokens.tokens - cached, per: BillableUnit.input.piecesPerPrice),
      let answer = output.times(workload.outputTokens.tokens, per: BillableUnit.output.piecesPerPrice),
      let kept = cache.times(cached, per: BillableUnit.cacheRead.piecesPerPrice)
    else { return nil }
    return fresh + answer + kept
  }
}
