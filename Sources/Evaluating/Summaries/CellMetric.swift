import Facts

/// One measured number of a cell, with the formula that is printed beside it.
///
/// All times are of one monotonic clock, in milliseconds; those of an attempt count from the moment it was dispatched, so that
/// waiting for the client's own limits is a number of its own.
package enum CellMetric: String, CaseIterable, Hashable, Sendable {
  case queue = "queue_ms"
  case connect = "connect_ms"
  case headers = "headers_ms"
  case firstToken = "ttft_ms"
  case firstAnswer = "ttfo_ms"
  case end = "e2e_ms"
  case streamEnd = "stream_end_ms"
  case perToken = "tpot_ms"
  case stall = "stall_ms"
  case attempt = "attempt_ms"
  case wall = "wall_ms"
  case cost = "cost_usd"
  case chargedCost = "charged_usd"
  case inputTokens = "input_tokens"
  case cachedTokens = "cached_tokens"
  case outputTokens = "output_tokens"
  case reasoningTokens = "reasoning_tokens"

  package enum Unit: Hashable, Sendable {
    case milliseconds
    case dollars
    case tokens
  }

  package var unit: Unit {
    switch self {
    case .cost, .chargedCost: .dollars
    case .inputTokens, .cachedTokens, .outputTokens, .reasoningTokens: .tokens
    default: .milliseconds
    }
  }

  /// Whether it is withheld where the client was the bottleneck.
  package var isLatency: Bool { unit == .milliseconds }

  package var title: String {
    switch self {
    case .queue: "Waiting in the client"
    case .connect: "Connecting"
    case .headers: "Headers"
    case .firstToken: "First token"
    case .firstAnswer: "First token of the answer"
    case .end: "Last token"
    case .streamEnd: "End of the stream"
    case .perToken: "Time per token"
    case .stall: "Longest pause"
    case .attempt: "Last attempt"
    case .wall: "With retries"
    case .cost: "Cost by catalogue"
    case .chargedCost: "Cost by provider"
    case .inputTokens: "Input tokens"
    case .cachedTokens: "Cached input tokens"
    case .outputTokens: "Output tokens"
    case .reasoningTokens: "Reasoning tokens"
    }
  }

  /// How the number is made of stamps, tokens and prices.
  package var formula: String {
    switch self {
    case .queue: "dispatched − scheduled"
    case .connect: "connected − dispatched; none on a kept connection"
    case .headers: "headers − dispatched"
    case .firstToken:
      "first text, reasoning, refusal or tool-argument delta − dispatched; a role alone is none"
    case .firstAnswer: "first delta that is not reasoning − dispatched"
    case .end: "last content delta − dispatched"
    case .streamEnd: "end of the stream − dispatched"
    case .perToken:
      "(e2e − ttft) / (output tokens − tokens of the first chunk, 1 if it does not say); unknown below 2 tokens"
    case .stall: "the longest gap between two chunks with content"
    case .attempt: "end − dispatch of the last attempt"
    case .wall: "end of the cell − first scheduling, back-off included"
    case .cost: "the bill of the usage at the catalogue's prices on the day, US dollars"
    case .chargedCost: "what the provider itself says it charged, US dollars"
    case .inputTokens: "fresh + cache read + cache write, as the server counts"
    case .cachedTokens: "cache read, as the server counts"
    case .outputTokens: "output with reasoning, as the server counts"
    case .reasoningTokens: "reasoning, part of the output, as the server counts"
    }
  }

  /// The value of a record; nil where something it needs is unknown.
  package func value(_ record: CellRecord) -> Double? {
    let stamps = record.stamps
    switch self {
    case .queue: return stamps?.dispatched.map(Self.milliseconds)
    case .connect: return since(stamps?.connected, stamps)
    case .headers: return since(stamps?.headers, stamps)
    case .firstToken: return since(stamps?.firstDelta, stamps)
    case .firstAnswer: return since(stamps?.firstAnswerDelta, stamps)
    case .end: return since(stamps?.lastContent, stamps)
    case .streamEnd: return since(stamps?.streamEnd, stamps)
    case .perToken: return perToken(record)
    case .stall:
      guard let gaps = stamps?.gaps, !gaps.counts.isEmpty else { return nil }
      return Self.milliseconds(gaps.largest)
    case .attempt: return record.attempts.last.map { Self.milliseconds($0.duration) }
    case .wall: return Self.milliseconds(record.wall)
    case .cost: return record.costByCatalogue.dollars?.approximate
    case .chargedCost: return record.costByProvider?.approximate
    case .inputTokens: return record.usage?.input.map(Double.init)
    case .cachedTokens: return record.usage?.cacheRead.map(Double.init)
    case .outputTokens: return record.usage?.output.map(Double.init)
    case .reasoningTokens: return record.usage?.reasoning.map(Double.init)
    }
  }

  private func since(_ stamp: Int64?, _ stamps: Stamps?) -> Double? {
    guard let stamp, let dispatched = stamps?.dispatched, stamp >= dispatched else { return nil }
    return Self.milliseconds(stamp - dispatched)
  }

  private func perToken(_ record: CellRecord) -> Double? {
    guard let first = record.stamps?.firstDelta, let last = record.stamps?.lastContent, last >= first,
      let output = record.usage?.output, output >= 2
    else { return nil }
    // A server that does not count the tokens of a chunk is taken to send one in the first.
    let rest = output - (record.stamps?.firstChunkTokens ?? 1)
    guard rest > 0 else { return nil }
    return Self.milliseconds(last - first) / Double(rest)
  }

  private static func milliseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1_000_000 }
}

extension ExactDecimal {
  /// The nearest binary number, for statistics alone; sums of money stay exact.
  package var approximate: Double {
    var scale = 1.0
    for _ in 0..<abs(exponent) { scale *= 10 }
    return exponent < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
  }
}
