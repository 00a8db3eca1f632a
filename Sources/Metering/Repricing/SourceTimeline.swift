import Cataloguing
import Facts
import Pricing

/// What a log's words for provider and model mean on every day, and which prices hold then.
///
/// A source is such a pair of words. Its days fall into spans in which neither the route nor any price in question changes.
final class SourceTimeline: Sendable {
  struct Span: Sendable {
    /// Days from 1970-01-01; the first span begins before every day.
    let firstDay: Int
    let meaning: Meaning
  }

  enum Meaning: Sendable {
    case prices(PricesInForce)
    case problem(ProblemKind)
  }

  /// In the order of the registry that made it.
  let number: Int
  /// Oldest first; at least one.
  let spans: [Span]

  init(number: Int, spans: [Span]) {
    self.number = number
    self.spans = spans
  }

  func span(ofDay day: Int) -> Span {
    var (low, high) = (0, spans.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if spans[middle].firstDay <= day { low = middle } else { high = middle }
    }
    return spans[low]
  }
}

/// The prices of a route, and of the routes that it is compared with, in a span of days without a change.
final class PricesInForce: Sendable {
  /// A route with the place of its period.
  struct Rates: Sendable {
    let rates: RouteRates
    let period: Int

    var prices: PriceList { rates.periods[period].prices }
  }

  let own: Rates
  /// Those that the question names, in its order.
  let alternatives: [Rates]
  /// Every route of the same model, where the question asks for the cheapest.
  let siblings: [Rates]
  /// Lengths of a prompt, ascending, above which some price in question changes.
  let promptLimits: [Int64]
  /// Lengths of prompt and answer together.
  let totalLimits: [Int64]
  /// Hours at which some price in question holds.
  let hours: [PriceHours]
  /// Bits of the count fields that some route in question has no price for.
  let unpriced: UInt32
  /// Whether sums can be priced: no price in question is marginal, and tiers and hours fit into a `RowVariant`.
  let isSummable: Bool

  init(own: Rates, alternatives: [Rates], siblings: [Rates], question: RepriceQuestion) {
    self.own = own
    self.alternatives = alternatives
    self.siblings = siblings
    var prompts: Set<Int64> = []
    var totals: Set<Int64> = []
    var hours: [PriceHours] = []
    var unpriced: UInt32 = 0
    var isLinear = true
    for (place, rates) in ([own] + alternatives + siblings).enumerated() {
      let isElsewhere = place > 0 && place <= alternatives.count
      let factors = isElsewhere ? [question.tokenRatio.low, question.tokenRatio.high] : [1_000_000]
      for term in rates.prices.terms.keys {
        if let span = term.hours, !hours.contains(span) { hours.append(span) }
        guard let tier = term.tier else { continue }
        if tier.semantics == .marginal { isLinear = false }
        for factor in factors {
          // p × factor > limit says the same of whole numbers as p > ⌊limit ÷ factor⌋.
          let limit = Int64(clamping: Int128(tier.limit.tokens) * 1_000_000 / Int128(factor))
          if tier.counting == .prompt { prompts.insert(limit) } else { totals.insert(limit) }
        }
      }
      if !rates.rates.isFree { unpriced |= Self.unpriced(rates.prices) }
    }
    promptLimits = prompts.sorted()
    totalLimits = totals.sorted()
    self.hours = hours.sorted { $0.text < $1.text }
    self.unpriced = unpriced
    isSummable =
      isLinear && promptLimits.count <= RowVariant.mostTiers && totalLimits.count <= RowVariant.mostTiers
      && hours.count <= RowVariant.mostHours
  }

  /// A bit for each of the hours that the time falls in.
  func hoursBits(at time: Timestamp) -> UInt32 {
    var bits: UInt32 = 0
    for (place, hours) in hours.prefix(RowVariant.mostHours).enumerated() where hours.contains(time) {
      bits |= 1 << UInt32(place)
    }
    return bits
  }

  /// The counts that neither have a standard price at all lengths and hours nor are part of what has one.
  private static func unpriced(_ prices: PriceList) -> UInt32 {
    var bits: UInt32 = 0
    for (field, unit) in RowField.units where unit != .request {
      if !([unit] + unit.wider).contains(where: { prices.base($0).value != nil }) { bits |= field.bit }
    }
    return bits
  }
}
