import Cataloguing
import Facts
import Importing
import TextFormats

/// Something wrong in a file kept by hand, with the line where it stands.
public struct CuratedFault: Hashable, Sendable, CustomStringConvertible {
  /// As it was given, or below the curated folder.
  public let file: String
  /// From 1; nil where the whole file is meant.
  public let line: Int?
  public let message: String
  public let hint: String

  public var description: String {
    "\(file)\(line.map { ":\($0)" } ?? ""): \(message). hint: \(hint)"
  }
}

/// Checks the files of `Data/curated` as code is checked: keys, fields and citations by themselves, aliases and targets
/// against a catalogue.
public struct CuratedCheck {
  private let catalogue: Catalogue?
  private let asOf: CalendarDate
  private var faults: [CuratedFault] = []

  /// - Parameters:
  ///   - catalogue: the models that aliases lead to and facts are about; nil leaves these checks out.
  ///   - asOf: the day at which ids are resolved.
  public init(against catalogue: Catalogue?, asOf: CalendarDate) {
    self.catalogue = catalogue
    self.asOf = asOf
  }

  /// What is wrong in some files, in the order of files and lines.
  /// - Parameter files: each with its path below the curated folder, such as `models/openai/gpt-4o.yaml`, the path to print, and
  ///   its bytes.
  public func faults(in files: [(name: String, shown: String, bytes: [UInt8])]) throws(CatalogueError)
    -> [CuratedFault]
  {
    var check = self
    for file in files { try check.read(file.name, shown: file.shown, file.bytes) }
    return check.faults
  }

