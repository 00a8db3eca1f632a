import Facts
import TextFormats

/// Holds a JSON value against a JSON Schema of draft 2020-12 (https://json-schema.org/draft/2020-12/json-schema-validation).
///
/// Known: `type enum const`, `properties patternProperties additionalProperties required propertyNames minProperties maxProperties
/// dependentRequired`, `items prefixItems contains minItems maxItems uniqueItems`, `minLength maxLength pattern`, `minimum maximum
/// exclusiveMinimum exclusiveMaximum multipleOf`, `allOf anyOf oneOf not if then else`, and `$ref` inside the same document.
/// A keyword that is neither known nor a mere note leaves the check undecided: it is never passed over.
struct SchemaValidation {
  private let root: JSONValue
  private var steps = 0
  /// The first keyword or reference that is not known.
  private var obstacle: String?
  private var firstFault: String?

  private static let mostSteps = 1_000_000
  private static let mostDepth = 200

  init(_ schema: JSONValue) { root = schema }

  mutating func verdict(on value: JSONValue) -> AnswerCheck.Verdict {
    let isValid = fits(value, root, at: "", depth: 0)
    if let obstacle { return .undecided(obstacle) }
    return isValid ? .pass : .fail(firstFault ?? "the answer does not fit the schema")
  }

  private mutating func stop(_ reason: String) -> Bool {
    if obstacle == nil { obstacle = reason }
    return false
  }

  private mutating func fault(_ place: String, _ rule: String) -> Bool {
    if firstFault == nil { firstFault = "\(place.isEmpty ? "the answer" : place.bounded) \(rule)" }
    return false
  }

  private mutating func fits(_ value: JSONValue, _ schema: JSONValue, at place: String, depth: Int) -> Bool {
    steps += 1
    guard steps < Self.mostSteps, depth < Self.mostDepth else {
      return stop("the schema takes too many steps on this answer")
    }
    if case .bool(let flag) = schema { return flag || fault(place, "is not allowed") }
    guard let object = schema.object else { return stop("a schema is an object, true or false") }
    for (keyword, rule) in object.members {
      guard holds(keyword, rule, in: object, value, at: place, depth: depth) else { return false }
    }
    return true
  }

  private mutating func holds(
    _ keyword: String, _ rule: JSONValue, in schema: JSONObject, _ value: JSONValue, at place: String,
    depth: Int
  ) -> Bool {
    switch keyword {
    case "type":
      let names = rule.string.map { [$0] } ?? (rule.array ?? []).compactMap(\.string)
      return names.contains { Self.isKind($0, value) } || fault(place, "is \(value.kind)")
    case "enum":
      return (rule.array ?? []).contains { $0.isEquivalent(to: value) }
        || fault(place, "is none of the values allowed")
    case "const": return rule.isEquivalent(to: value) || fault(place, "is another value")
    case "$ref": return reference(rule, value, at: place, depth: depth)
    case "allOf":
      for part in rule.array ?? [] where !fits(value, part, at: place, depth: depth + 1) { return false }
      return true
    case "anyOf":
      return quietly(value, rule.array ?? [], at: place, depth: depth) > 0
        || fault(place, "fits no alternative")
    case "oneOf":
      return quietly(value, rule.array ?? [], at: place, depth: depth) == 1
        || fault(place, "does not fit exactly one alternative")
    case "not":
      return quietly(value, [rule], at: place, depth: depth) == 0 || fault(place, "is what it must not be")
    case "if":
      let branch = quietly(value, [rule], at: place, depth: depth) == 1 ? schema["then"] : schema["else"]
      return branch.map { fits(value, $0, at: place, depth: depth + 1) } ?? true
    case "then", "else": return true
    case "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples",
      "deprecated", "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType", "$anchor",
      "minContains",
      "maxContains":
      if keyword.hasSuffix("Contains") { return stop("the keyword \(keyword) is not known") }
      return true
    default: break
    }
    switch value {
    case .object(let members): return object(keyword, rule, in: schema, members, at: place, depth: depth)
    case .array(let items): return array(keyword, rule, in: schema, items, at: place, depth: depth)
    case .string(let text): return string(keyword, rule, text, at: place)
    case .number(let digits): return number(keyword, rule, digits, at: place)
    case .bool, .null:
      return Self.typed.contains(keyword) || stop("the keyword \(keyword.bounded) is not known")
    }
  }

