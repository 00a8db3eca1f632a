import Facts

/// How the second model is called: id, endpoint, SDK, key, dialect, and the form of messages and tools.
struct CallingLines {
  let from: SwitchSide
  let to: SwitchSide
  let log: RequestLog?

  var lines: [SwitchLine] {
    [
      SwitchLine(
        .model, from.route.apiID == to.route.apiID ? .keep : .change,
        .modelID(before: from.route.apiID, after: to.route.apiID),
        citations: to.route.listing),
      compared(.endpoint, endpoint(from), endpoint(to)),
      compared(.sdk, from.api.map { [$0.sdk] }, to.api.map { [$0.sdk] }),
      compared(.key, from.provider.map { [$0.key] }, to.provider.map { [$0.key] }),
      dialect,
    ]
  }

  /// What differs in messages and tools; empty where both speak one dialect or one is unknown.
  var messageLines: [SwitchLine] {
    guard let before = from.api, let after = to.api, before.id != after.id else { return [] }
    func line(
      _ topic: SwitchLine.Topic, _ form: SwitchStatement.Form, _ left: SwitchRules.Stated,
      _ right: SwitchRules.Stated,
      _ holds: (LoggedCall) -> Bool
    )
      -> SwitchLine
    {
      SwitchLine(
        topic, left.text == right.text ? .keep : .change,
        .form(form, before: left.text, after: right.text),
        share: share(holds),
        citations: [left.citation, right.citation])
    }
    return [
      line(.message, .systemPrompt, before.system, after.system, \.hasSystem),
      line(.message, .images, before.images, after.images, \.hasImages),
      line(.tools, .toolSchemas, before.tools, after.tools, \.hasTools),
      line(.tools, .toolCalls, before.calls, after.calls, \.hasTools),
    ]
  }

  private func endpoint(_ side: SwitchSide) -> [SwitchRules.Stated]? {
    guard let provider = side.provider, let api = side.api else { return nil }
    return [provider.base, api.endpoint]
  }

  private func compared(
    _ topic: SwitchLine.Topic, _ before: [SwitchRules.Stated]?, _ after: [SwitchRules.Stated]?
  ) -> SwitchLine {
    guard let after else {
      return SwitchLine(topic, .unknown, .unknownSetting(provider: to.route.providerName), citations: [])
    }
    let text = after.map(\.text).joined(separator: ", ")
    let old = before.map { $0.map(\.text).joined(separator: ", ") }
    return SwitchLine(
      topic, old == text ? .keep : .change,
      .setting(before: old, after: text),
      citations: after.map(\.citation))
  }

  private var dialect: SwitchLine {
    guard let after = to.api else {
      return SwitchLine(
        .dialect, .unknown, .unknownDialect(provider: to.route.providerName), citations: [])
    }
    let citations = (to.dialect?.agreeing ?? []) + [after.definition]
    return SwitchLine(
      .dialect, from.api?.id == after.id ? .keep : .change,
      .dialect(before: from.api?.title, after: after.title),
      citations: citations)
  }

  private func share(_ holds: (LoggedCall) -> Bool) -> SwitchLine.Share? {
    log.map { SwitchLine.Share(calls: $0.count(holds), of: $0.total) }
  }
}
