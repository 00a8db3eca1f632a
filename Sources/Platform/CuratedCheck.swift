import Cataloguing
import Facts
import Importing
import TextFormats

/// Checks the files of `Data/curated` as code is checked: keys, fields and citations by themselves, rows against their neighbours,
/// days against the clock, ids and targets against a catalogue.
public struct CuratedCheck {
  /// A file of the layer: its path below the curated folder, the path to print, and its bytes.
  public typealias File = (name: String, shown: String, bytes: [UInt8])

  let catalogue: Catalogue?
  let asOf: CalendarDate
  private let today: CalendarDate
  /// Labs that the catalogue or a file of this check has; nil until somebody asks.
  private var knownLabs: Set<String>?
  private var ownLabs: Set<String> = []
  private var knownProviders: Set<String>?
  private(set) var faults: [CuratedFault] = []

  /// - Parameters:
  ///   - catalogue: the models that aliases lead to and facts are about; nil leaves these checks out.
  ///   - asOf: the day at which ids are resolved.
  ///   - today: the day after which nobody can have read a page; nil takes the day at which ids are resolved.
  public init(against catalogue: Catalogue?, asOf: CalendarDate, today: CalendarDate? = nil) {
    self.catalogue = catalogue
    self.asOf = asOf
    self.today = today ?? asOf
  }

  /// What is wrong in some files, in the order of files and lines.
  public func faults(in files: [File]) throws(CatalogueError) -> [CuratedFault] {
    var check = self
    var read: [(file: CheckedFile, table: CuratedTable)] = []
    var order: [String: Int] = [:]
    for (place, file) in files.enumerated() {
      order[file.shown] = place
      if let one = check.read(file) { read.append(one) }
    }
    for (file, table) in read where table.list == "labs" {
      check.ownLabs.formUnion(file.rows.compactMap { $0["id"]?.string })
    }
    for (file, table) in read { try check.check(file, table) }
    return check.faults.sorted {
      (order[$0.file] ?? 0, $0.line ?? 0, $0.message) < (order[$1.file] ?? 0, $1.line ?? 0, $1.message)
    }
  }

  mutating func report(
    _ rule: String, _ file: CheckedFile, line: Int?, _ message: String, hint: String,
    severity: CuratedFault.Severity = .error
  ) {
    faults.append(CuratedFault(rule, severity, file: file.shown, line: line, message, hint: hint))
  }

