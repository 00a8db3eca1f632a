import Facts

/// One line of a migration checklist.
public struct SwitchLine: Sendable {
  public enum Topic: String, CaseIterable, Sendable {
    case model = "model id"
    case endpoint
    case sdk = "SDK"
    case key = "environment variable"
    case dialect = "API dialect"
    case parameter
    case message = "messages"
    case tools
    case limit
    case capability
    case tokenizer
    case cost
    case policy = "data policy"
    case retirement
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

    /// In percent with one decimal at most, rounded half up; a share that is not zero is never shown as zero.
    public var text: String {
      guard of > 0 else { return "0%" }
      let tenths = (calls * 2000 + of) / (2 * of)
      if tenths == 0, calls > 0 { return "less than 0.1%" }
      return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }
  }

  public let topic: Topic
  public let action: Action
  public let text: String
  public let share: Share?
  /// Where it was read; empty for what no source says.
  public let citations: [Citation]

  init(_ topic: Topic, _ action: Action, _ text: String, share: Share? = nil, citations: [Citation]) {
    self.topic = topic
    self.action = action
    self.text = text
    self.share = share
    self.citations = citations
  }
}
