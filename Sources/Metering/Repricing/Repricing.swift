import Cataloguing
import Facts
import Pricing

/// What logs used and what it cost: by the tables asked for, and on other routes.
public struct Repricing: Sendable {
  /// Rows of one table, told apart by its dimensions.
  public struct Table: Sendable {
    public struct Row: Sendable {
      /// One name a dimension; nil where the log gives none.
      public let names: [Name?]
      public let amounts: Amounts
    }

    public let dimensions: [RepriceQuestion.Dimension]
    /// Days first to last; else the dearest first, then by name.
    public let rows: [Row]
  }

  public enum Name: Hashable, Sendable {
    case day(CalendarDate)
    case text(String)
    /// More different texts than are told apart.
    case others

    public var text: String {
      switch self {
      case .day(let day): day.text
      case .text(let text): text
      case .others: "others"
      }
    }
  }

  /// The same usage on another route.
  public struct Elsewhere: Sendable {
    /// `provider/api-id`.
    public let route: String
    public let model: ModelID
    /// What has a price, in US dollars, at the least and the most that the assumptions allow.
    public let low: ExactDecimal
    public let high: ExactDecimal
    /// Rows that used something for which the route has no price.
    public let unknownRows: Int64
  }

  /// The cheapest route of one model for all that the logs used of it.
  public struct Cheapest: Sendable {
    public let model: ModelID
    public let rows: Int64
    /// What it cost on its own routes.
    public let own: ExactDecimal
    /// nil where no route prices everything that was used.
    public let best: (route: String, dollars: ExactDecimal)?
  }

  /// A price that was used, and where it stands.
  public struct UsedRate: Sendable {
    public let provider: ProviderID
    public let apiID: String
    public let model: ModelID
    /// The days on which the route's prices held: from the first up to, not including, the second; nil where no source says.
    public let from: CalendarDate?
    public let until: CalendarDate?
    /// How the prices are known to hold on these days.
    public let grade: EvidenceGrade
    /// How the rows were served.
    public let mode: PriceMode
    public let quoted: SettledPrices.Quoted
  }

  public let question: RepriceQuestion
  public let total: Amounts
  public let tables: [Table]
  public let elsewhere: [Elsewhere]
  public let cheapest: [Cheapest]
  /// By route, then first day.
  public let rates: [UsedRate]
  public let problems: ProblemBook
  /// Rows that are in the totals; those whose cost is unknown in part too.
  public let counted: Int
  /// Rows outside the days that were asked for.
  public let leftOut: Int
  /// Times without a zone.
  public let zonesUntold: Int
  /// Rows that were not compared with all before them, because there were too many.
  public let uncompared: Int
  public let notes: LogNotes

  /// An amount with the question's adjustments; nil when it cannot be held exactly.
  public func adjusted(_ dollars: ExactDecimal) -> ExactDecimal? {
    var sum = dollars
    for adjustment in question.adjustments {
      guard let change = adjustment.amount(of: sum), let next = sum.adding(change) else { return nil }
      sum = next
    }
    return sum
  }
}
