import Cataloguing
import Facts
import Pricing

/// What all usage of a model costs on each of its routes.
struct CheapestSums {
  private struct Sum {
    var rows: Int64 = 0
    var own: Int128 = 0
    /// By route; nil once something had no price there.
    var routes: [String: Int128?] = [:]
  }

  private var sums: [ModelID: Sum] = [:]

  mutating func add(_ prices: PricesInForce, _ amounts: Amounts, _ costs: [SettledPrices.Cost?]) {
    guard !costs.isEmpty else { return }
    var sum = sums[prices.own.rates.model] ?? Sum()
    let isFirst = sum.routes.isEmpty
    sum.rows += amounts.rows
    sum.own &+= amounts.cost
    for (sibling, cost) in zip(prices.siblings, costs) {
      let route = sibling.rates.id
      // A free route is no place for paid traffic: it has limits that no price tells.
      guard !sibling.rates.isFree, let cost, cost.isKnown else {
        sum.routes[route] = .some(nil)
        continue
      }
      if isFirst {
        sum.routes[route] = .some(cost.yoctodollars)
      } else if case .some(.some(let known)) = sum.routes[route] {
        sum.routes[route] = .some(known &+ cost.yoctodollars)
      }
    }
    sums[prices.own.rates.model] = sum
  }

  /// Adds other sums. All sums of a model know the same routes.
  mutating func adopt(_ other: CheapestSums) {
    for (model, more) in other.sums {
      guard var sum = sums[model] else {
        sums[model] = more
        continue
      }
      sum.rows += more.rows
      sum.own &+= more.own
      sum.routes.merge(more.routes) { left, right in
        guard let left, let right else { return nil }
        return left &+ right
      }
      sums[model] = sum
    }
  }

  /// By model.
  var all: [Repricing.Cheapest] {
    sums.sorted { $0.key < $1.key }.map { model, sum in
      let priced = sum.routes.compactMap { route, cost in cost.map { (route: route, cost: $0) } }
      let best = priced.min { ($0.cost, $0.route) < ($1.cost, $1.route) }
      return Repricing.Cheapest(
        model: model, rows: sum.rows, own: ExactDecimal(reducing: sum.own, exponent: -24),
        best: best.map { ($0.route, ExactDecimal(reducing: $0.cost, exponent: -24)) })
    }
  }
}
