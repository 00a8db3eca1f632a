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
  public let mode: PriceMode
  /// In the order of `BillableUnit`.
  public let lines: [Line]
  /// Units that were used and that no source prices, with their pieces.
  public let unpriced: [(unit: BillableUnit, quantity: Int64)]
  /// Units billed as the wider unit that holds them, because no source prices them apart.
  public let inherited: [BillableUnit]
  /// In the order in which they stack.
  public let changes: [Change]
  public let total: Total

  /// Prices usage of one request, or of requests that meet the same tier at the same hours.
  ///
  /// Every unit is billed by its own price; one without a price is billed as the unit it is part of. A unit that was used and
  /// has neither makes the total unknown. On a free route what no source prices is free.
  /// - Parameters:
  ///   - size: prompt and answer of one request, which decide tiers; the whole usage where nil.
  ///   - time: when it is served; nil leaves prices for some hours aside.
  ///   - adjustments: changes in percent; each applies to what the ones before it have left.
  /// - Throws: `PricingError.tooLarge` when an amount cannot be held exactly.
  public init(
    _ usage: Usage, at prices: PriceList, mode: PriceMode = .standard, isFree: Bool = false,
    size: (prompt: Int64, answer: Int64)? = nil, time: Timestamp? = nil, adjustments: [Adjustment] = []
  ) throws(PricingError) {
    let size = size ?? (usage[.input], usage[.output])
    func quotes(_ unit: BillableUnit, _ mode: PriceMode) -> PriceList.Quote? {
      prices.quote(unit, mode: mode, prompt: size.prompt, answer: size.answer, at: time)
    }
    var priced: [BillableUnit: (quote: PriceList.Quote, isStandard: Bool)] = [:]
    for unit in BillableUnit.allCases {
      if let quote = quotes(unit, mode) {
        priced[unit] = (quote, false)
      } else if mode != .standard, let quote = quotes(unit, .standard) {
        priced[unit] = (quote, true)
      }
    }
    let quantities = try Self.quantities(usage, priced: Set(priced.keys))
    var lines: [Line] = []
    for unit in BillableUnit.allCases {
      guard let (quote, isStandard) = priced[unit], let quantity = quantities[unit], quantity > 0 else {
        continue
      }
      for (part, price) in Self.parts(quantity, quote, prices, time) {
        guard let amount = Self.amount(part, price.money, unit) else { throw .tooLarge }
        lines.append(
          Line(unit: unit, quantity: part, price: price, amount: amount, isStandardPrice: isStandard))
      }
    }
    // A call as such costs only where a source prices calls.
    let unpriced = BillableUnit.allCases.filter { $0 != .request }.compactMap { unit in
      priced[unit] == nil ? quantities[unit].flatMap { $0 > 0 ? (unit, $0) : nil } : nil
    }
    var sum = ExactDecimal.zero
    func add(_ amount: ExactDecimal?) throws(PricingError) -> ExactDecimal {
      guard let amount, let total = sum.adding(amount) else { throw .tooLarge }
      sum = total
      return amount
    }
    for line in lines { _ = try add(line.amount) }
    var changes: [Change] = []
    for adjustment in adjustments {
      changes.append(Change(adjustment: adjustment, amount: try add(adjustment.amount(of: sum))))
    }
    self.usage = usage
    self.mode = mode
    self.lines = lines
    self.unpriced = isFree ? [] : unpriced
    self.changes = changes
    inherited = usage.units.filter { priced[$0] == nil && $0.wider.contains { priced[$0] != nil } }
    total = self.unpriced.isEmpty ? .known(sum) : .unknown(knownPart: sum)
  }

  /// How many pieces each unit bills: what was used, less what its priced parts bill. A part without a price stays in the
  /// nearest unit that holds it.
  private static func quantities(
    _ usage: Usage, priced: Set<BillableUnit>
  ) throws(PricingError) -> [BillableUnit: Int64] {
    var own: [BillableUnit: Int64] = [:]
    for unit in BillableUnit.narrowFirst where priced.contains(unit) || unit.wider.isEmpty {
      var rest = usage[unit]
      for part in unit.parts { rest -= own[part, default: 0] }
      for part in unit.partsBilledBeside(priced: priced) { rest -= usage[part] }
      guard rest >= 0 else { throw .contradiction(unit) }
      own[unit] = rest
    }
    // A part that nothing prices, nor what holds it, is in the whole; one whose whole was not counted stands alone.
    for unit in usage.units
    where own[unit] == nil && !unit.wider.contains(where: { own[$0] != nil && usage[$0] > 0 }) {
      own[unit] = usage[unit]
    }
    return own
  }

  private static func amount(_ quantity: Int64, _ price: Money, _ unit: BillableUnit) -> ExactDecimal? {
    price.dollars.multiplied(by: ExactDecimal(quantity))?.divided(by: unit.piecesPerPrice, places: 24)
  }

  /// A marginal tier bills the pieces up to its limit at the price below it, also where others than these pieces reached it.
  private static func parts(
    _ quantity: Int64, _ quote: PriceList.Quote, _ prices: PriceList, _ time: Timestamp?
  ) -> [(Int64, PriceList.Quote)] {
    guard let tier = quote.term.tier, tier.semantics == .marginal,
      let below = prices.quote(
        quote.term.unit, mode: quote.term.mode, prompt: tier.limit.tokens, at: time)
    else { return [(quantity, quote)] }
    let limit = tier.limit.tokens
    let cheaper = parts(min(quantity, limit), below, prices, time)
    return quantity > limit ? cheaper + [(quantity - limit, quote)] : cheaper
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
