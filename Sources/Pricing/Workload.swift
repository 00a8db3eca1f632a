import Facts

/// A month of traffic.
public struct Workload: Hashable, Sendable {
  public let inputTokens: TokenCount
  public let outputTokens: TokenCount
  /// Requests a month; tokens a request decide tiers and whether limits hold.
  public let requests: Int64

  public init(inputTokens: TokenCount, outputTokens: TokenCount, requests: Int64) {
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.requests = max(1, requests)
  }

  /// 1,000,000 requests of 800 tokens in and 250 out.
  public static let usual = Workload(
    inputTokens: TokenCount(800_000_000), outputTokens: TokenCount(250_000_000), requests: 1_000_000)

  /// Prompt tokens of the average request, rounded up.
  public var inputPerRequest: Int64 { roundedUp(inputTokens.tokens) }
  /// Answer tokens of the average request, rounded up.
  public var outputPerRequest: Int64 { roundedUp(outputTokens.tokens) }

  private func roundedUp(_ tokens: Int64) -> Int64 { tokens / requests + (tokens % requests > 0 ? 1 : 0) }
}
