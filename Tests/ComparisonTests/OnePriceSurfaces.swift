import Cataloguing
import Deciding
import Documents
import Facts
import Foundation
import Pricing
import PricingSupport
import Reports
import Testing

@testable import Pages

/// The law of one price outside the engine: every conclusion and every piece of data that prices a month says what the requests of
/// that month cost one by one. `PricingTests` holds the engine itself; `scripts/check_one_price.py` the built program.
@Suite struct OnePriceOnEverySurface {
  private static let batches = 10
  /// A thousand lists in `bin/test`, a hundred in a plain `swift test`.
  private static let pairsOfABatch =
    max(10, (Int(ProcessInfo.processInfo.environment["LLMREF_SCALE"] ?? "") ?? 100) / 2) / batches

  private let day = "2026-11-10"

  /// Pairs of chat models with one route each, and a month for each pair; parts of tokens are left out, because comparisons move the
  /// tokens that would hold them.
  private func drawn(_ seed: UInt64) -> [(pair: [DrawnModel], traffic: DrawnTraffic)] {
    var dice = Dice(9000 + seed)
    return (0..<Self.pairsOfABatch).map { number in
      let pair = [2 * number, 2 * number + 1].map { place in
        DrawnModel(ModelID("acme/" + DrawnModel.name(place)), [("acme", DrawnList(&dice))])
      }
      var traffic = DrawnTraffic(&dice, for: pair.flatMap(\.routes).map(\.list))
      traffic.others = [:]
      return (pair, traffic)
    }
  }

  @Test(arguments: 0..<batches)
  func eachSaysWhatTheMonthCosts(seed: Int) throws {
    let drawn = drawn(UInt64(seed))
    let asOf = try CalendarDate(parsing: day)
    let catalogue = try Catalogue(drawn: drawn.flatMap(\.pair))
    let shelf = Shelf(catalogue, asOf: asOf)
    var known = 0
    for (pair, month) in drawn {
      let workload = Workload(month)
      let traffic = Traffic(workload)
      let costs = pair.map { $0.cost(of: month, on: day) }
      known += costs.compactMap(\.self).count
      let texts = costs.map { $0?.text ?? "unknown" }
      let shortlist = Shortlist(
        ShortlistQuestion([.kind([.metered])], unknown: .keep, traffic: traffic),
        in: try shelf.shortlistIndex())
      let record = try #require(try DecisionRecord(pair.map(\.id), on: shelf, traffic: traffic))
      var sides: [RouteContest.Side] = []
      for (place, drawn) in pair.enumerated() {
        let model = try #require(try catalogue.model(drawn.id, asOf: asOf))
        let route = try #require(model.routes.first)
        guard route.servesOrdinaryRequest else { continue }
        #expect(Assessment(model, traffic: traffic, medians: [:]).estimate.cheapest?.cost == costs[place])
        let sheet = try #require(try shelf.sheet(drawn.id))
        #expect(sheet.assessment(at: traffic).estimate.cheapest?.cost == costs[place])
        let listed = (shortlist.ranked + shortlist.toAsk).filter { $0.candidate.model.id == drawn.id }
        #expect(listed.allSatisfy { $0.candidate.cost == costs[place] })
        #expect(
          !listed.isEmpty || costs[place] == nil,
          "\(drawn.id): \(shortlist.excluded.filter { $0.model.id == drawn.id }.map { "\($0.requirement) \($0.outcome)" }), \(route.kind.value?.rawValue ?? "no kind")"
        )
        let conclusion = try #require(record.conclusions.first { $0.key == "cost \(drawn.id)" })
        #expect(conclusion.outcome.split(separator: " ").first.map(String.init) == texts[place])
        let statement = CostStatement(
          try #require(Month(workload, at: route.prices)), mode: .standard, saysHours: true, adjustments: [],
          on: asOf,
          through: route, of: model, in: catalogue)
        #expect(text(statement.data, "total_usd") ?? "unknown" == texts[place])
        #expect(try lines(of: BrowserData.prices(sheet)) == expectedLines(drawn), "\(drawn.id)")
        sides.append(try #require(RouteContest.Side(FoundRoute(route: route, model: model))))
      }
      guard sides.count == 2 else { continue }
      let contest = RouteContest(sides, workload: workload).data
      #expect(items(contest, "routes").map { text($0, "cost_usd") ?? "unknown" } == texts)
      if let difference = member(contest, "margin").flatMap({ text($0, "difference_usd") }) {
        let both = costs.compactMap(\.self).sorted()
        #expect(difference == (both[1] - both[0]).text)
      } else {
        #expect(costs.contains(nil) || costs[0] == costs[1])
      }
    }
    #expect(known > 0)
  }

  // MARK: Data for the browser

  /// Unit, mode, limit, kind and price of each line without hours and without a condition, as the script gets it.
  private func expectedLines(_ model: DrawnModel) -> Set<String> {
    let lines = model.routes.flatMap { $0.list.lines(on: day) }.filter {
      $0.term.condition == nil && $0.term.hours == nil && [.standard, .batch].contains($0.term.mode)
    }
    return Set(
      lines.map { line in
        let tier = line.term.tier
        let kind = (tier?.semantics == .marginal ? 1 : 0) + (tier?.counting == .promptAndAnswer ? 2 : 0)
        return
          "\(line.term.unit) \(line.term.mode == .batch ? 1 : 0) \(tier?.limit.tokens ?? -1) \(kind) \(line.money.text)"
      })
  }

  private func lines(of data: DataValue) throws -> Set<String> {
    var lines: Set<String> = []
    for route in items(data, "routes") {
      for case .array(let line) in items(route, "lines") where integer(line[4]) == -1 {
        let unit = BillableUnit.allCases[integer(line[0])]
        lines.insert("\(unit) \(integer(line[1])) \(integer(line[2])) \(integer(line[3])) \(words(line[5]))")
      }
    }
    return lines
  }

  private func member(_ value: DataValue, _ key: String) -> DataValue? {
    value[key]
  }

  private func items(_ value: DataValue, _ key: String) -> [DataValue] {
    member(value, key)?.array ?? []
  }

  private func text(_ value: DataValue, _ key: String) -> String? { member(value, key).map(words) }

  private func words(_ value: DataValue) -> String {
    value.string ?? ""
  }

  private func integer(_ value: DataValue) -> Int {
    value.integer.map(Int.init) ?? .min
  }
}
