import Cataloguing
import Facts

/// A price list flattened for arithmetic: every known line in the order in which it is billed, amounts as whole numbers.
///
/// Amounts are in ninths of 10⁻²⁴ dollars, in which a price of 10⁻¹⁸ dollars for a million tokens, for one piece or for an hour
/// of sound in seconds gives a whole number for one piece. So nothing is rounded before a cost is.
final class PriceLines: Sendable {
  /// Ninths of 10⁻²⁴ dollars in 10⁻¹⁸ dollars.
  static let ninthsPerAttodollar: Int128 = 9_000_000

  struct Line: Sendable {
    /// Of the unit in `BillableUnit.allCases`.
    let place: Int
    let mode: PriceMode
    /// The line holds for requests of more tokens; −1 for every request.
    let limit: Int64
    let countsAnswer: Bool
    let isMarginal: Bool
    /// Place in ``PriceLines/hours``; −1 for all hours.
    let hours: Int
    let condition: PriceCondition?
    /// For one piece: as believed, and the least and the most that any source claims.
    let believed: Int128
    let least: Int128
    let most: Int128

    @inline(__always)
    func price(_ claim: PriceClaim) -> Int128 {
      switch claim {
      case .believed: believed
      case .least: least
      case .most: most
      }
    }
  }

  /// By unit; of the lines of a unit and mode that hold, the first is billed.
  let lines: [Line]
  /// The lines of the list behind them, with their evidence; empty where only numbers are kept.
  let quotes: [PriceList.Quote]
  /// Each once.
  let hours: [PriceHours]
  /// Units with a standard line for every request at all hours.
  let priced: UnitMask
  /// Units whose own price contradicts the list: without a price, and not billed as what they are part of.
  let contradicted: UnitMask
  /// The classes of the minutes of a week.
  let week: [HourClass]
  /// Whether any price is disputed.
  let isDisputed: Bool
  /// Whether any line is billed for some of the pieces alone.
  let hasMarginal: Bool

  /// - Parameter keepsEvidence: whether bills can name the lines of the list; thousands of lists are kept without.
  init(_ list: PriceList, keepsEvidence: Bool = true) {
    var hours: [PriceHours] = []
    var priced = UnitMask()
    let quotes = list.lines
    contradicted = UnitMask(Array(list.contradicted))
    self.quotes = keepsEvidence ? quotes : []
    lines = quotes.map { quote in
      let term = quote.term
      let place = term.unit.place
      var number = -1
      if let own = term.hours {
        number = hours.firstIndex(of: own) ?? hours.count
        if number == hours.count { hours.append(own) }
      }
      if term.mode == .standard, term.tier == nil, number < 0, term.condition == nil { priced.insert(place) }
      let factor = Self.ninthsPerAttodollar / Int128(term.unit.piecesPerPrice)
      let claimed = quote.evidence.dissenting.isEmpty ? nil : quote.claimed
      return Line(
        place: place, mode: term.mode, limit: term.above?.tokens ?? -1,
        countsAnswer: term.tier?.counting == .promptAndAnswer, isMarginal: term.tier?.semantics == .marginal,
        hours: number, condition: term.condition, believed: quote.money.attodollars * factor,
        least: (claimed?.lowerBound ?? quote.money).attodollars * factor,
        most: (claimed?.upperBound ?? quote.money).attodollars * factor)
    }
    self.hours = hours
    self.priced = priced
    week = HourClass.classes(of: hours, within: nil)
    isDisputed = lines.contains { $0.least < $0.most }
    hasMarginal = lines.contains(where: \.isMarginal)
  }

  /// The line that a unit is billed by; nil without one that holds.
  /// - Parameter below: only lines whose limit is less.
  @inline(__always)
  func line(_ place: Int, _ mode: PriceMode, _ setting: PriceSetting, below: Int64 = .max) -> Int? {
    for (number, line) in lines.enumerated() where line.place == place {
      if line.mode == mode, line.limit < below, holds(line, setting) { return number }
    }
    return nil
  }

  @inline(__always)
  private func holds(_ line: Line, _ setting: PriceSetting) -> Bool {
    if line.limit >= 0 {
      let size = line.countsAnswer ? setting.size.prompt + setting.size.answer : setting.size.prompt
      guard size > line.limit else { return false }
    }
    if line.hours >= 0 {
      guard line.hours < setting.holding.count, setting.holding[line.hours] else { return false }
    }
    if let condition = line.condition { return setting.conditions.contains(condition) }
    return true
  }
}

/// Which of the prices that sources claim is meant.
public enum PriceClaim: Hashable, Sendable {
  case believed
  case least
  case most
}

/// What settles a price list: how, when and on which conditions requests of one size are served.
struct PriceSetting {
  var mode: PriceMode = .standard
  var size: RequestSize
  /// For each of the list's hours, whether it is one of them; empty leaves prices for some hours aside.
  var holding: [Bool] = []
  var conditions: Set<PriceCondition> = []
}

/// The size by which requests meet tiers and limits.
public struct RequestSize: Hashable, Sendable {
  /// Prompt tokens, cached ones included.
  public let prompt: Int64
  /// Tokens by which prompt and answer together are more.
  public let answer: Int64

  public init(prompt: Int64, answer: Int64) {
    self.prompt = prompt
    self.answer = answer
  }

  /// The average of requests. A limit is a whole number, so that an average above it, rounded up, is above it too: the prompt is
  /// rounded up, and so are prompt and answer together.
  public init(input: Int64, output: Int64, requests: Int64) {
    let requests = max(1, requests)
    prompt = Self.average(Int128(input), requests)
    answer = Self.average(Int128(input) + Int128(output), requests) - prompt
  }

  static func average(_ tokens: Int128, _ requests: Int64) -> Int64 {
    Int64(clamping: (tokens + Int128(requests) - 1) / Int128(requests))
  }
}

extension PriceList.Quote {
  /// The least and the most that anybody claims for the line, zeros that mean unknown left out.
  package var claimed: ClosedRange<Money> {
    var (least, most) = (money, money)
    for dissent in evidence.dissenting
    where !dissent.isVariation && dissent.cause != .zeroMeaningUnknown && dissent.cause != .staleDate {
      guard case .money(let other) = dissent.value else { continue }
      least = min(least, other)
      most = max(most, other)
    }
    return least...most
  }
}
