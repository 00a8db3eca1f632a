import Facts

/// A month of traffic: so many requests, each like the average of them.
public struct Workload: Hashable, Sendable {
  /// How the traffic is counted where providers differ in what they count.
  public enum Measure: Hashable, Sendable {
    /// Everything that is stated was used.
    case everything
    /// Searches; tokens of the prompt where a list prices those and no searches.
    case searchesOrTokens
    /// Tokens of sound, which a price of text tokens does not price.
    case soundTokens
  }

  /// The whole prompt, cached tokens included.
  public let inputTokens: TokenCount
  public let outputTokens: TokenCount
  /// The part of the input tokens that a provider's prompt cache serves.
  public let cachedTokens: TokenCount
  /// Requests a month, at least 1; the average request decides tiers and whether limits hold.
  public let requests: Int64
  /// Pieces a month of all other units, nested as `BillableUnit.wider` says; none of them 0.
  public let others: [BillableUnit: Int64]
  /// The share of the requests that is sent in batches. A unit without a batch price costs the standard price there.
  public let batchShare: Share
  public let hours: TrafficHours
  /// Conditions of price lines that all requests meet.
  public let conditions: Set<PriceCondition>
  public let measure: Measure

  public init(
    inputTokens: TokenCount, outputTokens: TokenCount, requests: Int64,
    cachedTokens: TokenCount = TokenCount(0), others: [BillableUnit: Int64] = [:],
    batchShare: Share = .none, hours: TrafficHours = .spread, conditions: Set<PriceCondition> = [],
    measure: Measure = .everything
  ) {
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.cachedTokens = min(cachedTokens, inputTokens)
    self.requests = max(1, requests)
    self.others = others.filter {
      $0.value > 0 && ![.input, .output, .cacheRead, .request].contains($0.key)
    }
    self.batchShare = batchShare
    self.hours = hours
    self.conditions = conditions
    self.measure = measure
  }

  /// A month that used so much in all.
  public init(
    usage: Usage, requests: Int64, batchShare: Share = .none, hours: TrafficHours = .spread,
    conditions: Set<PriceCondition> = []
  ) {
    var others: [BillableUnit: Int64] = [:]
    for unit in usage.units { others[unit] = usage[unit] }
    self.init(
      inputTokens: TokenCount(usage[.input]), outputTokens: TokenCount(usage[.output]), requests: requests,
      cachedTokens: TokenCount(usage[.cacheRead]), others: others, batchShare: batchShare, hours: hours,
      conditions: conditions)
  }

  /// 1,000,000 requests of 800 tokens in and 250 out.
  public static let usual = Workload(
    inputTokens: TokenCount(800_000_000), outputTokens: TokenCount(250_000_000), requests: 1_000_000)

  /// What the month used in all, its requests among it.
  public var usage: Usage {
    var counts = others
    counts[.input] = inputTokens.tokens
    counts[.output] = outputTokens.tokens
    counts[.cacheRead] = cachedTokens.tokens
    counts[.request] = requests
    return Usage(unchecked: counts)
  }

  /// The same pieces by the place of their unit, and which units are used.
  var counts: (pieces: [Int64], used: UnitMask) {
    var pieces = [Int64](repeating: 0, count: UnitTree.count)
    var used = UnitMask()
    func set(_ unit: BillableUnit, _ count: Int64) {
      guard count > 0 else { return }
      pieces[unit.place] = count
      used.insert(unit.place)
    }
    for (unit, count) in others { set(unit, count) }
    set(.input, inputTokens.tokens)
    set(.output, outputTokens.tokens)
    set(.cacheRead, cachedTokens.tokens)
    set(.request, requests)
    return (pieces, used)
  }

  /// The same traffic with a share of its input served from cache.
  /// - Parameter share: `30%` or `30`: 0 to 100 percent, with at most two decimals.
  /// - Throws: `FactError.notAShare` for anything else.
  public func cached(share: String) throws(FactError) -> Workload { cached(try Share(parsing: share)) }

  /// The same traffic with a share of its input served from cache, rounded down.
  public func cached(_ share: Share) -> Workload {
    with(cached: TokenCount(share.of(inputTokens.tokens)))
  }

  /// The same tokens and requests in sum, so many of the tokens output; the cached share of the input stays, rounded down.
  public func mixed(output: Int64) -> Workload {
    let (sum, overflow) = inputTokens.tokens.addingReportingOverflow(outputTokens.tokens)
    guard !overflow, output <= sum else { return self }
    let input = sum - output
    let cached =
      inputTokens.tokens > 0
      ? Int128(input) * Int128(cachedTokens.tokens) / Int128(inputTokens.tokens) : 0
    return with(
      input: TokenCount(input), output: TokenCount(output), cached: TokenCount(Int64(clamping: cached)))
  }

  /// The same traffic with another share of it sent in batches.
  public func batched(_ share: Share) -> Workload { with(batchShare: share) }

  func with(
    input: TokenCount? = nil, output: TokenCount? = nil, cached: TokenCount? = nil,
    others: [BillableUnit: Int64]? = nil, batchShare: Share? = nil, measure: Measure? = nil
  ) -> Workload {
    Workload(
      inputTokens: input ?? inputTokens, outputTokens: output ?? outputTokens, requests: requests,
      cachedTokens: cached ?? cachedTokens, others: others ?? self.others,
      batchShare: batchShare ?? self.batchShare, hours: hours, conditions: conditions,
      measure: measure ?? self.measure)
  }

  /// Prompt tokens of the average request, rounded up.
  public var inputPerRequest: Int64 { RequestSize.average(Int128(inputTokens.tokens), requests) }
  /// Answer tokens of the average request, rounded up.
  public var outputPerRequest: Int64 { RequestSize.average(Int128(outputTokens.tokens), requests) }

  /// The average request by which tiers are met.
  public var size: RequestSize {
    RequestSize(input: inputTokens.tokens, output: outputTokens.tokens, requests: requests)
  }
}
