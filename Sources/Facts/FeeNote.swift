/// What the fee of a gateway or reseller is a part of.
public enum FeeBasis: String, CaseIterable, Hashable, Sendable {
  /// The list price of every request; zero where list prices are passed through.
  case request = "each request"
  /// Every purchase of credits.
  case topUp = "top-up"
  case cardTopUp = "card top-up"
  case cryptoTopUp = "crypto top-up"
  /// The list price of requests that are sent under the caller's own provider keys.
  case ownKeys = "own keys"
}

/// One way in which a provider charges for buying through it, beside the prices it lists.
public struct FeeCharge: Hashable, Sendable {
  public let basis: FeeBasis
  /// Percent of the basis: 5.5. Zero is a stated nothing.
  public let percent: ExactDecimal
  /// The least that one top-up costs; nil where none is stated.
  public let minimum: Money?
  /// Beside the percentage of each top-up; nil where none is stated.
  public let fixed: Money?
  /// So much a month is free of the charge, by list price; nil where no allowance is stated.
  public let freeSpend: Money?
  /// So many requests a month are free of the charge; nil where no allowance is stated.
  public let freeRequests: Int64?
  /// When alone it falls due: `with a card issued outside the United States`; nil where always.
  public let only: String?

  public init(
    basis: FeeBasis, percent: ExactDecimal, minimum: Money? = nil, fixed: Money? = nil,
    freeSpend: Money? = nil, freeRequests: Int64? = nil, only: String? = nil
  ) {
    self.basis = basis
    self.percent = percent
    self.minimum = minimum
    self.fixed = fixed
    self.freeSpend = freeSpend
    self.freeRequests = freeRequests
    self.only = only
  }

  /// Whether a source states that nothing is charged.
  public var isNothing: Bool { percent.isZero && minimum == nil && fixed == nil }
}

/// What a source says of a provider's fees.
public struct FeeNote: Hashable, Sendable {
  /// A charge and where it was read.
  public struct Row: Hashable, Sendable {
    public let charge: FeeCharge
    public let recordKey: String
    public let url: String?
    public let seen: CalendarDate
    public let mark: String

    public init(charge: FeeCharge, recordKey: String, url: String?, seen: CalendarDate, mark: String) {
      self.charge = charge
      self.recordKey = recordKey
      self.url = url
      self.seen = seen
      self.mark = mark
    }
  }

  public let provider: String
  public let rows: [Row]

  public init(provider: String, rows: [Row]) {
    self.provider = provider
    self.rows = rows
  }
}
