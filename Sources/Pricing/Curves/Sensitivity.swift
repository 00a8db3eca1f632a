import Cataloguing
import Facts

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
  /// Models of which some route that can carry the traffic has a batch price.
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

  private static let whole: Int64 = 10_000
  /// The ends by themselves: with nothing or all of a share a month needs fewer prices than in between.
  private static let ends: [Int64] = [0, 1, whole, whole + 1]

  /// - Parameter cards: of the models, in page order.
  public init(_ cards: [RateCard], workload: Workload) {
    let starts = Self.starts(of: cards, workload)
    cached = Self.flips(cards, starts: starts) { workload.cached(Share(clamping: $0)) }
    pricedAsBatch = cards.map { card in
      card.routes.contains {
        $0.prices.pricesBatches(of: workload) && $0.prices.cost(at: workload) != nil
      }
    }
    batched =
      pricedAsBatch.contains(true)
      ? Self.flips(cards, starts: Self.ends) { workload.batched(Share(clamping: $0)) } : []
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

  private static func flips(
    _ cards: [RateCard], starts: [Int64], traffic: @escaping (Int64) -> Workload
  ) -> [Flip] {
    guard cards.count > 1 else { return [] }
    let curves = cards.map { CostCurve($0, starts: starts, traffic: traffic) }
    guard curves.allSatisfy({ !$0.pieces.isEmpty }) else { return [] }
    return CostCurve.changes(curves).map { Flip(share: Int($0.place), below: $0.below, above: $0.above) }
  }

  /// The cached shares from which a marginal price of the input or of cache reads holds.
  private static func starts(of cards: [RateCard], _ workload: Workload) -> [Int64] {
    var starts = Set(ends)
    let (input, requests) = (Int128(workload.inputTokens.tokens), Int128(workload.requests))
    for line in cards.lazy.flatMap(\.routes).flatMap(\.prices.lines.lines) where line.isMarginal && input > 0
    {
      let limit = Int128(line.limit) * requests
      let tokens: Int128
      switch BillableUnit.allCases[line.place] {
      case .input: tokens = input - limit
      case .cacheRead: tokens = limit
      default: continue
      }
      let share = tokens * Int128(whole) / input
      for near in [share, share + 1] where near > 0 && near <= Int128(whole) { starts.insert(Int64(near)) }
    }
    return starts.sorted()
  }
}
