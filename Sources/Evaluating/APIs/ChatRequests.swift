import TextFormats

/// Requests of chat completions.
///
/// Defined by https://developers.openai.com/api/reference/resources/chat and by the PyPI package openai 3.57.0,
/// types/chat/completion_create_params.py.
enum ChatRequests {
  static func body(
    _ prompt: EvaluationPrompt, _ route: EvaluationRoute, _ most: Int64, _ pictures: [String: String],
    _ asksForUsage: Bool
  ) -> JSONObject {
    // OpenAI's own server refuses max_tokens for reasoning models; those who follow it know no other word.
    let isOpenAI = route.baseURL.hasPrefix("https://api.openai.com/")
    return JSONObject([
      "model": .string(route.model),
      "messages": .array(prompt.messages.flatMap { messages($0, pictures) }),
      isOpenAI ? "max_completion_tokens" : "max_tokens": .number(most),
      "temperature": prompt.temperature.map { .number($0) },
      "top_p": prompt.topP.map { .number($0) },
      "seed": prompt.seed.map { .number($0) },
      "stop": prompt.stop.isEmpty ? nil : .array(prompt.stop.map { .string($0) }),
      "tools": prompt.tools.isEmpty ? nil : .array(prompt.tools.map(tool)),
      "tool_choice": prompt.toolChoice.map(choice),
      "response_format": prompt.responseFormat.map(format),
      "stream": route.streams ? .bool(true) : nil,
      "stream_options": route.streams && asksForUsage ? .members(["include_usage": .bool(true)]) : nil,
    ])
  }

  private static func messages(_ message: PromptMessage, _ pictures: [String: String]) -> [JSONValue] {
    var results: [JSONValue] = []
    var parts: [JSONValue] = []
    var calls: [JSONValue] = []
    for part in message.parts {
      switch part {
      case .text(let text): parts.append(.members(["type": .string("text"), "text": .string(text)]))
      case .picture(let picture):
        parts.append(
          .members([
            "type": .string("image_url"),
            "image_url": .members(["url": .string(picture.dataURL(pictures))]),
          ]))
      case .toolCall(let id, let name, let arguments):
        calls.append(
          .members([
            "id": .string(id), "type": .string("function"),
            "function": .members(["name": .string(name), "arguments": .string(arguments.text)]),
          ]))
      case .toolResult(let id, let text):
        results.append(
          .members(["role": .string("tool"), "tool_call_id": .string(id), "content": .string(text)]))
      }
    }
    guard !parts.isEmpty || !calls.isEmpty else { return results }
    // Servers that know text alone take a text, not a list of parts.
    let hasPicture = message.parts.contains { if case .picture = $0 { true } else { false } }
    let content: JSONValue = parts.isEmpty ? .null : hasPicture ? .array(parts) : .string(message.text)
    return results + [
      .members([
        "role": .string(message.role.rawValue), "content": content,
        "tool_calls": calls.isEmpty ? nil : .array(calls),
      ])
    ]
  }

  private static func tool(_ tool: PromptTool) -> JSONValue {
    .members([
      "type": .string("function"),
      "function": .members([
        "name": .string(tool.name), "description": tool.description.map { .string($0) },
        "parameters": tool.parameters, "strict": tool.isStrict.map { .bool($0) },
      ]),
    ])
  }

  private static func choice(_ choice: ToolChoice) -> JSONValue {
    switch choice {
    case .auto: .string("auto")
    case .none: .string("none")
    case .required: .string("required")
    case .named(let name):
      .members(["type": .string("function"), "function": .members(["name": .string(name)])])
    }
  }

  private static func format(_ format: ResponseFormat) -> JSONValue {
    switch format {
    case .text: .members(["type": .string("text")])
    case .jsonObject: .members(["type": .string("json_object")])
    case .jsonSchema(let name, let schema, let isStrict):
      .members([
        "type": .string("json_schema"),
        "json_schema": .members([
          "name": .string(name), "schema": schema, "strict": isStrict.map { .bool($0) },
        ]),
      ])
    }
  }
}
