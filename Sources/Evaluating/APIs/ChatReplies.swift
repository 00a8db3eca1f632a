import TextFormats

/// Replies of chat completions.
///
/// Defined by https://developers.openai.com/api/reference/resources/chat and by the PyPI package openai 3.57.0,
/// types/chat/chat_completion.py, chat_completion_chunk.py and types/completion_usage.py. `reasoning_content` is DeepSeek's
/// (https://api-docs.deepseek.com/guides/reasoning_model), `reasoning` and `provider` are OpenRouter's
/// (https://openrouter.ai/docs/use-cases/reasoning-tokens). Usage comes on a last chunk without choices, on the chunk with the
/// finish reason, or on every chunk, by the server.
enum ChatReplies: ReplyCodec {
  static let endMark: String? = "[DONE]"

  static func read(event: JSONValue, into draft: inout ReplyDraft) -> ReplyDraft.Content? {
    guard event.object != nil else { return nil }
    if let problem = ReplyProblem.text(event) {
      draft.problem = problem
      return []
    }
    guard event["choices"]?.array != nil || event["usage"] != nil || event["id"] != nil else { return nil }
    common(event, &draft)
    var content: ReplyDraft.Content = []
    // Only the first choice is read: the program asks for one.
    for choice in event["choices"]?.array ?? [] where choice["index"]?.integer ?? 0 == 0 {
      guard choice.object != nil else { return nil }
      // Groq puts usage beside the choice of the last chunk, under x_groq.
      if let delta = choice["delta"], delta.object != nil {
        content.formUnion(take(delta, &draft, isPiece: true))
      }
      if let reason = ReplyDraft.name(choice["finish_reason"]) { draft.finishReason = reason }
    }
    return content
  }

  static func read(whole: JSONValue, into draft: inout ReplyDraft) -> Bool {
    if let problem = ReplyProblem.text(whole) {
      draft.problem = problem
      return true
    }
    guard let choice = whole["choices"]?.array?.first, let message = choice["message"], message.object != nil
    else { return false }
    common(whole, &draft)
    _ = take(message, &draft, isPiece: false)
    draft.finishReason = ReplyDraft.name(choice["finish_reason"])
    draft.isEnded = true
    return true
  }

  private static func common(_ value: JSONValue, _ draft: inout ReplyDraft) {
    if draft.id == nil { draft.id = ReplyDraft.name(value["id"]) }
    if let model = ReplyDraft.name(value["model"]) { draft.model = model }
    if let provider = ReplyDraft.name(value["provider"]) { draft.provider = provider }
    if let fingerprint = ReplyDraft.name(value["system_fingerprint"]) { draft.fingerprint = fingerprint }
    if let timings = value["timings"], timings.object != nil { draft.timings = timings }
    draft.set(usage: value["usage"] ?? value["x_groq"]?["usage"])
  }

  private static func take(
    _ message: JSONValue, _ draft: inout ReplyDraft, isPiece: Bool
  ) -> ReplyDraft.Content {
    var content: ReplyDraft.Content = []
    if let piece = message["content"].flatMap(text), !piece.isEmpty {
      draft.text += piece
      content.insert(.answer)
    }
    if let piece = (message["reasoning_content"] ?? message["reasoning"])?.string, !piece.isEmpty {
      draft.reasoning += piece
      content.insert(.reasoning)
    }
    if let piece = message["refusal"]?.string, !piece.isEmpty {
      draft.refusal += piece
      content.insert(.answer)
    }
    for (place, call) in (message["tool_calls"]?.array ?? []).enumerated() {
      let index = isPiece ? call["index"]?.integer ?? Int64(place) : Int64(place)
      let arguments = call["function"]?["arguments"]
      // Some servers write the arguments as an object.
      let piece = arguments?.string ?? (arguments?.object == nil ? "" : arguments?.text ?? "")
      let name = call["function"]?["name"]?.string
      draft.call(
        String(index), id: ReplyDraft.name(call["id"]), name: name ?? call["custom"]?["name"]?.string,
        adding: piece + (call["custom"]?["input"]?.string ?? ""))
      if !piece.isEmpty || name?.isEmpty == false { content.insert(.answer) }
    }
    return content
  }

  /// Mistral writes content as parts where it reasons (https://docs.mistral.ai/capabilities/reasoning).
  private static func text(_ content: JSONValue) -> String? {
    if let text = content.string { return text }
    guard let parts = content.array else { return nil }
    return parts.compactMap { $0["text"]?.string }.joined()
  }

  static func tokens(_ usage: JSONValue) -> TokenUsage? {
    let input = usage["prompt_tokens_details"]
    let output = usage["completion_tokens_details"]
    return UsageReading.inclusive(
      prompt: usage["prompt_tokens"],
      // DeepSeek counts its cache hits beside the details.
      cacheRead: input?["cached_tokens"] ?? usage["prompt_cache_hit_tokens"],
      cacheWrite: input?["cache_write_tokens"], output: usage["completion_tokens"],
      reasoning: output?["reasoning_tokens"], total: usage["total_tokens"], verbatim: usage)
  }
}
