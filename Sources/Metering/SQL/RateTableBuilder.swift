import Cataloguing
import Facts
import Pricing

/// Flattens routes into a ``RateTable``. Each row is read off a bill, so that table and bill cannot disagree.
public struct RateTableBuilder {
  private let units: [BillableUnit]
  private let ignoresCase: Bool
  private var names: [RateTable.Name] = []
  private var rates: [RateTable.Rate] = []
  private var sets: [[Flat]: Int] = [:]
  private var setsOfRoutes: [String: [PriceMode: Int]] = [:]
  private var seen: Set<[String]> = []

  private struct Flat: Hashable {
    var conditions: RateTable.Conditions
    let prices: RateTable.Prices
  }

  /// - Parameters:
  ///   - units: what the log counts.
  ///   - ignoresCase: whether a log's capitals do not count; for a table that is made without asking the log.
  public init(units: [BillableUnit], ignoresCase: Bool = false) {
    self.ignoresCase = ignoresCase
    let wanted = Set(units)
    self.units = BillableUnit.allCases.filter(wanted.contains)
  }

  /// What a name means from a day on, counted from 1970-01-01; a nil route is none.
  public typealias Meaning = (fromDay: Int, route: RouteRates?)

  /// Bills what the log calls so through a route at all times. The first meaning of a name stays.
  public mutating func add(provider: String, model: String, _ route: RouteRates) {
    add(provider: provider, model: model, [(fromDay: 0, route: route)])
  }

  /// - Parameter meanings: oldest first; the first also holds before its day.
  public mutating func add(provider: String, model: String, _ meanings: [Meaning]) {
    func spelled(_ name: String) -> String { ignoresCase ? name.asciiLowercased : name }
    guard meanings.contains(where: { $0.route != nil }),
      seen.insert([spelled(provider), spelled(model)]).inserted
    else { return }
    for (place, meaning) in meanings.enumerated() {
      let isLast = place == meanings.count - 1
      names.append(
        RateTable.Name(
          provider: spelled(provider), model: spelled(model),
          from: place == 0 ? RateTable.earliest : Int64(meaning.fromDay) * 86_400,
          until: isLast ? RateTable.latest : Int64(meanings[place + 1].fromDay) * 86_400,
          route: meaning.route?.id, sets: meaning.route.map { sets(of: $0) } ?? [:]))
    }
  }

  private mutating func sets(of route: RouteRates) -> [PriceMode: Int] {
    if let known = setsOfRoutes[route.id] { return known }
    var own: [PriceMode: Int] = [:]
    let standard = number(of: flatten(route, .standard))
    for mode in PriceMode.allCases {
      own[mode] = route.prices(mode) ? number(of: flatten(route, mode)) : standard
    }
    setsOfRoutes[route.id] = own
    return own
  }

  public func table() -> RateTable {
    RateTable(
      units: units, names: names, rates: rates, moneyDigits: RateTable.rawDigits, countsNinths: true,
      ignoresCase: ignoresCase
    ).reduced()
  }

  /// Sets are numbered from 1; equal ones share a number.
  private mutating func number(of flat: [Flat]) -> Int {
    if let known = sets[flat] { return known }
    let number = sets.count + 1
    sets[flat] = number
    rates += flat.map { RateTable.Rate(set: number, conditions: $0.conditions, prices: $0.prices) }
    return number
  }

  // MARK: Flattening

  private func flatten(_ route: RouteRates, _ mode: PriceMode) -> [Flat] {
    var result: [Flat] = []
    var last: [Flat] = []
    // What a day's price is known by does not matter here.
    var periods: [RouteRates.Period] = []
    for period in route.periods where periods.last?.prices.terms != period.prices.terms {
      periods.append(period)
    }
    for (place, period) in periods.enumerated() {
      let from = period.from.map { Timestamp(startOf: $0).seconds } ?? RateTable.earliest
      let isLast = place == periods.count - 1
      let next = isLast ? nil : periods[place + 1].from.map { Timestamp(startOf: $0).seconds }
      let until = next ?? RateTable.latest
      guard from < until else { continue }
      let own = flatten(period.prices, mode, isFree: route.isFree, from: from, until: until)
      if let extended = Self.extend(last, by: own, until: until) {
        last = extended
      } else {
        result += last
        last = own
      }
    }
    return result + last
  }

