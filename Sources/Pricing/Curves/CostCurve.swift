import Facts

/// What a month costs through the cheapest route of a model while one thing about its traffic moves: straight pieces, each through
/// one route. Every corner is what the engine gives for the traffic there.
struct CostCurve {
  struct Point: Hashable {
    let place: Int64
    /// 10⁻²⁴ dollars, what is finer left out.
    let yoctodollars: Int128
  }

  /// One route over the traffic that moves.
  struct Line {
    let prices: RoutePrices
    let traffic: (Int64) -> Workload

    /// 10⁻²⁴ dollars; the most there is where something has no price.
    func value(_ place: Int64) -> Int128 { amount(place)?.yoctodollars ?? .max }

    func point(_ place: Int64) -> Point { Point(place: place, yoctodollars: value(place)) }

    func amount(_ place: Int64) -> (yoctodollars: Int128, hours: Int)? { prices.amount(of: traffic(place)) }
  }

  /// A stretch on which one route is the cheapest and its cost is straight.
  struct Piece {
    let first: Point
    let last: Point
    let line: Line
  }

  /// Where the strictly cheapest of several curves changes.
  struct Change: Hashable {
    /// The first place from which the second one is cheapest.
    let place: Int64
    let below: Int
    let above: Int
  }

  /// By ascending place; gaps where no route can carry the traffic.
  let pieces: [Piece]

  /// - Parameters:
  ///   - starts: ascending places, the last one above the end; between two of them no limit is passed and no tier met, and no
  ///     marginal price begins.
  ///   - traffic: at a place.
  init(_ card: RateCard, starts: [Int64], traffic: @escaping (Int64) -> Workload) {
    var pieces: [Piece] = []
    for (start, next) in zip(starts, starts.dropFirst()) {
      let end = next - 1
      let lines = card.routes.compactMap { own -> Line? in
        let prices = own.prices
        guard prices.carries(traffic(start)) else { return nil }
        let line = Line(prices: prices, traffic: traffic)
        return line.amount(start) == nil || line.amount(end) == nil ? nil : line
      }
      guard !lines.isEmpty else { continue }
      var cuts = Set([start, end])
      for line in lines where line.prices.hasHours { cuts.formUnion(Self.cuts(line, from: start, to: end)) }
      let sorted = cuts.sorted()
      if sorted.count == 1 {
        pieces += Self.pieces(lines, from: start, to: end)
      }
      for (low, high) in zip(sorted, sorted.dropFirst()) { pieces += Self.pieces(lines, from: low, to: high) }
    }
    self.pieces = pieces
  }

  /// Where the dearest or cheapest hours of a route become others.
  private static func cuts(_ line: Line, from low: Int64, to high: Int64) -> [Int64] {
    guard high - low > 1, let first = line.amount(low)?.hours, let last = line.amount(high)?.hours,
      first != last
    else { return [] }
    let place = firstPlace(from: low + 1, to: high) { line.amount($0)?.hours != first }
    return [place - 1, place] + cuts(line, from: place, to: high)
  }

  /// The least of the routes' lines between two places between which all of them are straight.
  private static func pieces(_ lines: [Line], from low: Int64, to high: Int64) -> [Piece] {
    guard let left = least(lines, at: low, then: high), let right = least(lines, at: high, then: low) else {
      return []
    }
    return pieces(lines, left, right, from: low, to: high)
  }

  /// The cheapest route at a place; of those that cost the same the one that is cheaper towards the other end.
  private static func least(_ lines: [Line], at place: Int64, then other: Int64) -> Line? {
    var best: (line: Line, value: Int128)?
    for line in lines {
      let value = line.value(place)
      if let known = best {
        if value > known.value { continue }
        if value == known.value, line.value(other) >= known.line.value(other) { continue }
      }
      best = (line, value)
    }
    return best?.line
  }

