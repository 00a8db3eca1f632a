import Cataloguing
import Facts

/// The prices and limits of one route, flattened once to price any traffic. A class, because a question hands thousands of them
/// from list to list.
public final class RoutePrices: Sendable {
  /// Limits in tokens; nil where no source states one.
  public let window: Int64?
  public let maxInput: Int64?
  public let maxOutput: Int64?
  let lines: PriceLines
  /// Whether what no source prices is free.
  private let isFree: Bool
  private let plain: Plain?

  /// - Parameter keepsEvidence: whether the lines that bill a month can be named; the numbers alone need less room.
  public init(_ route: Route, keepsEvidence: Bool = true) {
    window = route.contextWindow.value?.tokens
    maxInput = route.maxInput.value?.tokens
    maxOutput = route.maxOutput.value?.tokens
    lines = PriceLines(route.prices, keepsEvidence: keepsEvidence)
    isFree = route.kind.value == .free
    plain = Plain(lines)
  }

  /// Whether prices of the route depend on hours.
  public var hasHours: Bool { !lines.hours.isEmpty }

  // MARK: Limits

  /// The first stated limit that is too small for the average request; nil where it fits.
  public func limit(for workload: Workload) -> Exclusion? {
    let (prompt, answer) = (workload.inputPerRequest, workload.outputPerRequest)
    if let window, prompt + answer > window { return .window(TokenCount(window)) }
    if let maxInput, prompt > maxInput { return .prompt(TokenCount(maxInput)) }
    if let maxOutput, answer > maxOutput { return .answer(TokenCount(maxOutput)) }
    return nil
  }

  /// Whether the average request fits the limits that sources state.
  public func carries(_ workload: Workload) -> Bool {
    if workload.measure == .everything { return limit(for: workload) == nil }
    return limit(for: lines.measured(workload)) == nil
  }

  // MARK: Costs

  /// What a month costs, whether or not the route can carry it.
  public func month(of workload: Workload, claim: PriceClaim = .believed) -> MonthCost {
    if let amount = plain?.amount(of: workload, claim: claim) { return .known(amount.money) }
    return lines.cost(of: workload, isFree: isFree, claim: claim)
  }

  /// The exact amount, and the place of the hours at which it is billed; nil where something has no price.
  func exactAmount(of workload: Workload) -> (amount: WeightedAmount, hours: Int)? {
    if let amount = plain?.amount(of: workload, claim: .believed) { return (amount, 0) }
    let measured = lines.measured(workload)
    let (pieces, used) = measured.counts
    return pieces.withUnsafeBufferPointer { pieces in
      guard
        let month = MonthParts(
          lines, measured, pieces: pieces, used: used, isFree: isFree, claim: .believed),
        (month.unpriced | lines.lacking(measured)).isEmpty
      else { return nil }
      return (month.amount, month.chosenHours)
    }
  }

  /// Whether something that a month uses has a batch price.
  func pricesBatches(of workload: Workload) -> Bool {
    lines.lines.contains { $0.mode == .batch }
      && used(by: workload.batched(.all)).contains { $0.quote.term.mode == .batch }
  }

  /// What a month costs; nil when the route cannot carry it, when something has no price, or when the cost leaves what can be held
  /// exactly.
  public func cost(at workload: Workload) -> Money? {
    guard carries(workload) else { return nil }
    return month(of: workload).money
  }

  /// The least and the most that a month costs by the prices that anybody claims.
  func claimed(_ workload: Workload, believed: Money) -> ClosedRange<Money>? {
    guard lines.isDisputed else { return believed...believed }
    guard let least = month(of: workload, claim: .least).money,
      let most = month(of: workload, claim: .most).money
    else { return nil }
    return min(least, believed)...max(most, believed)
  }

  /// The lines that a month is billed by, each once, by unit; none where only numbers are kept.
  public func used(by workload: Workload) -> [UsedPrice] {
    guard !lines.quotes.isEmpty else { return [] }
    let measured = lines.measured(workload)
    let (pieces, used) = measured.counts
    return pieces.withUnsafeBufferPointer { pieces -> [UsedPrice] in
      guard
        let month = MonthParts(
          lines, measured, pieces: pieces, used: used, isFree: isFree, claim: .believed)
      else { return [] }
      var seen: Set<Int> = []
      var result: [(line: Int, price: UsedPrice)] = []
      for part in month.parts {
        guard let billed = try? part.settled.bill(pieces, requests: measured.requests) else { continue }
        for (stretch, place, _) in billed.lines where seen.insert(stretch.line).inserted {
          let price = UsedPrice(
            unit: BillableUnit.allCases[place], quote: lines.quotes[stretch.line], mode: part.mode)
          result.append((stretch.line, price))
        }
      }
      return result.sorted { ($0.price.unit.place, $0.line) < ($1.price.unit.place, $1.line) }.map(\.price)
    }
  }
}

