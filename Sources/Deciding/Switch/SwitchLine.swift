import Facts

/// One line of a migration checklist.
public struct SwitchLine: Sendable {
  public enum Topic: String, CaseIterable, Sendable {
    case model, endpoint, sdk, key, dialect, parameter, message, tools, limit, capability, tokenizer, cost,
      policy, retirement
  }

  /// What the reader has to do.
  public enum Action: String, Sendable {
    /// Change the code or its settings.
    case change
    /// What is sent today is refused.
    case remove
    /// Something that was there is gone or smaller.
    case loss
    case gain
    case keep
    /// No source says; ask.
    case unknown
  }

  /// How many calls of the log a line concerns.
  public struct Share: Sendable {
    public let calls: Int
    public let of: Int

    public init(calls: Int, of: Int) {
      self.calls = calls
      self.of = of
    }
  }

  public let topic: Topic
  public let action: Action
  public let statement: SwitchStatement
  public let share: Share?
  /// Where it was read; empty for what no source says.
  public let citations: [Citation]

  init(
    _ topic: Topic, _ action: Action, _ statement: SwitchStatement, share: Share? = nil, citations: [Citation]
  ) {
    self.topic = topic
    self.action = action
    self.statement = statement
    self.share = share
    self.citations = citations
  }
}
