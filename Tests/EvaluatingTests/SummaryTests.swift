import Facts
import Statistics
import Testing
import TextFormats

@testable import Evaluating

/// A record in a few words: times in milliseconds, cost in US dollars.
func record(
  _ route: String, _ prompt: String, trial: Int = 1, passes: Bool? = true, failure: FailureClass? = nil,
  first: Int64 = 100, last: Int64 = 1100, output: Int64 = 11, cost: String? = "0.001",
  withheld: String? = nil,
  cached: Int64? = nil
) throws -> CellRecord {
  let key = try #require(CellKey(digest: String(repeating: "a", count: 64)))
  let ms: Int64 = 1_000_000
  return CellRecord(
    cell: Cell(key: key, run: "r", prompt: prompt, route: route, trial: trial),
    attempts: [
      Attempt(
        number: 1, status: 200, failure: failure, startedAt: Timestamp(seconds: 1_790_000_000),
        duration: last * ms)
    ], failure: failure,
    stamps: Stamps(
      dispatched: 5 * ms, headers: 20 * ms, firstDelta: (5 + first) * ms, lastContent: (5 + last) * ms,
      firstChunkTokens: 1), wall: (5 + last) * ms,
    usage: TokenUsage(fresh: 10, cacheRead: cached, output: output, verbatim: .null),
    checks: failure == nil ? [CheckResult(name: "c", kind: "contains", passed: passes)] : [],
    costByCatalogue: try cost.map {
      .known(try ExactDecimal(parsing: $0), priceDate: try CalendarDate(parsing: "2026-11-01"))
    } ?? .unknown(reason: "no price", knownPart: nil), withheldLatency: withheld,
    endedAt: Timestamp(seconds: 1_790_000_100))
}

private func summary(
  _ records: [CellRecord], _ change: (inout EvaluationQuestion) -> Void = { _ in }
) async -> EvaluationSummary {
  var question = EvaluationQuestion()
  change(&question)
  var builder = SummaryBuilder(question)
  for record in records { builder.add(record) }
  return await builder.finish()
}

@Suite struct MetricTests {
  @Test func countsTimesFromTheDispatch() throws {
    let cell = try record("a", "p")
    #expect(CellMetric.queue.value(cell) == 5)
    #expect(CellMetric.headers.value(cell) == 15)
    #expect(CellMetric.firstToken.value(cell) == 100)
    #expect(CellMetric.end.value(cell) == 1100)
    // (1100 − 100) / (11 − 1).
    #expect(CellMetric.perToken.value(cell) == 100)
    #expect(CellMetric.connect.value(cell) == nil)
    #expect(CellMetric.firstAnswer.value(cell) == nil)
    #expect(CellMetric.stall.value(cell) == nil)
    #expect(CellMetric.cachedTokens.value(cell) == nil)
  }

  @Test func hasNoTimePerTokenBelowTwoTokens() throws {
    #expect(CellMetric.perToken.value(try record("a", "p", output: 1)) == nil)
    // Two tokens, one of them in the first chunk: 1000 over 1.
    #expect(CellMetric.perToken.value(try record("a", "p", output: 2)) == 1000)
  }
}

@Suite struct SummaryTests {
  @Test func keepsErrorsInTheDenominator() async throws {
    // Of 4 cells 2 pass, 1 fails its check, 1 times out: 2/4, and 2/3 of those that answered.
    let found = await summary([
      try record("a", "1"), try record("a", "2"), try record("a", "3", passes: false),
      try record("a", "4", failure: .timeout),
    ])
    let route = try #require(found.routes.first)
    #expect(route.rate.proportion == Proportion(2, of: 4))
    #expect(route.rateOfAnswered.proportion == Proportion(2, of: 3))
    #expect(route.failures == [.timeout: 1])
    #expect(route.cost.perPass?.text == "0.002")
    #expect(route.cost.perThousandCells?.text == "1")
  }