  /// How many of the schemas the value fits; faults of the others are not the reader's.
  private mutating func quietly(_ value: JSONValue, _ schemas: [JSONValue], at place: String, depth: Int)
    -> Int
  {
    let kept = firstFault
    defer { firstFault = kept }
    var count = 0
    for schema in schemas where fits(value, schema, at: place, depth: depth + 1) { count += 1 }
    return count
  }

  /// `#`, `#/$defs/name` and other pointers into the same document (RFC 6901).
  private mutating func reference(_ rule: JSONValue, _ value: JSONValue, at place: String, depth: Int) -> Bool
  {
    guard let text = rule.string, text.hasPrefix("#"), text == "#" || text.hasPrefix("#/") else {
      return stop("only references inside the schema are followed")
    }
    var target: JSONValue? = root
    for part in text.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) where text != "#" {
      let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      if let items = target?.array {
        target = Int(name).flatMap { items.indices.contains($0) ? items[$0] : nil }
      } else {
        target = target?[String(name)]
      }
    }
    guard let target else { return stop("the reference \(text.bounded) leads nowhere") }
    return fits(value, target, at: place, depth: depth + 1)
  }

  // MARK: Objects and lists

  private mutating func object(
    _ keyword: String, _ rule: JSONValue, in schema: JSONObject, _ value: JSONObject, at place: String,
    depth: Int
  ) -> Bool {
    func below(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }
    switch keyword {
    case "properties":
      for (key, part) in rule.object?.members ?? [] {
        guard let member = value[key] else { continue }
        guard fits(member, part, at: below(key), depth: depth + 1) else { return false }
      }
      return true
    case "required":
      for key in (rule.array ?? []).compactMap(\.string) where value[key] == nil {
        return fault(below(key), "is missing")
      }
      return true
    case "dependentRequired":
      for (key, others) in rule.object?.members ?? [] where value[key] != nil {
        for other in (others.array ?? []).compactMap(\.string) where value[other] == nil {
          return fault(below(other), "is missing")
        }
      }
      return true
    case "patternProperties", "additionalProperties":
      let patterns = schema["patternProperties"]?.object?.members ?? []
      for (key, member) in value.members {
        var isNamed = schema["properties"]?[key] != nil
        for (pattern, part) in patterns {
          guard let isFound = (try? LinearPattern(parsing: pattern))?.isFound(in: key) else {
            return stop("the pattern \(pattern.bounded) cannot be searched")
          }
          guard isFound else { continue }
          isNamed = true
          if keyword == "patternProperties", !fits(member, part, at: below(key), depth: depth + 1) {
            return false
          }
        }
        if keyword == "additionalProperties", !isNamed {
          guard rule != .bool(false) else { return fault(below(key), "is not in the schema") }
          guard fits(member, rule, at: below(key), depth: depth + 1) else { return false }
        }
      }
      return true
    case "propertyNames":
      for (key, _) in value.members where !fits(.string(key), rule, at: below(key), depth: depth + 1) {
        return false
      }
      return true
    case "minProperties": return atLeast(value.members.count, rule) || fault(place, "has too few members")
    case "maxProperties": return atMost(value.members.count, rule) || fault(place, "has too many members")
    default: return Self.typed.contains(keyword) || stop("the keyword \(keyword.bounded) is not known")
    }
  }

  private mutating func array(
    _ keyword: String, _ rule: JSONValue, in schema: JSONObject, _ items: [JSONValue], at place: String,
    depth: Int
  ) -> Bool {
    switch keyword {
    case "prefixItems":
      for (index, part) in (rule.array ?? []).enumerated() where index < items.count {
        guard fits(items[index], part, at: "\(place)[\(index)]", depth: depth + 1) else { return false }
      }
      return true
    case "items":
      guard rule.array == nil else {
        return stop("a list under items is of an older draft; prefixItems takes its place")
      }
      let first = schema["prefixItems"]?.array?.count
      for index in items.indices where index >= (first ?? items.startIndex) {
        guard fits(items[index], rule, at: "\(place)[\(index)]", depth: depth + 1) else { return false }
      }
      return true
    case "contains":
      for item in items where quietly(item, [rule], at: place, depth: depth) == 1 { return true }
      return fault(place, "holds no item as it must")
    case "minItems": return atLeast(items.count, rule) || fault(place, "has too few items")
    case "maxItems": return atMost(items.count, rule) || fault(place, "has too many items")
    case "uniqueItems":
      guard rule == .bool(true) else { return true }
      steps += items.count * items.count
      guard steps < Self.mostSteps else { return stop("the schema takes too many steps on this answer") }
      for index in items.indices {
        for other in items[..<index] where other.isEquivalent(to: items[index]) {
          return fault(place, "has equal items")
        }
      }
      return true
    default: return Self.typed.contains(keyword) || stop("the keyword \(keyword.bounded) is not known")
    }
  }

  // MARK: Texts and numbers

  private mutating func string(_ keyword: String, _ rule: JSONValue, _ text: String, at place: String) -> Bool
  {
    switch keyword {
    case "minLength": return atLeast(text.unicodeScalars.count, rule) || fault(place, "is too short")
    case "maxLength": return atMost(text.unicodeScalars.count, rule) || fault(place, "is too long")
    case "pattern":
      guard let isFound = rule.string.flatMap({ try? LinearPattern(parsing: $0) })?.isFound(in: text) else {
        return stop("the pattern cannot be searched")
      }
      return isFound || fault(place, "does not match its pattern")
    default: return Self.typed.contains(keyword) || stop("the keyword \(keyword.bounded) is not known")
    }
  }

  private mutating func number(_ keyword: String, _ rule: JSONValue, _ digits: String, at place: String)
    -> Bool
  {
    guard Self.numeric.contains(keyword) else {
      return Self.typed.contains(keyword) || stop("the keyword \(keyword.bounded) is not known")
    }
    guard let value = try? ExactDecimal(parsing: digits), case .number(let text) = rule,
      let bound = try? ExactDecimal(parsing: text)
    else { return stop("a number cannot be held exactly") }
    switch keyword {
    case "minimum": return !(value < bound) || fault(place, "is too small")
    case "maximum": return !(bound < value) || fault(place, "is too large")
    case "exclusiveMinimum": return bound < value || fault(place, "is too small")
    case "exclusiveMaximum": return value < bound || fault(place, "is too large")
    default:
      let scale = min(value.exponent, bound.exponent)
      guard let whole = value.mantissa(atExponent: scale), let step = bound.mantissa(atExponent: scale),
        step > 0
      else {
        return stop("a number cannot be held exactly")
      }
      return whole % step == 0 || fault(place, "is no multiple")
    }
  }

  private func atLeast(_ count: Int, _ rule: JSONValue) -> Bool {
    rule.integer.map { Int64(count) >= $0 } ?? true
  }
  private func atMost(_ count: Int, _ rule: JSONValue) -> Bool {
    rule.integer.map { Int64(count) <= $0 } ?? true
  }

  private static let numeric: Set<String> = [
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
  ]
  /// Keywords that say something of one kind of value and nothing of the others.
  private static let typed: Set<String> = numeric.union([
    "properties", "patternProperties", "additionalProperties", "required", "propertyNames", "minProperties",
    "maxProperties", "dependentRequired", "items", "prefixItems", "contains", "minItems", "maxItems",
    "uniqueItems",
    "minLength", "maxLength", "pattern",
  ])

  private static func isKind(_ name: String, _ value: JSONValue) -> Bool {
    switch (name, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
      ("number", .number):
      true
    case ("integer", .number(let digits)):
      (try? ExactDecimal(parsing: digits)).map { $0.exponent >= 0 } ?? false
    default: false
    }
  }
}
