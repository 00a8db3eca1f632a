import Facts
import TextFormats

/// Why an importer leaves a field of its source out. The name is a path as ``FieldTally`` writes it; a `*` at its beginning or
/// end stands for anything.
struct LeftOutField: Sendable {
  let name: String
  let reason: String

  init(_ name: String, _ reason: String) {
    self.name = name
    self.reason = reason
  }

  func covers(_ path: String) -> Bool {
    if name.hasPrefix("*") { return path.hasSuffix(name.dropFirst()) }
    return name.hasSuffix("*") ? path.hasPrefix(name.dropLast()) : path == name
  }
}

/// Counts the fields of a source that make no claim, by their path: `limit.context`, `tiers[].size`. Each becomes one finding, so
/// that nobody takes a fact for unstated that is only unread.
struct FieldTally {
  private var counts: [String: Int] = [:]
  private var reasons: [String: String] = [:]
  private let isRead: (String) -> Bool
  private let leftOut: [LeftOutField]

  /// - Parameters:
  ///   - isRead: whether the importer reads a path.
  ///   - leftOut: what it leaves out, and why.
  init(leftOut: [LeftOutField], isRead: @escaping (String) -> Bool) {
    self.leftOut = leftOut
    self.isRead = isRead
  }

  init(read: Set<String>, leftOut: [LeftOutField]) {
    self.init(leftOut: leftOut) { read.contains($0) }
  }

  /// Counts the unread fields of one record.
  mutating func count(_ record: JSONValue) {
    let unread = Self.paths(of: record).filter { !isRead($0) }
    // Fields that are left out for one reason are one finding.
    for name in Set(unread.map { path in leftOut.first { $0.covers(path) }?.name ?? path }) {
      counts[name, default: 0] += 1
    }
  }

  /// Counts a field that is read in other records and not in this one.
  mutating func count(_ path: String, because reason: String) {
    counts[path, default: 0] += 1
    reasons[path] = reason
  }

  /// Counts prices of zero that a draft took back.
  mutating func count(zeros paths: [String], because reason: String) {
    for path in Set(paths.map { $0.replacing(/\[\d+\]/, with: "[]") }) {
      count(path + " = 0", because: reason)
    }
  }

  /// The written reason why a path is left out; nil when nobody has written one.
  func reason(for path: String) -> String? {
    reasons[path] ?? leftOut.first { $0.name == path || $0.covers(path) }?.reason
  }

  func report(to imported: inout Imported) {
    for (path, count) in counts.sorted(by: { $0.key < $1.key }) {
      let reason = reason(for: path)
      imported.report(
        "unread-field", reason == nil ? .warning : .note, at: path,
        "in \(count == 1 ? "1 record" : "\(count) records"): \(reason ?? "new, and nobody has decided yet")")
    }
  }

  /// The paths of everything in a value that is no object, with `[]` for any place in a list; an object that holds nothing is
  /// itself a leaf.
  static func paths(of value: JSONValue, under path: String = "") -> [String] {
    switch value {
    case .null: []
    case .object(let object) where !object.members.isEmpty:
      object.members.flatMap { paths(of: $0.value, under: path.isEmpty ? $0.key : path + "." + $0.key) }
    case .array(let items): items.flatMap { paths(of: $0, under: path + "[]") }
    default: [path]
    }
  }
}
