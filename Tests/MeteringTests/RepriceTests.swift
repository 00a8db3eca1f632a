import Cataloguing
import Facts
import Pricing
import Testing

@testable import Metering

@Suite struct RepricedLogs {
  /// Every sample, of whatever format, costs the sum that ``PricedLogs`` works out by hand.
  @Test(arguments: PricedLogs.samples)
  func costWhatTheirRowsCost(expected: PricedLogs.Expected) async throws {
    let columns = try expected.columns.map { try ColumnMap(parsing: $0) }
    let answer = try await RepriceLog.reprice(
      [SampleLog.bytes(expected.fixture)], SampleCatalogue.make(), threads: 2, piece: 100
    ) {
      $0.reading.columns = columns
      $0.timeOfTimeless = try? Timestamp(parsing: "2026-06-02")
    }
    let sum = try expected.costs.reduce(ExactDecimal.zero) {
      try #require($0.adding(ExactDecimal(parsing: $1)))
    }
    #expect(answer.total.dollars == sum)
    #expect(answer.total.rows == expected.costs.count && answer.total.isKnown)
  }

  private static func row(_ members: String) -> String {
    #"{"time":"2026-03-01T12:00:00Z","provider":"east","model":"alpha",\#(members)}"#
  }

  private func catalogue() throws -> Catalogue {
    try RepriceLog.catalogue([
      (
        "east", "alpha",
        [
          try RepriceLog.price(PriceTerm(.input), "2", until: "2026-03-02"),
          try RepriceLog.price(PriceTerm(.input), "3", from: "2026-03-02"),
          try RepriceLog.price(PriceTerm(.input, above: TokenCount(1000)), "5", from: "2026-03-02"),
          try RepriceLog.price(PriceTerm(.output), "10"),
        ]
      ),
      (
        "west", "alpha",
        [try RepriceLog.price(PriceTerm(.input), "1"), try RepriceLog.price(PriceTerm(.output), "9")]
      ),
      ("west", "beta", [try RepriceLog.price(PriceTerm(.input), "4")]),
    ])
  }

  /// The last second of the old price: 100 × 2; the first of the new: 100 × 3, in whatever zone it is written.
  @Test(arguments: [
    ("2026-03-01T23:59:59Z", "0.0002"), ("2026-03-02T00:00:00Z", "0.0003"),
    ("2026-03-02T01:30:00+02:00", "0.0002"),
    ("2026-03-01T23:30:00-01:00", "0.0003"), ("2026-03-02", "0.0003"), ("1772409599", "0.0002"),
    ("1772409600000", "0.0003"),
  ])
  func usesThePriceInForceAtTheTimeOfTheRow(time: String, dollars: String) async throws {
    let line = #"{"time":"\#(time)","provider":"east","model":"alpha","input":100}"#
    #expect(try await RepriceLog.reprice(line, catalogue()).total.dollars.text == dollars)
  }

  /// A row of ten requests is judged by its average request: 10,000 in ten are 1,000 each, at 3; one more is above.
  @Test(arguments: [
    ("\"input\":1000", "0.003"), ("\"input\":1001", "0.005005"),
    ("\"input\":10000,\"requests\":10", "0.03"), ("\"input\":10001,\"requests\":10", "0.050005"),
  ])
  func judgesTiersByOneRequest(members: String, dollars: String) async throws {
    let line = #"{"time":"2026-03-05","provider":"east","model":"alpha",\#(members)}"#
    #expect(try await RepriceLog.reprice(line, catalogue()).total.dollars.text == dollars)
  }