  private mutating func read(_ name: String, shown: String, _ bytes: [UInt8]) throws(CatalogueError) {
    let document: JSONValue
    do { document = try YAMLReader.read(bytes, file: shown) } catch {
      if case .malformed(_, let place, let rule, let hint) = error {
        let line = place.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }.first
        faults.append(CuratedFault(file: shown, line: line, message: rule, hint: hint))
      } else {
        faults.append(CuratedFault(file: shown, line: nil, message: "\(error)", hint: "correct the file"))
      }
      return
    }
    guard let table = CuratedTable(name) else {
      faults.append(
        CuratedFault(
          file: shown, line: nil, message: "\(name.bounded) is not a curated file",
          hint: "write models/LAB/MODEL.yaml, aliases.yaml, labs.yaml, licences.yaml or fees.yaml"))
      return
    }
    let lines = CuratedLines(bytes)
    let before = faults.count
    checkKeys(of: document, table, shown, lines)
    importFaults(name, shown, bytes, table, lines)
    for (index, row) in (document[table.list]?.array ?? []).enumerated() {
      checkDates(of: row, index, shown, lines)
      if table.list == "aliases" { try checkAlias(row, index, shown, lines) }
    }
    if table.list == "facts" { try checkModel(name, shown) }
    let own = faults[before...].sorted { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) }
    faults.replaceSubrange(before..., with: own)
  }

  // MARK: Keys

  private mutating func checkKeys(
    of document: JSONValue, _ table: CuratedTable, _ file: String, _ lines: CuratedLines
  ) {
    for (key, _) in document.object?.members ?? [] where key != table.list {
      faults.append(unknownKey(key, among: [table.list], file, lines.line(of: key, item: nil)))
    }
    if document[table.list]?.array == nil {
      faults.append(
        CuratedFault(
          file: file, line: 1, message: "the file has no list called \(table.list)",
          hint: "begin it with \(table.list):"))
    }
    for (index, row) in (document[table.list]?.array ?? []).enumerated() {
      for (key, value) in row.object?.members ?? [] {
        guard table.keys.contains(key) else {
          faults.append(unknownKey(key, among: table.keys, file, lines.line(of: key, item: index)))
          continue
        }
        for inner in value.array ?? [] {
          for (own, _) in inner.object?.members ?? [] where !table.innerKeys.contains(own) {
            faults.append(unknownKey(own, among: table.innerKeys, file, lines.line(of: own, item: index)))
          }
        }
      }
    }
  }

  private func unknownKey(_ key: String, among known: [String], _ file: String, _ line: Int?) -> CuratedFault
  {
    let near = Suggestions.nearestWords(to: key, among: known)
    return CuratedFault(
      file: file, line: line, message: "\"\(key.bounded)\" is not a key of this list",
      hint: near.first.map { "did you mean \($0)?" } ?? "the keys are \(known.joined(separator: ", "))")
  }

  private mutating func checkDates(of row: JSONValue, _ index: Int, _ file: String, _ lines: CuratedLines) {
    for key in ["seen", "from", "until", "published"] {
      guard let value = row[key] else { continue }
      if let text = value.string, (try? CalendarDate(parsing: text)) != nil { continue }
      faults.append(
        CuratedFault(
          file: file, line: lines.line(of: key, item: index),
          message: "\(key) \(value.asWritten.bounded) is not a quoted date",
          hint: "write \(key): \"2026-11-30\""))
    }
  }

  // MARK: What the importer refuses

  private mutating func importFaults(
    _ name: String, _ shown: String, _ bytes: [UInt8], _ table: CuratedTable, _ lines: CuratedLines
  ) {
    let source = SourceDescription(
      id: CuratedModels.id, title: "Curated layer", version: "check", licence: "Apache-2.0", homepage: nil,
      observed: asOf, digest: "", lineage: CuratedModels.id, correction: "Data/curated of this project",
      proves: .known)
    let snapshot = Snapshot(source: source, files: [.init(name: name, bytes: bytes)])
    guard let imported = try? CuratedModels.read(snapshot) else { return }
    for finding in imported.findings {
      let index = CuratedLines.item(in: finding.place)
      faults.append(
        CuratedFault(
          file: shown, line: lines.line(ofItem: index), message: finding.message,
          hint: hint(for: finding.rule, table)))
    }
  }

  private func hint(for rule: String, _ table: CuratedTable) -> String {
    switch rule {
    case "no-citation": #"give source: an address, seen: "2026-11-30" and mark: of at most 25 words"#
    case "bad-record" where table.list == "facts":
      "fields are those that `llmref help explain` lists, prices excepted; values are quoted"
    default: "see CONTRIBUTING.md, Add a curated citation"
    }
  }

  // MARK: Against the catalogue

  private mutating func checkAlias(_ row: JSONValue, _ index: Int, _ file: String, _ lines: CuratedLines)
    throws(CatalogueError)
  {
    guard let catalogue, let alias = row["alias"]?.string, let model = row["model"]?.string else { return }
    if let kind = row["kind"]?.string, AliasNote.Kind(rawValue: kind) == nil {
      faults.append(
        CuratedFault(
          file: file, line: lines.line(of: "kind", item: index),
          message: "\(kind.bounded) is not a kind of alias",
          hint: "write \(AliasNote.Kind.allCases.map(\.rawValue).joined(separator: ", "))"))
    }
    guard try catalogue.isModel(ModelID(model)) else {
      let near = try catalogue.nearestModels(to: ModelID(model).slug)
      faults.append(
        CuratedFault(
          file: file, line: lines.line(of: "model", item: index),
          message: "the target \(model.bounded) is not a model of the catalogue",
          hint: near.isEmpty
            ? "write the canonical id" : "did you mean \(near.map(\.rawValue).joined(separator: ", "))?"))
      return
    }
    guard row["provider"] == nil, let own = try catalogue.model(called: alias, otherThan: ModelID(model))
    else {
      return
    }
    faults.append(
      CuratedFault(
        file: file, line: lines.line(of: "alias", item: index),
        message: "the alias \(alias.bounded) shadows the model \(own)",
        hint: "name the provider whose alias it is, or remove the row"))
  }

  private mutating func checkModel(_ name: String, _ file: String) throws(CatalogueError) {
    guard let catalogue else { return }
    let id = ModelID(String(name.dropFirst("models/".count).dropLast(".yaml".count)))
    guard try !catalogue.isModel(id),
      case .resolved(let found) = try catalogue.resolve(id.rawValue, asOf: asOf)
    else { return }
    faults.append(
      CuratedFault(
        file: file, line: nil, message: "the catalogue has \(id) as \(found.model)",
        hint: "move the facts to models/\(found.model).yaml"))
  }
}

/// What a curated file holds: the name of its list, the keys of an item, and those of a list inside one.
private struct CuratedTable {
  let list: String
  let keys: [String]
  var innerKeys: [String] = []

  init?(_ name: String) {
    let citation = ["source", "seen", "mark", "published"]
    switch name {
    case "aliases.yaml":
      list = "aliases"
      keys = ["alias", "provider", "model", "from", "until", "kind"] + citation
    case "labs.yaml":
      list = "labs"
      keys = ["id", "name", "also", "first_party", "evidence", "note"] + citation
      innerKeys = ["spelling", "first_party", "source", "mark", "seen"]
    case "licences.yaml":
      list = "licences"
      keys =
        ["id", "spdx", "title", "also", "osi_approved", "commercial_use", "openness"] + citation
        + ["source_osi", "seen_osi", "mark_osi"]
    case "fees.yaml":
      list = "fees"
      keys = ["provider", "charges"]
      innerKeys = ["basis", "percent", "minimum_usd", "fixed_usd", "free_usd", "only"] + citation
    case _ where name.hasPrefix("models/") && name.hasSuffix(".yaml"):
      list = "facts"
      keys = ["field", "value"] + citation
    default: return nil
    }
  }
}