  @Test func countsFailuresAsInfinityOnceMore() async throws {
    // Times 100 … 1800 and two failures: rank 19 of 20 is a failure; of the 18 alone it is rank 18 (17.1 up).
    var records = try (1...18).map { try record("a", "\($0)", first: Int64($0) * 100, last: 5000) }
    records += [try record("a", "x", failure: .dropped), try record("a", "y", failure: .server)]
    let metric = try #require(await summary(records).routes.first?[.firstToken])
    #expect(metric.count == 18)
    #expect(metric.percentile(0.95) == 1800)
    #expect(metric.percentile(0.95, withFailures: true) == .infinity)
    // Rank 10 of 20.
    #expect(metric.percentile(0.5, withFailures: true) == 1000)
  }

  @Test func withholdsLatenciesOfASlowClient() async throws {
    let found = await summary([
      try record("a", "1", first: 50), try record("a", "2", first: 9000, withheld: "event loop lag 80 ms"),
    ])
    let route = try #require(found.routes.first)
    #expect(route[.firstToken]?.count == 1)
    #expect(route[.firstToken]?.unknown == 1)
    #expect(route[.cost]?.count == 2)
    #expect(route.withheld == ["event loop lag 80 ms": 1])
  }

  @Test func countsGoodputOverAllCells() async throws {
    // 1 is good; 2 is slow; 3 fails its check; 4 failed; 5 was withheld, so nobody knows.
    let found = await summary([
      try record("a", "1", first: 100), try record("a", "2", first: 101), try record("a", "3", passes: false),
      try record("a", "4", failure: .server), try record("a", "5", withheld: "lag"),
    ]) { $0.limits = [MetricLimit(.firstToken, atMost: 100)] }
    #expect(found.routes.first?.goodput?.proportion == Proportion(1, of: 5))
  }

  @Test func leavesUnknownCostsUnknown() async throws {
    let route = try #require(
      await summary([try record("a", "1"), try record("a", "2", cost: nil)]).routes.first)
    #expect(!route.cost.isComplete)
    #expect(route.cost.perPass == nil)
    #expect(route.cost.unknown == ["no price": 1])
    #expect(route.cost.byCatalogue.total?.text == "0.001")
  }

  @Test func countsUndecidedAsNotPassedAndLeavesTheirPairsOut() async throws {
    let found = await summary([
      try record("a", "1"), try record("b", "1", passes: nil), try record("a", "2"), try record("b", "2"),
    ])
    #expect(found.routes[1].rate.proportion == Proportion(1, of: 2))
    #expect(found.routes[1].undecided == 1)
    #expect(found.pairs.first?.pairs == 1)
    #expect(found.pairs.first?.undecided == 1)
  }

  @Test func leavesRepeatedRecordsOut() async throws {
    let found = await summary([
      try record("a", "1"), try record("a", "1", passes: false), try record("a", "1", trial: 2),
    ])
    #expect(found.repeated == 1)
    #expect(found.routes.first?.rate.proportion == Proportion(2, of: 2))
  }
}

