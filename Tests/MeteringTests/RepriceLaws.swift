import Cataloguing
import Facts
import Pricing
import Testing

@testable import Metering

/// Laws that hold for random prices and random logs.
@Suite struct RepriceLaws {
  // MARK: Random prices and rows

  private static let units: [BillableUnit] = [
    .input, .output, .cacheRead, .cacheWrite, .cacheWriteHour, .reasoning, .audioInput, .audioOutput,
    .webSearch,
    .request,
  ]

  /// Prices of one route: some units, some in two modes, with tiers, hours and periods.
  private static func claims(_ dice: inout Dice) throws -> [Claim] {
    var claims: [Claim] = []
    let change = dice.pick([nil, "2026-03-10", "2026-03-15"])
    let limit = TokenCount(Int64(dice.pick([100, 500, 2000])))
    let counting: TierCounting = dice.chance(20) ? .promptAndAnswer : .prompt
    let semantics: TierSemantics = dice.chance(10) ? .marginal : .cliff
    let hours = try PriceHours(parsing: "mon-fri 16:30-00:30")
    let hasHours = dice.chance(15)
    let hasTier = dice.chance(40)
    for unit in units where unit == .input || unit == .output || dice.chance(50) {
      if dice.chance(5) { continue }
      for mode in [PriceMode.standard, .batch] where mode == .standard || dice.chance(30) {
        for period in 0..<(change == nil ? 1 : 2) {
          let base = 1 + dice.below(90_000)
          func add(_ term: PriceTerm, _ price: Int) throws {
            let text = ExactDecimal(reducing: Int128(price), exponent: -4).text
            claims.append(
              try RepriceLog.price(
                term, text, from: period == 1 ? change : nil, until: period == 0 ? change : nil))
          }
          try add(PriceTerm(unit, mode: mode), base)
          if hasTier {
            let tier = PriceTier(above: limit, semantics: semantics, counting: counting)
            try add(PriceTerm(unit, mode: mode, tier: tier), base + dice.below(5000))
          }
          if hasHours { try add(PriceTerm(unit, mode: mode, hours: hours), 1 + base / 2) }
        }
      }
    }
    return claims
  }

  static func catalogue(_ dice: inout Dice) throws -> Catalogue {
    var routes: [(provider: String, id: String, claims: [Claim])] = []
    for provider in ["east", "west"] {
      for id in ["alpha", "beta", "gamma"] { routes.append((provider, id, try claims(&dice))) }
    }
    return try RepriceLog.catalogue(routes)
  }

