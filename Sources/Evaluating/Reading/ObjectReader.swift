import Facts
import TextFormats

/// Takes the members of one object out by name and kind, and collects what is wrong: members of another kind, missing ones,
/// and those that nobody asked for, which are mostly slips of the pen.
struct ObjectReader {
  let file: String
  let line: Int?
  let path: String
  private let object: JSONObject
  private var taken: Set<String> = []
  private(set) var problems: [InputProblem] = []

  init(_ object: JSONObject, file: String, line: Int?, path: String) {
    self.object = object
    self.file = file
    self.line = line
    self.path = path
  }

  func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// A rule that quotes what may be a key somebody pasted is told without the quote.
  mutating func report(_ key: String, _ rule: String, _ hint: String) {
    let rule = KeyShapes.looksLikeKey(rule) ? "a value looks like a key, which never stands in a file" : rule
    problems.append(
      InputProblem(file: file, line: line, path: key.isEmpty ? path : place(key), rule: rule, hint: hint))
  }

  mutating func add(_ more: [InputProblem]) { problems += more }

  /// The member as it stands; nil when it is missing or null.
  mutating func value(_ key: String) -> JSONValue? {
    taken.insert(key)
    guard let value = object[key], value != .null else { return nil }
    return value
  }

  mutating func text(_ key: String, most: Int = 1024 * 1024) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.string else {
      report(key, "\(key) is a text; found \(value.kind)", "write it in double quotes")
      return nil
    }
    guard text.utf8.count <= most else {
      report(key, "\(key) has at most \(most) bytes; this one has \(text.utf8.count)", "shorten it")
      return nil
    }
    return text
  }

  /// A text that must be there and not be empty.
  mutating func requiredText(_ key: String, most: Int = 1024, hint: String) -> String? {
    guard value(key) != nil else {
      report(key, "\(key) is missing", hint)
      return nil
    }
    guard let text = text(key, most: most) else { return nil }
    guard !text.isEmpty else {
      report(key, "\(key) is not empty", hint)
      return nil
    }
    return text
  }

  mutating func flag(_ key: String) -> Bool? {
    guard let value = value(key) else { return nil }
    guard let flag = value.bool else {
      report(key, "\(key) is true or false; found \(value.kind)", "write true or false without quotes")
      return nil
    }
    return flag
  }

  mutating func count(_ key: String, _ range: ClosedRange<Int64>) -> Int64? {
    guard let value = value(key) else { return nil }
    guard let count = value.integer, range.contains(count) else {
      report(
        key,
        "\(key) is a whole number from \(range.lowerBound) to \(range.upperBound); found \(value.asWritten.bounded)",
        "write it without quotes, like \(max(range.lowerBound, 1))")
      return nil
    }
    return count
  }

  mutating func decimal(_ key: String, from low: Int64, to high: Int64) -> ExactDecimal? {
    guard let value = value(key) else { return nil }
    guard case .number(let digits) = value, let number = try? ExactDecimal(parsing: digits),
      number >= ExactDecimal(low), number <= ExactDecimal(high)
    else {
      report(
        key, "\(key) is a number from \(low) to \(high); found \(value.asWritten.bounded)",
        "write it without quotes")
      return nil
    }
    return number
  }

  mutating func object(_ key: String) -> JSONObject? {
    guard let value = value(key) else { return nil }
    guard let object = value.object else {
      report(key, "\(key) is an object; found \(value.kind)", #"write {"name": value}"#)
      return nil
    }
    return object
  }

  mutating func array(_ key: String, most: Int) -> [JSONValue]? {
    guard let value = value(key) else { return nil }
    guard let values = value.array else {
      report(key, "\(key) is a list; found \(value.kind)", "write it in square brackets")
      return nil
    }
    guard values.count <= most else {
      report(key, "\(key) has at most \(most) items; this one has \(values.count)", "split it")
      return nil
    }
    return values
  }

  /// A list of texts, or one text alone.
  mutating func texts(_ key: String, most: Int) -> [String]? {
    if let alone = object[key]?.string {
      taken.insert(key)
      return [alone]
    }
    guard let values = array(key, most: most) else { return nil }
    var texts: [String] = []
    for (place, value) in values.enumerated() {
      guard let text = value.string else {
        report("\(key)[\(place)]", "\(key) holds texts; found \(value.kind)", "write it in double quotes")
        return nil
      }
      texts.append(text)
    }
    return texts
  }

  /// One of the names of a closed set.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let text = text(key, most: 200) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    report(key, "\(key) is one of \(known); found \"\(text.bounded)\"", "write one of these")
    return nil
  }

  /// Another reader for an object inside this one.
  func inside(_ key: String, _ object: JSONObject) -> ObjectReader {
    ObjectReader(object, file: file, line: line, path: place(key))
  }

  /// All problems, those of members that nobody asked for among them.
  mutating func finish() -> [InputProblem] {
    for (key, _) in object.members where !taken.contains(key) {
      let near = taken.sorted().joined(separator: ", ")
      report(key, "there is no member \"\(key.bounded)\" here", "the members are \(near)")
    }
    return problems
  }
}
