import Facts
import TextFormats

/// Writes prompts as JSON: the line of the prompts file, and the part of it that is asked.
package enum PromptCodec {
  /// The line of the prompts file that reads back as this prompt; pictures keep their digests.
  package static func line(_ prompt: EvaluationPrompt) -> JSONValue {
    var object = JSONObject(["id": .string(prompt.id), "messages": messages(prompt, named: true)])
    func add(_ key: String, _ value: JSONValue?) { if let value { _ = object.insert(key, value) } }
    add("tools", prompt.tools.isEmpty ? nil : .array(prompt.tools.map(tool)))
    add("tool_choice", prompt.toolChoice.map(choice))
    add("response_format", prompt.responseFormat.map(format))
    add("checks", prompt.checks.isEmpty ? nil : .array(prompt.checks.map(check)))
    add("cluster", prompt.cluster.map { .string($0) })
    add("max_tokens", prompt.maxTokens.map { .number($0) })
    add("temperature", prompt.temperature.map { .number($0) })
    add("top_p", prompt.topP.map { .number($0) })
    add("seed", prompt.seed.map { .number($0) })
    add("stop", prompt.stop.isEmpty ? nil : .array(prompt.stop.map { .string($0) }))
    return .object(object)
  }

  /// What is asked, the same for every API kind: no id, no checks, no cluster; pictures by digest, not by name.
  static func request(_ prompt: EvaluationPrompt, maxTokens: Int64) -> JSONValue {
    .members([
      "messages": messages(prompt, named: false),
      "tools": prompt.tools.isEmpty ? nil : .array(prompt.tools.map(tool)),
      "tool_choice": prompt.toolChoice.map(choice),
      "response_format": prompt.responseFormat.map(format),
      "max_tokens": .number(maxTokens),
      "temperature": prompt.temperature.map { .number($0) },
      "top_p": prompt.topP.map { .number($0) },
      "seed": prompt.seed.map { .number($0) },
      "stop": prompt.stop.isEmpty ? nil : .array(prompt.stop.map { .string($0) }),
    ])
  }

  private static func messages(_ prompt: EvaluationPrompt, named: Bool) -> JSONValue {
    .array(
      prompt.messages.map { message in
        .members([
          "role": .string(message.role.rawValue),
          "content": .array(message.parts.map { part($0, named: named) }),
        ])
      })
  }

  private static func part(_ part: PromptPart, named: Bool) -> JSONValue {
    switch part {
    case .text(let text): .members(["type": .string("text"), "text": .string(text)])
    case .picture(let picture):
      .members([
        "type": .string("image"), "file": named || picture.digest == nil ? .string(picture.file) : nil,
        "media_type": .string(picture.mediaType.rawValue), "sha256": picture.digest.map { .string($0) },
      ])
    case .toolCall(let id, let name, let arguments):
      .members([
        "type": .string("tool_call"), "id": .string(id), "name": .string(name), "arguments": arguments,
      ])
    case .toolResult(let id, let text):
      .members(["type": .string("tool_result"), "id": .string(id), "text": .string(text)])
    }
  }

  private static func tool(_ tool: PromptTool) -> JSONValue {
    .members([
      "name": .string(tool.name), "description": tool.description.map { .string($0) },
      "parameters": tool.parameters, "strict": tool.isStrict.map { .bool($0) },
    ])
  }

  private static func choice(_ choice: ToolChoice) -> JSONValue {
    switch choice {
    case .auto: .string("auto")
    case .none: .string("none")
    case .required: .string("required")
    case .named(let name): .members(["name": .string(name)])
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

  private static func check(_ check: PromptCheck) -> JSONValue {
    let kind = JSONValue.string(check.kind.name)
    let name: JSONValue? = check.name == check.kind.name ? nil : .string(check.name)
    func text(_ value: String, _ ignoresCase: Bool) -> JSONValue {
      .members([
        "type": kind, "name": name, "value": .string(value), "ignore_case": ignoresCase ? .bool(true) : nil,
      ])
    }
    switch check.kind {
    case .exact(let value, let ignoresCase), .contains(let value, let ignoresCase),
      .lacks(let value, let ignoresCase), .matches(let value, let ignoresCase):
      return text(value, ignoresCase)
    case .json(let schema): return .members(["type": kind, "name": name, "schema": schema])
    case .toolCall(let tool, let arguments):
      return .members([
        "type": kind, "name": name, "tool": .string(tool), "arguments": arguments.map { .object($0) },
      ])
    case .number(let value, let tolerance):
      return .members([
        "type": kind, "name": name, "value": .number(value),
        "tolerance": tolerance.isZero ? nil : .number(tolerance),
      ])
    case .length(let least, let most):
      return .members([
        "type": kind, "name": name, "min": least.map { .number($0) }, "max": most.map { .number($0) },
      ])
    case .command(let words, let seconds):
      return .members([
        "type": kind, "name": name, "command": .array(words.map { .string($0) }),
        "timeout_seconds": .number(seconds),
      ])
    case .judge(let route, let instructions, let pass):
      return .members([
        "type": kind, "name": name, "route": .string(route), "instructions": .string(instructions),
        "pass": .number(pass),
      ])
    }
  }
}
