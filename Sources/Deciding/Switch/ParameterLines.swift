import Facts

/// Which parameters the second model takes, renames, refuses or demands. With a log, those that its calls set; else all of the
/// first API.
struct ParameterLines {
  let from: SwitchSide
  let to: SwitchSide
  let rules: SwitchRules
  let log: RequestLog?

  /// Said on lines of their own.
  private static let elsewhere: Set<String> = ["model", "messages", "system prompt"]

  var lines: [SwitchLine] {
    guard let before = from.api, let after = to.api else {
      return [
        SwitchLine(
          .parameter, .unknown, .unknownParameters, citations: [])
      ]
    }
    var lines: [SwitchLine] = []
    for name in before.parameters.keys.sorted() {
      guard let line = line(name, before, after) else { continue }
      lines.append(line)
    }
    lines += required(before, after)
    lines += begunAnswers
    // What is refused comes first: it breaks calls.
    return lines.filter { $0.action == .remove } + lines.filter { $0.action != .remove }
  }

  private func concept(_ name: String, in api: SwitchRules.API) -> SwitchRules.Concept? {
    rules.concepts.first { $0.names[api.id]?.contains(name) ?? false }
  }

  private func line(_ name: String, _ before: SwitchRules.API, _ after: SwitchRules.API) -> SwitchLine? {
    let spelled = LoggedCall.snake(name)
    let set = log?.count { $0.parameters[spelled] != nil }
    if set == 0 { return nil }
    let concept = concept(name, in: before)
    if let concept, Self.elsewhere.contains(concept.title) { return nil }
    let own = before.parameters[name].map { [$0] } ?? []
    // What the model refuses stands above what its API takes.
    if let refusal = refusal(name, concept, before, after, own) { return refusal }
    let names = concept?.names[after.id] ?? (after.parameters[name] == nil ? [] : [name])
    guard let target = names.contains(name) ? name : names.first else {
      return SwitchLine(
        .parameter, .remove, .noCounterpart(parameter: name, api: after.title), share: share(set),
        citations: own + [after.definition])
    }
    guard target != name else {
      return log == nil
        ? nil
        : SwitchLine(
          .parameter, .keep, .sameParameter(name), share: share(set),
          citations: after.parameters[target].map { [$0] } ?? own)
    }
    return SwitchLine(
      .parameter, .change, .renamedParameter(name, to: target, concept: concept?.title),
      share: share(set),
      citations: own + (after.parameters[target].map { [$0] } ?? []))
  }

  private func refusal(
    _ name: String, _ concept: SwitchRules.Concept?, _ before: SwitchRules.API, _ after: SwitchRules.API,
    _ own: [Citation]
  ) -> SwitchLine? {
    let spelled = LoggedCall.snake(name)
    // The rules name parameters as OpenAI does.
    let common = Set([name] + (concept?.names["openai-chat"] ?? []) + (concept?.names[after.id] ?? []))
    for rule in to.rules(rules.modelRules) {
      guard let key = rule.parameters.keys.first(where: common.contains) else { continue }
      let taken = rule.parameters[key] ?? nil
      let refused = log?.count { call in
        guard let value = call.parameters[spelled] else { return false }
        if let taken, Self.isSame(value, taken) { return false }
        if let unless = rule.unless, call.parameters[unless.name] == unless.value { return false }
        return true
      }
      let set = log?.count { $0.parameters[spelled] != nil }
      let calls = set.flatMap { set in refused.map { (setting: set, refused: $0) } }
      // Set, and never with a value that is refused: it stays.
      return SwitchLine(
        .parameter, refused == 0 ? .keep : .remove,
        .refusedParameter(name, rule: rule.text, taken: taken, calls: calls), share: share(refused),
        citations: [rule.citation])
    }
    guard concept?.title == "temperature", case .known(.flag(false), let evidence) = to.route[.temperature]
    else { return nil }
    let set = log?.count { $0.parameters[spelled] != nil }
    return SwitchLine(
      .parameter, .remove, .noSamplingTemperature(parameter: name), share: share(set),
      citations: evidence.agreeing)
  }

  private func required(_ before: SwitchRules.API, _ after: SwitchRules.API) -> [SwitchLine] {
    after.required.keys.sorted().filter { before.required[$0] == nil }.compactMap { name in
      guard let place = after.required[name] else { return nil }
      let concept = rules.concepts.first { $0.names[after.id]?.contains(name) ?? false }
      let before = (concept?.names[before.id] ?? [name]).map(LoggedCall.snake)
      let missing = log?.count { call in !before.contains { call.parameters[$0] != nil } }
      return SwitchLine(
        .parameter, .change,
        .requiredParameter(name, before: before, missing: missing),
        share: share(missing), citations: [place])
    }
  }

  private var begunAnswers: [SwitchLine] {
    to.rules(rules.modelRules).compactMap { rule in
      let counted: (LoggedCall) -> Bool
      if rule.parameters.keys.contains("prefill") {
        counted = \.hasBegunAnswer
      } else if rule.parameters.keys.contains("forced tool") {
        counted = \.forcesTool
      } else {
        return nil
      }
      let calls = log?.count(counted)
      if calls == 0 { return nil }
      return SwitchLine(
        .message, .remove, .refusedForm(rule: rule.text), share: share(calls), citations: [rule.citation])
    }
  }

  private func share(_ calls: Int?) -> SwitchLine.Share? {
    guard let calls, let log else { return nil }
    return SwitchLine.Share(calls: calls, of: log.total)
  }

  /// `1`, `1.0` and `1e0` are one number.
  private static func isSame(_ value: String, _ taken: String) -> Bool {
    guard let left = try? ExactDecimal(parsing: value), let right = try? ExactDecimal(parsing: taken) else {
      return value == taken
    }
    return left == right
  }
}
