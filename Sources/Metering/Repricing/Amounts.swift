import Facts
import Pricing

/// What rows used, cost and were charged. All sums are exact.
public struct Amounts: Sendable {
  public internal(set) var rows: Int64 = 0
  public internal(set) var requests: Int64 = 0
  public internal(set) var used = UnitSums()
  /// What has a price, in 10⁻²⁴ US dollars, before adjustments.
  var cost: Int128 = 0
  /// Rows that used something without a price; what has one is in the cost.
  public internal(set) var unknownRows: Int64 = 0
  /// Rows for which the log says what was charged.
  public internal(set) var chargedRows: Int64 = 0
  /// 10⁻¹⁸ US dollars of those rows.
  var charged: Int128 = 0
  /// Rows with both a charge and a known cost, and their charge and cost.
  public internal(set) var comparedRows: Int64 = 0
  var comparedCharged: Int128 = 0
  var comparedCost: Int128 = 0

  public init() {}

  /// US dollars before adjustments: the cost, or the part of it that has prices where ``isKnown`` is false.
  public var dollars: ExactDecimal { ExactDecimal(reducing: cost, exponent: -24) }

  /// Whether everything that was used has a price.
  public var isKnown: Bool { unknownRows == 0 }

  /// What the log says was charged, in US dollars; nil where it says nothing.
  public var chargedDollars: ExactDecimal? {
    chargedRows > 0 ? ExactDecimal(reducing: charged, exponent: -18) : nil
  }

  /// The charge of the rows that have both a charge and a known cost, in US dollars.
  public var comparedChargedDollars: ExactDecimal { ExactDecimal(reducing: comparedCharged, exponent: -18) }
  /// Their cost before adjustments.
  public var comparedDollars: ExactDecimal { ExactDecimal(reducing: comparedCost, exponent: -24) }

  mutating func add(_ other: Amounts) {
    rows += other.rows
    requests += other.requests
    used.add(other.used)
    cost &+= other.cost
    unknownRows += other.unknownRows
    chargedRows += other.chargedRows
    charged &+= other.charged
    comparedRows += other.comparedRows
    comparedCharged &+= other.comparedCharged
    comparedCost &+= other.comparedCost
  }

  /// Takes the cost and the charge of all rows.
  mutating func settle(_ cost: SettledPrices.Cost?, charged: Int128?) {
    self.cost = cost.map(\.yoctodollars) ?? 0
    let isKnown = cost?.isKnown == true
    if !isKnown { unknownRows = rows }
    guard let charged else { return }
    chargedRows = rows
    self.charged = charged
    guard isKnown else { return }
    comparedRows = rows
    comparedCharged = charged
    comparedCost = self.cost
  }
}
