import Facts
import TextFormats

/// What became of one cell: written once, when the cell ends.
package struct CellRecord: Hashable, Sendable {
  package let cell: Cell
  /// In order; the last gave the answer, or the failure that was final.
  package let attempts: [Attempt]
  /// nil for a usable answer.
  package let failure: FailureClass?
  /// Of the last attempt; nil when it was never dispatched.
  package let stamps: Stamps?
  /// Nanoseconds from the first scheduling to the end, back-off included.
  package let wall: Int64
  /// nil when the server said none.
  package let usage: TokenUsage?
  /// In the server's words: `stop`, `end_turn`, `max_tokens`.
  package let finishReason: String?
  package let served: Served
  package let answer: StoredAnswer
  package let checks: [CheckResult]
  package let costByCatalogue: CatalogueCost
  /// US dollars that the provider itself says it charged; nil when it does not say.
  package let costByProvider: ExactDecimal?
  /// Why the latencies are not the server's: the client was the bottleneck. nil where they are.
  package let withheldLatency: String?
  /// The server's own clock where it gives one, as it wrote it: `timings` of llama.cpp. nil for others.
  package let timings: JSONValue?
  /// Wall-clock second of the end.
  package let endedAt: Timestamp

  /// Who really served, in the server's words.
  package struct Served: Hashable, Sendable {
    package let model: String?
    package let provider: String?
    /// `system_fingerprint` and its like.
    package let fingerprint: String?

    package init(model: String? = nil, provider: String? = nil, fingerprint: String? = nil) {
      self.model = model
      self.provider = provider
      self.fingerprint = fingerprint
    }
  }

  package init(
    cell: Cell, attempts: [Attempt], failure: FailureClass? = nil, stamps: Stamps? = nil, wall: Int64,
    usage: TokenUsage? = nil, finishReason: String? = nil, served: Served = Served(),
    answer: StoredAnswer = .none, checks: [CheckResult] = [], costByCatalogue: CatalogueCost,
    costByProvider: ExactDecimal? = nil, withheldLatency: String? = nil, timings: JSONValue? = nil,
    endedAt: Timestamp
  ) {
    self.cell = cell
    self.attempts = attempts
    self.failure = failure
    self.stamps = stamps
    self.wall = wall
    self.usage = usage
    self.finishReason = finishReason
    self.served = served
    self.answer = answer
    self.checks = checks
    self.costByCatalogue = costByCatalogue
    self.costByProvider = costByProvider
    self.withheldLatency = withheldLatency
    self.timings = timings
    self.endedAt = endedAt
  }

  /// Whether there is an answer that passed every check; nil when a check could not be decided and none failed.
  package var passes: Bool? {
    guard failure == nil else { return false }
    if checks.contains(where: { $0.passed == false }) { return false }
    return checks.contains { $0.passed == nil } ? nil : true
  }
}

/// How much of an answer is kept.
package enum AnswerKeeping: String, CaseIterable, Hashable, Sendable {
  case none
  /// Its SHA-256 and length: equal answers can be told, but not read.
  case hash
  case full
}

/// An answer as it is kept.
package enum StoredAnswer: Hashable, Sendable {
  case none
  case hash(sha256: String, characters: Int64)
  /// Text, and tool calls with their arguments as the model wrote them.
  case full(text: String, toolCalls: [ToolCall])

  package struct ToolCall: Hashable, Sendable {
    package let name: String
    /// As the model wrote them; not always JSON.
    package let arguments: String

    package init(name: String, arguments: String) {
      self.name = name
      self.arguments = arguments
    }
  }

  /// Keeps as much of an answer as is wanted.
  package init(text: String, toolCalls: [ToolCall] = [], keeping: AnswerKeeping) {
    switch keeping {
    case .none: self = .none
    case .full: self = .full(text: text, toolCalls: toolCalls)
    case .hash:
      let calls = toolCalls.map { "\u{0}\($0.name)\u{0}\($0.arguments)" }.joined()
      self = .hash(
        sha256: Digest.sha256(Array((text + calls).utf8)), characters: Int64(text.unicodeScalars.count))
    }
  }
}

/// What one check said of one answer.
package struct CheckResult: Hashable, Sendable {
  package let name: String
  /// The kind's name: `contains`.
  package let kind: String
  /// nil when it could not be decided: a judge without a verdict, a command that could not run.
  package let passed: Bool?
  /// From 0 to 1, where the check gives one.
  package let score: ExactDecimal?
  /// Why, in a few harmless words.
  package let note: String?

  package init(name: String, kind: String, passed: Bool?, score: ExactDecimal? = nil, note: String? = nil) {
    self.name = name
    self.kind = kind
    self.passed = passed
    self.score = score
    self.note = note?.bounded
  }
}

/// What a cell costs by the catalogue's prices.
package enum CatalogueCost: Hashable, Sendable {
  /// US dollars at the prices in force on that day.
  case known(ExactDecimal, priceDate: CalendarDate)
  /// Why it cannot be told, and the part that can, in US dollars.
  case unknown(reason: String, knownPart: ExactDecimal?)

  /// nil when it is unknown.
  package var dollars: ExactDecimal? {
    if case .known(let dollars, _) = self { return dollars }
    return nil
  }
}
