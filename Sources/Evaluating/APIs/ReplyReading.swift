import TextFormats

/// Reads one reply from its bytes and the times at which they came, and says what became of it.
package struct ReplyReading {
  package struct Limits: Sendable {
    /// Bytes of a reply, streamed or whole.
    package var reply = 32 * 1024 * 1024
    package var events = ServerSentEvents.Limits()

    package init() {}
  }

  /// How the bytes ended.
  package enum End: Hashable, Sendable {
    case inOrder
    case dropped
    case timeout
    case oversize
  }

  private let api: APIKind
  private let limits: Limits
  private var events: ServerSentEvents
  private var whole: [UInt8] = []
  /// nil until the first byte or the content type tells.
  private var isStream: Bool?
  private var isBroken = false
  private var size = 0
  private var chunk = Chunk()
  private var stamps = ContentStamps()
  private var draft = ReplyDraft()
  /// The last event that only added a text; most of a stream repeats it with another text.
  private var pattern: RepeatedEvent?

  /// - Parameter contentType: the header; where it is no `text/event-stream`, a document that begins with a brace is a whole
  ///   reply.
  package init(api: APIKind, contentType: String?, limits: Limits = Limits()) {
    self.api = api
    self.limits = limits
    events = ServerSentEvents(limits: limits.events)
    let type = contentType?.lowercased() ?? ""
    if type.hasPrefix("text/event-stream") { isStream = true }
  }

  /// - Parameter time: nanoseconds since the attempt was scheduled at which these bytes left the socket.
  package mutating func feed(_ bytes: some Collection<UInt8>, at time: Int64) {
    size += bytes.count
    guard size <= limits.reply, !isBroken else { return }
    if isStream == nil, let first = bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
      isStream = first != UInt8(ascii: "{")
    }
    guard isStream == true else {
      whole.append(contentsOf: bytes)
      return
    }
    chunk = Chunk()
    let codec = api.replies
    // Taken out while it is read, because what it calls changes the rest.
    var reader = ServerSentEvents(limits: limits.events)
    swap(&reader, &events)
    reader.feed(bytes) { event in
      guard !isBroken, !draft.isEnded else { return }
      take(event, codec)
    }
    swap(&reader, &events)
    if !chunk.content.isEmpty { stamps.add(chunk, at: time) }
  }

  private mutating func take(_ event: ServerSentEvents.Event, _ codec: any ReplyCodec.Type) {
    if let mark = codec.endMark, event.data.elementsEqual(mark.utf8) {
      draft.isEnded = true
      return
    }
    if let pattern, let text = pattern.text(of: event.data) {
      draft[keyPath: pattern.path] += text
      add(pattern.content, bytes: text.utf8.count)
      return
    }
    let before = (draft.text.utf8.count, draft.reasoning.utf8.count)
    guard let value = try? JSONReader.read(event.data, limits: Self.documents(limits.events.event)),
      let content = codec.read(event: value, into: &draft)
    else {
      isBroken = true
      return
    }
    guard !content.isEmpty else { return }
    let added = (draft.text.utf8.count - before.0, draft.reasoning.utf8.count - before.1)
    add(content, bytes: added.0 + added.1)
    if content == .answer, added.0 > 0, added.1 == 0 {
      pattern = RepeatedEvent(event.data, adding: draft.text.utf8.suffix(added.0), to: \.text, content)
    } else if content == .reasoning, added.1 > 0, added.0 == 0 {
      pattern = RepeatedEvent(
        event.data, adding: draft.reasoning.utf8.suffix(added.1), to: \.reasoning, content)
    }
  }

  private mutating func add(_ content: ReplyDraft.Content, bytes: Int) {
    chunk.content.formUnion(content)
    chunk.deltas += 1
    chunk.bytes += bytes
  }

  /// - Parameters:
  ///   - end: how the bytes ended.
  ///   - time: nanoseconds since the attempt was scheduled.
  ///   - asked: most tokens that the request allowed.
  package consuming func finish(_ end: End, at time: Int64, asked: Int64?) -> ReplyOutcome {
    var outcome = ReplyOutcome(draft: draft, stamps: stamps)
    outcome.failure = failure(end, &outcome)
    let usage = outcome.draft.usage
    outcome.usage = usage.flatMap { api.replies.tokens($0) }
    if isStream != true, outcome.failure == nil { outcome.stamps.lastContent = time }
    outcome.settleFirstChunk()
    guard outcome.failure == nil, let usage else { return outcome }
    if let reason = outcome.contradiction(asked: asked) {
      outcome.failure = .contradictory
      outcome.note = reason + ": " + usage.text
    }
    return outcome
  }

  private func failure(_ end: End, _ outcome: inout ReplyOutcome) -> FailureClass? {
    if size > limits.reply || events.isOversize || end == .oversize { return .oversize }
    guard isStream != false || end != .inOrder else { return wholeFailure(&outcome) }
    if let problem = draft.problem {
      outcome.note = problem
      return .errorInStream
    }
    if isBroken {
      outcome.note = "an event is no document of the API kind"
      return .malformed
    }
    // A reply that said why it ended is whole, whatever becomes of the connection.
    if draft.finishReason != nil, draft.isEnded || end == .inOrder { return nil }
    switch end {
    case .inOrder:
      guard size > 0, stamps.firstDelta != nil || draft.id != nil || draft.model != nil else {
        outcome.note = size == 0 ? "an empty reply" : "no event of the API kind"
        return .malformed
      }
      return .truncated
    case .dropped: return draft.finishReason == nil ? .dropped : nil
    case .timeout: return draft.finishReason == nil ? .timeout : nil
    case .oversize: return .oversize
    }
  }

  private func wholeFailure(_ outcome: inout ReplyOutcome) -> FailureClass? {
    guard let value = try? JSONReader.read(whole, limits: Self.documents(limits.reply)),
      api.replies.read(whole: value, into: &outcome.draft)
    else {
      outcome.note = "the body is no reply of the API kind"
      return .malformed
    }
    if let problem = outcome.draft.problem {
      outcome.note = problem
      return .errorInStream
    }
    return outcome.draft.finishReason == nil ? .truncated : nil
  }

  private static func documents(_ size: Int) -> JSONReader.Limits {
    var limits = JSONReader.Limits()
    limits.size = size
    limits.stringLength = size
    return limits
  }

  /// What the bytes of one read held.
  struct Chunk {
    var content: ReplyDraft.Content = []
    var deltas: Int64 = 0
    var bytes = 0
  }
}

