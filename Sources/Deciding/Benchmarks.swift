import Cataloguing
import Facts

/// Benchmarks: which are about code, and when two scores may be compared.
public enum Benchmarks {
  private static let coding: Set<String> = [
    "swe_bench_verified", "aider_polyglot_external", "terminalbench_external", "scicode_external",
    "webdev_arena_external",
    "deepswe_external", "gso_external", "frontiercode_external", "frontierswe_external",
    "cursorbench_external",
    "algotune_external", "arena/text/coding", "arena/webdev/overall",
  ]

  public static func isCoding(_ benchmark: BenchmarkID) -> Bool { coding.contains(benchmark.rawValue) }

  /// The benchmark's name for people: `swe_bench_verified` → `SWE bench verified`, `arena/text/overall` → `Arena text overall`.
  public static func title(_ benchmark: BenchmarkID) -> String {
    let plain = benchmark.rawValue.replacing("_external", with: "").map { $0 == "_" || $0 == "/" ? " " : $0 }
    let acronyms: Set<String> = [
      "swe", "gpqa", "arc", "agi", "aime", "mmlu", "gsm8k", "hle", "ai2", "gso", "cad", "metr", "rli", "vpct",
      "bbh", "piqa", "cl", "ale", "gdp", "pdf", "os",
    ]
    let words = String(plain).split(separator: " ").map {
      acronyms.contains(String($0)) ? $0.uppercased() : String($0)
    }
    let text = words.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The benchmarks that every model has a score of, with the scores side by side.
  public static func shared(_ assessments: [Assessment]) -> [SharedBenchmark] {
    guard let first = assessments.first else { return [] }
    let common = first.scores.keys.filter { key in assessments.allSatisfy { $0.scores[key] != nil } }
    return common.sorted().map { benchmark in
      SharedBenchmark(
        benchmark, candidates: assessments.map { $0.scores[benchmark] ?? [] },
        labs: assessments.map(\.model.lab))
    }
  }
}

/// One benchmark that all compared models have.
public struct SharedBenchmark: Sendable {
  public let benchmark: BenchmarkID
  /// One score a model, in the models' order.
  public let scores: [Score]
  /// Why the scores may not be compared; nil when they may.
  public let incomparable: String?
  /// The index of the model that leads; nil on a tie, overlapping intervals, or no comparison.
  public let leader: Int?

  init(_ benchmark: BenchmarkID, candidates: [[Score]], labs: [LabID]) {
    self.benchmark = benchmark
    let variants = candidates.map { Set($0.map(\.claim.variant)) }
    let common = variants.dropFirst().reduce(variants.first ?? []) { $0.intersection($1) }
    let chosen = common.min { Self.order($0) < Self.order($1) }
    scores = candidates.compactMap { scores in
      let own = chosen.map { variant in scores.filter { $0.claim.variant == variant } } ?? scores
      return own.max { $0.claim.value < $1.claim.value }
    }
    incomparable = Self.reason(scores, chosen: chosen, candidates: candidates, labs: labs)
    leader = incomparable == nil ? Self.leader(scores) : nil
  }

  /// The default effort first, then the common ones.
  private static func order(_ variant: String) -> (Int, String) {
    let known = ["", "high", "xhigh", "max", "medium", "low", "none", "minimal"]
    return (known.firstIndex(of: variant) ?? known.count, variant)
  }

  private static func reason(_ scores: [Score], chosen: String?, candidates: [[Score]], labs: [LabID])
    -> String?
  {
    let claims = scores.map(\.claim)
    guard let chosen else { return "efforts differ" }
    if chosen == "effort not stated" { return "effort not stated" }
    if claims.contains(where: { $0.evaluator == nil }) { return "no evaluator is named" }
    if claims.contains(where: { $0.version == nil }) { return "no version is named" }
    if Set(claims.map(\.evaluator)).count > 1 { return "evaluators differ" }
    if claims.first?.evaluator == "lab_reported", Set(labs).count > 1 { return "each lab ran its own" }
    if Set(claims.map(\.unit)).count > 1 { return "units differ" }
    if Set(claims.map(\.metric)).count > 1 { return "metrics differ" }
    if Set(claims.map(\.version)).count > 1 { return "versions differ" }
    if claims.first?.unit == .points { return "the scale is not told" }
    for own in candidates {
      let values = Set(
        own.filter { $0.claim.variant == chosen && $0.claim.evaluator == claims[0].evaluator }.map(
          \.claim.value))
      if values.count > 1 { return "several runs, harness not told" }
    }
    return nil
  }

  private static func leader(_ scores: [Score]) -> Int? {
    guard let best = scores.map(\.claim.value).max() else { return nil }
    let leaders = scores.indices.filter { scores[$0].claim.value == best }
    guard leaders.count == 1, let leader = leaders.first else { return nil }
    // Two ratings whose 95% intervals overlap have no leader.
    if let low = bounds(scores[leader])?.0 {
      for index in scores.indices where index != leader {
        if let high = bounds(scores[index])?.1, high >= low { return nil }
      }
    }
    return leader
  }

  private static func bounds(_ score: Score) -> (ExactDecimal, ExactDecimal)? {
    let parts = (score.claim.interval ?? "").split(separator: "–").compactMap {
      try? ExactDecimal(parsing: $0)
    }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }
}
