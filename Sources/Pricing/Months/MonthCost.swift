import Cataloguing
import Facts

/// What a month costs at one price list.
public enum MonthCost: Hashable, Sendable {
  /// US dollars, rounded half up once at 10⁻¹⁸ from the exact sum.
  case known(Money)
  /// Units were used that no source prices.
  case unknown(knownPart: Money, units: [BillableUnit])
  /// An amount leaves what can be held exactly, or parts count more than their whole.
  case tooLarge

  /// nil when it is unknown.
  public var money: Money? {
    if case .known(let money) = self { return money }
    return nil
  }
}

/// A sum of amounts, each with its weight, over all weights: exact.
struct WeightedAmount {
  /// The most that all weights may come to: hundredths of a percent times minutes of a week.
  static let mostWeight: Int64 = 10_000 * Int64(PriceHours.minutesOfAWeek)

  let weight: Int64
  /// Ninths of 10⁻²⁴ dollars, and a fraction of one over the weight.
  private(set) var whole: Int128 = 0
  private(set) var numerator: Int128 = 0

  init(weight: Int64) { self.weight = weight }

  /// - Returns: false when the sum leaves 128 bits.
  mutating func add(_ amount: Int128, weight own: Int64) -> Bool {
    let (quotient, remainder) = amount.quotientAndRemainder(dividingBy: Int128(weight))
    let (part, overflow) = quotient.multipliedReportingOverflow(by: Int128(own))
    let (sum, carry) = whole.addingReportingOverflow(part)
    numerator += remainder * Int128(own)
    let (more, last) = sum.addingReportingOverflow(numerator / Int128(weight))
    whole = more
    numerator %= Int128(weight)
    return !overflow && !carry && !last
  }

  /// Half up at 10⁻¹⁸ dollars.
  var money: Money {
    let unit = PriceLines.ninthsPerAttodollar
    let (atto, rest) = whole.quotientAndRemainder(dividingBy: unit)
    let isUp = (rest * Int128(weight) + numerator) * 2 >= unit * Int128(weight)
    return Money(attodollars: isUp ? atto + 1 : atto)
  }

  static func < (left: WeightedAmount, right: WeightedAmount) -> Bool {
    (left.whole, left.numerator) < (right.whole, right.numerator)
  }
}

/// The parts of a month that are billed alike, with the weight of each.
struct MonthParts {
  struct Part {
    let mode: PriceMode
    let hours: HourClass
    /// Hundredths of a percent of the requests times minutes of the week.
    let weight: Int64
    let settled: SettledPrices
  }

  /// At which the month is billed; with all traffic at the dearest or cheapest hours those alone.
  let parts: [Part]
  let amount: WeightedAmount
  let unpriced: UnitMask
  /// The place of the dearest or cheapest hours among the list's classes; 0 for traffic at all of them.
  let chosenHours: Int

  /// nil when an amount leaves what can be held.
  init?(
    _ lines: PriceLines, _ workload: Workload, pieces: UnsafeBufferPointer<Int64>, used: UnitMask,
    isFree: Bool, mode: PriceMode = .standard, claim: PriceClaim
  ) {
    let classes = lines.classes(workload.hours)
    let batch = workload.batchShare.hundredths
    let one: Int64 = 1
    let modes: [(mode: PriceMode, share: Int64)]
    switch batch {
    case 0: modes = [(mode, one)]
    case 10_000: modes = [(.batch, one)]
    default: modes = [(mode, 10_000 - batch), (.batch, batch)]
    }
    let modeWeight = modes.reduce(Int64(0)) { $0 + $1.share }
    func parts(_ hours: HourClass, minutes: Int64) -> [Part] {
      modes.map { mode, share in
        let setting = PriceSetting(
          mode: mode, size: workload.size, holding: hours.holding, conditions: workload.conditions)
        return Part(
          mode: mode, hours: hours, weight: share * minutes,
          settled: SettledPrices(lines, setting, isFree: isFree, units: used, claim: claim))
      }
    }
    func sum(_ parts: [Part], weight: Int64) -> (amount: WeightedAmount, unpriced: UnitMask)? {
      var sum = WeightedAmount(weight: weight)
      var unpriced = UnitMask()
      for part in parts {
        guard let own = part.settled.ninths(of: pieces, requests: workload.requests),
          sum.add(own.amount, weight: part.weight)
        else { return nil }
        unpriced = unpriced | own.unpriced
      }
      return (sum, unpriced)
    }
    switch workload.hours {
    case .peak, .offPeak:
      var best: (place: Int, parts: [Part], amount: WeightedAmount)?
      var missing = UnitMask()
      for (place, own) in classes.enumerated() {
        let candidate = parts(own, minutes: one)
        guard let (amount, unpriced) = sum(candidate, weight: modeWeight) else { return nil }
        missing = missing | unpriced
        if let known = best {
          let isBetter = workload.hours == .peak ? known.amount < amount : amount < known.amount
          guard isBetter else { continue }
        }
        best = (place, candidate, amount)
      }
      guard let best else { return nil }
      (self.parts, amount, unpriced) = (best.parts, best.amount, missing)
      chosenHours = best.place
    case .spread, .window:
      let minutes = classes.reduce(Int64(0)) { $0 + $1.minutes }
      let isOne = classes.count == 1
      let all = classes.flatMap { parts($0, minutes: isOne ? one : $0.minutes) }
      guard let (amount, unpriced) = sum(all, weight: isOne ? modeWeight : modeWeight * minutes) else {
        return nil
      }
      (self.parts, self.amount, self.unpriced) = (all, amount, unpriced)
      chosenHours = 0
    }
  }
}

extension PriceLines {
  /// The classes of the minutes at which the traffic falls.
  func classes(_ traffic: TrafficHours) -> [HourClass] {
    guard !hours.isEmpty, case .window(let window) = traffic else { return week }
    return HourClass.classes(of: hours, within: window)
  }

  /// The traffic in the measure that the list prices.
  func measured(_ workload: Workload) -> Workload {
    guard workload.measure == .searchesOrTokens else { return workload }
    if !priced.contains(BillableUnit.rerankSearch.place), priced.contains(BillableUnit.input.place) {
      var others = workload.others
      others[.rerankSearch] = nil
      return workload.with(others: others, measure: .everything)
    }
    return workload.with(input: TokenCount(0), cached: TokenCount(0), measure: .everything)
  }

  /// Units of a workload in the list's measure that another unit's price must not stand in for.
  func lacking(_ workload: Workload) -> UnitMask {
    guard workload.measure == .soundTokens else { return UnitMask() }
    return UnitMask(workload.others.keys.filter { !priced.contains($0.place) })
  }

  /// What a month costs.
  func cost(of workload: Workload, isFree: Bool, claim: PriceClaim = .believed) -> MonthCost {
    let measured = measured(workload)
    let (pieces, used) = measured.counts
    return pieces.withUnsafeBufferPointer { pieces in
      guard let parts = MonthParts(self, measured, pieces: pieces, used: used, isFree: isFree, claim: claim)
      else { return .tooLarge }
      let missing = isFree ? UnitMask() : parts.unpriced | lacking(measured)
      return missing.isEmpty
        ? .known(parts.amount.money) : .unknown(knownPart: parts.amount.money, units: missing.units)
    }
  }
}
