import Cataloguing
import Facts
import Pricing
import Testing

@testable import Deciding

/// The embedded catalogue, resolved once.
private enum Embedded {
  static let catalogue = Result { try Catalogue(snapshot: .embedded()) }
  static let models = Result {
    let embedded = try catalogue.get()
    return try embedded.summaries().compactMap { try embedded.model($0.id, asOf: BruteForce.day) }
  }
  static let index = Result {
    ShortlistIndex(try models.get(), frame: try catalogue.get().frame, asOf: BruteForce.day)
  }
}

extension ShortlistedRoute {
  fileprivate var name: String {
    "\(candidate.model.id) \(candidate.route.id)"
  }
}

@Suite struct Shortlists {
  private func shortlist(_ set: RequirementSet, _ policy: ShortlistQuestion.UnknownPolicy) throws -> Shortlist
  {
    let index = try Embedded.index.get()
    let reading = ShortlistWords(index.vocabulary, asOf: index.asOf).read { set.words[$0] }
    #expect(reading.problems.isEmpty, "\(reading.problems)")
    let question = ShortlistQuestion(
      reading.requirements, preferences: reading.preferences, unknown: policy, traffic: Traffic(set.workload))
    return Shortlist(question, in: index)
  }

  @Test func thirtySetsAreWritten() { #expect(RequirementSet.written.count >= 30) }

  /// The same routes pass, the same are to be asked about, and each other model leaves at the same requirement for the same
  /// reason, under every policy.
  @Test(arguments: RequirementSet.written)
  func equalsBruteForce(set: RequirementSet) throws {
    let models = try Embedded.models.get()
    for policy in ShortlistQuestion.UnknownPolicy.allCases {
      let found = try shortlist(set, policy)
      // A cost below a dollar stands in the words alone.
      let checks =
        set.words[.maxCost] == "0.5/month"
        ? set.all + [
          { BruteForce.cost($0, $1, set.workload).map { $0.attodollars <= 500_000_000_000_000_000 } }
        ]
        : set.all
      #expect(found.question.requirements.count == checks.count)
      let expected = BruteForce.answer(models, checks, excludesUnknown: policy == .exclude)
      let passing = expected.passing
      let asking = expected.asking.map(\.route)
      switch policy {
      case .exclude, .ask:
        #expect(found.ranked.map(\.name).sorted() == passing.sorted())
        #expect(found.ranked.allSatisfy { $0.unknown.isEmpty })
      case .keep: #expect(found.ranked.map(\.name).sorted() == (passing + asking).sorted())
      }
      #expect(found.toAsk.map(\.name).sorted() == (policy == .ask ? asking.sorted() : []))
      // What is unknown of each route, requirement by requirement.
      let unknown = (found.toAsk + found.ranked.filter { !$0.unknown.isEmpty }).map { route in
        "\(route.name) \(route.unknown.compactMap { found.question.requirements.firstIndex(of: $0) })"
      }
      let expectedUnknown =
        policy == .exclude ? [] : expected.asking.map { "\($0.route) \($0.unknown)" }
      #expect(unknown.sorted() == expectedUnknown.sorted())
      let excluded = Dictionary(
        uniqueKeysWithValues: found.excluded.compactMap { model in
          found.question.requirements.firstIndex(of: model.requirement).map {
            (
              model.model.id.rawValue,
              BruteForce.Excluded(place: $0, isUnknown: model.outcome == .unknown)
            )
          }
        })
      #expect(excluded == expected.excluded)
      #expect(found.excluded.count == expected.excluded.count)
    }
  }

  /// The cost of every route is what `Estimate` gives from the resolved prices; the cheapest comes first.
  @Test func costsAreThoseOfTheRoutes() throws {
    let models = Dictionary(uniqueKeysWithValues: try Embedded.models.get().map { ($0.id, $0) })
    for set in [RequirementSet.written[1], RequirementSet.written[21]] {
      let ranked = try shortlist(set, .ask).ranked
      #expect(ranked.count > 20)
      for route in ranked {
        let model = try #require(models[route.candidate.model.id])
        let costs = Estimate(model, workload: set.workload).candidates.filter {
          $0.route.id == route.candidate.route.id
        }.map(\.cost)
        #expect(
          route.candidate.cost.map(costs.contains) ?? costs.isEmpty,
          "\(route.candidate.route.id) costs \(route.candidate.cost?.text ?? "unknown") here, \(costs.map(\.text)) there"
        )
      }
      let costs = ranked.compactMap(\.candidate.cost)
      #expect(costs == costs.sorted())
      #expect(ranked.prefix(costs.count).allSatisfy { $0.candidate.cost != nil })
    }
  }