  /// A period with the prices of the one before is the same period, where neither is cut by holidays.
  private static func extend(_ last: [Flat], by own: [Flat], until: Int64) -> [Flat]? {
    guard let first = last.first?.conditions, let second = own.first?.conditions, last.count == own.count,
      last.allSatisfy({ $0.conditions.from == first.from && $0.conditions.until == first.until }),
      own.allSatisfy({ $0.conditions.from == second.from && $0.conditions.until == second.until })
    else { return nil }
    func at(_ time: RateTable.Conditions, _ flats: [Flat]) -> [Flat] {
      flats.map { flat in
        var flat = flat
        (flat.conditions.from, flat.conditions.until) = (time.from, time.until)
        return flat
      }
    }
    guard at(first, own) == last else { return nil }
    var whole = first
    whole.until = until
    return at(whole, last)
  }

  private func flatten(_ prices: PriceList, _ mode: PriceMode, isFree: Bool, from: Int64, until: Int64)
    -> [Flat]
  {
    let terms = prices.terms.filter { term, money in
      if case .known = money { return term.mode == mode || term.mode == .standard }
      return false
    }.keys
    let hours = Set(terms.compactMap(\.hours)).sorted { $0.text < $1.text }
    func limits(_ counting: TierCounting) -> [Int64] {
      Set(terms.compactMap(\.tier).filter { $0.counting == counting }.map(\.limit.tokens)).sorted()
    }
    let most = (limits(.prompt) + limits(.promptAndAnswer)).max() ?? 0
    var result: [Flat] = []
    for span in HourSpans.all(of: hours, from: from, until: until) {
      for prompt in Self.steps(limits(.prompt)) {
        for total in Self.steps(limits(.promptAndAnswer)) {
          let size = max(prompt.above + 1, 0)
          guard size <= total.upTo else { continue }
          let answer = max(total.above + 1 - size, 0)
          let priced = self.prices(
            prices, mode, isFree: isFree, size: (size, answer), time: span.time, beyond: most)
          var conditions = span.conditions
          (conditions.promptAbove, conditions.promptUpTo) = (prompt.above, prompt.upTo)
          (conditions.totalAbove, conditions.totalUpTo) = (total.above, total.upTo)
          result.append(Flat(conditions: conditions, prices: priced))
        }
      }
    }
    return result
  }

  private static func steps(_ limits: [Int64]) -> [(above: Int64, upTo: Int64)] {
    zip([-1] + limits, limits + [RateTable.mostTokens]).map { ($0, $1) }
  }

  /// What one piece of each unit costs, read off a bill of a request that uses all units, each beyond every limit.
  private func prices(
    _ list: PriceList, _ mode: PriceMode, isFree: Bool, size: (prompt: Int64, answer: Int64), time: Timestamp,
    beyond most: Int64
  ) -> RateTable.Prices {
    var result = RateTable.Prices()
    let pieces = most + 1
    var counts: [BillableUnit: Int64] = [:]
    for unit in units {
      for whole in [unit] + unit.wider { counts[whole, default: 0] += pieces }
    }
    // Prompt tokens that have no part in anything, enough for parts that count twice.
    if counts[.input] != nil { counts[.input, default: 0] += 8 * pieces }
    guard let usage = try? Usage(counts),
      let bill = try? Bill(
        usage, at: list, mode: mode, isFree: isFree, requests: 1,
        size: RequestSize(prompt: size.prompt, answer: size.answer), time: time)
    else { return result }
    let lines = Dictionary(grouping: bill.lines, by: \.unit)
    for unit in units {
      // A unit whose own price contradicts the list is not billed as what it is part of.
      let holders = list.contradicted.contains(unit) ? [unit] : [unit] + unit.wider
      let billed = holders.first { lines[$0] != nil }
      if let billed, let price = lines[billed]?.last?.price {
        result.perPiece[unit] = RateTable.rawPrice(price.money, of: billed)
        result.billedAs[unit] = billed
      } else if unit == .request || isFree {
        // A call as such costs only where a source prices calls.
        result.perPiece[unit] = 0
      }
    }
    for (unit, parts) in lines {
      var limit: Int64 = 0
      for (part, next) in zip(parts, parts.dropFirst()) {
        limit += part.quantity
        let difference = RateTable.rawPrice(next.price.money - part.price.money, of: unit)
        result.rebates[unit, default: []].append(RateTable.Rebate(upTo: limit, perPiece: difference))
      }
    }
    return result
  }
}

extension String {
  /// Letters outside ASCII stay, because engines disagree on them.
  fileprivate var asciiLowercased: String {
    String(
      decoding: utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 },
      as: UTF8.self)
  }
}

extension RouteRates {
  /// Whether any period has a price in the mode.
  fileprivate func prices(_ mode: PriceMode) -> Bool {
    mode != .standard
      && periods.contains { period in
        period.prices.terms.contains { term, money in
          if case .known = money { return term.mode == mode }
          return false
        }
      }
  }
}
