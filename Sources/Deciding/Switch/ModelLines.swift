import Cataloguing
import Facts
import Pricing

/// What the second model itself changes: limits, capabilities, tokens, cost, data policy, retirement.
struct ModelLines {
  let from: SwitchSide
  let to: SwitchSide
  let rules: SwitchRules
  /// Of the first model and of the second.
  let months: (before: Workload, after: Workload)
  let log: RequestLog?
  let candidates: [Capability: [ModelID]]

  var lines: [SwitchLine] {
    limits + capabilities + [tokenizer] + [cost] + [policy]
      + [retirement(from, isTarget: false), retirement(to, isTarget: true)].compactMap(\.self)
  }

  private var limits: [SwitchLine] {
    [(SwitchStatement.Limit.contextWindow, \Route.contextWindow), (.maxOutput, \Route.maxOutput)].compactMap {
      kind, limit in
      guard case .known(let before, _) = from.route[keyPath: limit] else { return nil }
      guard case .known(let after, let evidence) = to.route[keyPath: limit] else {
        return SwitchLine(
          .limit, .unknown, .limit(kind, before: before, after: nil), citations: [])
      }
      guard before != after else { return nil }
      let shrinks = after < before
      let names =
        rules.concepts.first { $0.title == "answer limit" }?.names.values.flatMap(\.self).map(
          LoggedCall.snake) ?? []
      var share: SwitchLine.Share?
      if shrinks, limit == \Route.maxOutput, let log {
        let over = log.count { call in
          names.contains { name in
            call.parameters[name].flatMap { Int64($0) }.map { $0 > after.tokens } ?? false
          }
        }
        share = SwitchLine.Share(calls: over, of: log.total)
      }
      return SwitchLine(
        .limit, shrinks ? .loss : .gain, .limit(kind, before: before, after: after),
        share: share,
        citations: evidence.agreeing)
    }
  }

  private var capabilities: [SwitchLine] {
    Capability.allCases.compactMap { capability in
      guard case .known(true, _) = from.model.capability(capability) else { return nil }
      switch to.model.capability(capability) {
      case .known: return nil
      case .absent(let evidence):
        return SwitchLine(
          .capability, .loss,
          .lostCapability(capability, model: to.model.name, others: candidates[capability] ?? []),
          citations: evidence.agreeing)
      case .unknown:
        return SwitchLine(
          .capability, .unknown, .unknownCapability(capability, model: to.model.name),
          citations: [])
      }
    }
  }

  private var tokenizer: SwitchLine {
    SwitchLine(.tokenizer, .unknown, .unknownTokenizer, citations: [])
  }

  private var cost: SwitchLine {
    guard months.before == months.after else {
      return SwitchLine(
        .cost, .unknown, .incomparableCosts, citations: [])
    }
    let before = Estimate.cost(of: months.before, through: from.route)
    let after = Estimate.cost(of: months.after, through: to.route)
    guard let before, let after else {
      let missing = [before == nil ? from : nil, after == nil ? to : nil].compactMap { $0?.title }
      return SwitchLine(
        .cost, .unknown, .unpricedCosts(missing), citations: [])
    }
    return SwitchLine(
      .cost, after.cost < before.cost ? .gain : after.cost == before.cost ? .keep : .loss,
      .costs(before: before.cost, after: after.cost),
      citations: before.evidence.agreeing + after.evidence.agreeing)
  }

  private var policy: SwitchLine {
    if from.route.provider == to.route.provider {
      guard let same = rules.policies[to.route.provider] else {
        return SwitchLine(.policy, .unknown, .samePolicy(nil), citations: [])
      }
      return SwitchLine(.policy, .keep, .samePolicy(same.text), citations: [same.citation])
    }
    guard let after = rules.policies[to.route.provider] else {
      return SwitchLine(
        .policy, .unknown, .policy(before: nil, after: (to.route.providerName, nil)), citations: [])
    }
    let before = rules.policies[from.route.provider]
    return SwitchLine(
      .policy, .change,
      .policy(
        before: before.map { (from.route.providerName, $0.text) }, after: (to.route.providerName, after.text)),
      citations: [after.citation] + (before.map { [$0.citation] } ?? []))
  }

  private func retirement(_ side: SwitchSide, isTarget: Bool) -> SwitchLine? {
    guard case .known(let day, let evidence) = side.route.retirement else {
      return isTarget
        ? SwitchLine(.retirement, .unknown, .unknownRetirement(side: side.title), citations: [])
        : nil
    }
    return SwitchLine(
      .retirement, isTarget ? .loss : .change,
      .retirement(side: side.title, day: day, isPast: side.route.isRetired),
      citations: evidence.agreeing)
  }
}
