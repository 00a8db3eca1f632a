import Cataloguing
import Facts
import Pricing
import Testing

@testable import Metering

/// How the cost of a row follows from its size.
@Suite struct SizeLaws {
  /// One token more never costs less, in the prompt or in the answer: tiers are never below what they are above, and a part
  /// never costs more than its whole here.
  @Test(arguments: 0..<10)
  func costIsMonotoneInTokens(seed: UInt64) async throws {
    var dice = Dice(3000 + seed)
    let (input, output) = (2 + dice.below(50), 2 + dice.below(90))
    // Odd seeds bill only the tokens beyond the limit at its price, and every third counts the answer against it too.
    let tier = PriceTier(
      above: TokenCount(Int64(60 + dice.below(80))), semantics: seed % 2 == 0 ? .cliff : .marginal,
      counting: seed % 3 == 0 ? .promptAndAnswer : .prompt)
    let catalogue = try RepriceLog.catalogue([
      (
        "east", "alpha",
        [
          try RepriceLog.price(PriceTerm(.input), "\(input)"),
          try RepriceLog.price(PriceTerm(.output), "\(output)"),
          try RepriceLog.price(PriceTerm(.input, tier: tier), "\(input + dice.below(9))"),
          try RepriceLog.price(PriceTerm(.output, tier: tier), "\(output + dice.below(9))"),
          try RepriceLog.price(PriceTerm(.cacheRead), "1"),
        ]
      )
    ])
    let prompts = try await Self.costs(ofPrompts: 0..<240, catalogue)
    for prompt in 1..<240 { #expect(!(prompts[prompt] < prompts[prompt - 1]), "\(prompt) tokens") }
    let answers = try await Self.costs(ofAnswers: 0..<240, catalogue)
    for answer in 1..<240 { #expect(!(answers[answer] < answers[answer - 1]), "\(answer) tokens") }
    #expect(prompts[239] > prompts[0] && answers[239] > answers[0])
  }

  /// What a row of each prompt costs.
  private static func costs(ofPrompts prompts: Range<Int>, _ catalogue: Catalogue) async throws
    -> [ExactDecimal]
  {
    try await costs(prompts.map { #""input":\#($0),"output":5"# }, catalogue)
  }

  /// What a row of each answer costs.
  private static func costs(ofAnswers answers: Range<Int>, _ catalogue: Catalogue) async throws
    -> [ExactDecimal]
  {
    try await costs(answers.map { #""input":50,"output":\#($0)"# }, catalogue)
  }

  private static func costs(_ usages: [String], _ catalogue: Catalogue) async throws -> [ExactDecimal] {
    let lines = usages.enumerated().map {
      #"{"time":"2026-03-01","provider":"east","model":"alpha",\#($0.element),"key":"\#($0.offset)"}"#
    }
    let answer = try await RepriceLog.reprice(lines.joined(separator: "\n"), catalogue) {
      $0.tables = [[.key]]
    }
    var costs: [String: ExactDecimal] = [:]
    for row in answer.tables[0].rows { costs[row.names[0]?.text ?? ""] = row.amounts.dollars }
    return try usages.indices.map { try #require(costs["\($0)"]) }
  }

  /// A step of one token costs its own price, but at the limit, where all tokens before become dearer:
  /// 101 × 3 − 100 × 2 = 103 per million.
  @Test func costIsContinuousButAtItsCliffs() async throws {
    let catalogue = try RepriceLog.catalogue([
      (
        "east", "alpha",
        [
          try RepriceLog.price(PriceTerm(.input), "2"), try RepriceLog.price(PriceTerm(.output), "1"),
          try RepriceLog.price(PriceTerm(.input, above: TokenCount(100)), "3"),
        ]
      )
    ])
    let costs = try await Self.costs(ofPrompts: 0..<200, catalogue)
    var steps: [String: [Int]] = [:]
    for prompt in 1..<200 {
      let last = costs[prompt - 1]
      let step = try #require(
        costs[prompt].adding(ExactDecimal(reducing: -last.mantissa, exponent: last.exponent)))
      steps[step.text, default: []].append(prompt)
    }
    #expect(steps["0.000103"] == [101])
    #expect(steps["0.000002"] == Array(1...100) && steps["0.000003"] == Array(102...199))
  }

  /// A price for the tokens beyond a limit has no cliff: each of them costs its own price and no other becomes dearer.
  @Test func costIsContinuousWherePricesAreMarginal() async throws {
    let tier = PriceTier(above: TokenCount(100), semantics: .marginal)
    let catalogue = try RepriceLog.catalogue([
      (
        "east", "alpha",
        [
          try RepriceLog.price(PriceTerm(.input), "2"), try RepriceLog.price(PriceTerm(.output), "1"),
          try RepriceLog.price(PriceTerm(.input, tier: tier), "3"),
        ]
      )
    ])
    let costs = try await Self.costs(ofPrompts: 0..<200, catalogue)
    // 5 answer tokens at 1, then 100 at 2 and 99 at 3 per million: 5 + 200 + 297 = 502.
    #expect(costs[0].text == "0.000005" && costs[100].text == "0.000205" && costs[199].text == "0.000502")
    for prompt in 1..<200 {
      let last = costs[prompt - 1]
      let step = costs[prompt].adding(ExactDecimal(reducing: -last.mantissa, exponent: last.exponent))
      #expect(step?.text == (prompt <= 100 ? "0.000002" : "0.000003"), "\(prompt) tokens")
    }
  }
}
