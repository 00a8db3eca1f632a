import Facts
import TextFormats

/// A row of a table of retirements: which id of which platform ends on which day, and what takes its place there.
///
/// It makes a record of the route, which no source need sell: an id that ended is known, and leads to its model.
struct RetirementRow {
  let key: String
  /// The platform as the table writes it.
  let platform: String
  let id: String
  /// Other ids that end with it.
  var aliases: [String] = []
  var ends: (value: JSONValue?, path: String) = (nil, "")
  var announced: (value: JSONValue?, path: String) = (nil, "")
  var checked: (value: JSONValue?, path: String) = (nil, "")
  /// What to move to, in the order in which the table names it.
  var successors: [(written: String, path: String)] = []
  var status: (value: JSONValue?, path: String)?
  var page: String?
  /// What the table adds about the day.
  var remark: String?

  /// The providers of a platform, where its word is not already one. A page of Azure's speaks of both names under which
  /// catalogues keep its models.
  private static let providers: [String: [String]] = [
    "google-gemini-api": ["google"], "google": ["google"], "google vertex": ["google-vertex"],
    "google-vertex-ai": ["google-vertex"], "aws bedrock": ["amazon-bedrock"],
    "aws-bedrock": ["amazon-bedrock"],
    "azure": ["azure", "azure-ai-foundry"],
    "azure openai": ["azure", "azure-ai-foundry"],
  ]

  /// Longest id believed, in characters.
  private static let longestID = 200

  func add(to imported: inout Imported) {
    guard !platform.isEmpty, Self.isPlain(platform), Self.isPlain(id) else {
      imported.report("bad-record", at: key, "a row whose platform or id is not a plain text was left out")
      return
    }
    guard Self.isID(id) else {
      imported.report("not-a-model", .note, at: key, "\(id.bounded) is a product that ends, not a model")
      return
    }
    var findings: [(rule: String, severity: Finding.Severity, message: String)] = []
    for (place, name) in ([id] + aliases).enumerated() {
      guard Self.isID(name) else {
        imported.report("bad-alias", at: key, "\(name.bounded) is not an id; it was left out")
        continue
      }
      var draft = RecordDraft(key: key)
      let seen = claims(of: name, isAlias: place > 0, into: &draft, imported.source.observed)
      if place == 0 { findings = draft.findings }
      draft.findings = []
      guard !draft.claims.isEmpty else { continue }
      for provider in Self.providers[platform.lowercased()] ?? [platform.lowercased()] {
        imported.add(
          draft, subject: .route(provider: provider, apiID: written(name, at: provider)), url: page,
          observed: seen)
      }
    }
    for finding in findings { imported.report(finding.rule, finding.severity, at: key, finding.message) }
  }

  /// Tables write `ft-gpt-4` for the copies that OpenAI's callers name `ft:gpt-4`.
  private func written(_ name: String, at provider: String) -> String {
    provider == "openai" && name.hasPrefix("ft-") ? "ft:" + name.dropFirst(3) : name
  }

  /// - Returns: the day on which the table's author looked, where the row has one that can be.
  private func claims(
    of name: String, isAlias: Bool, into draft: inout RecordDraft, _ observed: CalendarDate
  ) -> CalendarDate? {
    let end = Self.day(ends, &draft)
    let first = Self.day(announced, &draft)
    var notes: [String] = []
    if let first, end.map({ first < $0 }) ?? true { notes.append("announced on \(first.text)") }
    if let remark, !remark.isEmpty { notes.append(remark.bounded) }
    if isAlias { notes.append("with \(id), of which the table calls it an alias") }
    let note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    if let end, let text = ends.value?.string {
      draft.add(
        Claim(.retirement, .date(end), asWritten: text, note: note, url: page?.httpAddress, path: ends.path))
    }
    if let status {
      switch status.value?.string {
      case let text? where ["retired", "deprecated"].contains(text):
        draft.add(
          Claim(
            .status, .text(text), asWritten: text, note: end == nil ? note : nil, url: page?.httpAddress,
            path: status.path))
      case nil where status.value == nil || status.value == .null: break
      default:
        draft.problem("bad-status", "\(status.path) is neither retired nor deprecated")
      }
    }
    successor(into: &draft)
    guard let seen = Self.day(checked, &draft) else { return nil }
    // Where it is written the day may have begun already.
    guard seen.firstDayNumber <= observed.firstDayNumber + 1 else {
      draft.problem(
        "bad-date", "\(checked.path) \(seen.text) is after the day of the table, \(observed.text)")
      return nil
    }
    return seen
  }

  /// The first id of those named; a table that names several gives a choice, which the note tells.
  private func successor(into draft: inout RecordDraft) {
    var ids: [(id: String, written: String, path: String)] = []
    for (written, path) in successors {
      for word in Self.alternatives(written) where !ids.contains(where: { $0.id == word }) {
        if Self.isID(word) {
          ids.append((word, written, path))
        } else {
          draft.problem(
            "not-a-model", "\(path) \(word.bounded) names no id; it was left out", severity: .note)
        }
      }
    }
    guard let first = ids.first else { return }
    let all = ids.map(\.id).joined(separator: ", ")
    draft.add(
      Claim(
        .successor, .text(first.id), asWritten: first.written.bounded,
        basis: first.id == first.written ? .stated : .derived,
        note: ids.count > 1 ? "the first of those named: \(all)".bounded : nil, url: page?.httpAddress,
        path: first.path))
  }

  /// `a, b, or c` → a, b, c; `a (reasoning.mode: pro)` → a.
  static func alternatives(_ text: String) -> [String] {
    text.replacing(/\([^()]*\)/, with: "").replacing(" or ", with: ",").split(separator: ",").map { part in
      let word = part.drop { $0 == " " }
      return String(
        (word.hasPrefix("or ") ? word.dropFirst(3) : word).reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }

  private static func day(_ field: (value: JSONValue?, path: String), _ draft: inout RecordDraft)
    -> CalendarDate?
  {
    guard let value = field.value, value != .null, value.string?.isEmpty != true else { return nil }
    guard let text = value.string, let day = try? CalendarDate(parsing: text) else {
      draft.problem("bad-date", "\(field.path) \(value.asWritten.bounded) is no date")
      return nil
    }
    return day
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.count <= longestID && text.unicodeScalars.allSatisfy(\.isHarmless)
  }

  /// An id has no spaces; what has some is a product or a sentence.
  private static func isID(_ text: String) -> Bool { isPlain(text) && !text.contains(where: \.isWhitespace) }
}
