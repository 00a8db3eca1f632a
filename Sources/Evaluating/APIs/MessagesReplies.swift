import TextFormats

/// Replies of Anthropic's Messages.
///
/// Defined by https://platform.claude.com/docs/en/api/messages and https://platform.claude.com/docs/en/build-with-claude/streaming,
/// and by the PyPI package anthropic 2.13.0, types/raw_message_stream_event.py and usage.py. Usage of `message_delta` is
/// cumulative: it is set over that of `message_start`. Input leaves out what the cache read or took.
enum MessagesReplies: ReplyCodec {
  static let endMark: String? = nil

  static func read(event: JSONValue, into draft: inout ReplyDraft) -> ReplyDraft.Content? {
    guard let type = event["type"]?.string else {
      guard let problem = ReplyProblem.text(event) else { return nil }
      draft.problem = problem
      return []
    }
    switch type {
    case "message_start":
      guard let message = event["message"], message.object != nil else { return nil }
      common(message, &draft)
    case "content_block_start":
      guard let block = event["content_block"], block.object != nil else { return nil }
      return open(block, key: event["index"]?.numberText ?? "", &draft)
    case "content_block_delta":
      guard let delta = event["delta"], delta.object != nil else { return nil }
      return take(delta, key: event["index"]?.numberText ?? "", &draft)
    case "message_delta":
      if let reason = ReplyDraft.name(event["delta"]?["stop_reason"]) { draft.finishReason = reason }
      draft.set(usage: event["usage"])
      if let timings = event["timings"], timings.object != nil { draft.timings = timings }
    case "message_stop":
      draft.isEnded = true
      if let timings = event["timings"], timings.object != nil { draft.timings = timings }
    case "error":
      draft.problem = ReplyProblem.text(event) ?? "error"
    default: break
    }
    return []
  }

  static func read(whole: JSONValue, into draft: inout ReplyDraft) -> Bool {
    if let problem = ReplyProblem.text(whole) {
      draft.problem = problem
      return true
    }
    guard let blocks = whole["content"]?.array, whole["role"]?.string != nil else { return false }
    common(whole, &draft)
    for (place, block) in blocks.enumerated() { _ = open(block, key: String(place), &draft) }
    draft.finishReason = ReplyDraft.name(whole["stop_reason"])
    draft.isEnded = true
    return true
  }

  private static func common(_ message: JSONValue, _ draft: inout ReplyDraft) {
    draft.id = ReplyDraft.name(message["id"])
    draft.model = ReplyDraft.name(message["model"])
    draft.provider = ReplyDraft.name(message["provider"])
    if let timings = message["timings"], timings.object != nil { draft.timings = timings }
    draft.set(usage: message["usage"])
  }

  private static func open(_ block: JSONValue, key: String, _ draft: inout ReplyDraft) -> ReplyDraft.Content {
    switch block["type"]?.string {
    case "text": return add(block["text"], \.text, .answer, &draft)
    case "thinking": return add(block["thinking"], \.reasoning, .reasoning, &draft)
    case "tool_use", "server_tool_use":
      // A stream opens a call with empty input and sends the arguments as pieces of text.
      let input = block["input"]
      let isWhole = input?.object.map { !$0.members.isEmpty } == true
      draft.call(
        key, id: ReplyDraft.name(block["id"]), name: block["name"]?.string,
        adding: isWhole ? input?.text ?? "" : "")
      return .answer
    default: return []
    }
  }

  private static func take(_ delta: JSONValue, key: String, _ draft: inout ReplyDraft) -> ReplyDraft.Content?
  {
    switch delta["type"]?.string {
    case "text_delta": return add(delta["text"], \.text, .answer, &draft)
    case "thinking_delta": return add(delta["thinking"], \.reasoning, .reasoning, &draft)
    case "input_json_delta":
      guard let piece = delta["partial_json"]?.string else { return nil }
      draft.call(key, adding: piece)
      return piece.isEmpty ? [] : .answer
    default: return []
    }
  }

  private static func add(
    _ value: JSONValue?, _ path: WritableKeyPath<ReplyDraft, String>, _ content: ReplyDraft.Content,
    _ draft: inout ReplyDraft
  ) -> ReplyDraft.Content {
    guard let piece = value?.string, !piece.isEmpty else { return [] }
    draft[keyPath: path] += piece
    return content
  }

  static func tokens(_ usage: JSONValue) -> TokenUsage? {
    UsageReading.exclusive(
      fresh: usage["input_tokens"], cacheRead: usage["cache_read_input_tokens"],
      cacheWrite: usage["cache_creation_input_tokens"], output: usage["output_tokens"],
      reasoning: usage["output_tokens_details"]?["thinking_tokens"], verbatim: usage)
  }
}
