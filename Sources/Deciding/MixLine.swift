import Facts

/// The cheapest cost of one model over the mix of its traffic: straight pieces, each through one route.
enum MixLine {
  /// A stretch of output tokens on which one route is the cheapest and no tier changes.
  struct Piece {
    let first: CostMix.Point
    let last: CostMix.Point
    let route: Pricer
  }

  /// One route between two tiers: a straight line.
  struct Pricer {
    let input: Int128
    let output: Int128
    let cache: Int128
    let ground: MixGround

    /// nil when the route cannot carry the traffic with so much output.
    init?(_ rates: TokenRates, at output: Int64, on ground: MixGround) {
      let prompt = ground.prompt(output)
      guard let own = TokenRates.rate(rates.input, promptTokens: prompt),
        let answer = TokenRates.rate(rates.output, promptTokens: prompt),
        rates.window.map({ ground.whole <= $0 }) ?? true, rates.maxInput.map({ prompt <= $0 }) ?? true,
        rates.maxOutput.map({ ground.answer(output) <= $0 }) ?? true
      else { return nil }
      input = own.price.attodollars
      self.output = answer.price.attodollars
      cache =
        TokenRates.rate(rates.cacheRead, promptTokens: prompt)?.price.attodollars ?? own.price.attodollars
      self.ground = ground
      // Both ends within what can be held exactly, so everything between is too.
      guard
        [input, self.output, cache].allSatisfy({
          !$0.multipliedReportingOverflow(by: Int128(ground.total) * 2).overflow
        })
      else { return nil }
    }

    func scaled(_ output: Int64) -> Int128 {
      let tokens = ground.total - output
      let cached = ground.cached(of: tokens)
      return input * Int128(tokens - cached) + cache * Int128(cached) + self.output * Int128(output)
    }

    func point(_ output: Int64) -> CostMix.Point { CostMix.Point(output: output, scaled: scaled(output)) }
  }

  /// The least of the routes' lines between two places at which no tier or limit changes.
  static func pieces(of card: RateCard, from low: Int64, to high: Int64, on ground: MixGround) -> [Piece] {
    let routes = card.rates.compactMap { Pricer($0, at: low, on: ground) }
    guard let left = least(routes, at: low, then: high), let right = least(routes, at: high, then: low) else {
      return []
    }
    return pieces(routes, left, right, from: low, to: high)
  }

  /// The cheapest route at a place; of those that cost the same the one that is cheaper towards the other end.
  private static func least(_ routes: [Pricer], at place: Int64, then other: Int64) -> Pricer? {
    routes.min { ($0.scaled(place), $0.scaled(other)) < ($1.scaled(place), $1.scaled(other)) }
  }

  /// Below two straight lines lies at most another line: look where they cross, and again on both sides.
  private static func pieces(
    _ routes: [Pricer], _ left: Pricer, _ right: Pricer, from low: Int64, to high: Int64
  ) -> [Piece] {
    if left.scaled(high) <= right.scaled(high) || high - low < 2 {
      return [Piece(first: left.point(low), last: left.point(high), route: left)]
    }
    let place = firstPlace(from: low, to: high) { right.scaled($0) < left.scaled($0) }
    if let middle = least(routes, at: place, then: high), middle.scaled(place) < right.scaled(place),
      place > low, place < high
    {
      return pieces(routes, left, middle, from: low, to: place)
        + pieces(routes, middle, right, from: place, to: high)
    }
    return [
      Piece(first: left.point(low), last: left.point(place), route: left),
      Piece(first: right.point(place), last: right.point(high), route: right),
    ]
  }

  /// The first place at which something holds that holds at the high end and, once it holds, goes on.
  private static func firstPlace(from low: Int64, to high: Int64, _ holds: (Int64) -> Bool) -> Int64 {
    var (low, high) = (low, high)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return high
  }

  /// The corners of the pieces that hang together around a place; the longest such stretch when none is there.
  static func corners(_ pieces: [Piece], around place: Int64) -> [CostMix.Point] {
    var stretches: [[CostMix.Point]] = []
    for piece in pieces {
      if let last = stretches.last?.last, piece.first.output <= last.output + 1 {
        stretches[stretches.count - 1] += [piece.first, piece.last]
      } else {
        stretches.append([piece.first, piece.last])
      }
    }
    func span(_ stretch: [CostMix.Point]) -> Int64 {
      (stretch.last?.output ?? 0) - (stretch.first?.output ?? 0)
    }
    let around = stretches.first { $0[0].output <= place && place <= ($0.last?.output ?? -1) }
    let chosen = around ?? stretches.max { span($0) < span($1) } ?? []
    return chosen.enumerated().filter { $0.offset == 0 || chosen[$0.offset - 1].output < $0.element.output }
      .map(\.element)
  }

  // MARK: Where the cheapest model changes

  static func changes(_ lines: [[Piece]]) -> [CostMix.BreakEven] {
    let places = Set(lines.flatMap { $0.flatMap { [$0.first.output, $0.last.output] } }).sorted()
    var changes: [CostMix.BreakEven] = []
    var leader: Int?
    func meet(_ next: Int?, at place: Int64) {
      // A tie or a gap decides nothing; what led before it stays the side to change from.
      guard let next else { return }
      if let leader, leader != next {
        changes.append(.init(output: place, below: leader, above: next))
      }
      leader = next
    }
    for (low, high) in zip(places, places.dropFirst()) {
      let routes = lines.map { line in
        line.first { $0.first.output <= low && high <= $0.last.output }?.route
      }
      let known = routes.compactMap(\.self)
      guard known.count == routes.count else {
        // Between two tiers lies no place; a stretch that some model cannot carry has no cheapest side.
        if high > low + 1 { leader = nil }
        continue
      }
      walk(known, from: low, to: high, meet)
    }
    return changes
  }

  /// Meets the strict leaders on a stretch on which every model's line is straight, in order, each at its first place.
  private static func walk(
    _ routes: [Pricer], from low: Int64, to high: Int64, _ meet: (Int?, Int64) -> Void
  ) {
    meet(leader(routes, at: low), low)
    let last = leader(routes, at: high)
    var place = low
    while place < high {
      let now = leader(routes, at: place)
      guard now != last else { return }
      // The first place at which whoever leads now does so no longer: of straight lines each leads once, in one stretch.
      place = firstPlace(from: place + 1, to: high) { leader(routes, at: $0) != now }
      meet(leader(routes, at: place), place)
    }
  }

  /// The strictly cheapest; nil for a tie.
  private static func leader(_ routes: [Pricer], at place: Int64) -> Int? {
    let costs = routes.map { $0.scaled(place) }
    guard let least = costs.min() else { return nil }
    let first = costs.firstIndex(of: least)
    return first == costs.lastIndex(of: least) ? first : nil
  }
}
