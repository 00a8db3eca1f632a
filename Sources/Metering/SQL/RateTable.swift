import Facts

/// The prices of routes as plain rows that a database joins a log with: every rule of a bill is applied beforehand, so that
/// the database only multiplies and adds whole numbers.
///
/// A price is a whole number of a unit of money chosen for the whole table; see ``moneyDigits``. The pieces that it
/// multiplies are those that no narrower unit counts: prompt tokens that were neither cached nor heard, and so on.
public struct RateTable: Sendable {
  /// What a log calls a route, and the set of rates that bills it in each mode.
  public struct Name: Hashable, Sendable {
    /// The log's words for who served it; empty where the log does not say.
    public let provider: String
    /// The log's words for the model.
    public let model: String
    /// Seconds from 1970-01-01 in UTC, the end excluded, in which the name means this route; the spans of a name leave no gap.
    public let from: Int64
    public let until: Int64
    /// `provider/api-id` of the route; nil where the name means none.
    public let route: String?
    /// The ``Rate/set`` of each mode; a mode without prices of its own has the set of the standard mode. Empty without a route.
    public let sets: [PriceMode: Int]
  }

  /// Prices of one set that hold for some time, requests of some size and some minutes of the week. The rates of a set do
  /// not overlap and leave no gap.
  public struct Rate: Hashable, Sendable {
    public let set: Int
    public let conditions: Conditions
    public let prices: Prices
  }

  public struct Conditions: Hashable, Sendable {
    /// Seconds from 1970-01-01 in UTC, the end excluded; ``earliest`` and ``latest`` where it has none.
    public var from = RateTable.earliest
    public var until = RateTable.latest
    /// The request has more prompt tokens than this; −1 for every request.
    public var promptAbove: Int64 = -1
    public var promptUpTo: Int64 = RateTable.mostTokens
    /// The same for prompt and answer together.
    public var totalAbove: Int64 = -1
    public var totalUpTo: Int64 = RateTable.mostTokens
    /// Minutes from Monday 00:00 UTC, the end excluded.
    public var minuteFrom = 0
    public var minuteUntil = RateTable.minutesOfAWeek
  }

  public struct Prices: Hashable, Sendable {
    /// Units of money for one piece that only this unit counts; a unit that is missing has no known price.
    public var perPiece: [BillableUnit: Int128] = [:]
    /// The unit whose price a piece is billed at.
    public var billedAs: [BillableUnit: BillableUnit] = [:]
    /// What is taken off the pieces that are billed as the unit: those up to a limit are cheaper, by ascending limit.
    public var rebates: [BillableUnit: [Rebate]] = [:]

    public init() {}
  }

  /// How the pieces below a marginal tier are cheaper.
  public struct Rebate: Hashable, Sendable {
    /// How many pieces it is taken off.
    public let upTo: Int64
    /// Units of money a piece; below zero when those pieces are dearer.
    public var perPiece: Int128
  }

  /// Seconds before any log: the year −1200.
  public static let earliest: Int64 = -99_999_999_999
  /// Seconds after any log: the year 5138.
  public static let latest: Int64 = 99_999_999_999
  /// More tokens than prompt and answer of a request can have.
  public static let mostTokens: Int64 = 9_000_000_000_000_000
  static let minutesOfAWeek = 10_080

  /// The units that the log counts, in the order of `BillableUnit`.
  public let units: [BillableUnit]
  public internal(set) var names: [Name]
  /// By set, then by time.
  public internal(set) var rates: [Rate]
  /// Digits after the point of a dollar: a price of 75 with 7 digits is $0.0000075.
  public internal(set) var moneyDigits: Int
  /// Whether a unit of money is a ninth of that: prices for an hour of sound have no finite decimals for a second.
  public internal(set) var countsNinths: Bool
  /// Whether the names are in small letters and a log's capitals do not count.
  public internal(set) var ignoresCase = false
}

extension RateTable {
  /// Units of money in a dollar before the table is reduced: 9 × 10²⁴, by which the price of a piece of any unit is whole.
  static let rawDigits = 24

  /// A price in units of 1 / (9 × 10²⁴) dollars for one piece.
  static func rawPrice(_ money: Money, of unit: BillableUnit) -> Int128 {
    money.attodollars * Int128(9_000_000 / unit.piecesPerPrice)
  }

  /// The same table in the largest unit of money that holds every price of it exactly.
  func reduced() -> RateTable {
    var amounts: [Int128] = []
    for rate in rates {
      amounts += rate.prices.perPiece.values
      amounts += rate.prices.rebates.values.joined().map(\.perPiece)
    }
    let hasNinths = amounts.contains { $0 % 9 != 0 }
    var divisor: Int128 = hasNinths ? 1 : 9
    var digits = Self.rawDigits
    // A ninth needs all digits that are shown before it is rounded to them.
    let fewest = hasNinths ? SQLStatement.shownDigits : 1
    while digits > fewest, amounts.allSatisfy({ $0 % (divisor * 10) == 0 }) {
      divisor *= 10
      digits -= 1
    }
    var result = self
    result.moneyDigits = digits
    result.countsNinths = hasNinths
    result.rates = rates.map { rate in
      var prices = rate.prices
      prices.perPiece = prices.perPiece.mapValues { $0 / divisor }
      prices.rebates = prices.rebates.mapValues { steps in
        steps.map { Rebate(upTo: $0.upTo, perPiece: $0.perPiece / divisor) }
      }
      return Rate(set: rate.set, conditions: rate.conditions, prices: prices)
    }
    return result
  }
}

/// Pieces that only one unit counts.
enum Pieces {
  /// Pieces of a unit less those of its parts: how often each counted unit is added, for a log that counts some units.
  ///
  /// Tokens of audio read from a cache are part of both, so they are added back to the input once.
  static func own(_ unit: BillableUnit, of counted: [BillableUnit]) -> [BillableUnit: Int] {
    var sum = [unit: 1]
    for part in counted where part.wider.contains(unit) {
      for (other, times) in own(part, of: counted) { sum[other, default: 0] -= times }
    }
    return sum.filter { $0.value != 0 }
  }
}
