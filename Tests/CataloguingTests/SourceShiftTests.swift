import Facts
import Testing

@testable import Cataloguing

@Suite struct SourceShifts {
  private func shift(_ prices: [(String, String)]) throws -> ValueShift {
    var shift = ValueShift("prices")
    for (before, after) in prices {
      shift.add(from: try Money(dollars: before), to: try Money(dollars: after))
    }
    return shift
  }

  private func same(_ count: Int) -> [(String, String)] { Array(repeating: ("1", "1"), count: count) }

  /// What a whole may do, and what it may not. A quarter of 100 is 25; a fiftieth is 2.
  private static let cases: [(same: Int, moved: Int, before: String, after: String, word: String?)] = [
    (100, 0, "1", "1", nil),
    // A price cut of a whole family: 24 of 100 to the half.
    (76, 24, "1", "0.5", nil), (75, 25, "1", "0.5", nil),
    (74, 26, "1", "0.5", "more than a quarter"),
    // In another unit: every price, or every tenth.
    (0, 100, "1", "1000", "three times"), (90, 10, "1", "1000", "three times"),
    (0, 100, "1", "0.001", "a third"), (90, 10, "3", "1", "a third"),
    // 2.9 times is not three.
    (90, 10, "1", "2.9", nil),
    (90, 10, "1", "0", "zero"), (0, 100, "1", "0", "zero"),
    // Nine say nothing of the whole, and ten of a thousand are a hundredth.
    (91, 9, "1", "0", nil), (990, 10, "1", "0", nil), (991, 9, "1", "1000", nil),
    // What had no price had none to lose.
    (0, 100, "0", "5", nil),
  ]

  @Test(arguments: cases)
  func asAWhole(same count: Int, moved: Int, before: String, after: String, word: String?) throws {
    let refusal = try shift(same(count) + Array(repeating: (before, after), count: moved)).refusal
    if let word {
      #expect(refusal?.contains(word) == true)
    } else {
      #expect(refusal == nil)
    }
  }

  private func refusal(_ before: [Claim], _ after: [Claim], provider: String = "acme") throws -> String? {
    let day = try CalendarDate(parsing: "2026-11-30")
    func record(_ key: Int, _ claims: [Claim], at provider: String) -> SourceRecord {
      SourceRecord(key: "\(key)", subject: .route(provider: provider, apiID: "m\(key)"), claims: claims)
    }
    let keys = 0..<100
    return SourceShift(
      from: Dictionary(
        uniqueKeysWithValues: keys.map { key in
          (
            "\(key)",
            [
              SourceReplacement.Placed(
                model: "acme/m", provider: "acme", apiID: "m\(key)", record: record(key, before, at: "acme"))
            ]
          )
        }),
      to: Dictionary(uniqueKeysWithValues: keys.map { ("\($0)", [record($0, after, at: provider)]) }),
      identity: IdentityPolicy(), day: day
    ).refusal
  }

  private func price(_ text: String, from day: String? = nil) throws -> Claim {
    Claim(
      .price(PriceTerm(.input)), .money(try Money(dollars: text)), asWritten: text,
      validFrom: try day.map { try CalendarDate(parsing: $0) })
  }

  /// A hundred records each: prices that vanish, limits that are all one, another owner, ends that are all past.
  @Test func whatEveryRecordLosesIsRefused() throws {
    let one = try price("1")
    let window = Claim(.contextWindow, .tokens(TokenCount(128_000)), asWritten: "128000")
    let tiny = Claim(.contextWindow, .tokens(TokenCount(1)), asWritten: "1")
    let past = Claim(.retirement, .date(try CalendarDate(parsing: "2026-01-01")), asWritten: "2026-01-01")
    #expect(try refusal([one], [one]) == nil)
    #expect(try refusal([one], [])?.contains("100 of 100 prices would be gone") == true)
    #expect(try refusal([window], [tiny])?.contains("limits would change") == true)
    #expect(try refusal([one], [one], provider: "other")?.contains("another provider") == true)
    #expect(try refusal([one], [one, past])?.contains("would have ended already") == true)
  }

  /// Prices with their own days are a history, and no pair.
  @Test func aHistoryIsNotCompared() throws {
    #expect(try refusal([try price("1", from: "2026-01-01")], [try price("1000")]) == nil)
  }
}
