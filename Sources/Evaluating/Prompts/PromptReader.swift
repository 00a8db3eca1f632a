import Facts
import TextFormats

/// Reads one line of a prompts file.
enum PromptReader {
  static func read(_ bytes: [UInt8], file: String, line: Int?) -> (EvaluationPrompt?, [InputProblem]) {
    func problem(_ rule: String, _ hint: String) -> (EvaluationPrompt?, [InputProblem]) {
      (nil, [InputProblem(file: file, line: line, rule: rule, hint: hint)])
    }
    guard bytes.count <= PromptFile.longestLine else {
      return problem(
        "a line has at most \(PromptFile.longestLine) bytes; this one has \(bytes.count)",
        "pictures are named by file, not written into the line")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      return problem("a line is UTF-8", "save the file as UTF-8")
    }
    let value: JSONValue
    do {
      var limits = JSONReader.Limits()
      limits.stringLength = PromptFile.longestLine
      value = try JSONReader.read(bytes, limits: limits)
    } catch {
      return problem("a line is one JSON object; \(error.rule); at \(error.place)", error.hint)
    }
    guard let object = value.object else {
      return problem("a line is one JSON object; found \(value.kind)", #"write {"id": "…", "input": "…"}"#)
    }
    var reader = ObjectReader(object, file: file, line: line, path: "")
    return read(&reader)
  }

  private static func read(_ reader: inout ObjectReader) -> (EvaluationPrompt?, [InputProblem]) {
    let id = reader.requiredText(
      "id", most: 200, hint: #"give every prompt a name of its own: "id": "sum-1""#)
    if let id, !id.unicodeScalars.allSatisfy(\.isHarmless) {
      reader.report("id", "an id has no control characters", "write plain characters")
    }
    let messages = Self.messages(&reader)
    var tools: [PromptTool] = []
    for (place, value) in (reader.array("tools", most: 128) ?? []).enumerated() {
      if let tool = tool(value, "tools[\(place)]", &reader) { tools.append(tool) }
    }
    if Set(tools.map(\.name)).count < tools.count {
      reader.report("tools", "a tool's name stands once", "give one of the two another name")
    }
    let choice = Self.choice(&reader, tools: tools)
    let format = Self.format(&reader)
    var checks: [PromptCheck] = []
    for (place, value) in (reader.array("checks", most: 64) ?? []).enumerated() {
      guard let object = value.object else {
        reader.report(
          "checks[\(place)]", "a check is an object; found \(value.kind)",
          #"write {"type": "contains", "value": "4"}"#)
        continue
      }
      var inner = reader.inside("checks[\(place)]", object)
      if let check = CheckReader.read(&inner) { checks.append(check) }
      reader.add(inner.finish())
    }
    let prompt = EvaluationPrompt(
      id: id ?? "", messages: messages, tools: tools, toolChoice: choice, responseFormat: format,
      checks: checks,
      cluster: reader.text("cluster", most: 200), maxTokens: reader.count("max_tokens", 1...10_000_000),
      temperature: reader.decimal("temperature", from: 0, to: 2),
      topP: reader.decimal("top_p", from: 0, to: 1),
      seed: reader.count("seed", 0...Int64.max), stop: reader.texts("stop", most: 16) ?? [])
    let problems = reader.finish()
    return (problems.isEmpty ? prompt : nil, problems)
  }

  private static func messages(_ reader: inout ObjectReader) -> [PromptMessage] {
    let input = reader.text("input", most: PromptFile.longestLine)
    let system = reader.text("system", most: PromptFile.longestLine)
    let list = reader.array("messages", most: 4096)
    guard let list else {
      guard let input else {
        if reader.problems.isEmpty {
          reader.report("", "a prompt has messages or input", #"write "input": "What is 2+2?""#)
        }
        return []
      }
      return (system.map { [PromptMessage(.system, $0)] } ?? []) + [PromptMessage(.user, input)]
    }
    if input != nil || system != nil {
      reader.report("messages", "a prompt has messages, or input with system, not both", "keep the messages")
    }
    if list.isEmpty { reader.report("messages", "messages are not empty", "write a message of the user") }
    var messages: [PromptMessage] = []
    for (place, value) in list.enumerated() {
      guard let object = value.object else {
        reader.report(
          "messages[\(place)]", "a message is an object; found \(value.kind)",
          #"write {"role": "user", "content": "…"}"#)
        continue
      }
      var inner = reader.inside("messages[\(place)]", object)
      if let message = message(&inner) { messages.append(message) }
      reader.add(inner.finish())
    }
    return messages
  }

  private static func message(_ reader: inout ObjectReader) -> PromptMessage? {
    guard reader.value("role") != nil else {
      reader.report("role", "role is missing", #"write "role": "user""#)
      _ = reader.value("content")
      return nil
    }
    let role = reader.choice("role", PromptMessage.Role.self)
    guard let content = reader.value("content") else {
      reader.report("content", "content is missing", #"write "content": "…""#)
      return nil
    }
    var parts: [PromptPart] = []
    switch content {
    case .string(let text): parts = [.text(text)]
    case .array(let values):
      if values.isEmpty { reader.report("content", "content is not empty", "write a text") }
      for (place, value) in values.enumerated() {
        guard let object = value.object else {
          reader.report(
            "content[\(place)]", "a part is an object; found \(value.kind)",
            #"write {"type": "text", "text": "…"}"#)
          continue
        }
        var inner = reader.inside("content[\(place)]", object)
        if let part = PartReader.read(&inner) { parts.append(part) }
        reader.add(inner.finish())
      }
    default:
      reader.report("content", "content is a text or a list of parts; found \(content.kind)", "write a text")
    }
    guard let role else { return nil }
    for (place, part) in parts.enumerated() where !PartReader.allows(part, in: role) {
      reader.report(
        "content[\(place)]", "a message of the role \(role.rawValue) does not hold such a part",
        "tool calls belong to the assistant, tool results to the role tool, pictures to the user")
    }
    return PromptMessage(role: role, parts: parts)
  }

  private static func tool(_ value: JSONValue, _ place: String, _ reader: inout ObjectReader) -> PromptTool? {
    guard var object = value.object else {
      reader.report(
        place, "a tool is an object; found \(value.kind)", #"write {"name": "…", "parameters": {…}}"#)
      return nil
    }
    var place = place
    // The form of chat completions wraps it: https://platform.openai.com/docs/guides/function-calling
    if object["type"]?.string == "function", let inner = object["function"]?.object {
      object = inner
      place += ".function"
    }
    var inner = reader.inside(place, object)
    let type = inner.text("type")
    if let type, type != "function" {
      inner.report("type", "a tool is a function; found \"\(type.bounded)\"", "leave type out")
    }
    let name = inner.requiredText("name", most: 64, hint: "give the tool a name")
    if let name, !name.utf8.allSatisfy({ isNameByte($0) }) {
      inner.report("name", "a tool's name has letters, digits, _ and - only", "rename the tool")
    }
    let tool = PromptTool(
      name: name ?? "", description: inner.text("description"),
      parameters: inner.object("parameters").map { .object($0) }
        ?? .members(["type": .string("object"), "properties": .object(JSONObject())]),
      isStrict: inner.flag("strict"))
    let problems = inner.finish()
    reader.add(problems)
    return problems.isEmpty ? tool : nil
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
      || byte == 45
  }

  private static func choice(_ reader: inout ObjectReader, tools: [PromptTool]) -> ToolChoice? {
    guard let value = reader.value("tool_choice") else { return nil }
    let hint = #"write "auto", "none", "required" or {"name": "…"}"#
    switch value {
    case .string("auto"): return .auto
    case .string("none"): return ToolChoice.none
    case .string("required"): return .required
    case .object(let object):
      guard let name = object["name"]?.string ?? object["function"]?["name"]?.string else { break }
      guard tools.contains(where: { $0.name == name }) else {
        reader.report("tool_choice", "there is no tool \"\(name.bounded)\"", "name one of the tools")
        return nil
      }
      return .named(name)
    default: break
    }
    reader.report(
      "tool_choice", "tool_choice is auto, none, required or a tool; found \(value.asWritten.bounded)", hint)
    return nil
  }

  private static func format(_ reader: inout ObjectReader) -> ResponseFormat? {
    guard let value = reader.value("response_format") else { return nil }
    let hint = #"write {"type": "json_schema", "name": "answer", "schema": {…}}"#
    let type = value.string ?? value["type"]?.string
    switch type {
    case "text": return .text
    case "json_object": return .jsonObject
    case "json_schema":
      // The form of chat completions wraps it: https://platform.openai.com/docs/guides/structured-outputs
      let inner = value["json_schema"] ?? value
      guard let schema = inner["schema"], schema.object != nil else {
        reader.report("response_format.schema", "schema is an object", hint)
        return nil
      }
      let name = inner["name"]?.string ?? "answer"
      guard !name.isEmpty, name.utf8.count <= 64, name.utf8.allSatisfy({ isNameByte($0) }) else {
        reader.report(
          "response_format.name", "name has 1 to 64 letters, digits, _ and - only; found \"\(name.bounded)\"",
          hint)
        return nil
      }
      return .jsonSchema(name: name, schema: schema, isStrict: inner["strict"]?.bool)
    default:
      reader.report(
        "response_format",
        "response_format is text, json_object or json_schema; found \(value.asWritten.bounded)",
        hint)
      return nil
    }
  }
}
