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
    [("Context window", \Route.contextWindow), ("Longest answer", \Route.maxOutput)].compactMap {
      title, limit in
      guard case .known(let before, _) = from.route[keyPath: limit] else { return nil }
      guard case .known(let after, let evidence) = to.route[keyPath: limit] else {
        return SwitchLine(
          .limit, .unknown, "\(title): \(before.tokens) tokens before, not known after.", citations: [])
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
        .limit, shrinks ? .loss : .gain, "\(title): \(after.tokens) tokens, before \(before.tokens).",
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
        let others = (candidates[capability] ?? []).map(\.rawValue)
        return SwitchLine(
          .capability, .loss,
          "\(capability.title) is lost: \(to.model.name) has none."
            + (others.isEmpty ? "" : " Near models that have it: \(others.joined(separator: ", "))."),
          citations: evidence.agreeing)
      case .unknown:
        return SwitchLine(
          .capability, .unknown, "\(capability.title): no source says whether \(to.model.name) has it.",
          citations: [])
      }
    }
  }

  private var tokenizer: SwitchLine {
    SwitchLine(
      .tokenizer, .unknown,
      "How many tokens the same text has is not known: no source gives an exact vocabulary of both models. Measure both on your own text.",
      citations: [])
  }

  private var cost: SwitchLine {
    guard months.before == months.after else {
      return SwitchLine(
        .cost, .unknown, "The two products count different things, so that their months cannot be compared.",
        citations: [])
    }
    let before = Estimate.cost(of: months.before, through: from.route)
    let after = Estimate.cost(of: months.after, through: to.route)
    guard let before, let after else {
      let missing = [before == nil ? from : nil, after == nil ? to : nil].compactMap { $0?.title }
      return SwitchLine(
        .cost, .unknown, "The month cannot be priced through \(missing.joined(separator: " and ")).",
        citations: [])
    }
    let change: String
    if before.cost == after.cost {
      change = "the same"
    } else {
      let (low, high) = (min(before.cost, after.cost), max(before.cost, after.cost))
      change = "$\((high - low).text) \(after.cost < before.cost ? "less" : "more")"
    }
    return SwitchLine(
      .cost, after.cost < before.cost ? .gain : after.cost == before.cost ? .keep : .loss,
      "A month costs $\(after.cost.text), before $\(before.cost.text): \(change).",
      citations: before.evidence.agreeing + after.evidence.agreeing)
  }

  private var policy: SwitchLine {
    if from.route.provider == to.route.provider {
      guard let same = rules.policies[to.route.provider] else {
        return SwitchLine(
          .policy, .unknown, "The provider stays; what it does with data is not known.", citations: [])
      }
      return SwitchLine(.policy, .keep, "The provider stays. \(same.text)", citations: [same.citation])
    }
    guard let after = rules.policies[to.route.provider] else {
      return SwitchLine(
        .policy, .unknown, "What \(to.route.providerName) does with data is not known.", citations: [])
    }
    let before = rules.policies[from.route.provider]
    return SwitchLine(
      .policy, .change,
      "\(to.route.providerName): \(after.text)"
        + (before.map { " Before, \(from.route.providerName): \($0.text)" } ?? ""),
      citations: [after.citation] + (before.map { [$0.citation] } ?? []))
  }

  private func retirement(_ side: SwitchSide, isTarget: Bool) -> SwitchLine? {
    guard case .known(let day, let evidence) = side.route.retirement else {
      return isTarget
        ? SwitchLine(.retirement, .unknown, "No source states when \(side.title) retires.", citations: [])
        : nil
    }
    let word = side.route.isRetired ? "retired" : "retires"
    return SwitchLine(
      .retirement, isTarget ? .loss : .change, "\(side.title) \(word) on \(day.text).",
      citations: evidence.agreeing)
  }
}