  /// Every pair of routes compared: a route is on the front when no other is as good in everything and better in something.
  @Test(arguments: ["", "cost:2,context,gpqa:0.5", "released,output:3,first-party"])
  func theFrontIsWhatNobodyBeats(preferences: String) throws {
    let set = RequirementSet(
      words: [.prefer: preferences, .needs: "tools", .context: "128k", .maxCost: "3000"], checks: [])
    let index = try Embedded.index.get()
    let reading = ShortlistWords(index.vocabulary, asOf: index.asOf).read { set.words[$0] }
    let ranked = Shortlist(reading.question(at: .usual), in: index).ranked
    #expect(ranked.count > 100)
    let criteria: [(PricedCandidate) -> Double?] =
      switch preferences {
      case "": [{ $0.cost.map { -Double($0.attodollars) } }, { $0.route.prices.window.map(Double.init) }]
      case "cost:2,context,gpqa:0.5":
        [
          { $0.cost.map { -Double($0.attodollars) } }, { $0.route.prices.window.map(Double.init) },
          { $0.model.scores["gpqa_diamond"].flatMap { Double($0.text) } },
        ]
      default:
        [
          { $0.cost.map { -Double($0.attodollars) } },
          { $0.model.released.map { Double($0.firstDayNumber) } },
          { $0.route.prices.maxOutput.map(Double.init) }, { $0.route.isFirstParty ? 1 : 0 },
        ]
      }
    let rows = ranked.map { route in criteria.map { $0(route.candidate) } }
    for (place, row) in rows.enumerated() {
      let own = row.compactMap(\.self)
      guard own.count == criteria.count else {
        #expect(ranked[place].isOnFront == nil)
        continue
      }
      let isBeaten = rows.contains { other in
        let values = other.compactMap(\.self)
        return values.count == criteria.count && zip(values, own).allSatisfy { $0 >= $1 }
          && zip(values, own).contains { $0 > $1 }
      }
      #expect(ranked[place].isOnFront == !isBeaten)
    }
    #expect(ranked.contains { $0.isOnFront == true } && ranked.contains { $0.isOnFront == false })
  }

  /// Points counted pair by pair: weight times the routes of which the value is known and worse.
  @Test func pointsCountTheRoutesBeaten() throws {
    let index = try Embedded.index.get()
    let words: [ShortlistWords.Key: String] = [
      .prefer: "cost:2,swe-bench:0.5,context", .needs: "tools", .maxCost: "800",
    ]
    let reading = ShortlistWords(index.vocabulary, asOf: index.asOf).read { words[$0] }
    let ranked = Shortlist(reading.question(at: .usual), in: index).ranked
    #expect(ranked.count > 100)
    for own in ranked.prefix(40) + ranked.suffix(10) {
      // In halves, so that the weights are whole numbers.
      var halves = 0
      for other in ranked {
        if let mine = own.candidate.cost, let theirs = other.candidate.cost, mine < theirs { halves += 4 }
        if let mine = own.candidate.model.scores["swe_bench_verified"],
          let theirs = other.candidate.model.scores["swe_bench_verified"], theirs < mine
        {
          halves += 1
        }
        if let mine = own.candidate.route.prices.window, let theirs = other.candidate.route.prices.window,
          theirs < mine
        {
          halves += 2
        }
      }
      #expect(own.points == ExactDecimal(reducing: Int128(halves) * 5, exponent: -1))
    }
    let points = ranked.compactMap(\.points)
    #expect(points.count == ranked.count && points == points.sorted(by: >))
  }

