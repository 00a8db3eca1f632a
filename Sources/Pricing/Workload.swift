import Facts

/// A month of traffic.
public struct Workload: Hashable, Sendable {
  public let inputTokens: TokenCount
  public let outputTokens: TokenCount
  /// The part of the input tokens that a provider's prompt cache serves.
  public let cachedTokens: TokenCount
  /// Requests a month; tokens a request decide tiers and whether limits hold.
  public let requests: Int64

  public init(
    inputTokens: TokenCount, outputTokens: TokenCount, requests: Int64,
    cachedTokens: TokenCount = TokenCount(0)
  ) {
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.cachedTokens = min(cachedTokens, inputTokens)
    self.requests = max(1, requests)
  }

  /// 1,000,000 requests of 800 tokens in and 250 out.
  public static let usual = Workload(
    inputTokens: TokenCount(800_000_000), outputTokens: TokenCount(250_000_000), requests: 1_000_000)

  /// The same traffic with a share of its input served from cache.
  /// - Parameter share: `30%` or `30`: 0 to 100 percent, with at most two decimals.
  /// - Throws: `FactError.notAShare` for anything else.
  public func cached(share: String) throws(FactError) -> Workload {
    let digits = share.hasSuffix("%") ? String(share.dropLast()) : share
    guard let percent = try? ExactDecimal(parsing: digits), !percent.isNegative,
      let hundredths = percent.scaled(byPowerOfTen: 2).integer, hundredths <= 10_000
    else { throw .notAShare(share) }
    let tokens = Int128(inputTokens.tokens) * Int128(hundredths) / 10_000
    return Workload(
      inputTokens: inputTokens, outputTokens: outputTokens, requests: requests,
      cachedTokens: TokenCount(Int64(clamping: tokens)))
  }

  /// Prompt tokens of the average request, rounded up.
  public var inputPerRequest: Int64 { roundedUp(inputTokens.tokens) }
  /// Answer tokens of the average request, rounded up.
  public var outputPerRequest: Int64 { roundedUp(outputTokens.tokens) }

  private func roundedUp(_ tokens: Int64) -> Int64 { tokens / requests + (tokens % requests > 0 ? 1 : 0) }
}
