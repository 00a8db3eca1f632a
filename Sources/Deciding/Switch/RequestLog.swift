import TextFormats

/// A request as the caller's own log holds it, cut down to what a switch asks of it.
public struct LoggedCall: Hashable, Sendable {
  /// Parameters that are set (not null), with the value of numbers, flags and short texts; other values are empty.
  public let parameters: [String: String]
  public let model: String?
  public let hasSystem: Bool
  public let hasTools: Bool
  public let hasImages: Bool
  /// The last message is the assistant's.
  public let hasBegunAnswer: Bool
  /// A tool must be called.
  public let forcesTool: Bool

  public init?(_ record: JSONValue) {
    guard let request = Self.request(in: record, depth: 0) else { return nil }
    var parameters: [String: String] = [:]
    for (name, value) in request.members where value != .null {
      if Self.folders.contains(name), let inner = value.object {
        for (name, value) in inner.members where value != .null {
          parameters[Self.snake(name)] = Self.short(value)
        }
      }
      parameters[Self.snake(name)] = Self.short(value)
    }
    self.parameters = parameters
    model = request["model"]?.string ?? request["modelId"]?.string
    let messages = request["messages"]?.array ?? request["contents"]?.array ?? request["input"]?.array ?? []
    hasSystem =
      ["system", "instructions", "systemInstruction", "system_instruction"].contains {
        request[$0].map { $0 != .null } ?? false
      }
      || request["config"]?["system_instruction"] != nil
      || messages.contains { ["system", "developer"].contains($0["role"]?.string) }
    let tools =
      request["tools"] ?? request["functions"] ?? request["toolConfig"] ?? request["config"]?["tools"]
    hasTools = tools.map { $0 != .null && $0.array?.isEmpty != true } ?? false
    hasImages = messages.contains(where: Self.holdsImage)
    hasBegunAnswer = ["assistant", "model"].contains(messages.last?["role"]?.string)
    forcesTool = Self.forces(request["tool_choice"] ?? request["toolConfig"]?["toolChoice"])
  }

  /// Names in which a log keeps the request, and the APIs their settings.
  private static let wrappers = [
    "request", "body", "request_body", "requestBody", "kwargs", "params", "json", "payload",
  ]
  private static let folders: Set<String> = [
    "generationConfig", "generation_config", "config", "inferenceConfig", "inference_config",
  ]

  private static func request(in record: JSONValue, depth: Int) -> JSONObject? {
    guard let object = record.object, depth < 4 else { return nil }
    if ["messages", "contents", "input", "prompt"].contains(where: { object[$0] != nil }) { return object }
    for name in wrappers {
      if let inner = object[name], let found = request(in: inner, depth: depth + 1) { return found }
    }
    return nil
  }

  /// `maxOutputTokens` is `max_output_tokens`: logs of one API use both.
  static func snake(_ name: String) -> String {
    var result = ""
    for letter in name {
      if letter.isUppercase, !result.isEmpty { result.append("_") }
      result += letter.lowercased()
    }
    return result
  }

  private static func short(_ value: JSONValue) -> String {
    switch value {
    case .number(let text): text.utf8.count <= 32 ? text : ""
    case .bool(let flag): flag ? "true" : "false"
    case .string(let text): text.utf8.count <= 32 ? text : ""
    default: ""
    }
  }

  private static func holdsImage(_ message: JSONValue) -> Bool {
    for part in (message["content"] ?? message["parts"])?.array ?? [] {
      if ["image", "image_url", "input_image"].contains(part["type"]?.string) { return true }
      if ["image", "inline_data", "inlineData"].contains(where: { part[$0] != nil }) { return true }
    }
    return false
  }

  private static func forces(_ choice: JSONValue?) -> Bool {
    guard let choice else { return false }
    if let word = choice.string { return word == "required" || word == "any" }
    if let type = choice["type"]?.string { return ["any", "tool", "function"].contains(type) }
    return choice["any"] != nil || choice["tool"] != nil
  }
}

/// The calls of a log, equal ones together.
public struct RequestLog: Sendable {
  public private(set) var calls: [LoggedCall: Int] = [:]
  /// Records that hold no request, and lines that are no JSON.
  public private(set) var unread = 0

  public init() {}

  /// Calls that are counted.
  public var total: Int { calls.values.reduce(0, +) }

  /// Reads one line of a log of JSON lines; an empty line is none.
  public mutating func read(line: [UInt8]) {
    guard line.contains(where: { $0 > 0x20 }) else { return }
    guard let value = try? JSONReader.read(line), let call = LoggedCall(value) else {
      unread += 1
      return
    }
    calls[call, default: 0] += 1
  }

  /// Counts a line that is too long to be read.
  public mutating func leaveOutLine() { unread += 1 }

  public func count(_ isWanted: (LoggedCall) -> Bool) -> Int {
    calls.reduce(0) { $0 + (isWanted($1.key) ? $1.value : 0) }
  }

  /// The same log with the calls for which a test holds.
  public func filtered(_ isKept: (LoggedCall) -> Bool) -> RequestLog {
    var result = self
    result.calls = calls.filter { isKept($0.key) }
    return result
  }
}
