import Cataloguing
import Deciding
import Documents
import Facts
import Foundation
import Pages
import Pricing
import Rendering
import Statistics
import Testing

@Suite struct LawsAtScale {
  /// `bin/test` walks a thousand; a plain `swift test` a tenth.
  private static let walked = Int(ProcessInfo.processInfo.environment["LLMREF_SCALE"] ?? "") ?? 100

  /// Half are pairs that two independent sources know, three tenths any pair, a fifth three to five models.
  @Test func everyComparisonKeepsTheLaws() async throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    let day = try #require(catalogue.date)
    let summaries = try catalogue.summaries()
    let known = try summaries.filter { summary in
      guard let contents = try catalogue.contents(of: summary.id) else { return false }
      return contents.independentSources(catalogue.frame) >= 2
    }
    #expect(known.count > 800)
    var generator = RandomNumbers(seed: 20_261_123)
    var draws: [[ModelID]] = []
    for number in 0..<Self.walked {
      let pool = number % 10 < 5 ? known : summaries
      let count = number % 10 < 8 ? 2 : 3 + number / 10 % 3
      draws.append(Array(pool.shuffled(using: &generator).prefix(count).map(\.id)))
    }
    // Chance seldom draws two models that cost the same, or whose order depends on whom one believes: one such pair
    // each for certain.
    if let pair = try Self.tiedPair(among: known, in: catalogue, day: day) { draws.append(pair) }
    if let pair = try Self.contestedPair(among: known, in: catalogue, day: day) { draws.append(pair) }
    let seen = try await withThrowingTaskGroup(of: Seen.self) { group in
      let chunks = 4
      for chunk in 0..<chunks {
        let own = draws.enumerated().filter { $0.offset % chunks == chunk }.map(\.element)
        group.addTask {
          var seen = Seen()
          for ids in own {
            let comparison = try #require(try Comparison(ids, in: catalogue, traffic: .usual, asOf: day))
            Laws.checkAll(comparison)
            seen.note(comparison)
          }
          return seen
        }
      }
      var all = Seen()
      for try await seen in group { all.merge(seen) }
      return all
    }
    #expect(seen.sections == 13)
    let common: Set<String> = [
      "types differ", "types agree", "context leader", "context tie", "context unknown", "cost leader",
      "cost unknown", "capability differs", "capability shared", "no benchmarks", "provider runs it",
    ]
    // The rarer branches need the whole walk.
    let rare: Set<String> = [
      "context contested", "cost tie", "cost contested", "capability contested", "benchmarks shared", "lead",
      "nothing decides", "no routes", "many providers", "no neighbour", "price of a sibling", "no dispute",
    ]
    let required = Self.walked >= 1000 ? common.union(rare) : common
    #expect(
      required.subtracting(seen.branches).isEmpty, "not hit: \(required.subtracting(seen.branches).sorted())")
  }
}

extension LawsAtScale {
  /// Two models of which one costs more or less than the other by claims that contradict each other.
  fileprivate static func contestedPair(
    among summaries: [ModelSummary], in catalogue: Catalogue, day: CalendarDate
  )
    throws -> [ModelID]?
  {
    for summary in summaries {
      guard let model = try catalogue.model(summary.id, asOf: day) else { continue }
      let own = Assessment(model, traffic: .usual, medians: [:])
      guard let range = own.claimedCost, range.lowerBound < range.upperBound else { continue }
      for other in summaries where other.id != summary.id {
        guard let cost = other.usualCost, range.lowerBound < cost, cost < range.upperBound,
          let second = try catalogue.model(other.id, asOf: day)
        else { continue }
        let verdict = Verdict([model, second], traffic: .usual, medians: [:])
        if case .contested = verdict.cost { return [summary.id, other.id] }
      }
    }
    return nil
  }

  /// Two models whose cheapest routes cost the same.
  fileprivate static func tiedPair(
    among summaries: [ModelSummary], in catalogue: Catalogue, day: CalendarDate
  ) throws -> [ModelID]? {
    let byCost = Dictionary(grouping: summaries.filter { $0.usualCost != nil }, by: \.usualCost)
    for group in byCost.values.map({ $0.map(\.id) }).sorted(by: { $0[0] < $1[0] }) where group.count > 1 {
      let models = try group.prefix(2).compactMap { try catalogue.model($0, asOf: day) }
      if case .tie = Verdict(models, traffic: .usual, medians: [:]).cost { return models.map(\.id) }
    }
    return nil
  }
}

/// Which branches of the page a walk has hit.
private struct Seen: Sendable {
  var branches: Set<String> = []
  var sections = 0

  mutating func merge(_ other: Seen) {
    branches.formUnion(other.branches)
    sections = max(sections, other.sections)
  }

  mutating func note(_ comparison: Comparison) {
    let verdict = comparison.verdict
    sections = comparison.document.sections.count
    branches.insert(verdict.typesDiffer ? "types differ" : "types agree")
    switch verdict.context {
    case .leader: branches.insert("context leader")
    case .tie: branches.insert("context tie")
    case .unknown: branches.insert("context unknown")
    case .contested: branches.insert("context contested")
    case .incomparable: branches.insert("context incomparable")
    }
    switch verdict.cost {
    case .leader: branches.insert("cost leader")
    case .tie: branches.insert("cost tie")
    case .unknown: branches.insert("cost unknown")
    case .contested: branches.insert("cost contested")
    case .incomparable: branches.insert("cost incomparable")
    }
    if verdict.capabilities.contains(where: \.differs) { branches.insert("capability differs") }
    if verdict.capabilities.contains(where: \.isShared) { branches.insert("capability shared") }
    if verdict.capabilities.contains(where: { !$0.contested.isEmpty }) {
      branches.insert("capability contested")
    }
    branches.insert(verdict.benchmarks.isEmpty ? "no benchmarks" : "benchmarks shared")
    if verdict.benchmarks.contains(where: { $0.leader != nil }) { branches.insert("lead") }
    if verdict.tradeoffs.contains(where: \.isEmpty) { branches.insert("nothing decides") }
    // Branches that only the words show.
    let text = String(
      decoding: OutputFormat.terminal.render(
        comparison.document, terminal: .init(width: 1_000_000, colour: false)), as: UTF8.self)
    for (words, branch) in [
      ("No tracked provider serves", "no routes"), (" runs at ", "provider runs it"),
      ("more provider", "many providers"), ("is near", "no neighbour"),
      ("Prices to check", "price of a sibling"), ("No source contradicts another", "no dispute"),
    ] where text.contains(words) { branches.insert(branch) }
  }
}
