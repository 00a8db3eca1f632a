import Cataloguing
import Facts

/// A month of traffic at one price list, explained: what it costs, and the bills of its parts.
public struct Month: Sendable {
  /// Traffic that is billed alike: sent in one mode, at hours at which the same lines hold.
  public struct Part: Sendable {
    public let mode: PriceMode
    /// The hours of the list at which its lines hold, in words; nil for all other hours, or for a list without hours.
    public let hours: String?
    /// How much of the month it is: ``weight`` of ``Month/weight``.
    public let weight: Int64
    /// What the whole month would cost if all of it were served so.
    public let bill: Bill
  }

  /// The traffic in the measure that the list prices.
  public let workload: Workload
  public let cost: MonthCost

  /// The cost, or the part of it that is known.
  public var knownPart: Money {
    switch cost {
    case .known(let money), .unknown(let money, _): money
    case .tooLarge: .zero
    }
  }

  /// Units that are used and that no source prices.
  public var unpriced: [BillableUnit] {
    if case .unknown(_, let units) = cost { return units }
    return []
  }

  public let parts: [Part]
  /// The weights of all parts in sum.
  public let weight: Int64
  /// Whether the list has prices for some hours.
  public let hasHours: Bool

  /// - Parameters:
  ///   - isFree: whether what no source prices is free.
  ///   - mode: how what is not sent in batches is served.
  /// - Returns: nil when an amount leaves what can be held exactly, or when parts count more than their whole.
  public init?(
    _ workload: Workload, at list: PriceList, isFree: Bool = false, mode: PriceMode = .standard
  ) {
    let lines = PriceLines(list)
    let measured = lines.measured(workload)
    let (pieces, used) = measured.counts
    let made = pieces.withUnsafeBufferPointer {
      MonthParts(lines, measured, pieces: $0, used: used, isFree: isFree, mode: mode, claim: .believed)
    }
    guard let made else { return nil }
    var parts: [Part] = []
    for part in made.parts {
      guard
        let bill = try? Bill(
          measured.usage, at: part.settled, requests: measured.requests, mode: part.mode)
      else { return nil }
      parts.append(
        Part(mode: part.mode, hours: part.hours.title(lines.hours), weight: part.weight, bill: bill))
    }
    self.workload = measured
    self.parts = parts
    weight = made.amount.weight
    hasHours = !lines.hours.isEmpty
    let missing = isFree ? UnitMask() : made.unpriced | lines.lacking(measured)
    cost =
      missing.isEmpty
      ? .known(made.amount.money) : .unknown(knownPart: made.amount.money, units: missing.units)
  }
}
