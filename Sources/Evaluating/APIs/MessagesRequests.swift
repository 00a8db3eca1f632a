import TextFormats

/// Requests of Anthropic's Messages.
///
/// Defined by https://platform.claude.com/docs/en/api/messages and by the PyPI package anthropic 2.13.0,
/// types/message_create_params.py, output_config_param.py and tool_param.py. System messages stand outside the conversation;
/// turns of one side that follow each other become one. The kind has no seed, and no JSON without a schema.
enum MessagesRequests {
  static func body(
    _ prompt: EvaluationPrompt, _ route: EvaluationRoute, _ most: Int64, _ pictures: [String: String]
  ) -> JSONObject {
    let system = prompt.messages.filter { $0.role == .system || $0.role == .developer }.map(\.text)
    return JSONObject([
      "model": .string(route.model),
      "max_tokens": .number(most),
      "system": system.isEmpty ? nil : .string(system.joined(separator: "\n\n")),
      "messages": .array(turns(prompt, pictures)),
      "temperature": prompt.temperature.map { .number($0) },
      "top_p": prompt.topP.map { .number($0) },
      "stop_sequences": prompt.stop.isEmpty ? nil : .array(prompt.stop.map { .string($0) }),
      "tools": prompt.tools.isEmpty ? nil : .array(prompt.tools.map(tool)),
      "tool_choice": prompt.toolChoice.map(choice),
      "output_config": prompt.responseFormat.flatMap(format).map { .members(["format": $0]) },
      "stream": route.streams ? .bool(true) : nil,
    ])
  }

  private static func turns(_ prompt: EvaluationPrompt, _ pictures: [String: String]) -> [JSONValue] {
    var turns: [(role: String, parts: [JSONValue])] = []
    for message in prompt.messages where message.role != .system && message.role != .developer {
      let role = message.role == .assistant ? "assistant" : "user"
      let parts = message.parts.map { part($0, pictures) }
      if turns.last?.role == role {
        turns[turns.count - 1].parts += parts
      } else {
        turns.append((role, parts))
      }
    }
    return turns.map { turn in
      let isText = turn.parts.count == 1 && turn.parts[0]["type"]?.string == "text"
      return .members([
        "role": .string(turn.role), "content": isText ? turn.parts[0]["text"] : .array(turn.parts),
      ])
    }
  }

  private static func part(_ part: PromptPart, _ pictures: [String: String]) -> JSONValue {
    switch part {
    case .text(let text): .members(["type": .string("text"), "text": .string(text)])
    case .picture(let picture):
      .members([
        "type": .string("image"),
        "source": .members([
          "type": .string("base64"), "media_type": .string(picture.mediaType.rawValue),
          "data": .string(picture.base64(pictures)),
        ]),
      ])
    case .toolCall(let id, let name, let arguments):
      .members([
        "type": .string("tool_use"), "id": .string(id), "name": .string(name), "input": arguments,
      ])
    case .toolResult(let id, let text):
      .members([
        "type": .string("tool_result"), "tool_use_id": .string(id), "content": .string(text),
      ])
    }
  }

  private static func tool(_ tool: PromptTool) -> JSONValue {
    .members([
      "name": .string(tool.name), "description": tool.description.map { .string($0) },
      "input_schema": tool.parameters, "strict": tool.isStrict.map { .bool($0) },
    ])
  }

  private static func choice(_ choice: ToolChoice) -> JSONValue {
    switch choice {
    case .auto: .members(["type": .string("auto")])
    case .none: .members(["type": .string("none")])
    case .required: .members(["type": .string("any")])
    case .named(let name): .members(["type": .string("tool"), "name": .string(name)])
    }
  }

  private static func format(_ format: ResponseFormat) -> JSONValue? {
    guard case .jsonSchema(_, let schema, _) = format else { return nil }
    return .members(["type": .string("json_schema"), "schema": schema])
  }
}
