import Facts

/// What one price of a route was in each period, as far as its sources date it.
///
/// A source that dates its price speaks from the day it states. One that does not speaks from the day on which it was
/// observed: it says nothing of the time before, so its first day is when the price was seen, not when it began.
public struct PriceHistory: Sendable {
  /// How the first day of a period is known.
  public enum Start: Hashable, Sendable {
    /// A source states that the price held until the next period, and no first day.
    case open
    /// A source states the day.
    case stated(CalendarDate)
    /// No source states when the price began; this is the first day on which one was seen with it.
    case seen(CalendarDate)

    /// nil for an open start.
    public var day: CalendarDate? {
      switch self {
      case .open: nil
      case .stated(let day), .seen(let day): day
      }
    }
  }

  public struct Period: Sendable {
    public let start: Start
    /// US dollars per `BillableUnit.piecesPerPrice`; unknown where no claim holds.
    public let price: Knowledge<Money>
  }

  public let term: PriceTerm
  /// Oldest first, each until the next, no two neighbours with the same price. The last that starts by the day of the
  /// route is the price in force; those behind it are announced.
  public let periods: [Period]

  /// Whether at least two periods have a known price.
  public var hasChange: Bool { periods.count { !$0.price.isUnknown } > 1 }
}

extension Route {
  /// The history of a price; empty when no source gives the price.
  public func priceHistory(_ term: PriceTerm) -> PriceHistory {
    let speaking = witnesses[.price(term)] ?? []
    // As in the price list: of an earlier day a later record says nothing where another names the days of its price.
    let isDated = speaking.map { DatedClaim($0, asOf: asOf) }.contains { $0.isDated && $0.holds(on: asOf) }
    let claims = speaking.map { DatedClaim($0, asOf: isDated ? nil : asOf) }
    let isFree = self[.routeKind].value == .text(RouteKind.free.rawValue)
    var periods: [PriceHistory.Period] = []
    func add(_ start: PriceHistory.Start, _ speaking: [DatedClaim], isAhead: Bool) {
      var price = Resolution(field: .price(term), witnesses: speaking.map(\.witness)).knowledge().money
      // Zero is a price only where a source says free, as in the price list.
      if price.value?.isZero == true, !isFree { price = .unknown }
      guard let last = periods.last else {
        if !price.isUnknown { periods.append(.init(start: start, price: price)) }
        return
      }
      if last.price.value != price.value {
        periods.append(.init(start: start, price: price))
      } else if !isAhead {
        // Later claims that agree join the evidence; the start stays. Those of days to come are no evidence of today.
        periods[periods.count - 1] = .init(start: last.start, price: price)
      }
    }
    let open = claims.filter { $0.from == nil }
    if !open.isEmpty { add(.open, open, isAhead: false) }
    for day in Set(claims.flatMap { [$0.from, $0.until].compactMap(\.self) }).sorted() {
      let isAhead = asOf < day
      // What was seen without a date says nothing of days to come.
      let speaking = claims.filter { $0.holds(on: day) && ($0.isDated || !isAhead) }
      let isStated = claims.contains { $0.until == day || $0.isDated && $0.from == day }
      add(isStated ? .stated(day) : .seen(day), speaking, isAhead: isAhead)
    }
    return PriceHistory(term: term, periods: periods)
  }
}

/// A claim with the days on which it speaks.
private struct DatedClaim {
  let witness: Witness
  /// First day; nil for a price that a source ends without saying when it began.
  let from: CalendarDate?
  /// First day on which it no longer holds.
  let until: CalendarDate?
  /// Whether the source states any of the days.
  let isDated: Bool

  /// - Parameter asOf: the day by which an undated record counts as seen; nil leaves it the day on which it was.
  init(_ witness: Witness, asOf: CalendarDate?) {
    self.witness = witness
    until = witness.claim.validUntil
    isDated = witness.claim.validFrom != nil || until != nil
    from =
      isDated ? witness.claim.validFrom : asOf.map { min(witness.observed, $0) } ?? witness.observed
  }

  func holds(on day: CalendarDate) -> Bool {
    (from.map { $0 <= day } ?? true) && (until.map { day < $0 } ?? true)
  }
}
