import Facts

/// What one price of a route was in each period.
///
/// A period begins on a day that a source states, or on the day of a snapshot in which a source says another price than in the
/// one before: then its first day is when the price was seen, not when it began. Between sources nothing changes by itself.
public struct PriceHistory: Sendable {
  /// How the first day of a period is known.
  public enum Start: Hashable, Sendable {
    /// The earliest that anybody says, without a first day.
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
    let stated = priced.records.statedDays(term)
    var periods: [PriceHistory.Period] = []
    func add(_ start: PriceHistory.Start, on day: CalendarDate) {
      let price = priced.list(on: day).terms[term] ?? .unknown
      guard let last = periods.last else {
        if !price.isUnknown { periods.append(.init(start: start, price: price)) }
        return
      }
      if last.price.value != price.value {
        periods.append(.init(start: start, price: price))
      } else if day <= asOf {
        // Later claims that agree join the evidence; the start stays. Those of days to come are no evidence of today.
        periods[periods.count - 1] = .init(start: last.start, price: price)
      }
    }
    // The days that may change any price of the list: its base prices decide which records the others come from.
    let days = priced.days.sorted()
    if let first = days.first ?? priced.firstSeen { add(priced.records.start(of: term), on: first.eve) }
    for day in days { add(stated.contains(day) ? .stated(day) : .seen(day), on: day) }
    return PriceHistory(term: term, periods: periods)
  }
}

extension PriceRecords {
  /// The days on which a source states that a price begins or ends.
  fileprivate func statedDays(_ term: PriceTerm) -> Set<CalendarDate> {
    var days: Set<CalendarDate> = []
    for witness in lineages.flatMap({ $0.snapshots.flatMap { $0.claims[term] ?? [] } })
    where witness.claim.statesDays {
      days.formUnion([witness.claim.validFrom, witness.claim.validUntil].compactMap(\.self))
    }
    return days
  }

  /// How the earliest price is known: open where a source gives it until some day, else by the day on which it was first seen.
  fileprivate func start(of term: PriceTerm) -> PriceHistory.Start {
    let witnesses = lineages.flatMap { $0.snapshots.flatMap { $0.claims[term] ?? [] } }
    let isOpen = witnesses.contains { $0.claim.validFrom == nil && $0.claim.statesDays }
    guard !isOpen, let first = witnesses.map(\.observed).min() else { return .open }
    return .seen(first)
  }
}

extension CalendarDate {
  /// The day after; the day itself at the end of time.
  var next: CalendarDate { (try? CalendarDate(dayNumber: lastDayNumber + 1)) ?? self }

  /// The day before; the day itself at the beginning of time.
  var eve: CalendarDate { (try? CalendarDate(dayNumber: firstDayNumber - 1)) ?? self }
}
