import TextFormats

/// Replies of OpenAI's Responses.
///
/// Defined by https://developers.openai.com/api/reference/resources/responses and by the PyPI package openai 3.57.0,
/// types/responses/response.py, response_stream_event.py and response_usage.py. The reply as a whole stands in the last event,
/// so it is read only where the pieces gave nothing.
enum ResponsesReplies: ReplyCodec {
  static let endMark: String? = nil

  static func read(event: JSONValue, into draft: inout ReplyDraft) -> ReplyDraft.Content? {
    guard let type = event["type"]?.string else {
      guard let problem = ReplyProblem.text(event) else { return nil }
      draft.problem = problem
      return []
    }
    switch type {
    case "response.output_text.delta":
      return add(event["delta"], \.text, .answer, &draft)
    case "response.refusal.delta":
      return add(event["delta"], \.refusal, .answer, &draft)
    case "response.reasoning_text.delta", "response.reasoning_summary_text.delta":
      return add(event["delta"], \.reasoning, .reasoning, &draft)
    case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta":
      guard let piece = event["delta"]?.string else { return nil }
      draft.call(key(event), adding: piece)
      return piece.isEmpty ? [] : .answer
    case "response.function_call_arguments.done":
      draft.finishCall(key(event), arguments: event["arguments"]?.string ?? "")
    case "response.output_item.added", "response.output_item.done":
      guard let item = event["item"], item.object != nil else { return nil }
      let isCall = open(item, key: item["id"]?.string ?? key(event), &draft)
      return isCall && type.hasSuffix("added") ? .answer : []
    case "response.created", "response.in_progress", "response.queued":
      if let response = event["response"] { common(response, event, &draft) }
    case "response.completed", "response.incomplete", "response.failed":
      guard let response = event["response"], response.object != nil else { return nil }
      common(response, event, &draft)
      finish(response, &draft)
      draft.isEnded = true
    case "error":
      draft.problem = ReplyProblem.text(event) ?? event["message"]?.string ?? "error"
    default: break
    }
    return []
  }

  static func read(whole: JSONValue, into draft: inout ReplyDraft) -> Bool {
    if whole["output"]?.array == nil, let problem = ReplyProblem.text(whole) {
      draft.problem = problem
      return true
    }
    guard whole["output"]?.array != nil else { return false }
    common(whole, whole, &draft)
    finish(whole, &draft)
    draft.isEnded = true
    return true
  }

  private static func add(
    _ delta: JSONValue?, _ path: WritableKeyPath<ReplyDraft, String>, _ content: ReplyDraft.Content,
    _ draft: inout ReplyDraft
  ) -> ReplyDraft.Content? {
    guard let piece = delta?.string else { return nil }
    draft[keyPath: path] += piece
    return piece.isEmpty ? [] : content
  }

  private static func key(_ event: JSONValue) -> String {
    event["item_id"]?.string ?? event["output_index"]?.numberText ?? ""
  }

  /// Opens the call of an item; false for another item.
  private static func open(_ item: JSONValue, key: String, _ draft: inout ReplyDraft) -> Bool {
    guard ["function_call", "custom_tool_call"].contains(item["type"]?.string ?? "") else { return false }
    draft.call(key, id: ReplyDraft.name(item["call_id"]), name: item["name"]?.string)
    draft.finishCall(key, arguments: item["arguments"]?.string ?? item["input"]?.string ?? "")
    return true
  }

  private static func common(_ response: JSONValue, _ event: JSONValue, _ draft: inout ReplyDraft) {
    if draft.id == nil { draft.id = ReplyDraft.name(response["id"]) }
    if let model = ReplyDraft.name(response["model"]) { draft.model = model }
    if let provider = ReplyDraft.name(response["provider"]) { draft.provider = provider }
    if let fingerprint = ReplyDraft.name(response["system_fingerprint"]) { draft.fingerprint = fingerprint }
    if let timings = event["timings"] ?? response["timings"], timings.object != nil {
      draft.timings = timings
    }
    draft.set(usage: response["usage"])
  }

  /// The reason is the status, or what made the reply incomplete: `completed`, `max_output_tokens`.
  private static func finish(_ response: JSONValue, _ draft: inout ReplyDraft) {
    if let error = response["error"], error.object != nil {
      draft.problem = ReplyProblem.text(response) ?? "error"
    }
    if let status = ReplyDraft.name(response["status"]) {
      if status == "failed" || status == "cancelled" {
        draft.problem = draft.problem ?? "the reply \(status)"
      }
      if !["in_progress", "queued"].contains(status) {
        draft.finishReason = ReplyDraft.name(response["incomplete_details"]?["reason"]) ?? status
      }
    }
    let isBare = draft.text.isEmpty && draft.refusal.isEmpty
    let needsReasoning = draft.reasoning.isEmpty
    for item in response["output"]?.array ?? [] {
      switch item["type"]?.string {
      case "message":
        guard isBare else { continue }
        for part in item["content"]?.array ?? [] {
          draft.text += part["text"]?.string ?? ""
          draft.refusal += part["refusal"]?.string ?? ""
        }
      case "reasoning":
        guard needsReasoning else { continue }
        for part in (item["content"]?.array ?? []) + (item["summary"]?.array ?? []) {
          draft.reasoning += part["text"]?.string ?? ""
        }
      default: _ = open(item, key: item["id"]?.string ?? item["call_id"]?.string ?? "", &draft)
      }
    }
  }

  static func tokens(_ usage: JSONValue) -> TokenUsage? {
    UsageReading.inclusive(
      prompt: usage["input_tokens"], cacheRead: usage["input_tokens_details"]?["cached_tokens"],
      cacheWrite: usage["input_tokens_details"]?["cache_write_tokens"], output: usage["output_tokens"],
      reasoning: usage["output_tokens_details"]?["reasoning_tokens"], total: usage["total_tokens"],
      verbatim: usage)
  }
}