  /// 100 × 2 + 10 × 10 = 300 per million, charged 0.0004; 200 × 2 = 400, charged nothing that the log tells.
  @Test func comparesWithTheChargesOfTheRowsThatHaveThem() async throws {
    let text =
      Self.row(#""input":100,"output":10,"charged_usd":0.0004,"id":"a""#) + "\n"
      + Self.row(#""input":200,"id":"b""#)
    let total = try await RepriceLog.reprice(text, catalogue()).total
    #expect(total.dollars.text == "0.0007" && total.rows == 2)
    #expect(total.chargedDollars?.text == "0.0004" && total.chargedRows == 1)
    #expect(total.comparedDollars.text == "0.0003" && total.comparedChargedDollars.text == "0.0004")
  }

  /// Answers of beta have no price: that row is unknown, its known part is 50 × 4; the other row stays known.
  @Test func whatNobodyPricesIsUnknownRowByRow() async throws {
    let text = #"""
      {"time":"2026-03-01","provider":"west","model":"beta","input":50,"output":7,"id":"a"}
      {"time":"2026-03-01","provider":"west","model":"beta","input":10,"id":"b"}
      """#
    let total = try await RepriceLog.reprice(text, catalogue()).total
    #expect(!total.isKnown && total.unknownRows == 1 && total.dollars.text == "0.00024")
  }

  /// On the first day alpha costs 100 × 2 + 10 × 10 = 300 at its own host and 100 + 90 = 190 in the west.
  @Test func findsTheCheapestRouteOfEachModel() async throws {
    let answer = try await RepriceLog.reprice(Self.row(#""input":100,"output":10"#), self.catalogue()) {
      $0.asksForCheapest = true
    }
    #expect(answer.cheapest.map(\.model) == [ModelID("lab/alpha")])
    #expect(answer.cheapest.first?.best?.route == "west/alpha")
    #expect(answer.cheapest.first?.best?.dollars.text == "0.00019")
  }

  /// Rows without a time, outside the span asked for, at unknown routes: each is told apart, and the rest is priced.
  @Test func rowsThatCannotBePricedAreListedAndTheOthersPriced() async throws {
    let text = """
      \(Self.row("\"input\":1,\"id\":\"a\""))
      {"provider":"east","model":"alpha","input":1}
      {"time":"2026-03-01","provider":"east","model":"omega","input":1}
      {"time":"2026-03-01","provider":"south","model":"alpha","input":1}
      {"time":"2026-02-01","provider":"east","model":"alpha","input":1}
      \(Self.row("\"input\":1,\"id\":\"a\""))
      {"time":"2026-03-01","provider":"east","mod
      """
    let answer = try await RepriceLog.reprice(text, catalogue()) {
      $0.since = try? Timestamp(parsing: "2026-02-15")
    }
    #expect(
      answer.placedProblems == [
        "2 no_time", "3 unknown_model", "4 unknown_route", "6 duplicate", "7 malformed",
      ])
    #expect(answer.total.rows == 1 && answer.leftOut == 1)
  }

  /// 10% off and 5% on what is left: 200 × 0.9 × 1.05 = 189 per million.
  @Test func adjustmentsStackOnTheOwnCost() async throws {
    let answer = try await RepriceLog.reprice(Self.row("\"input\":100"), catalogue()) {
      $0.adjustments = [
        Adjustment(name: "agreement", percent: ExactDecimal(-10)),
        Adjustment(name: "region", percent: ExactDecimal(5)),
      ]
    }
    #expect(answer.adjusted(answer.total.dollars)?.text == "0.000189")
  }

  @Test func tablesTellApartWhatTheyAreAskedTo() async throws {
    let text = """
      {"time":"2026-03-01","provider":"east","model":"alpha","input":100,"key":"k1","tags":{"team":"red"}}
      {"time":"2026-03-01","provider":"east","model":"alpha","input":200,"key":"k2","tags":{"team":"red"}}
      {"time":"2026-03-03","provider":"west","model":"alpha","input":400,"key":"k1"}
      """
    let answer = try await RepriceLog.reprice(text, catalogue()) {
      $0.tables = [[.key], [.tag("team"), .provider], [.day], []]
    }
    // 100 × 2 + 400 × 1 and 200 × 2; red in the east 300 × 2; by day 600 and 400.
    let rows = answer.tables.map { table in
      table.rows.map { row in
        row.names.map { $0?.text ?? "none" }.joined(separator: " ") + " \(row.amounts.dollars.text)"
      }
    }
    #expect(
      rows == [
        ["k1 0.0006", "k2 0.0004"], ["red east 0.0006", "none west 0.0004"],
        ["2026-03-01 0.0006", "2026-03-03 0.0004"], [" 0.001"],
      ])
  }

  // MARK: Tables of comma-separated values

  /// Quoted fields with separators, quotes and line ends; the bad rows are told by the line they begin on.
  @Test func quotedFieldsOfATableAreRead() async throws {
    let text =
      "time,provider,model,input,output,key,note\r\n"
      + "2026-03-01T00:00:00Z,east,alpha,100,,\"a,\"\"b\"\"\",x\r\n"
      + "2026-03-01T00:00:01Z,\"east\",\"alpha\",\"200\",,k,\"two\nlines, and a comma\"\r\n"
      + "2026-03-01T00:00:02Z,east,alpha,1.0e2,,,\r\n" + "2026-03-01T00:00:03Z,east,alpha,-5,,,\r\n"
      + "2026-03-01T00:00:04Z,east,alpha,5\r\n" + "2026-03-01T00:00:05Z,east,alpha,400,,日本,\r\n"
    for (threads, piece) in [(1, Int.max), (2, 11), (3, 50)] {
      let answer = try await RepriceLog.reprice(text, catalogue(), threads: threads, piece: piece) {
        $0.tables = [[.key]]
      }
      // 100 + 200 + 100 + 400 tokens at 2; line 4 is the second of a quoted field.
      #expect(answer.total.dollars.text == "0.0016")
      #expect(answer.placedProblems == ["6 bad_count", "7 malformed"])
      #expect(
        answer.tables[0].rows.map { "\($0.names[0]?.text ?? "none") \($0.amounts.rows)" } == [
          "日本 1", "k 1", "a,\"b\" 1", "none 1",
        ])
    }
  }

  /// A quote that never closes takes its own line with it and no other.
  @Test func aStrayQuoteDoesNotSwallowTheLinesBehindIt() async throws {
    var text = "time,provider,model,input,key\n"
    for number in 0..<50 {
      text += "2026-03-01,east,alpha,\(number == 20 ? "\"7" : "7"),k\(number)\n"
    }
    for threads in [1, 2] {
      let answer = try await RepriceLog.reprice(text, catalogue(), threads: threads)
      #expect(answer.placedProblems == ["22 malformed"] && answer.total.rows == 49)
    }
  }

  // MARK: Limits

  @Test func aLogOfTextsThatAllDifferIsSummedWithoutTellingThemApart() {
    var labels = LabelTable()
    var row = ScannedRow()
    var filler = RowFiller()
    func number(_ key: String) -> Int {
      let usage = try? UsageRow(
        place: RowPlace(file: "", line: 1), time: nil, provider: nil, model: "m", usage: Usage([:]), key: key)
      guard let usage else { return -1 }
      _ = filler.fill(&row, from: usage, labels: [])
      return labels.number(row, [.key])
    }
    for place in 0..<LabelTable.most { #expect(number("k\(place)") == place) }
    #expect(number("one more") == LabelTable.most && number("k7") == 7)
    #expect(labels.texts(7, fields: 1) == ["k7"] && labels.texts(LabelTable.most, fields: 1) == nil)
  }

  @Test func hashesAreKnownAgainWhenTheFilterHasGrown() {
    var seen = SeenHashes()
    var dice = Dice(5)
    // Enough for the second size of the filter; zero is a hash like others, and the last one comes twice.
    let hashes = (0..<400_000).map { _ in dice.next() } + [0, 1, 0]
    #expect(seen.insert(hashes) == [400_002])
    #expect(seen.insert(hashes).count == hashes.count && seen.count == 400_002)
    // All of one list: they fill block after block.
    var crowd = SeenHashes()
    let alike = (0..<1000).map { UInt64($0) << 40 | 77 }
    #expect(crowd.insert(alike) == [] && crowd.insert(alike) == Array(0..<1000))
  }
}
