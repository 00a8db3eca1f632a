import Facts
import Pricing

/// What models cost as the share of output in their traffic changes, tokens and requests in sum the same.
///
/// Prices are per token, so a month ten times as large costs ten times as much everywhere and the cheaper side stays the
/// cheaper side. What changes it is how much of the traffic is output, because models ask differently much for it.
public struct CostMix: Sendable {
  public struct Point: Hashable, Sendable {
    /// Output tokens a month, of ``CostMix/total``.
    public let output: Int64
    /// Millionths of 10⁻¹⁸ dollars: prices are per million tokens, and nothing is divided here.
    let scaled: Int128

    /// The cost in US dollars, exact.
    public var cost: ExactDecimal { ExactDecimal(reducing: scaled, exponent: -24) }

    /// The cost at a place on the straight line to another point, rounded down to 10⁻²⁴ dollars; nil where it leaves what
    /// can be held.
    public func between(_ other: Point, at output: Int64) -> ExactDecimal? {
      guard other.output > self.output else { return cost }
      let (span, place) = (Int128(other.output - self.output), Int128(output - self.output))
      let (rise, overflow) = (other.scaled - scaled).dividedReportingOverflow(by: span)
      let (part, tooLarge) = rise.multipliedReportingOverflow(by: place)
      guard !overflow, !tooLarge else { return nil }
      return ExactDecimal(reducing: scaled + part, exponent: -24)
    }
  }

  /// Where the cheapest model changes.
  public struct BreakEven: Hashable, Sendable {
    /// The least output tokens a month at which the second one is strictly cheapest.
    public let output: Int64
    /// Indices of the models that are cheapest below and from there on.
    public let below: Int
    public let above: Int

    public init(output: Int64, below: Int, above: Int) {
      self.output = output
      self.below = below
      self.above = above
    }
  }

  /// Input and output tokens a month.
  public let total: Int64
  /// For each model the corners of its line, straight between them; empty where no route can carry the traffic. A line
  /// covers the shares around that of the traffic asked for at which some route can carry it.
  public let lines: [[Point]]
  /// By ascending output; only where every model has a cost on both sides.
  public let breakEvens: [BreakEven]

  /// - Parameters:
  ///   - cards: of the models, in page order.
  ///   - workload: its sum of tokens, its requests and its share of cached input stay; only the share of output moves.
  public init(_ cards: [RateCard], workload: Workload) {
    let ground = MixGround(workload)
    total = ground.total
    guard ground.total > 0 else {
      lines = cards.map { _ in [] }
      breakEvens = []
      return
    }
    let starts = ground.starts(of: cards)
    var pieces: [[MixLine.Piece]] = cards.map { _ in [] }
    for (start, next) in zip(starts, starts.dropFirst()) {
      for (place, card) in cards.enumerated() {
        pieces[place] += MixLine.pieces(of: card, from: start, to: next - 1, on: ground)
      }
    }
    lines = pieces.map { MixLine.corners($0, around: workload.outputTokens.tokens) }
    breakEvens = MixLine.changes(pieces)
  }
}

/// The traffic whose mix is moved.
struct MixGround {
  let total: Int64
  let requests: Int64
  /// Input tokens and how many of them a cache serves: a share as a fraction.
  private let input: Int64
  private let cached: Int64

  init(_ workload: Workload) {
    let (sum, overflow) = workload.inputTokens.tokens.addingReportingOverflow(workload.outputTokens.tokens)
    total = overflow ? 0 : sum
    requests = workload.requests
    input = workload.inputTokens.tokens
    cached = workload.cachedTokens.tokens
  }

  /// Tokens from cache among so many input tokens, rounded down.
  func cached(of tokens: Int64) -> Int64 {
    guard input > 0, cached > 0 else { return 0 }
    return Int64(clamping: Int128(tokens) * Int128(cached) / Int128(input))
  }

  func prompt(_ output: Int64) -> Int64 { perRequest(total - output) }
  func answer(_ output: Int64) -> Int64 { perRequest(output) }
  /// Tokens of prompt and answer together, however they are split.
  var whole: Int64 { perRequest(total) }

  private func perRequest(_ tokens: Int64) -> Int64 {
    tokens / requests + (tokens % requests > 0 ? 1 : 0)
  }

  /// The output tokens from which another tier or limit holds, ascending, from 0 to one above the total.
  func starts(of cards: [RateCard]) -> [Int64] {
    var starts: Set<Int64> = [0, total + 1]
    func add(_ start: Int64?) {
      if let start, start > 0, start <= total { starts.insert(start) }
    }
    func times(_ limit: Int64) -> Int64? {
      let (product, overflow) = limit.multipliedReportingOverflow(by: requests)
      return overflow || product > total ? nil : product
    }
    for rates in cards.flatMap(\.rates) {
      for rate in rates.input + rates.output + rates.cacheRead {
        add(rate.above.flatMap(times).map { total - $0 })
      }
      add(rates.maxInput.flatMap(times).map { total - $0 })
      add(rates.maxOutput.flatMap(times).map { $0 + 1 })
    }
    return starts.sorted()
  }
}
