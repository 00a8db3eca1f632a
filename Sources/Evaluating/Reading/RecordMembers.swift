import Facts
import TextFormats

/// Why stored bytes are no record of this program.
package struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ key: String, _ rule: String) {
    description =
      "a stored record is broken: \(key.bounded) \(rule). hint: the store was written by another program or is damaged"
  }
}

/// Takes members out of a stored object; the first wrong one ends the reading.
struct RecordMembers {
  let object: JSONObject

  init(_ value: JSONValue?, _ name: String) throws(RecordError) {
    guard let object = value?.object else { throw RecordError(name, "is no object") }
    self.object = object
  }

  subscript(key: String) -> JSONValue? { object[key] }

  func text(_ key: String) throws(RecordError) -> String {
    guard let text = object[key]?.string else { throw RecordError(key, "is no text") }
    return text
  }

  func optionalText(_ key: String) throws(RecordError) -> String? {
    guard object[key] != nil else { return nil }
    return try text(key)
  }

  func integer(_ key: String) throws(RecordError) -> Int64 {
    guard let number = object[key]?.integer else { throw RecordError(key, "is no whole number") }
    return number
  }

  func optionalInteger(_ key: String) throws(RecordError) -> Int64? {
    guard object[key] != nil else { return nil }
    return try integer(key)
  }

  /// A number that fits where places and small counts are kept.
  func count(_ key: String) throws(RecordError) -> Int {
    guard let count = Int(exactly: try integer(key)), count >= 0 else {
      throw RecordError(key, "is no count")
    }
    return count
  }

  func optionalFlag(_ key: String) throws(RecordError) -> Bool? {
    guard let value = object[key] else { return nil }
    guard let flag = value.bool else { throw RecordError(key, "is neither true nor false") }
    return flag
  }

  func optionalDecimal(_ key: String) throws(RecordError) -> ExactDecimal? {
    guard let value = object[key] else { return nil }
    guard let digits = value.numberText, let number = try? ExactDecimal(parsing: digits) else {
      throw RecordError(key, "is no decimal")
    }
    return number
  }

  func choice<Choice: RawRepresentable>(_ key: String, _ type: Choice.Type) throws(RecordError) -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text(key)) else { throw RecordError(key, "is no known name") }
    return choice
  }

  func array(_ key: String) throws(RecordError) -> [JSONValue] {
    guard let value = object[key] else { return [] }
    guard let values = value.array else { throw RecordError(key, "is no list") }
    return values
  }
}
