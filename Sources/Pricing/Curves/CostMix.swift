import Facts

/// What models cost as the share of output in their traffic changes, tokens and requests in sum the same.
///
/// A month with ten times as many of the same requests costs ten times as much everywhere and the cheaper side stays the cheaper
/// side. What changes it is how much of the traffic is output, because models ask differently much for it.
public struct CostMix: Sendable {
  public struct Point: Hashable, Sendable {
    /// Output tokens a month, of ``CostMix/total``.
    public let output: Int64
    /// 10⁻²⁴ dollars.
    let yoctodollars: Int128

    /// The cost in US dollars, exact where prices per million tokens are.
    public var cost: ExactDecimal { ExactDecimal(reducing: yoctodollars, exponent: -24) }

    /// The cost at a place on the straight line to another point, rounded down to 10⁻²⁴ dollars; nil where it leaves what
    /// can be held.
    public func between(_ other: Point, at output: Int64) -> ExactDecimal? {
      guard other.output > self.output else { return cost }
      let (span, place) = (Int128(other.output - self.output), Int128(output - self.output))
      let (rise, overflow) = (other.yoctodollars - yoctodollars).dividedReportingOverflow(by: span)
      let (part, tooLarge) = rise.multipliedReportingOverflow(by: place)
      guard !overflow, !tooLarge else { return nil }
      return ExactDecimal(reducing: yoctodollars + part, exponent: -24)
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
    let (sum, overflow) = workload.inputTokens.tokens.addingReportingOverflow(workload.outputTokens.tokens)
    total = overflow ? 0 : sum
    guard total > 0 else {
      lines = cards.map { _ in [] }
      breakEvens = []
      return
    }
    let starts = Self.starts(of: cards, workload, total: total)
    let curves = cards.map { CostCurve($0, starts: starts) { workload.mixed(output: $0) } }
    lines = curves.map { curve in
      curve.corners(around: workload.outputTokens.tokens).map {
        Point(output: $0.place, yoctodollars: $0.yoctodollars)
      }
    }
    breakEvens = CostCurve.changes(curves).map {
      BreakEven(output: $0.place, below: $0.below, above: $0.above)
    }
  }

  /// The output tokens from which another tier, limit or marginal price holds, ascending, from 0 to one above the total.
  private static func starts(of cards: [RateCard], _ workload: Workload, total: Int64) -> [Int64] {
    var starts: Set<Int64> = [0, total + 1]
    func add(_ start: Int128) {
      if start > 0, start <= Int128(total) { starts.insert(Int64(start)) }
    }
    let (requests, whole) = (Int128(workload.requests), Int128(total))
    let (input, cached) = (Int128(workload.inputTokens.tokens), Int128(workload.cachedTokens.tokens))
    for prices in cards.flatMap(\.routes).map(\.prices) {
      var pricesBoth = (input: false, output: false)
      for line in prices.lines.lines {
        let unit = BillableUnit.allCases[line.place]
        if unit == .input { pricesBoth.input = true }
        if unit == .output { pricesBoth.output = true }
        guard line.limit >= 0 else { continue }
        let limit = Int128(line.limit) * requests
        if !line.countsAnswer { add(whole - limit) }
        guard line.isMarginal else { continue }
        switch unit {
        case .output: add(limit)
        case .input where input > cached:
          // Input that no cache serves passes the limit.
          let place = limit * input / (input - cached)
          for near in [place, place + 1] { add(whole - near) }
        case .cacheRead where cached > 0:
          let place = limit * input / cached
          for near in [place, place + 1] { add(whole - near) }
        default: break
        }
      }
      // A month without answers needs no price of them.
      if !pricesBoth.input || !pricesBoth.output {
        add(1)
        add(whole)
      }
      if let limit = prices.maxInput { add(whole - Int128(limit) * requests) }
      if let limit = prices.maxOutput { add(Int128(limit) * requests + 1) }
    }
    return starts.sorted()
  }
}