@Suite struct PairTests {
  @Test func joinsByPromptAndTrialAndListsMissingSides() async throws {
    // a and b share 1, 2, 3; only a has 4, only b has 5.
    let found = await summary([
      try record("a", "1"), try record("a", "2"), try record("a", "3", passes: false), try record("a", "4"),
      try record("b", "3"), try record("b", "2", passes: false), try record("b", "1"), try record("b", "5"),
    ])
    let pair = try #require(found.pairs.first)
    #expect(pair.baseline == "a" && pair.route == "b")
    #expect(
      [pair.pairs, pair.bothPassed, pair.onlyBaselinePassed, pair.onlyRoutePassed, pair.bothFailed] == [
        3, 1, 1, 1, 0,
      ])
    #expect(pair.missingCount == 2)
    #expect(Set(pair.missing.map { "\($0.prompt) \($0.route)" }) == ["4 b", "5 a"])
  }

  /// 220 prompts, 21 of which only b passes: the golden p of 2 · 2⁻²¹.
  @Test func givesTheGoldenMcNemar() async throws {
    var records: [CellRecord] = []
    for number in 0..<220 {
      records.append(try record("a", "\(number)", passes: number >= 21))
      records.append(try record("b", "\(number)"))
    }
    let quality = try #require(await summary(records).pairs.first?.quality)
    #expect(abs(quality.p / 9.5367431640625e-7 - 1) < 1e-9)
    #expect(quality.intervalMethod == .score)
    // 21 / 220.
    #expect(abs(quality.difference - 0.0954545) < 1e-6)
  }

  /// Costs 0.001 and 0.00029: 71% less, on every prompt, so every resample says the same.
  @Test func comparesCostsInSum() async throws {
    var records: [CellRecord] = []
    for number in 0..<30 {
      records.append(try record("a", "\(number)"))
      records.append(try record("b", "\(number)", cost: "0.00029"))
    }
    let pair = try #require(await summary(records).pairs.first)
    let relative = try #require(pair.relativeCost)
    #expect(abs(relative.change + 0.71) < 1e-9)
    #expect(relative.interval.map { abs($0.low + 0.71) < 1e-9 && abs($0.high + 0.71) < 1e-9 } == true)
    #expect(pair[.cost].map { $0.p < 0.001 } == true)
  }

  @Test func leavesLatenciesOfFailuresOutOfPairs() async throws {
    let found = await summary([
      try record("a", "1"), try record("a", "2"), try record("a", "3"), try record("b", "1", first: 200),
      try record("b", "2", first: 300), try record("b", "3", failure: .timeout, first: 9000),
    ])
    let metric = try #require(found.pairs.first?[.firstToken])
    #expect(metric.pairs == 2)
    // (200 − 100 + 300 − 100) / 2.
    #expect(metric.difference == 150)
  }

  /// Ten prompts of one cluster are one witness: no p value below what one coin can give.
  @Test func keepsClustersTogether() async throws {
    var records: [CellRecord] = []
    for number in 0..<10 {
      records.append(try record("a", "\(number)", passes: false))
      records.append(try record("b", "\(number)"))
    }
    let names = (0..<10).map { ("\($0)", "same") }
    let pair = try #require(
      await summary(records) { $0.clusters = Dictionary(uniqueKeysWithValues: names) }.pairs.first)
    #expect(pair.clusters == 1 && pair.isClustered)
    #expect(pair.quality.map { $0.p > 0.9 && $0.intervalMethod == .clusterBootstrap } == true)
  }

  @Test func adjustsSeveralRoutesByHolm() async throws {
    var records: [CellRecord] = []
    for number in 0..<40 {
      records.append(try record("a", "\(number)"))
      records.append(try record("b", "\(number)", passes: number >= 6))
      records.append(try record("c", "\(number)", passes: number >= 1))
    }
    let found = await summary(records)
    // b: 6 of 6 coins, 2 · 2⁻⁶ = 0.03125, times two; c: one coin, 1.
    for (pair, p) in zip(found.pairs, [0.0625, 1]) {
      #expect(abs((pair.quality?.adjustedP ?? 9) - p) < 1e-12)
    }
  }

  @Test func isTheSameWhateverTheOrderOfRecords() async throws {
    var records: [CellRecord] = []
    for number in 0..<25 {
      records.append(
        try record("a", "\(number)", passes: number % 3 > 0, first: Int64(100 + number * 7 % 11)))
      records.append(try record("b", "\(number)", passes: number % 4 > 0, first: Int64(90 + number * 5 % 13)))
    }
    let (one, other) = (await summary(records), await summary(records.reversed()))
    #expect(one.pairs.first?.quality?.interval == other.pairs.first?.quality?.interval)
    #expect(one.pairs.first?[.firstToken]?.interval == other.pairs.first?[.firstToken]?.interval)
    #expect(one.pairs.first?[.firstToken]?.p == other.pairs.first?[.firstToken]?.p)
    #expect(one.routes.first?[.firstToken]?.percentiles == other.routes.first?[.firstToken]?.percentiles)
  }
}