/// When content came.
package struct ContentStamps: Hashable, Sendable {
  package fileprivate(set) var firstDelta: Int64?
  package fileprivate(set) var firstAnswerDelta: Int64?
  package fileprivate(set) var lastContent: Int64?
  package fileprivate(set) var gaps = ChunkGaps()
  /// Deltas with content, and those of the first chunk.
  package fileprivate(set) var deltas: Int64 = 0
  package fileprivate(set) var firstChunkDeltas: Int64 = 0
  fileprivate var firstChunkBytes = 0
  fileprivate var bytes = 0
  package fileprivate(set) var firstChunkTokens: Int64?

  package init() {}

  mutating func add(_ chunk: ReplyReading.Chunk, at time: Int64) {
    if let last = lastContent {
      gaps.add(time - last)
    } else {
      firstDelta = time
      firstChunkDeltas = chunk.deltas
      firstChunkBytes = chunk.bytes
    }
    if firstAnswerDelta == nil, chunk.content.contains(.answer) { firstAnswerDelta = time }
    lastContent = time
    deltas += chunk.deltas
    bytes += chunk.bytes
  }

  /// A server that sends a delta for every token tells what the first chunk held; else its share of the bytes does.
  mutating func settleFirstChunk(output: Int64?) {
    guard firstDelta != nil, let output, output > 0 else { return }
    let isTokenByToken = abs(deltas - output) <= 1 || firstChunkDeltas == deltas
    if isTokenByToken || bytes == 0 {
      firstChunkTokens = min(output, firstChunkDeltas)
    } else {
      let share = Int64(firstChunkBytes).multipliedFullWidth(by: output)
      let rounded = share.high == 0 ? (Int64(share.low) + Int64(bytes) / 2) / Int64(bytes) : output
      firstChunkTokens = min(output, max(1, rounded))
    }
  }
}

/// What became of one reply.
package struct ReplyOutcome: Sendable {
  package var draft: ReplyDraft
  package var stamps: ContentStamps
  /// nil for a usable answer.
  package var failure: FailureClass?
  /// A few words on the failure, as the server or the reader puts them.
  package var note: String?
  /// nil when the server gave none, or counts that cannot be.
  package var usage: TokenUsage?

  package init(draft: ReplyDraft = ReplyDraft(), stamps: ContentStamps = ContentStamps()) {
    self.draft = draft
    self.stamps = stamps
  }

  mutating func settleFirstChunk() { stamps.settleFirstChunk(output: usage?.output) }

  /// Why the usage cannot be; nil when it can. A token is at least a byte of the answer unless it was thought in secret, and no
  /// answer has more tokens than were allowed.
  func contradiction(asked: Int64?) -> String? {
    guard let usage else { return "usage that cannot be" }
    let calls = draft.toolCalls.reduce(0) { $0 + $1.arguments.utf8.count + $1.name.utf8.count }
    let visible = draft.text.utf8.count + draft.reasoning.utf8.count + draft.refusal.utf8.count + calls
    if usage.output == 0, visible > 0 { return "usage counts no token of an answer that has some" }
    if let asked, let output = usage.output, output > asked, output > Int64(visible) {
      return "usage counts \(output) tokens where \(asked) were allowed"
    }
    return nil
  }
}
