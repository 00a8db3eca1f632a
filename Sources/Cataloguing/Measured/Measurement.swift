import Facts

/// What the reader's own evaluation measured on one route: evidence of the reader's own layer, beside what sources state.
public struct Measurement: Hashable, Sendable {
  /// The evaluation's name, and the digest of its prompts where it is known: measurements of one run were taken side by side.
  public let run: String
  /// What the run called the route.
  public let name: String
  public let model: ModelID
  public let provider: ProviderID
  /// As the provider writes it.
  public let apiID: String
  /// The day on which the last cell ended.
  public let date: CalendarDate
  /// The last day on which it counts.
  public let validUntil: CalendarDate
  public let cells: Int
  public let passed: Int
  /// Cells without a usable answer; they count as not passed.
  public let unusable: Int
  /// False where every usable answer counts as passed.
  public let hasChecks: Bool
  /// Wilson's interval of passed / cells, as shares.
  public let rateLow: ExactDecimal
  public let rateHigh: ExactDecimal
  /// US dollars a thousand cells; nil where a cell's cost is unknown.
  public let costPerThousand: ExactDecimal?
  /// Milliseconds, of usable answers; nil where they were not measured or withheld.
  public let firstToken: Percentiles?
  public let lastToken: Percentiles?
  /// Milliseconds a token.
  public let perToken: Percentiles?
  /// Prices of the route on that day by `PriceTerm.text`, in canonical text.
  public let prices: [String: String]
  /// Who served, in the servers' words.
  public let served: Set<Served>
  /// Against the baseline of its run; nil for the baseline itself.
  public let comparison: MeasuredComparison?
  /// SHA-256 of the file that holds the measurement; empty before it was written.
  public var fileDigest = ""

  public struct Percentiles: Hashable, Sendable {
    public let median: ExactDecimal
    public let p95: ExactDecimal

    public init(median: ExactDecimal, p95: ExactDecimal) {
      self.median = median
      self.p95 = p95
    }
  }

  public struct Served: Hashable, Sendable {
    public let model: String?
    public let fingerprint: String?

    public init(model: String?, fingerprint: String?) {
      self.model = model
      self.fingerprint = fingerprint
    }
  }

  public init(
    run: String, name: String, model: ModelID, provider: ProviderID, apiID: String, date: CalendarDate,
    validUntil: CalendarDate, cells: Int, passed: Int, unusable: Int, hasChecks: Bool, rateLow: ExactDecimal,
    rateHigh: ExactDecimal, costPerThousand: ExactDecimal?, firstToken: Percentiles?, lastToken: Percentiles?,
    perToken: Percentiles?, prices: [String: String], served: Set<Served>, comparison: MeasuredComparison?
  ) {
    self.run = run
    self.name = name
    self.model = model
    self.provider = provider
    self.apiID = apiID
    self.date = date
    self.validUntil = validUntil
    self.cells = cells
    self.passed = passed
    self.unusable = unusable
    self.hasChecks = hasChecks
    self.rateLow = rateLow
    self.rateHigh = rateHigh
    self.costPerThousand = costPerThousand
    self.firstToken = firstToken
    self.lastToken = lastToken
    self.perToken = perToken
    self.prices = prices
    self.served = served
    self.comparison = comparison
  }

  /// `provider/api-id`.
  public var route: String { "\(provider)/\(apiID)" }
}

/// How a route did against the baseline of its run on the same prompts.
public struct MeasuredComparison: Hashable, Sendable {
  public enum Quality: String, CaseIterable, Hashable, Sendable {
    case better
    case worse
    case notWorse = "not_worse"
    /// Neither shown.
    case open
  }

  public enum Cost: String, CaseIterable, Hashable, Sendable {
    case cheaper
    case dearer
    /// Neither shown.
    case open
  }

  /// The baseline's route, `provider/api-id`.
  public let baseline: String
  public let pairs: Int
  public let quality: Quality
  /// The route's pass rate less the baseline's, as a share, with its interval.
  public let difference: ExactDecimal
  public let low: ExactDecimal
  public let high: ExactDecimal
  public let cost: Cost

  public init(
    baseline: String, pairs: Int, quality: Quality, difference: ExactDecimal, low: ExactDecimal,
    high: ExactDecimal,
    cost: Cost
  ) {
    self.baseline = baseline
    self.pairs = pairs
    self.quality = quality
    self.difference = difference
    self.low = low
    self.high = high
    self.cost = cost
  }
}
