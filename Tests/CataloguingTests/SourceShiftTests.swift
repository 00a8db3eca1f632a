import Facts
import Testing

@testable import Cataloguing

@Suite struct PriceShifts {
  private func shift(_ prices: [(String, String)]) throws -> PriceShift {
    var shift = PriceShift()
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

  /// Prices with their own days are a history, and several of one record are no pair.
  @Test func recordsAreComparedWhereBothStateOnePrice() throws {
    func record(_ prices: [(String, CalendarDate?)]) throws -> SourceRecord {
      SourceRecord(
        key: "k", subject: .model("m"),
        claims: try prices.map { text, from in
          Claim(
            .price(PriceTerm(.input)), .money(try Money(dollars: text)), asWritten: text, validFrom: from)
        })
    }
    let day = try CalendarDate(parsing: "2026-01-01")
    let one = PriceShift(from: ["k": [try record([("1", nil)])]], to: ["k": [try record([("2", nil)])]])
    #expect(one.compared == 1 && one.moved == 1 && one.risen == 0)
    let none = PriceShift(
      from: ["k": [try record([("1", nil), ("3", nil)])], "gone": [try record([("1", nil)])]],
      to: ["k": [try record([("2", nil)])]])
    #expect(none.compared == 0)
    let dated = PriceShift(from: ["k": [try record([("1", day)])]], to: ["k": [try record([("2", nil)])]])
    #expect(dated.compared == 0)
  }
}
