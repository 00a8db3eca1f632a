import Facts

/// A JSON document: numbers keep their text, objects keep their order.
public enum JSONValue: Hashable, Sendable {
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
  public typealias Member = (key: String, value: JSONValue)

  public private(set) var members: [Member] = []
  /// Where the keys of a large object stand; a small one is searched faster than a text is hashed.
  private var places: [String: Int] = [:]
  private static let mostSearched = 16

  public init() {}

  /// Of members whose keys all differ, as a writer's do.
  public init(unique members: some Sequence<(String, JSONValue)>) {
    self.members = members.map { (key: $0.0, value: $0.1) }
    if self.members.count > Self.mostSearched { indexAll() }
  }

  public subscript(key: String) -> JSONValue? { place(of: key).map { members[$0].value } }

  /// False when the key stood there already.
  public mutating func insert(_ key: String, _ value: JSONValue) -> Bool {
    guard place(of: key) == nil else { return false }
    members.append((key, value))
    if members.count > Self.mostSearched {
      if places.isEmpty { indexAll() } else { places[key] = members.count - 1 }
    }
    return true
  }

  private func place(of key: String) -> Int? {
    members.count > Self.mostSearched ? places[key] : members.firstIndex { $0.key == key }
  }

  private mutating func indexAll() {
    places = Dictionary(
      members.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.elementsEqual(right.members) { $0 == $1 }
  }
  public func hash(into hasher: inout Hasher) {
    for member in members { hasher.combine(member.key) }
  }
}

// MARK: Making

extension JSONObject {
  /// The members given, in their order; those without a value are left out, and of two with one key the first stays.
  public init(_ members: KeyValuePairs<String, JSONValue?>) {
    self.init()
    for case (let key, let value?) in members { _ = insert(key, value) }
  }
}

extension JSONValue {
  /// An object of the members given; those without a value are left out.
  public static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(JSONObject(members))
  }

  /// An object of members whose keys all differ.
  public static func map(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(JSONObject(unique: members))
  }

  /// A list of texts.
  public static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  public static func number(_ integer: some BinaryInteger) -> JSONValue { .number(String(integer)) }

  public static func number(_ decimal: ExactDecimal) -> JSONValue { .number(decimal.text) }

  /// The whole number of a number without a fraction, nil for anything else and beyond Int64.
  public var integer: Int64? {
    guard case .number(let digits) = self else { return nil }
    return (try? ExactDecimal(parsing: digits))?.integer
  }
}