  /// A canonical row without an id, its keys in random order and its values in random forms.
  static func line(_ dice: inout Dice) -> String {
    let write = dice.below(60)
    let hour = dice.chance(30) ? dice.below(write + 1) : 0
    let (read, audio) = (dice.below(200), dice.chance(20) ? dice.below(50) : 0)
    let input = read + write + audio + dice.below(dice.pick([50, 400, 3000]))
    let output = dice.below(400)
    var members: [(String, String)] = [
      ("model", "\"\(dice.pick(["alpha", "beta", "gamma"]))\""),
      ("provider", "\"\(dice.pick(["east", "west"]))\""), ("input", number(input, &dice)),
      ("output", number(output, &dice)), ("time", time(&dice)),
    ]
    func maybe(_ percent: Int, _ key: String, _ value: String) {
      if dice.chance(percent) { members.append((key, value)) }
    }
    maybe(70, "cache_read", number(read, &dice))
    members.append(("cache_write", number(write, &dice)))
    if hour > 0 { members.append(("cache_write_1h", "\(hour)")) }
    if audio > 0 { members.append(("input_audio", "\(audio)")) }
    maybe(30, "reasoning", "\(dice.below(output + 1))")
    maybe(20, "output_audio", "\(dice.below(output + 1))")
    maybe(15, "web_searches", "\(dice.below(3))")
    maybe(10, "requests", "\(1 + dice.below(5))")
    maybe(30, "mode", dice.pick([#""batch""#, #""standard""#, #""default""#, #""flex""#, "null"]))
    maybe(60, "charged_usd", dice.pick(["0.00012", "1.5e-05", "\"0.25\"", "0.00031500000000000003"]))
    maybe(40, "key", dice.pick([#""k1""#, #""k2""#, #""k\u00e9y\n""#, #""日本""#, "7"]))
    maybe(30, "tags", dice.pick([#"{"team":"a"}"#, #"{"team":"b","x":[1,{"y":null}]}"#, "{}", "null"]))
    maybe(20, "note", dice.pick([#""a \" b""#, "[1, 2, {\"deep\": [true]}]", "-1.5e3", "false", "{}"]))
    members.shuffle(using: &dice)
    let space = dice.pick(["", "", "", " ", "\t "])
    let text = members.map { "\"\($0.0)\":\(space)\($0.1)" }.joined(separator: ",\(space)")
    return "{\(space)\(text)\(space)}"
  }

  private static func number(_ value: Int, _ dice: inout Dice) -> String {
    switch dice.below(20) {
    case 0: "\"\(value)\""
    case 1: "\(value).0"
    case 2: value % 10 == 0 ? "\(value / 10)e1" : "\(value)e0"
    default: "\(value)"
    }
  }

  private static func time(_ dice: inout Dice) -> String {
    let day = 1 + dice.below(28)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(dice.below(24))):\(two(dice.below(60))):\(two(dice.below(60)))"
    let date = "2026-03-\(two(day))"
    switch dice.below(10) {
    case 0: return "\"\(date) \(clock).123456\""
    case 1: return "\"\(date)T\(clock)+02:00\""
    case 2: return "\(1_772_323_200 + dice.below(2_000_000))"
    case 3: return "\(1_772_323_200 + dice.below(2_000_000)).25"
    case 4: return "\"\(date)\""
    case 5: return "\"\(date)T\(clock)+00:00\""
    default: return "\"\(date)T\(clock)Z\""
    }
  }

  /// A line that is no row, or one with a fault.
  private static func fault(_ dice: inout Dice) -> String {
    let good = line(&dice)
    switch dice.below(9) {
    case 0: return String(good.dropLast(1 + dice.below(good.count - 1)))
    case 1: return good.replacing("\"input\":", with: "\"input\":-")
    case 2: return good.replacing("alpha", with: "omega")
    case 3: return good.replacing("\"model\"", with: "\"modem\"")
    case 4: return good + "x"
    case 5: return "[\(good)]"
    case 6: return "{\"model\":\"alpha\",\"model\":\"beta\",\"input\":1}"
    case 7: return good.replacing("2026-03", with: "2026-13")
    default: return "{\"model\":\"alpha\",\"input\":5,\"cache_read\":6}"
    }
  }

  private static func log(_ dice: inout Dice, rows: Int, faults: Int = 0) -> String {
    (0..<rows).map { _ in dice.chance(faults) ? fault(&dice) : line(&dice) }.joined(separator: "\n") + "\n"
  }

  // MARK: Laws

  /// What the reader of the format gives row by row, each priced by a bill of its own, is what the scanner sums and prices.
  @Test(arguments: 0..<30)
  func theCostOfALogIsTheSumOfTheBillsOfItsRows(seed: UInt64) async throws {
    var dice = Dice(seed)
    let catalogue = try Self.catalogue(&dice)
    let text = Self.log(&dice, rows: 400, faults: 5)
    var options = UsageLogReader.Options()
    options.keepsDuplicates = true
    let reading = try SampleLog.read(Array(text.utf8), piece: 4096, options)
    var matcher = RouteMatcher(catalogue, today: try CalendarDate(parsing: "2026-06-02"))
    var (cost, rows, unknown, charged) = (ExactDecimal.zero, 0, 0, ExactDecimal.zero)
    var problems = reading.problems.map { "\($0.place.line) \($0.reason.rawValue)" }
    for row in reading.rows {
      guard case .route(let route) = try matcher.match(row) else {
        problems.append("\(row.place.line) unknown_model")
        continue
      }
      guard let time = row.time else {
        problems.append("\(row.place.line) no_time")
        continue
      }
      let rates = try #require(try catalogue.rates(of: route.model, at: route.provider, apiID: route.apiID))
      var counts: [BillableUnit: Int64] = [.request: row.requests]
      for unit in row.usage.units { counts[unit] = row.usage[unit] }
      rows += 1
      if let money = row.charged { charged = try #require(charged.adding(money.dollars)) }
      guard
        let bill = try? Bill(
          Usage(counts), at: rates.prices(at: time), mode: row.mode ?? .standard,
          requests: row.requests, time: time)
      else {
        // Reasoning and sound that overlap have no bill.
        unknown += 1
        continue
      }
      cost = try #require(cost.adding(bill.total.knownPart))
      if bill.total.dollars == nil { unknown += 1 }
    }
    let answer = try await RepriceLog.reprice(text, catalogue) {
      $0.tables = [[.model, .key], [.day], [.tag("team")]]
      $0.reading.keepsDuplicates = true
    }
    #expect(answer.total.dollars == cost)
    #expect(answer.total.rows == rows && answer.counted == rows)
    #expect(answer.total.unknownRows >= unknown)
    #expect((answer.total.chargedDollars ?? .zero) == charged)
    let order = { (left: String, right: String) in left < right }
    #expect(answer.placedProblems.sorted(by: order) == problems.sorted(by: order))
    for table in answer.tables {
      let sum = try table.rows.reduce(ExactDecimal.zero) { try #require($0.adding($1.amounts.dollars)) }
      #expect(sum == cost, "\(table.dimensions)")
      #expect(table.rows.reduce(0) { $0 + $1.amounts.rows } == rows)
    }
  }

  @Test(arguments: 0..<8)
  func theAnswerDoesNotDependOnThreadsPiecesOrChunks(seed: UInt64) async throws {
    var dice = Dice(1000 + seed)
    let catalogue = try Self.catalogue(&dice)
    var lines = Self.log(&dice, rows: 6000, faults: 3)
    // Rows that stand twice, near and far.
    lines += lines.split(separator: "\n").enumerated().filter { $0.offset % 7 == 0 }.map { $0.element + "\n" }
      .joined()
    let logs = [Array(lines.utf8), Array(Self.log(&dice, rows: 50).utf8)]
    func answer(_ threads: Int, _ piece: Int) async throws -> [String] {
      try await RepriceLog.reprice(logs, catalogue, threads: threads, piece: piece) {
        $0.tables = [[.day, .route], [.key, .mode], [.tag("team")]]
        $0.asksForCheapest = true
      }.summary
    }
    let first = try await answer(1, .max)
    #expect(first.contains { $0.hasPrefix("duplicate ") })
    for (threads, piece) in [(1, 100_000), (2, .max), (3, 65_536), (7, 4093)] {
      let other = try await answer(threads, piece)
      let differences = zip(first, other).filter { $0 != $1 }.map { "\($0) became \($1)" }
      #expect(differences.prefix(3) == [], "\(threads) threads, pieces of \(piece)")
      #expect(first.count == other.count)
    }
  }

  /// The same rows in any order, and split into two logs, cost the same.
  @Test(arguments: 0..<10)
  func costIsAdditiveOverRows(seed: UInt64) async throws {
    var dice = Dice(2000 + seed)
    let catalogue = try Self.catalogue(&dice)
    var lines = (0..<300).map { _ in Self.line(&dice) }
    func cost(_ lines: ArraySlice<String>) async throws -> ExactDecimal {
      try await RepriceLog.reprice(lines.joined(separator: "\n"), catalogue) {
        $0.reading.keepsDuplicates = true
      }
      .total.dollars
    }
    let whole = try await cost(lines[...])
    lines.shuffle(using: &dice)
    let (head, tail) = (try await cost(lines[..<120]), try await cost(lines[120...]))
    #expect(head.adding(tail) == whole)
  }

  /// A's traffic on B's route costs what B's own rows of the same usage cost.
  @Test(arguments: 0..<12)
  func whatIfMirrorsTheOtherRoute(seed: UInt64) async throws {
    var dice = Dice(4000 + seed)
    let catalogue = try Self.catalogue(&dice)
    let text = (0..<300).map { _ in Self.line(&dice) }.joined(separator: "\n")
    let names = ["alpha", "beta", "gamma"]
    func all(_ provider: String, _ model: String) -> String {
      var text = text.replacing(#""east""#, with: "\"\(provider)\"").replacing(
        #""west""#, with: "\"\(provider)\"")
      for name in names { text = text.replacing("\"\(name)\"", with: "\"\(model)\"") }
      return text
    }
    let rates = try #require(
      try catalogue.rates(of: ModelID("lab/gamma"), at: ProviderID("west"), apiID: "gamma"))
    let there = try await RepriceLog.reprice(all("west", "gamma"), catalogue) {
      $0.reading.keepsDuplicates = true
    }
    for text in [text, all("east", "alpha")] {
      let here = try await RepriceLog.reprice(text, catalogue) {
        $0.reading.keepsDuplicates = true
        $0.alternatives = [.init(rates: rates)]
      }
      #expect(here.elsewhere.first?.low == there.total.dollars)
      #expect(here.elsewhere.first?.high == there.total.dollars)
    }
  }

  /// Twice the tokens through a linear price list cost twice as much; the range holds both ends.
  @Test func assumptionsScaleTheCostElsewhere() async throws {
    let prices = [
      try RepriceLog.price(PriceTerm(.input), "2"), try RepriceLog.price(PriceTerm(.output), "10"),
      try RepriceLog.price(PriceTerm(.cacheRead), "0.5"), try RepriceLog.price(PriceTerm(.webSearch), "0.01"),
    ]
    let catalogue = try RepriceLog.catalogue([("east", "alpha", prices), ("west", "beta", prices)])
    let rates = try #require(
      try catalogue.rates(of: ModelID("lab/beta"), at: ProviderID("west"), apiID: "beta"))
    let line =
      #"{"time":"2026-03-01","provider":"east","model":"alpha","input":1000,"cache_read":400,"output":100,"web_searches":1}"#
    let answer = try await RepriceLog.reprice(line, catalogue) {
      $0.alternatives = [.init(rates: rates)]
      $0.tokenRatio = (try? RatioRange(parsing: "0.5-2")) ?? .one
      $0.answerRatio = (try? RatioRange(parsing: "1-1.5")) ?? .one
    }
    // Own: 600 × 2 + 400 × 0.5 + 100 × 10 = 2400 per million, and a search.
    #expect(answer.total.dollars.text == "0.0124")
    // Half of it: 1200, and a search. Twice the prompt: 2800; the answer twice and half as long again: 3000; and a search.
    #expect(answer.elsewhere.first?.low.text == "0.0112")
    #expect(answer.elsewhere.first?.high.text == "0.0158")
  }
}
