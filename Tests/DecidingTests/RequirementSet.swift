import Facts
import Pricing
import Testing

@testable import Deciding

/// A set of requirements as a person writes it, and the same by hand: one check a requirement, in the order in which they are
/// asked (kind, what is true of the model, provider, region, capabilities, limits, retirement, traffic, cost).
struct RequirementSet: CustomTestStringConvertible, Sendable {
  let words: [ShortlistWords.Key: String]
  var workload = Workload.usual
  /// Between "available and metered" and "carries the traffic".
  let checks: [BruteForce.Check]
  var cost: Int128?
  /// In place of metered.
  var kind: BruteForce.Check = BruteForce.metered

  var testDescription: String {
    words.map { "\($0.key.rawValue)=\($0.value)" }.sorted().joined(separator: " ")
  }

  var all: [BruteForce.Check] {
    [BruteForce.available, kind] + checks + [BruteForce.carries(workload)]
      + (cost.map { [BruteForce.costs(atMost: $0, workload)] } ?? [])
  }

  private static let small = Workload(
    inputTokens: TokenCount(20_000_000), outputTokens: TokenCount(5_000_000), requests: 10_000)
  /// 300,000 tokens a prompt: beyond many windows and above price tiers.
  private static let long = Workload(
    inputTokens: TokenCount(300_000_000), outputTokens: TokenCount(2_000_000), requests: 1000,
    cachedTokens: TokenCount(150_000_000))

  static var written: [RequirementSet] {
    typealias B = BruteForce
    let swe = { (least: Int64) in B.score("swe_bench_verified") { $0 >= ExactDecimal(least) } }
    return [
      RequirementSet(words: [:], checks: []),
      RequirementSet(words: [.context: ">=200k"], checks: [B.context { $0 >= 200_000 }]),
      RequirementSet(words: [.context: "1M"], checks: [B.context { $0 >= 1_000_000 }]),
      RequirementSet(words: [.context: "<32k"], checks: [B.context { $0 < 32_000 }]),
      RequirementSet(
        words: [.needs: "tools,structured-outputs"], checks: [B.needs(.toolUse), B.needs(.structuredOutputs)]),
      RequirementSet(words: [.needs: "vision"], checks: [B.needs(.vision)]),
      RequirementSet(words: [.needs: "computer-use"], checks: [B.needs(.computerUse, orModel: true)]),
      RequirementSet(
        words: [.needs: "reasoning,code_execution"],
        checks: [B.needs(.reasoning), B.needs(.codeExecution, orModel: true)]),
      RequirementSet(words: [.license: "osi"], checks: [B.osi]),
      RequirementSet(words: [.license: "MIT,apache 2.0"], checks: [B.licence("MIT", "Apache-2.0")]),
      RequirementSet(words: [.license: "commercial"], checks: [B.commercial]),
      RequirementSet(words: [.openWeights: "yes"], checks: [B.open]),
      RequirementSet(words: [.openWeights: "yes", .license: "osi"], checks: [B.open, B.osi]),
      RequirementSet(words: [.region: "eu"], checks: [B.region("eu")]),
      RequirementSet(words: [.region: "us", .needs: "tools"], checks: [B.region("us"), B.needs(.toolUse)]),
      RequirementSet(words: [.provider: "openrouter"], checks: [B.provider("openrouter")]),
      RequirementSet(
        words: [.provider: "openai,anthropic", .needs: "json"],
        checks: [B.provider("openai", "anthropic"), B.needs(.structuredOutputs)]),
      RequirementSet(
        words: [.lab: "qwen", .openWeights: "yes", .maxCost: "100/month"],
        checks: [{ B.lab("alibaba", "qwen")($0, $1) }, B.open], cost: 100),
      RequirementSet(words: [.maxCost: "$500"], checks: [], cost: 500),
      RequirementSet(words: [.maxCost: "0.5/month"], workload: small, checks: [], cost: nil),
      RequirementSet(words: [.maxCost: "<=30/month"], workload: small, checks: [], cost: 30),
      RequirementSet(words: [.maxCost: "2000"], workload: long, checks: [], cost: 2000),
      RequirementSet(words: [.benchmark: "swe-bench>=60"], checks: [swe(60)]),
      RequirementSet(
        words: [.benchmark: "swe-bench>=60,gpqa>80%"],
        checks: [swe(60), B.score("gpqa_diamond") { $0 > ExactDecimal(80) }]),
      RequirementSet(words: [.released: ">=2025-06"], checks: [B.from("2025-06-01", .released)]),
      RequirementSet(words: [.knowledge: ">=2025-01-15"], checks: [B.from("2025-01-15", .knowledgeCutoff)]),
      RequirementSet(words: [.notRetiring: "12mo"], checks: [B.retires(notBefore: "2027-11-23")]),
      RequirementSet(words: [.notRetiring: "90d"], checks: [B.retires(notBefore: "2027-02-21")]),
      RequirementSet(words: [.output: ">64000"], checks: [B.output { $0 > 64_000 }]),
      RequirementSet(
        words: [
          .context: ">=200k", .needs: "tools,structured-outputs", .license: "osi", .maxCost: "500/month",
          .openWeights: "yes",
        ],
        checks: [
          B.open, B.osi, B.needs(.toolUse), B.needs(.structuredOutputs), B.context { $0 >= 200_000 },
        ], cost: 500),
      RequirementSet(
        words: [
          .context: ">=200k", .needs: "tools", .region: "eu", .maxCost: "5000/month", .notRetiring: "1y",
          .benchmark: "swe-bench>=40",
        ],
        checks: [
          swe(40), B.region("eu"), B.needs(.toolUse), B.context { $0 >= 200_000 },
          B.retires(notBefore: "2027-11-23"),
        ], cost: 5000),
      RequirementSet(
        words: [.kind: "free", .needs: "tools"], checks: [B.needs(.toolUse)],
        kind: { _, route in route.kind.value.map { $0 == .free } }),
    ]
  }
}