  /// The file as YAML, and what it is to hold; nil where it is no file of the layer, which is reported.
  private mutating func read(_ file: File) -> (CheckedFile, CuratedTable)? {
    guard let table = CuratedTable(file.name) else {
      let stem = file.name.split(separator: ".").dropLast().joined(separator: ".")
      let isYAML = file.name.hasSuffix(".yml") || file.name.hasSuffix(".YAML")
      faults.append(
        CuratedFault(
          "not-curated", file: file.shown, line: nil,
          "\(file.name.bounded) is not a curated file; nothing of it is read",
          hint: isYAML
            ? "call it \(stem.bounded).yaml"
            : "write models/LAB/MODEL.yaml, aliases.yaml, labs.yaml, licences.yaml or fees.yaml"))
      return nil
    }
    do {
      let document = try YAMLReader.read(file.bytes, file: file.shown)
      return (
        CheckedFile(
          name: file.name, shown: file.shown, document: document,
          rows: document[table.list]?.array ?? [], lines: CuratedLines(file.bytes)), table
      )
    } catch {
      guard case .malformed(_, let place, let rule, let hint) = error else { return nil }
      let line = place.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }.first
      let isYAML = !rule.hasPrefix(YAMLReader.notYAML)
      let message =
        isYAML
        ? "\(rule), \(place)" : "the file is not YAML: \(place): \(rule.dropFirst(YAMLReader.notYAML.count))"
      faults.append(CuratedFault("not-yaml", file: file.shown, line: line, message, hint: hint))
      return nil
    }
  }

  private mutating func check(_ file: CheckedFile, _ table: CuratedTable) throws(CatalogueError) {
    checkKeys(of: file, table)
    let imported = importFaults(file, table)
    for (index, row) in file.rows.enumerated() { checkDates(of: row, index, file) }
    switch table.list {
    case "facts": try checkModel(file, imported)
    case "aliases": try checkAliases(file)
    case "labs": checkRepeats(of: file, spelling: "also")
    case "licences": checkRepeats(of: file, spelling: nil)
    default: try checkFees(file)
    }
  }

  /// Whether a lab of that id is known.
  mutating func isLab(_ id: String) throws(CatalogueError) -> Bool {
    if ownLabs.contains(id) { return true }
    return try labs().contains(id)
  }

  /// Every lab that is known.
  mutating func labs() throws(CatalogueError) -> Set<String> {
    if let knownLabs { return knownLabs }
    let labs = Set(try catalogue?.labs().map(\.rawValue) ?? []).union(ownLabs)
    knownLabs = labs
    return labs
  }

  /// Every provider that a source describes or that has a route.
  mutating func providers() throws(CatalogueError) -> Set<String> {
    if let knownProviders { return knownProviders }
    let providers = Set(try catalogue?.providers().map(\.rawValue) ?? [])
    knownProviders = providers
    return providers
  }

  // MARK: Keys

  private mutating func checkKeys(of file: CheckedFile, _ table: CuratedTable) {
    let lines = file.lines
    for (key, _) in file.document.object?.members ?? [] where key != table.list {
      unknownKey(key, among: [table.list], file, lines.line(of: key, item: nil))
    }
    if file.document[table.list]?.array == nil {
      report(
        "no-list", file, line: 1, "the file has no list called \(table.list)",
        hint: "begin it with \(table.list):")
    }
    for (index, row) in file.rows.enumerated() {
      guard row.object != nil else {
        report(
          "bad-record", file, line: lines.line(ofItem: index), "the row is \(row.kind), not a map of keys",
          hint: "the keys are \(table.keys.joined(separator: ", "))")
        continue
      }
      for (key, value) in row.object?.members ?? [] {
        guard table.keys.contains(key) else {
          unknownKey(key, among: table.keys, file, lines.line(of: key, item: index))
          continue
        }
        for inner in value.array ?? [] {
          for (own, _) in inner.object?.members ?? [] where !table.innerKeys.contains(own) {
            unknownKey(own, among: table.innerKeys, file, lines.line(of: own, item: index))
          }
        }
      }
    }
  }

  private mutating func unknownKey(_ key: String, among known: [String], _ file: CheckedFile, _ line: Int?) {
    let near = Suggestions.nearestWords(to: key, among: known)
    report(
      "unknown-key", file, line: line, "\"\(key.bounded)\" is not a key of this list",
      hint: near.first.map { "did you mean \($0)?" } ?? "the keys are \(known.joined(separator: ", "))")
  }

  // MARK: Days

  private mutating func checkDates(of row: JSONValue, _ index: Int, _ file: CheckedFile) {
    var days: [String: CalendarDate] = [:]
    for key in ["seen", "seen_osi", "from", "until", "published"] {
      guard let value = row[key] else { continue }
      guard let text = value.string, let day = try? CalendarDate(parsing: text) else {
        report(
          "bad-date", file, line: file.lines.line(of: key, item: index),
          "\(key) \(value.asWritten.bounded) is not a quoted date", hint: "write \(key): \"2026-11-30\"")
        continue
      }
      days[key] = day
      // East of here the day may have begun already.
      if ["seen", "seen_osi", "published"].contains(key), day.firstDayNumber > today.lastDayNumber + 1 {
        report(
          "day-to-come", file, line: file.lines.line(of: key, item: index),
          "\(key) \(text) is after today, \(today.text)", hint: "write the day on which you read the page")
      }
    }
    if let published = days["published"], let seen = days["seen"],
      published.firstDayNumber > seen.lastDayNumber
    {
      report(
        "days-in-disorder", file, line: file.lines.line(of: "published", item: index),
        "published \(published.text) is after seen \(seen.text)",
        hint: "nobody reads a page before it is published; correct one of the two")
    }
    if let from = days["from"], let until = days["until"], until.lastDayNumber < from.firstDayNumber {
      report(
        "days-in-disorder", file, line: file.lines.line(of: "until", item: index),
        "until \(until.text) is before from \(from.text)",
        hint: "both days are inclusive; correct one of the two")
    }
    for charge in row["charges"]?.array ?? [] { checkDates(of: charge, index, file) }
  }

  // MARK: What the importer refuses

  private mutating func importFaults(_ file: CheckedFile, _ table: CuratedTable) -> Imported {
    let source = SourceDescription(
      id: CuratedModels.id, title: "Curated layer", version: "check", licence: "Apache-2.0", homepage: nil,
      observed: today, digest: "", lineage: CuratedModels.id, correction: "Data/curated of this project",
      proves: .known)
    var imported = Imported(source: source)
    CuratedModels.read(file.document, file: file.name, into: &imported)
    for finding in imported.findings {
      report(
        finding.rule, file, line: file.lines.line(in: finding.place), finding.message,
        hint: hint(for: finding.rule, table))
    }
    return imported
  }

  private func hint(for rule: String, _ table: CuratedTable) -> String {
    switch rule {
    case "no-citation":
      #"give source: an address or pypi:PACKAGE==VERSION/MEMBER, seen: "2026-11-30" and mark: of at most 25 words"#
    case "bad-record" where table.list == "facts":
      "fields are those that `llmref help explain` lists, prices excepted; values are quoted"
    default: "see CONTRIBUTING.md, Add a curated citation"
    }
  }
}

/// A file of the layer while it is checked.
struct CheckedFile {
  let name: String
  let shown: String
  let document: JSONValue
  let rows: [JSONValue]
  let lines: CuratedLines
}
