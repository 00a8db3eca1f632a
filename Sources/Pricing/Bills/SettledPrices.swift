import Cataloguing
import Facts

/// A price list with its conditions settled: what each unit costs for requests of one size, served one way at some hours.
///
/// The only arithmetic of money: a bill, a month, a log and a curve are sums of what it bills. A marginal price bills of a unit's
/// own pieces those beyond its limit, once for each request; so a sum of requests costs exactly what the average request costs
/// that often. ``isLinear`` tells whether it also costs what the requests cost one by one.
public struct SettledPrices: Sendable {
  /// One price in force, with what gave it.
  public struct Quoted: Sendable {
    public let unit: BillableUnit
    public let quote: PriceList.Quote
    /// Whether the standard price stands in because no source prices the unit in the mode asked for.
    public let isStandardPrice: Bool
  }

  /// Whether a sum of requests costs what its requests cost: no price is marginal.
  public let isLinear: Bool
  /// Whether what no source prices is free.
  public let isFree: Bool
  let lines: PriceLines
  /// The narrowest units first.
  private let steps: [Step]
  /// Units without a price that are part of others.
  private let parts: UnitMask

  private struct Step {
    let place: Int
    /// Units that are part of this one and bill pieces of their own.
    let parts: UnitMask
    /// Its parts that are billed with another unit that holds them too.
    let beside: UnitMask
    /// The price of the pieces beyond all limits; nil without a price.
    let top: Stretch?
    /// Those of the pieces up to a limit, by ascending limit.
    let lower: [Stretch]
    let tokens: Tokens
  }

  /// Pieces at one price.
  struct Stretch {
    /// Pieces of each request up to this one.
    let upTo: Int64
    /// Ninths of 10⁻²⁴ dollars a piece.
    let price: Int128
    /// The line of the list.
    let line: Int
    let isStandardPrice: Bool
  }

  /// Whose tokens a unit counts, as far as another model would count them differently.
  private enum Tokens { case ofPrompt, ofAnswer, none }

  /// - Parameters:
  ///   - prompt: prompt tokens of one request, which decide tiers.
  ///   - answer: its answer tokens, which count against tiers of prompt and answer.
  ///   - time: when it is served; nil leaves prices for some hours aside.
  ///   - conditions: those that the requests meet.
  public init(
    _ prices: PriceList, mode: PriceMode, isFree: Bool = false, prompt: Int64, answer: Int64 = 0,
    time: Timestamp? = nil, conditions: Set<PriceCondition> = []
  ) {
    let lines = PriceLines(prices)
    self.init(
      lines,
      PriceSetting(
        mode: mode, size: RequestSize(prompt: prompt, answer: answer),
        holding: time.map { time in lines.hours.map { $0.contains(time) } } ?? [], conditions: conditions),
      isFree: isFree)
  }

  /// - Parameter units: those that may be used; all others are left aside.
  init(
    _ lines: PriceLines, _ setting: PriceSetting, isFree: Bool, units: UnitMask = .all,
    claim: PriceClaim = .believed
  ) {
    self.lines = lines
    self.isFree = isFree
    var units = units
    units.forEach { units = units | UnitTree.widerMasks[$0] }
    var priced = UnitMask()
    var found: [(place: Int, stretches: [Stretch])] = []
    var isLinear = true
    for place in UnitTree.narrowFirst where units.contains(place) {
      let stretches = Self.stretches(place, lines, setting, claim)
      if !stretches.isEmpty {
        priced.insert(place)
        isLinear = isLinear && stretches.count == 1
      } else if lines.contradicted.contains(place) {
        priced.insert(place)
      } else if !UnitTree.whole.contains(place) {
        continue
      }
      found.append((place, stretches))
    }
    self.isLinear = isLinear
    steps = found.map { place, stretches in
      Step(
        place: place, parts: UnitTree.parts[place] & priced,
        beside: UnitTree.parts[place].isEmpty
          ? UnitMask() : UnitTree.partsBilledBeside(place, priced: priced),
        top: stretches.last, lower: stretches.count > 1 ? stretches.dropLast() : [],
        tokens: Self.tokens[place])
    }
    parts = units.subtracting(UnitTree.whole).subtracting(priced)
  }

