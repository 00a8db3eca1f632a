import Cataloguing
import Facts

/// Finds what speaks for each model. Material means: context by a quarter, cost by 5%, routes by any difference.
struct Tradeoffs {
  let assessments: [Assessment]
  let context: Ranking
  let cost: Ranking
  let routes: Ranking
  let benchmarks: [SharedBenchmark]
  let capabilities: [CapabilityStanding]

  func reasons() -> [[Reason]] {
    assessments.indices.map { index in
      var reasons: [Reason] = []
      // Nothing speaks for what can no longer be had.
      guard !assessments[index].model.life.hasEnded else { return reasons }
      if let lead = benchmarkLead(of: index) { reasons.append(lead) }
      if context.leader == index, isContextMaterial { reasons.append(.largerContext) }
      if cost.leader == index, isCostMaterial { reasons.append(.lowerCost) }
      if routes.leader == index { reasons.append(.broaderRoutes) }
      let only = capabilities.filter { $0.onlyIn == index }.map(\.capability)
      if !only.isEmpty { reasons.append(.onlyCapabilities(only)) }
      let documented = capabilities.filter { $0.documentedOnlyIn == index }.map(\.capability)
      if !documented.isEmpty { reasons.append(.documentedCapabilities(documented)) }
      let tags = ownTags(of: index)
      if !tags.isEmpty { reasons.append(.tags(tags)) }
      return Array(reasons.prefix(Verdict.mostReasons))
    }
  }

  /// Tags that no other model earns, shown or not.
  private func ownTags(of index: Int) -> [DecisionTag] {
    assessments[index].fitness.tags.map(\.value).filter { tag in
      !assessments.indices.contains { other in
        other != index && assessments[other].fitness.tags.contains { $0.value == tag }
      }
    }
  }

  private func benchmarkLead(of index: Int) -> Reason? {
    let comparable = benchmarks.filter { $0.incomparable == nil }
    guard !comparable.isEmpty else { return nil }
    let won = comparable.filter { $0.leader == index }
    let others = assessments.indices.filter { $0 != index }.map { other in
      comparable.count { $0.leader == other }
    }
    guard let example = won.max(by: { margin($0) < margin($1) }), won.count > others.max() ?? 0 else {
      return nil
    }
    return .benchmarkLead(wins: won.count, of: comparable.count, example: example)
  }

  /// The lead over the runner-up, relative to the leader's score, in millionths.
  private func margin(_ benchmark: SharedBenchmark) -> Int128 {
    let values = benchmark.scores.map(\.claim.value).sorted()
    guard values.count > 1, let best = values.last, !best.isZero else { return 0 }
    let second = values[values.count - 2]
    let scale = min(best.exponent, second.exponent)
    guard let a = best.mantissa(atExponent: scale), let b = second.mantissa(atExponent: scale), a != 0 else {
      return 0
    }
    let (product, overflow) = (a - b).multipliedReportingOverflow(by: 1_000_000)
    return overflow ? 0 : product / a
  }

  private var isContextMaterial: Bool {
    guard let leader = context.leader, let own = assessments[leader].model.contextWindow.value else {
      return false
    }
    return assessments.indices.allSatisfy { index in
      guard index != leader, let other = assessments[index].model.contextWindow.value else { return true }
      // own ≥ 1.25 × other
      return own.tokens * 4 >= other.tokens * 5
    }
  }

  private var isCostMaterial: Bool {
    guard let leader = cost.leader, let own = assessments[leader].estimate.cheapest?.cost else {
      return false
    }
    return assessments.indices.allSatisfy { index in
      guard index != leader, let other = assessments[index].estimate.cheapest?.cost,
        let saving = (other - own).times(20, per: 1)
      else { return true }
      // (other − own) ≥ 5% of other
      return saving >= other
    }
  }

  func neutralNotes() -> [NeutralNote] {
    var notes: [NeutralNote] = []
    switch context {
    case .leader(let index): if !isContextMaterial { notes.append(.contextClose(leader: index)) }
    case .tie: notes.append(.contextTie)
    case .unknown(let missing): notes.append(.contextUnknown(missing))
    case .contested(let who): notes.append(.contextContested(who))
    case .incomparable: break
    }
    switch cost {
    case .leader(let index): if !isCostMaterial { notes.append(.costClose(leader: index)) }
    case .tie: notes.append(.costTie)
    case .unknown(let missing): notes.append(.costUnknown(missing))
    case .contested(let who): notes.append(.costContested(who))
    case .incomparable: notes.append(.costIncomparable)
    }
    for standing in capabilities where !standing.contested.isEmpty {
      notes.append(.capabilityContested(standing.capability, standing.contested))
    }
    return notes
  }
}
