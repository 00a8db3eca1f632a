import Facts
import Pricing

extension Workload {
  /// A drawn month as the engine takes it.
  public init(_ drawn: DrawnTraffic) {
    let hours: TrafficHours =
      switch drawn.hours {
      case .spread: .spread
      case .peak: .peak
      case .offPeak: .offPeak
      case .window(let hours): .window(hours)
      }
    self.init(
      inputTokens: TokenCount(drawn.input), outputTokens: TokenCount(drawn.output), requests: drawn.requests,
      cachedTokens: TokenCount(drawn.cached), others: drawn.others, batchShare: Share(clamping: drawn.batch),
      hours: hours, conditions: drawn.conditions)
  }
}