  /// Below two straight lines lies at most another line: look where they cross, and again on both sides.
  private static func pieces(
    _ lines: [Line], _ left: Line, _ right: Line, from low: Int64, to high: Int64
  ) -> [Piece] {
    if left.value(high) <= right.value(high) {
      return [Piece(first: left.point(low), last: left.point(high), line: left)]
    }
    let place = firstPlace(from: low, to: high) { right.value($0) < left.value($0) }
    if let middle = least(lines, at: place, then: high), middle.value(place) < right.value(place),
      place > low, place < high
    {
      return pieces(lines, left, middle, from: low, to: place)
        + pieces(lines, middle, right, from: place, to: high)
    }
    return [
      Piece(first: left.point(low), last: left.point(place - 1), line: left),
      Piece(first: right.point(place), last: right.point(high), line: right),
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
  func corners(around place: Int64) -> [Point] {
    var stretches: [[Point]] = []
    for piece in pieces {
      if let last = stretches.last?.last, piece.first.place <= last.place + 1 {
        stretches[stretches.count - 1] += [piece.first, piece.last]
      } else {
        stretches.append([piece.first, piece.last])
      }
    }
    func span(_ stretch: [Point]) -> Int64 { (stretch.last?.place ?? 0) - (stretch.first?.place ?? 0) }
    let around = stretches.first { $0[0].place <= place && place <= ($0.last?.place ?? -1) }
    let chosen = around ?? stretches.max { span($0) < span($1) } ?? []
    return chosen.enumerated().filter { $0.offset == 0 || chosen[$0.offset - 1].place < $0.element.place }
      .map(\.element)
  }

  // MARK: Where the cheapest curve changes

  static func changes(_ curves: [CostCurve]) -> [Change] {
    let places = Set(curves.flatMap { $0.pieces.flatMap { [$0.first.place, $0.last.place] } }).sorted()
    var changes: [Change] = []
    var leader: Int?
    func meet(_ next: Int?, at place: Int64) {
      // A tie or a gap decides nothing; what led before it stays the side to change from.
      guard let next else { return }
      if let leader, leader != next { changes.append(Change(place: place, below: leader, above: next)) }
      leader = next
    }
    func lines(from low: Int64, to high: Int64) -> [Line]? {
      let lines = curves.compactMap { curve in
        curve.pieces.filter { $0.first.place <= low && high <= $0.last.place }
          .min { $0.line.value(low) < $1.line.value(low) }?.line
      }
      return lines.count == curves.count ? lines : nil
    }
    // Each place at which a piece begins or ends by itself, and what lies between two: pieces may be one place long.
    for (index, place) in places.enumerated() {
      if let known = lines(from: place, to: place) {
        meet(Self.leader(known, at: place), at: place)
      } else {
        leader = nil
      }
      guard index + 1 < places.count, places[index + 1] - place > 1 else { continue }
      if let known = lines(from: place + 1, to: places[index + 1] - 1) {
        walk(known, from: place + 1, to: places[index + 1] - 1, meet)
      } else {
        // A stretch that some model cannot carry has no cheapest side.
        leader = nil
      }
    }
    return changes
  }

  /// Meets the strict leaders on a stretch on which every curve is straight, in order, each at its first place.
  private static func walk(
    _ lines: [Line], from low: Int64, to high: Int64, _ meet: (Int?, Int64) -> Void
  ) {
    meet(leader(lines, at: low), low)
    let last = leader(lines, at: high)
    var place = low
    while place < high {
      let now = leader(lines, at: place)
      guard now != last else { return }
      // The first place at which whoever leads now does so no longer: of straight lines each leads once, in one stretch.
      place = firstPlace(from: place + 1, to: high) { leader(lines, at: $0) != now }
      meet(leader(lines, at: place), place)
    }
  }

  /// The strictly cheapest; nil for a tie.
  private static func leader(_ lines: [Line], at place: Int64) -> Int? {
    let costs = lines.map { $0.value(place) }
    guard let least = costs.min() else { return nil }
    let first = costs.firstIndex(of: least)
    return first == costs.lastIndex(of: least) ? first : nil
  }
}

extension RoutePrices {
  /// What a month costs in 10⁻²⁴ dollars, what is finer left out, and the place of the hours at which it is billed; nil where
  /// something has no price.
  func amount(of workload: Workload) -> (yoctodollars: Int128, hours: Int)? {
    guard let (amount, hours) = exactAmount(of: workload) else { return nil }
    return (amount.whole / 9, hours)
  }
}
