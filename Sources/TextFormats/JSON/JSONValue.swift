/// A JSON document as read: numbers keep their text, objects keep their order.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number exactly as written: `7.5e-08`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  public subscript(key: String) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object[key]
  }

  public var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }
  public var bool: Bool? {
    if case .bool(let flag) = self { return flag }
    return nil
  }
  public var array: [JSONValue]? {
    if case .array(let values) = self { return values }
    return nil
  }
  public var object: JSONObject? {
    if case .object(let object) = self { return object }
    return nil
  }
  /// The text of a number, or of a string that holds one (`"0.075"`).
  public var numberText: String? {
    switch self {
    case .number(let text): text
    case .string(let text): text
    default: nil
    }
  }

  /// The value as it would stand in the source, for messages and citations.
  public var asWritten: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array(let values): "[" + values.map(\.asWritten).joined(separator: ", ") + "]"
    case .object: "{…}"
    }
  }

  /// The kind of value in words, for messages: `a text`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A JSON object in the order written; a key stands once.
public struct JSONObject: Hashable, Sendable {
  public private(set) var members: [(key: String, value: JSONValue)] = []
  private var places: [String: Int] = [:]

  public init() {}

  public subscript(key: String) -> JSONValue? { places[key].map { members[$0].value } }

  /// False when the key stood there already.
  public mutating func insert(_ key: String, _ value: JSONValue) -> Bool {
    guard places[key] == nil else { return false }
    places[key] = members.count
    members.append((key, value))
    return true
  }

  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.elementsEqual(right.members) { $0 == $1 }
  }
  public func hash(into hasher: inout Hasher) {
    for member in members { hasher.combine(member.key) }
  }
}