  @Test func takesLessThan50MillisecondsOnceTheIndexIsMade() throws {
    let index = try Embedded.index.get()
    let clock = ContinuousClock()
    var slowest = Duration.zero
    for set in RequirementSet.written {
      let time = clock.measure {
        let reading = ShortlistWords(index.vocabulary, asOf: index.asOf).read { set.words[$0] }
        _ = Shortlist(reading.question(at: Traffic(set.workload)), in: index)
      }
      slowest = max(slowest, time)
    }
    // A program built for debugging is many times slower; Benchmarks/shortlist.py measures the other.
    #expect(slowest < .seconds(2), "\(slowest)")
  }
}

@Suite struct RequirementWords {
  private func problem(_ key: ShortlistWords.Key, _ text: String) throws -> RequirementProblem? {
    let index = try Embedded.index.get()
    return ShortlistWords(index.vocabulary, asOf: index.asOf).read { $0 == key ? text : nil }.problems.first
  }

  /// What cannot be read, or names nothing known, is refused with the nearest valid word.
  @Test(arguments: [
    (ShortlistWords.Key.needs, "toolz", "tools"), (.needs, "tools,visoin", "vision"),
    (.license, "Apachee-2.0", "Apache-2.0"), (.license, "osl", "osi"), (.region, "eux", "eu"),
    (.provider, "opnai", "openai"), (.lab, "antropic", "anthropic"),
    (.benchmark, "swe-bensh>=60", "swe-bench-verified"),
    (.type, "embeding", "embedding model"), (.kind, "meterd", "metered"), (.prefer, "kost:3", "cost"),
    (.unknown, "excluded", "exclude"), (.openWeights, "ye", "yes"),
  ])
  func mistypedWordsNameTheNearest(key: ShortlistWords.Key, text: String, nearest: String) throws {
    let problem = try #require(try problem(key, text))
    #expect(problem.key == key && problem.nearest.contains(nearest), "\(problem)")
  }

  @Test(arguments: [
    (ShortlistWords.Key.context, "lots"), (.context, ">=-5"), (.context, "=="), (.output, "1.5"),
    (.released, "soon"),
    (.knowledge, ">=2025-13"), (.notRetiring, "12"), (.notRetiring, "forever"), (.notRetiring, "2027-06"),
    (.maxCost, "500/day"), (.maxCost, ">=500"), (.maxCost, "-1"), (.maxCost, "1e70"),
    (.benchmark, "swe-bench"),
    (.benchmark, "swe-bench>=high"), (.benchmark, "arena>=1200"), (.prefer, "cost:0"), (.prefer, "cost:-1"),
    (.prefer, "cost:1001"), (.prefer, "cost:1.2345"), (.prefer, "cost:1:2"), (.prefer, "cost,cost"),
    (.needs, ","),
    (.prefer, ":3"), (.region, "\u{1B}[31m"),
  ])
  func whatCannotBeReadIsAProblem(key: ShortlistWords.Key, text: String) throws {
    #expect(try problem(key, text) != nil)
  }

  /// 2026-11-23 and a month is 2026-12-23; 2026-08-31 and six months is the last day of February.
  @Test func spansEndOnDaysOfTheCalendar() throws {
    let index = try Embedded.index.get()
    func day(_ text: String, from: String) throws -> String? {
      let words = ShortlistWords(index.vocabulary, asOf: try CalendarDate(parsing: from))
      guard case .notRetiring(let day)? = words.read({ $0 == .notRetiring ? text : nil }).requirements.first
      else {
        return nil
      }
      return day.text
    }
    #expect(try day("1mo", from: "2026-11-23") == "2026-12-23")
    #expect(try day("6 months", from: "2026-08-31") == "2027-02-28")
    #expect(try day("2w", from: "2026-12-25") == "2027-01-08")
    #expect(try day("1y", from: "2028-02-29") == "2029-02-28")
    #expect(try day("2027-06-01", from: "2026-12-25") == "2027-06-01")
  }
}