extension RoutePrices {
  /// A line of the list, and the place of its hours among ``browserLines``'s; −1 for all hours.
  public struct BrowserLine: Sendable {
    public let quote: PriceList.Quote
    public let hours: Int
  }

  /// The lines of ordinary requests and of batches that hold without a condition, in the order in which they are billed, and their
  /// hours: what a browser needs to price as this does.
  public var browserLines: (lines: [BrowserLine], hours: [PriceHours]) {
    let lines = zip(self.lines.lines, self.lines.quotes).filter { line, _ in
      (line.mode == .standard || line.mode == .batch) && line.condition == nil
    }
    return (lines.map { BrowserLine(quote: $1, hours: $0.hours) }, self.lines.hours)
  }
}

/// A line of a price list that a month is billed by.
public struct UsedPrice: Sendable {
  public let unit: BillableUnit
  public let quote: PriceList.Quote
  /// How the requests are sent; the line may be that of the standard mode.
  public let mode: PriceMode
}

/// The commonest list: token prices for every request at all hours. A month of chat is then three products, and thousands are
/// priced in a millisecond; the arithmetic is that of ``SettledPrices``, whose cost a test holds equal.
private struct Plain: Sendable {
  private struct Prices {
    /// Ninths of 10⁻²⁴ dollars a token or request; nil without a price.
    var input: Int128?
    var output: Int128?
    var cacheRead: Int128?
    var request: Int128 = 0

    @inline(__always)
    func amount(_ workload: Workload) -> WeightedAmount? {
      let (prompt, answer) = (workload.inputTokens.tokens, workload.outputTokens.tokens)
      guard let input = input ?? (prompt == 0 ? 0 : nil), let output = output ?? (answer == 0 ? 0 : nil)
      else {
        return nil
      }
      let cached = workload.cachedTokens.tokens
      let (fresh, first) = input.multipliedReportingOverflow(by: Int128(prompt - cached))
      let (kept, second) = (cacheRead ?? input).multipliedReportingOverflow(by: Int128(cached))
      let (answers, third) = output.multipliedReportingOverflow(by: Int128(answer))
      let (calls, fourth) = request.multipliedReportingOverflow(by: Int128(workload.requests))
      guard !first, !second, !third, !fourth else { return nil }
      var amount = WeightedAmount(weight: 1)
      guard amount.add(fresh, weight: 1), amount.add(kept, weight: 1), amount.add(answers, weight: 1),
        amount.add(calls, weight: 1)
      else { return nil }
      return amount
    }
  }

  private var believed = Prices()
  private var least = Prices()
  private var most = Prices()

  /// nil for a list with tiers, hours or conditions among its standard token prices.
  init?(_ lines: PriceLines) {
    for line in lines.lines where line.mode == .standard {
      let unit = BillableUnit.allCases[line.place]
      guard [.input, .output, .cacheRead, .request].contains(unit) else { continue }
      guard line.limit < 0, line.hours < 0, line.condition == nil else { return nil }
      func set(_ prices: inout Prices, _ price: Int128) {
        switch unit {
        case .input: prices.input = price
        case .output: prices.output = price
        case .cacheRead: prices.cacheRead = price
        default: prices.request = price
        }
      }
      set(&believed, line.believed)
      set(&least, line.least)
      set(&most, line.most)
    }
  }

  /// nil for what only the whole engine prices: other units and modes, what has no price, what leaves what can be held.
  @inline(__always)
  func amount(of workload: Workload, claim: PriceClaim) -> WeightedAmount? {
    guard workload.others.isEmpty, workload.batchShare == .none, workload.measure == .everything else {
      return nil
    }
    switch claim {
    case .believed: return believed.amount(workload)
    case .least: return least.amount(workload)
    case .most: return most.amount(workload)
    }
  }
}
