import Cataloguing
import Facts

/// A price list with its conditions settled: what each unit costs for requests of one size, served one way at one hour.
///
/// Under settled prices a cost is a linear function of the counts. So a sum of requests costs exactly what the requests cost
/// one by one, as long as no price is marginal and each request is free of contradictions; ``isLinear`` tells the first.
/// Amounts are whole multiples of 10⁻²⁴ dollars, the finest that a price per million of 10⁻¹⁸ dollars gives; only hours of
/// sound can need a finer one and are rounded there.
public struct SettledPrices: Sendable {
  /// One price in force, with what gave it.
  public struct Quoted: Sendable {
    public let unit: BillableUnit
    public let quote: PriceList.Quote
    /// Whether the standard price stands in because no source prices the unit in the mode asked for.
    public let isStandardPrice: Bool
  }

  /// In the order of `BillableUnit`.
  public let quoted: [Quoted]
  /// Whether a sum of requests costs what its requests cost: no price is marginal.
  public let isLinear: Bool
  /// Whether what no source prices is free.
  public let isFree: Bool
  private let steps: [Step]

  private struct Step {
    let place: Int
    /// Places of the units that are part of this one and bill pieces of their own.
    let parts: [Int]
    /// Places of its parts that are billed with another unit that holds them too.
    let beside: [Int]
    /// 10⁻²⁴ dollars a piece; nil without a price.
    let price: Int128?
    /// Pieces of which a price buys 3600, not a million or one: seconds.
    let isHourly: Bool
    let tokens: Tokens
  }

  private static let request = BillableUnit.request.place

  /// Whose tokens a unit counts, as far as another model would count them differently.
  private enum Tokens { case ofPrompt, ofAnswer, none }

  /// - Parameters:
  ///   - prompt: prompt tokens of one request, which decide tiers.
  ///   - answer: its answer tokens, which count against tiers of prompt and answer.
  ///   - time: when it is served; nil leaves prices for some hours aside.
  public init(
    _ prices: PriceList, mode: PriceMode, isFree: Bool = false, prompt: Int64, answer: Int64 = 0,
    time: Timestamp? = nil
  ) {
    var quoted = prices.quotes(mode: mode, prompt: prompt, answer: answer, at: time).mapValues {
      Quoted(unit: $0.term.unit, quote: $0, isStandardPrice: false)
    }
    if mode != .standard {
      for (unit, quote) in prices.quotes(prompt: prompt, answer: answer, at: time) where quoted[unit] == nil {
        quoted[unit] = Quoted(unit: unit, quote: quote, isStandardPrice: true)
      }
    }
    self.quoted = BillableUnit.allCases.compactMap { quoted[$0] }
    isLinear = self.quoted.allSatisfy { $0.quote.term.tier?.semantics != .marginal }
    self.isFree = isFree
    let priced = Set(quoted.keys)
    let billing = BillableUnit.narrowFirst.filter { priced.contains($0) || $0.wider.isEmpty }
    steps = billing.map { unit in
      // What no source prices and is part of another is billed as that.
      let parts = unit.parts.filter(priced.contains).map(\.place)
      let isHourly = unit.piecesPerPrice == 3600
      let price = quoted[unit].map { quoted in
        quoted.quote.money.attodollars * (1_000_000 / (isHourly ? 1 : Int128(unit.piecesPerPrice)))
      }
      let tokens: Tokens =
        switch unit {
        case .input, .cacheRead, .cacheWrite, .cacheWriteHour: .ofPrompt
        case .output, .reasoning: .ofAnswer
        default: .none
        }
      return Step(
        place: unit.place, parts: parts, beside: unit.partsBilledBeside(priced: priced).map(\.place),
        price: price, isHourly: isHourly, tokens: tokens)
    }
  }

  /// What counts cost, and whether all of them have a price.
  public struct Cost: Hashable, Sendable {
    /// 10⁻²⁴ US dollars; of what has a price, where not all has.
    public var yoctodollars: Int128
    public var isKnown: Bool

    public init(yoctodollars: Int128, isKnown: Bool) {
      self.yoctodollars = yoctodollars
      self.isKnown = isKnown
    }

    public var dollars: ExactDecimal { ExactDecimal(reducing: yoctodollars, exponent: -24) }
  }

  /// How many times as many tokens another model would count: for its prompt and for its answer, in millionths.
  public struct Scale: Hashable, Sendable {
    public let prompt: Int64
    public let answer: Int64

    public static let one = Scale(prompt: 1_000_000, answer: 1_000_000)

    public init(prompt: Int64, answer: Int64) {
      self.prompt = prompt
      self.answer = answer
    }
  }

  /// Prices the sum of requests that meet these conditions.
  ///
  /// - Parameters:
  ///   - counts: pieces by the place of their unit in `BillableUnit.allCases`, nested as `BillableUnit.wider` says.
  ///   - scale: applied to the text tokens that each price bills; amounts are then rounded at 10⁻²⁴ dollars.
  /// - Returns: nil when an amount leaves 128 bits, or when parts count more than their whole.
  public func cost(of counts: UnsafeBufferPointer<Int64>, scale: Scale = .one) -> Cost? {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: counts.count) { own -> Cost? in
      own.initialize(repeating: 0)
      var total: Int128 = 0
      var isKnown = true
      for step in steps {
        var rest = counts[step.place]
        for part in step.parts { rest -= own[part] }
        for part in step.beside { rest -= counts[part] }
        guard rest >= 0 else { return nil }
        own[step.place] = rest
        guard rest > 0 else { continue }
        guard let price = step.price else {
          // A call as such costs only where a source prices calls.
          if step.place != Self.request { isKnown = isKnown && isFree }
          continue
        }
        let (product, overflow) = price.multipliedReportingOverflow(by: Int128(rest))
        guard !overflow, let amount = Self.scaled(product, step, scale) else { return nil }
        let (sum, carry) = total.addingReportingOverflow(amount)
        guard !carry else { return nil }
        total = sum
      }
      return Cost(yoctodollars: total, isKnown: isKnown)
    }
  }

  private static func scaled(_ amount: Int128, _ step: Step, _ scale: Scale) -> Int128? {
    var amount = amount
    if step.isHourly { amount = rounded(amount, by: 3600) }
    let factor: Int64
    switch step.tokens {
    case .ofPrompt: factor = scale.prompt
    case .ofAnswer: factor = scale.answer
    case .none: return amount
    }
    guard factor != 1_000_000 else { return amount }
    let (product, overflow) = amount.multipliedReportingOverflow(by: Int128(factor))
    return overflow ? nil : rounded(product, by: 1_000_000)
  }

  /// Half up, of an amount that is not below zero.
  private static func rounded(_ amount: Int128, by divisor: Int128) -> Int128 {
    (amount + divisor / 2) / divisor
  }
}

extension BillableUnit {
  /// The place of the unit in `allCases`.
  public var place: Int { Self.places[self, default: 0] }

  private static let places: [BillableUnit: Int] = {
    var places: [BillableUnit: Int] = [:]
    for (place, unit) in allCases.enumerated() { places[unit] = place }
    return places
  }()
}
