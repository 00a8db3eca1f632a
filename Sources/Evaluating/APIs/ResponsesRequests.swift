import TextFormats

/// Requests of OpenAI's Responses.
///
/// Defined by https://developers.openai.com/api/reference/resources/responses and by the PyPI package openai 3.57.0,
/// types/responses/response_create_params.py. The kind has no seed and no stop texts.
enum ResponsesRequests {
  static func body(
    _ prompt: EvaluationPrompt, _ route: EvaluationRoute, _ most: Int64, _ pictures: [String: String]
  ) -> JSONObject {
    JSONObject([
      "model": .string(route.model),
      "input": .array(prompt.messages.flatMap { items($0, pictures) }),
      "max_output_tokens": .number(most),
      "temperature": prompt.temperature.map { .number($0) },
      "top_p": prompt.topP.map { .number($0) },
      "tools": prompt.tools.isEmpty ? nil : .array(prompt.tools.map(tool)),
      "tool_choice": prompt.toolChoice.map(choice),
      "text": prompt.responseFormat.map { .members(["format": format($0)]) },
      // Replies are kept by the server unless it is told not to.
      "store": .bool(false),
      "stream": route.streams ? .bool(true) : nil,
    ])
  }

  private static func items(_ message: PromptMessage, _ pictures: [String: String]) -> [JSONValue] {
    var items: [JSONValue] = []
    var parts: [JSONValue] = []
    let kind = message.role == .assistant ? "output_text" : "input_text"
    for part in message.parts {
      switch part {
      case .text(let text): parts.append(.members(["type": .string(kind), "text": .string(text)]))
      case .picture(let picture):
        parts.append(
          .members(["type": .string("input_image"), "image_url": .string(picture.dataURL(pictures))]))
      case .toolCall(let id, let name, let arguments):
        items.append(
          .members([
            "type": .string("function_call"), "call_id": .string(id), "name": .string(name),
            "arguments": .string(arguments.text),
          ]))
      case .toolResult(let id, let text):
        items.append(
          .members([
            "type": .string("function_call_output"), "call_id": .string(id), "output": .string(text),
          ]))
      }
    }
    guard !parts.isEmpty else { return items }
    let content: JSONValue = message.isTextAlone ? .string(message.text) : .array(parts)
    return [.members(["role": .string(message.role.rawValue), "content": content])] + items
  }

  private static func tool(_ tool: PromptTool) -> JSONValue {
    .members([
      "type": .string("function"), "name": .string(tool.name),
      "description": tool.description.map { .string($0) }, "parameters": tool.parameters,
      "strict": tool.isStrict.map { .bool($0) },
    ])
  }

  private static func choice(_ choice: ToolChoice) -> JSONValue {
    switch choice {
    case .auto: .string("auto")
    case .none: .string("none")
    case .required: .string("required")
    case .named(let name): .members(["type": .string("function"), "name": .string(name)])
    }
  }

  private static func format(_ format: ResponseFormat) -> JSONValue {
    switch format {
    case .text: .members(["type": .string("text")])
    case .jsonObject: .members(["type": .string("json_object")])
    case .jsonSchema(let name, let schema, let isStrict):
      .members([
        "type": .string("json_schema"), "name": .string(name), "schema": schema,
        "strict": isStrict.map { .bool($0) },
      ])
    }
  }
}