  private static let tokens: [Tokens] = BillableUnit.allCases.map { unit in
    switch unit {
    case .input, .cacheRead, .cacheWrite, .cacheWriteHour: .ofPrompt
    case .output, .reasoning: .ofAnswer
    default: .none
    }
  }

  /// The prices of a unit by ascending limit, the last for all pieces beyond; empty without a price.
  ///
  /// A unit without a price in the mode has the standard one. So have the pieces below a marginal price of the mode where the
  /// mode states none for them; where nothing does, the marginal price is no price of the unit.
  private static func stretches(
    _ place: Int, _ lines: PriceLines, _ setting: PriceSetting, _ claim: PriceClaim
  ) -> [Stretch] {
    let own = stretches(place, setting.mode, below: .max, lines, setting, claim)
    if !own.isEmpty || setting.mode == .standard { return own }
    return stretches(place, .standard, below: .max, lines, setting, claim)
  }

  private static func stretches(
    _ place: Int, _ mode: PriceMode, below: Int64, _ lines: PriceLines, _ setting: PriceSetting,
    _ claim: PriceClaim
  ) -> [Stretch] {
    guard let number = lines.line(place, mode, setting, below: below) else { return [] }
    let line = lines.lines[number]
    let top = Stretch(
      upTo: .max, price: line.price(claim), line: number,
      isStandardPrice: mode == .standard && setting.mode != .standard)
    guard line.isMarginal else { return [top] }
    var lower = stretches(place, mode, below: line.limit, lines, setting, claim)
    if lower.isEmpty, mode != .standard {
      lower = stretches(place, .standard, below: .max, lines, setting, claim)
    }
    guard !lower.isEmpty else { return [] }
    var result: [Stretch] = []
    for stretch in lower where result.last.map({ $0.upTo < line.limit }) ?? true {
      result.append(
        Stretch(
          upTo: min(stretch.upTo, line.limit), price: stretch.price, line: stretch.line,
          isStandardPrice: stretch.isStandardPrice))
    }
    return result + [top]
  }

  /// The price of each unit beyond all limits, in the order of `BillableUnit`.
  public var quoted: [Quoted] {
    steps.compactMap { step in
      step.top.map { top in
        Quoted(
          unit: BillableUnit.allCases[step.place], quote: lines.quotes[top.line],
          isStandardPrice: top.isStandardPrice)
      }
    }.sorted { $0.unit.place < $1.unit.place }
  }

  /// Units that have a price.
  var priced: UnitMask {
    var mask = UnitMask()
    for step in steps where step.top != nil { mask.insert(step.place) }
    return mask
  }

  // MARK: What counts cost

  /// Why counts have no cost.
  enum Fault: Error {
    /// An amount leaves 128 bits.
    case tooLarge
    /// Parts of the unit count more than it.
    case contradiction(Int)
  }

