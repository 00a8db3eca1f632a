import Cataloguing
import Facts

/// What usage costs through one route: its lines, what no source prices, and the total.
public struct Bill: Sendable {
  /// Pieces of one unit at one price.
  public struct Line: Sendable {
    public let unit: BillableUnit
    /// Pieces of the unit that no other line bills.
    public let quantity: Int64
    public let price: PriceList.Quote
    /// Quantity times price in US dollars: exact, but for hours of sound, which are rounded half up at 10⁻²⁴.
    public let amount: ExactDecimal
    /// Whether the standard price stands in because no source prices the unit in the mode asked for.
    public let isStandardPrice: Bool
  }

  /// A change in percent, and what it comes to.
  public struct Change: Sendable {
    public let adjustment: Adjustment
    /// US dollars, exact.
    public let amount: ExactDecimal

    public init(adjustment: Adjustment, amount: ExactDecimal) {
      self.adjustment = adjustment
      self.amount = amount
    }
  }

  /// US dollars, exact.
  public enum Total: Hashable, Sendable {
    case known(ExactDecimal)
    /// Something was used that no source prices.
    case unknown(knownPart: ExactDecimal)

    /// nil when it is unknown.
    public var dollars: ExactDecimal? {
      if case .known(let dollars) = self { return dollars }
      return nil
    }

    /// The total, or the part of it that is known.
    public var knownPart: ExactDecimal {
      switch self {
      case .known(let dollars), .unknown(let dollars): dollars
      }
    }
  }

  public let usage: Usage
  public let requests: Int64
  public let mode: PriceMode
  /// In the order of `BillableUnit`; of a unit with marginal prices by ascending limit.
  public let lines: [Line]
  /// Units that were used and that no source prices, with their pieces.
  public let unpriced: [(unit: BillableUnit, quantity: Int64)]
  /// Units billed as the wider unit that holds them, because no source prices them apart.
  public let inherited: [BillableUnit]
  /// In the order in which they stack.
  public let changes: [Change]
  public let total: Total

  /// Prices usage of one request, or of requests alike: each costs what the average of them costs.
  ///
  /// Every unit is billed by its own price; one without a price is billed as the unit it is part of. A unit that was used and
  /// has neither makes the total unknown. On a free route what no source prices is free.
  /// - Parameters:
  ///   - requests: how many they are; nil takes those of the usage, one where it counts none.
  ///   - size: prompt and answer of one request, which decide tiers; nil takes the average's.
  ///   - time: when it is served; nil leaves prices for some hours aside.
  ///   - conditions: those that the requests meet.
  ///   - adjustments: changes in percent; each applies to what the ones before it have left.
  /// - Throws: `PricingError.tooLarge` when an amount cannot be held exactly.
  public init(
    _ usage: Usage, at prices: PriceList, mode: PriceMode = .standard, isFree: Bool = false,
    requests: Int64? = nil, size: RequestSize? = nil, time: Timestamp? = nil,
    conditions: Set<PriceCondition> = [], adjustments: [Adjustment] = []
  ) throws(PricingError) {
    let requests = max(1, requests ?? usage[.request])
    let size = size ?? RequestSize(input: usage[.input], output: usage[.output], requests: requests)
    let settled = SettledPrices(
      prices, mode: mode, isFree: isFree, prompt: size.prompt, answer: size.answer, time: time,
      conditions: conditions)
    try self.init(usage, at: settled, requests: requests, mode: mode, adjustments: adjustments)
  }

  /// The same at prices that are settled.
  init(
    _ usage: Usage, at settled: SettledPrices, requests: Int64, mode: PriceMode,
    adjustments: [Adjustment] = []
  ) throws(PricingError) {
    let counts = usage.counts
    let billed:
      (lines: [(stretch: SettledPrices.Stretch, place: Int, pieces: Int64)], unpriced: [(Int, Int64)])
    do throws(SettledPrices.Fault) {
      billed = try counts.withUnsafeBufferPointer { counts throws(SettledPrices.Fault) in
        try settled.bill(counts, requests: requests)
      }
    } catch {
      switch error {
      case .tooLarge: throw .tooLarge
      case .contradiction(let place): throw .contradiction(BillableUnit.allCases[place])
      }
    }
    var sum = ExactDecimal.zero
    func add(_ amount: ExactDecimal?) throws(PricingError) -> ExactDecimal {
      guard let amount, let total = sum.adding(amount) else { throw .tooLarge }
      sum = total
      return amount
    }
    var lines: [Line] = []
    for (stretch, place, pieces) in billed.lines {
      let (product, overflow) = stretch.price.multipliedReportingOverflow(by: Int128(pieces))
      guard !overflow else { throw .tooLarge }
      let amount = ExactDecimal(reducing: (product + 4) / 9, exponent: -24)
      lines.append(
        Line(
          unit: BillableUnit.allCases[place], quantity: pieces, price: settled.lines.quotes[stretch.line],
          amount: try add(amount), isStandardPrice: stretch.isStandardPrice))
    }
    var changes: [Change] = []
    for adjustment in adjustments {
      changes.append(Change(adjustment: adjustment, amount: try add(adjustment.amount(of: sum))))
    }
    self.usage = usage
    self.requests = requests
    self.mode = mode
    self.lines = lines
    unpriced = billed.unpriced.map { (BillableUnit.allCases[$0.0], $0.1) }
    self.changes = changes
    let priced = settled.priced
    inherited = usage.units.filter { unit in
      !priced.contains(unit.place) && !settled.lines.contradicted.contains(unit.place)
        && unit.wider.contains { priced.contains($0.place) }
    }
    total = unpriced.isEmpty ? .known(sum) : .unknown(knownPart: sum)
  }
}

/// A change of a bill in percent that somebody agreed on or that a rule adds: a discount, a regional uplift.
public struct Adjustment: Hashable, Sendable {
  public let name: String
  /// Below zero for a discount: −15 takes 15% off.
  public let percent: ExactDecimal

  public init(name: String, percent: ExactDecimal) {
    self.name = name
    self.percent = percent
  }

  /// The change of an amount in dollars; nil when it cannot be held.
  public func amount(of dollars: ExactDecimal) -> ExactDecimal? {
    dollars.multiplied(by: percent.scaled(byPowerOfTen: -2))
  }
}

/// Why usage cannot be priced.
public enum PricingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An amount leaves what can be held exactly.
  case tooLarge
  /// Parts of the unit that are priced apart exceed it.
  case contradiction(BillableUnit)

  public var description: String {
    switch self {
    case .tooLarge: "the cost is too large to be held exactly. hint: check the counts"
    case .contradiction(let unit):
      "the parts of \(unit.rawValue) that have their own prices count more than \(unit.rawValue). hint: \(unit.rawValue) counts everything, its parts included"
    }
  }
}
