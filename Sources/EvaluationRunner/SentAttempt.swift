import Evaluating
import Facts

/// One sending, read: what it gave, how it failed, when its parts came.
struct SentAttempt: Sendable {
  let outcome: ReplyOutcome
  let failure: FailureClass?
  let status: Int?
  let limits: LimitHeaders
  let stamps: Stamps
  let startedAt: Timestamp
  /// Nanoseconds from dispatch to the end.
  let duration: Int64
  let note: String?
  /// Why the latencies are withheld.
  let withheld: String?
  let refusesUsageQuestion: Bool

  /// Reads an exchange. Nothing of what the server wrote leaves with a key in it.
  init(_ exchange: Exchange, api: APIKind, asked: Int64, startedAt: Timestamp, secrets: Secrets) {
    self.startedAt = startedAt
    let start = exchange.scheduled
    status = exchange.status
    limits = LimitHeaders(
      exchange.headers.map { ($0.name, secrets.scrub($0.value)) }, now: startedAt)
    duration = exchange.ended - (exchange.dispatched ?? start)
    var words: String?
    var refuses = false
    var result = ReplyOutcome()
    if let status, let refusal = ResponseClass.failure(status: status) {
      let body = String(decoding: exchange.body.prefix(4096), as: UTF8.self)
      refuses = ResponseClass.refusesUsageQuestion(status: status, body: body)
      words = ResponseClass.words(exchange.body)
      result.failure = refusal
    } else if exchange.status != nil, exchange.end != .cancelled, exchange.end != .malformed {
      var reading = ReplyReading(api: api, contentType: exchange.header("content-type"))
      var from = 0
      for read in exchange.reads {
        reading.feed(exchange.body[from..<read.end], at: read.at - start)
        from = read.end
      }
      let end: ReplyReading.End =
        switch exchange.end {
        case .timeout: .timeout
        case .oversize: .oversize
        case .inOrder: .inOrder
        default: .dropped
        }
      result = reading.finish(end, at: exchange.ended - start, asked: asked)
      words = result.note
    } else {
      result.failure = Self.failure(exchange.end)
    }
    outcome = result
    failure = result.failure
    note = secrets.scrub(words ?? (result.failure == nil ? nil : exchange.note))
    refusesUsageQuestion = refuses
    func since(_ time: Int64?) -> Int64? { time.map { $0 - start } }
    stamps = Stamps(
      dispatched: since(exchange.dispatched), connected: since(exchange.connected),
      headers: since(exchange.headersAt), firstDelta: result.stamps.firstDelta,
      firstAnswerDelta: result.stamps.firstAnswerDelta, lastContent: result.stamps.lastContent,
      streamEnd: exchange.end == .inOrder ? since(exchange.ended) : nil, gaps: result.stamps.gaps,
      firstChunkTokens: result.stamps.firstChunkTokens)
    withheld = SelfCheck.reason(
      exchange, firstDelta: result.stamps.firstDelta.map { $0 + start },
      lastContent: result.stamps.lastContent.map { $0 + start })
  }

  private static func failure(_ end: Exchange.End) -> FailureClass {
    switch end {
    case .refused: .refused
    case .dropped, .inOrder: .dropped
    case .timeout: .timeout
    case .oversize: .oversize
    case .cancelled: .cancelled
    case .malformed: .malformed
    }
  }
}