  /// Walks over everything that is billed: `bill` gets each stretch of pieces, `unpriced` what has no price.
  @inline(__always)
  private func walk(
    _ counts: UnsafeBufferPointer<Int64>, requests: Int64,
    bill: (Step, Stretch, Int64) -> Bool, unpriced: (Int, Int64) -> Void
  ) -> Fault? {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: counts.count) { own -> Fault? in
      own.initialize(repeating: 0)
      for step in steps {
        var rest = counts[step.place]
        step.parts.forEach { rest -= own[$0] }
        step.beside.forEach { rest -= counts[$0] }
        guard rest >= 0 else { return .contradiction(step.place) }
        own[step.place] = rest
        guard rest > 0 else { continue }
        guard let top = step.top else {
          unpriced(step.place, rest)
          continue
        }
        var done: Int64 = 0
        for stretch in step.lower {
          let end = Int64(clamping: min(Int128(rest), Int128(stretch.upTo) * Int128(requests)))
          guard end > done else { continue }
          guard bill(step, stretch, end - done) else { return .tooLarge }
          done = end
        }
        if rest > done {
          guard bill(step, top, rest - done) else { return .tooLarge }
        }
      }
      // What nothing prices and what lies in nothing that was counted stands alone.
      parts.forEach { place in
        guard counts[place] > 0 else { return }
        let isHeld = steps.contains { UnitTree.widerMasks[place].contains($0.place) && counts[$0.place] > 0 }
        if !isHeld { unpriced(place, counts[place]) }
      }
      return nil
    }
  }

  /// Ninths of 10⁻²⁴ dollars that counts of so many requests cost, and the units that were used and have no price.
  func ninths(
    of counts: UnsafeBufferPointer<Int64>, requests: Int64
  ) -> (amount: Int128, unpriced: UnitMask)? {
    var total: Int128 = 0
    var missing = UnitMask()
    let fault = walk(counts, requests: requests) { _, stretch, pieces in
      let (product, overflow) = stretch.price.multipliedReportingOverflow(by: Int128(pieces))
      let (sum, carry) = total.addingReportingOverflow(product)
      total = sum
      return !overflow && !carry
    } unpriced: { place, _ in
      missing.insert(place)
    }
    guard fault == nil else { return nil }
    return (total, isFree ? UnitMask() : missing.subtracting(Self.free))
  }

  /// A call as such costs only where a source prices calls.
  static let free = UnitMask([BillableUnit.request])

  /// Each stretch of pieces, by unit in the order of `BillableUnit`, and what has no price.
  func bill(
    _ counts: UnsafeBufferPointer<Int64>, requests: Int64
  ) throws(Fault) -> (lines: [(stretch: Stretch, place: Int, pieces: Int64)], unpriced: [(Int, Int64)]) {
    var billed: [(stretch: Stretch, place: Int, pieces: Int64)] = []
    var missing: [(Int, Int64)] = []
    let fault = walk(counts, requests: requests) { step, stretch, pieces in
      billed.append((stretch, step.place, pieces))
      return true
    } unpriced: { place, pieces in
      if !Self.free.contains(place) { missing.append((place, pieces)) }
    }
    if let fault { throw fault }
    // The stretches of a unit stay in their order.
    let order = billed.indices.sorted { (billed[$0].place, $0) < (billed[$1].place, $1) }
    return (order.map { billed[$0] }, isFree ? [] : missing.sorted { $0.0 < $1.0 })
  }

  // MARK: Sums of rows

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

  /// Prices the sum of requests that meet these conditions, in 10⁻²⁴ dollars; only seconds of sound can need a finer amount and
  /// are rounded there.
  ///
  /// - Parameters:
  ///   - counts: pieces by the place of their unit in `BillableUnit.allCases`, nested as `BillableUnit.wider` says.
  ///   - requests: how many they are; marginal prices bill the pieces of each up to their limit.
  ///   - scale: applied to the text tokens that each price bills; amounts are then rounded at 10⁻²⁴ dollars.
  /// - Returns: nil when an amount leaves 128 bits, or when parts count more than their whole.
  public func cost(
    of counts: UnsafeBufferPointer<Int64>, requests: Int64 = 1, scale: Scale = .one
  ) -> Cost? {
    var total: Int128 = 0
    var isKnown = true
    let fault = walk(counts, requests: requests) { step, stretch, pieces in
      let (product, overflow) = stretch.price.multipliedReportingOverflow(by: Int128(pieces))
      guard !overflow, let amount = Self.scaled(Self.rounded(product, by: 9), step.tokens, scale) else {
        return false
      }
      let (sum, carry) = total.addingReportingOverflow(amount)
      total = sum
      return !carry
    } unpriced: { place, _ in
      if !Self.free.contains(place) { isKnown = isKnown && isFree }
    }
    return fault == nil ? Cost(yoctodollars: total, isKnown: isKnown) : nil
  }

  private static func scaled(_ amount: Int128, _ tokens: Tokens, _ scale: Scale) -> Int128? {
    let factor: Int64
    switch tokens {
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
