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
        from.route.apiID == to.route.apiID
          ? "The id stays \(to.route.apiID)." : "Send \(to.route.apiID) in place of \(from.route.apiID).",
        citations: to.route.listing),
      compared(
        .endpoint, endpoint(from), endpoint(to),
        unknown: "The address of \(to.route.providerName)'s API is not known."),
      compared(
        .sdk, from.api.map { [$0.sdk] }, to.api.map { [$0.sdk] },
        unknown: "The SDK for \(to.route.providerName) is not known."),
      compared(
        .key, from.provider.map { [$0.key] }, to.provider.map { [$0.key] },
        unknown: "The environment variable for the key of \(to.route.providerName) is not known."),
      dialect,
    ]
  }

  /// What differs in messages and tools; empty where both speak one dialect or one is unknown.
  var messageLines: [SwitchLine] {
    guard let before = from.api, let after = to.api, before.id != after.id else { return [] }
    func line(
      _ topic: SwitchLine.Topic, _ what: String, _ left: SwitchRules.Stated, _ right: SwitchRules.Stated,
      _ holds: (LoggedCall) -> Bool
    )
      -> SwitchLine
    {
      let isSame = left.text == right.text
      return SwitchLine(
        topic, isSame ? .keep : .change,
        isSame ? "\(what): \(right.text), as before." : "\(what): \(right.text); before: \(left.text).",
        share: share(holds),
        citations: [left.citation, right.citation])
    }
    return [
      line(.message, "System prompt", before.system, after.system, \.hasSystem),
      line(.message, "Images", before.images, after.images, \.hasImages),
      line(.tools, "Tool schemas", before.tools, after.tools, \.hasTools),
      line(.tools, "Tool calls and results", before.calls, after.calls, \.hasTools),
    ]
  }

  private func endpoint(_ side: SwitchSide) -> [SwitchRules.Stated]? {
    guard let provider = side.provider, let api = side.api else { return nil }
    return [provider.base, api.endpoint]
  }

  private func compared(
    _ topic: SwitchLine.Topic, _ before: [SwitchRules.Stated]?, _ after: [SwitchRules.Stated]?,
    unknown: String
  ) -> SwitchLine {
    guard let after else { return SwitchLine(topic, .unknown, unknown, citations: []) }
    let text = after.map(\.text).joined(separator: ", ")
    let old = before.map { $0.map(\.text).joined(separator: ", ") }
    return SwitchLine(
      topic, old == text ? .keep : .change,
      old == text ? "Stays \(text)." : "Use \(text)" + (old.map { " in place of \($0)." } ?? "."),
      citations: after.map(\.citation))
  }

  private var dialect: SwitchLine {
    guard let after = to.api else {
      return SwitchLine(
        .dialect, .unknown, "The API of \(to.route.providerName) is not known.", citations: [])
    }
    let citations = (to.dialect?.agreeing ?? []) + [after.definition]
    if let before = from.api, before.id == after.id {
      return SwitchLine(.dialect, .keep, "Both are called through \(after.title).", citations: citations)
    }
    return SwitchLine(
      .dialect, .change, "\(after.title)" + (from.api.map { " in place of \($0.title)." } ?? "."),
      citations: citations)
  }

  private func share(_ holds: (LoggedCall) -> Bool) -> SwitchLine.Share? {
    log.map { SwitchLine.Share(calls: $0.count(holds), of: $0.total) }
  }
}
