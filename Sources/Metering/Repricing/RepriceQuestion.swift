import Cataloguing
import Facts
import Pricing

/// What is asked of a log: which rows, told apart by what, and at whose prices.
public struct RepriceQuestion: Sendable {
  /// What a table of the report tells rows apart by.
  public enum Dimension: Hashable, Sendable {
    /// The day in UTC.
    case day
    /// The model that the catalogue knows the row's by.
    case model
    case provider
    /// Provider and API id.
    case route
    /// How it was served.
    case mode
    /// The log's name of an API key, user or project.
    case key
    /// A label of the log.
    case tag(String)

    /// Reads `day`, `model`, `provider`, `route`, `mode`, `key` or `tag:NAME`; nil for other words.
    public init?(parsing text: String) {
      switch text {
      case "day": self = .day
      case "model": self = .model
      case "provider": self = .provider
      case "route": self = .route
      case "mode": self = .mode
      case "key": self = .key
      case _ where text.hasPrefix("tag:") && text.utf8.count > 4: self = .tag(String(text.dropFirst(4)))
      default: return nil
      }
    }
  }

  /// The most dimensions of one table.
  public static let mostDimensions = 4
  /// The most different labels over all tables.
  public static let mostTags = RowField.mostLabels
  /// The most lines that are kept of each kind of problem.
  public static let mostPlaces = 1000

  /// One list of dimensions a table.
  public var tables: [[Dimension]] = [[.model], [.day]]
  /// Rows before are left out.
  public var since: Timestamp?
  /// Rows from then on are left out.
  public var until: Timestamp?
  /// The time of rows that have none; without it they are a problem.
  public var timeOfTimeless: Timestamp?
  /// Routes that the same usage is priced on, and their names.
  public var alternatives: [Alternative] = []
  /// Whether each model's usage is priced on the cheapest route that serves it.
  public var asksForCheapest = false
  /// How many times as many tokens another model counts for the same text, least and most.
  public var tokenRatio = RatioRange.one
  /// How many times as long another model's answers are, least and most.
  public var answerRatio = RatioRange.one
  /// Changes in percent of every cost; each applies to what the ones before it have left.
  public var adjustments: [Adjustment] = []
  /// How rows are read: convention of cached tokens, zone, latest time, columns.
  public var reading = UsageLogReader.Options()
  /// How many lines are kept of each kind of problem.
  public var placesKept = 5

  public init() {}

  /// A route that usage could go to.
  public struct Alternative: Sendable {
    public let rates: RouteRates

    public init(rates: RouteRates) { self.rates = rates }
  }
}

/// A range of factors, in millionths.
public struct RatioRange: Hashable, Sendable {
  public let low: Int64
  public let high: Int64

  public static let one = RatioRange(low: 1_000_000, high: 1_000_000)

  public var isOne: Bool { self == .one }

  /// `0.9`, `0.9–1.2`.
  public var text: String {
    func text(_ millionths: Int64) -> String { ExactDecimal(reducing: Int128(millionths), exponent: -6).text }
    return low == high ? text(low) : "\(text(low))–\(text(high))"
  }

  /// Reads `1.1` or `0.9-1.2`: factors from 0.01 to 100 with at most six decimals, the lower one first.
  ///
  /// - Throws: `FactError.notADecimal` for anything else.
  public init(parsing text: String) throws(FactError) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count) else { throw .notADecimal(text) }
    var factors: [Int64] = []
    for end in ends {
      guard let factor = try ExactDecimal(parsing: end).scaled(byPowerOfTen: 6).integer,
        (10_000...100_000_000).contains(factor)
      else { throw .notADecimal(text) }
      factors.append(factor)
    }
    guard factors[0] <= factors[factors.count - 1] else { throw .notADecimal(text) }
    self.init(low: factors[0], high: factors[factors.count - 1])
  }

  init(low: Int64, high: Int64) {
    self.low = low
    self.high = high
  }
}
