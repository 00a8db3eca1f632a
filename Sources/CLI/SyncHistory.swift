import Cataloguing
import Documents
import Exporting
import Facts
import Platform
import Publishing
import Rendering
import TextFormats

/// What every sync took from which address, and what it changed; a file beside the reader's catalogue.
struct SyncHistory {
  static let schema = "llmref/sync-history/1"

  struct Source {
    let id: SourceID
    let address: String
    let etag: String?
    let lastModified: String?
    /// SHA-256 of the package, else of the bytes.
    let digest: String
    /// The day for which the snapshot speaks, and what tells it; nil in histories of older programs.
    var day: CalendarDate?
    var basis: String?
    /// The kept snapshot, relative to the data folder.
    let file: String
    let records: Int
    let changes: [SourceChange]
  }

  struct Sync {
    let at: Timestamp
    /// SHA-256 of the catalogue that it made.
    let catalogue: String
    let sources: [Source]
    /// nil in histories of older programs.
    var answers: Answers?
  }

  /// How many of the answers that `export csv` writes a sync changed.
  struct Answers {
    let added: Int
    let removed: Int
    /// Values of routes that both catalogues have.
    let changed: Int

    init(_ difference: RouteDifference) {
      added = difference.added.count
      removed = difference.removed.count
      changed = difference.changed.count
    }

    init?(_ value: JSONValue?) {
      func count(_ key: String) -> Int? { value?[key]?.numberText.flatMap(Int.init) }
      guard let added = count("routes_added"), let removed = count("routes_removed"),
        let changed = count("values_changed")
      else { return nil }
      self.added = added
      self.removed = removed
      self.changed = changed
    }
  }

  /// Oldest first.
  private(set) var syncs: [Sync] = []

  static func path(_ settings: Settings) -> String { settings.dataFolder + "/sync.json" }

  /// The history that led to the catalogue in use. A last entry whose catalogue was never put in place is left out.
  /// - Parameter catalogue: the digest of the catalogue in use.
  /// - Throws: for a file that is no history.
  init(_ settings: Settings, catalogue: String?) throws {
    let path = Self.path(settings)
    guard Files.exists(path) else { return }
    let value = try JSONReader.read(try Files.read(path), file: path)
    guard value["schema"]?.string == Self.schema, let entries = value["syncs"]?.array else {
      throw CommandProblem("\(path.bounded) is no history of syncs", hint: "move it away to begin anew")
    }
    syncs = try entries.map(Self.sync)
    if let last = syncs.last, last.catalogue != catalogue,
      syncs.count == 1 || syncs[syncs.count - 2].catalogue == catalogue
    {
      syncs.removeLast()
    }
  }

  mutating func add(_ sync: Sync) { syncs.append(sync) }

  /// The newest snapshot of a source, and the digests of all older ones.
  func snapshots(of id: SourceID) -> (newest: Source?, older: Set<String>) {
    // A whole catalogue has snapshots of its own.
    let since = syncs.lastIndex { $0.sources.contains { $0.id == CatalogueSync.source } } ?? 0
    let own = syncs[min(since, syncs.count)...].flatMap { $0.sources.filter { $0.id == id } }
    return (own.last, Set(own.dropLast().map(\.digest)))
  }

  func write(_ settings: Settings) throws { try Files.write(JSONText.write(data), to: Self.path(settings)) }

  /// The changes as the site's feed tells them, newest first; none where there is no history that can be read, because a
  /// feed without it is better than no site.
  static func noted(_ settings: Settings, catalogue: Catalogue) -> [NotedChange] {
    guard let history = try? SyncHistory(settings, catalogue: catalogue.digest) else { return [] }
    return history.syncs.reversed().flatMap { sync -> [NotedChange] in
      guard let day = try? sync.at.day() else { return [] }
      return sync.sources.flatMap { source in
        source.changes.map { change in
          NotedChange(
            day: day, words: "\(ChangeText.line(change)) (\(source.id))", model: change.model,
            id: "\(source.id) \(change.record) \(change.kind.rawValue) \(change.field ?? "")")
        }
      }
    }
  }

  // MARK: JSON

  private var data: DataValue {
    .map([("schema", .text(Self.schema)), ("syncs", .list(syncs.map(Self.data)))])
  }

  static func data(_ sync: Sync) -> DataValue {
    let answers = sync.answers.map { answers -> DataValue in
      .map([
        ("routes_added", .integer(answers.added)), ("routes_removed", .integer(answers.removed)),
        ("values_changed", .integer(answers.changed)),
      ])
    }
    let members: [(String, DataValue)] = [
      ("at", .text(sync.at.text)), ("catalogue_sha256", .text(sync.catalogue)),
      (
        "sources",
        .list(
          sync.sources.map { source in
            var members: [(String, DataValue)] = [
              ("id", .text(source.id.rawValue)), ("address", .text(source.address)),
              ("sha256", .text(source.digest)), ("file", .text(source.file)),
              ("records", .integer(source.records)),
            ]
            if let etag = source.etag { members.append(("etag", .text(etag))) }
            if let day = source.lastModified { members.append(("last_modified", .text(day))) }
            if let day = source.day { members.append(("day", .text(day.text))) }
            if let basis = source.basis { members.append(("basis", .text(basis))) }
            return .map(members + [("changes", .list(source.changes.map(data)))])
          })
      ),
    ]
    return .map(members + (answers.map { [("answers", $0)] } ?? []))
  }

  private static func data(_ change: SourceChange) -> DataValue {
    var members: [(String, DataValue)] = [
      ("kind", .text(change.kind.rawValue)), ("model", .text(change.model?.rawValue ?? Display.unknown)),
    ]
    func add(_ key: String, _ text: String?) { if let text { members.append((key, .text(text))) } }
    add("provider", change.provider?.rawValue)
    add("api_id", change.apiID)
    add("record", change.record)
    add("field", change.field)
    add("before", change.before)
    add("after", change.after)
    return .map(members)
  }

  private static func sync(_ value: JSONValue) throws -> Sync {
    func text(_ value: JSONValue, _ key: String) throws -> String {
      guard let text = value[key]?.string else {
        throw CommandProblem("a sync has a \(key) in sync.json", hint: "move the file away to begin anew")
      }
      return text
    }
    return Sync(
      at: try Timestamp(parsing: try text(value, "at")), catalogue: try text(value, "catalogue_sha256"),
      sources: try (value["sources"]?.array ?? []).map { source in
        Source(
          id: SourceID(try text(source, "id")), address: try text(source, "address"),
          etag: source["etag"]?.string,
          lastModified: source["last_modified"]?.string, digest: try text(source, "sha256"),
          day: source["day"]?.string.flatMap { try? CalendarDate(parsing: $0) },
          basis: source["basis"]?.string,
          file: try text(source, "file"), records: source["records"]?.numberText.flatMap(Int.init) ?? 1,
          changes: try (source["changes"]?.array ?? []).map { change in
            let model = try text(change, "model")
            return SourceChange(
              kind: SourceChange.Kind(rawValue: try text(change, "kind")) ?? .changed,
              model: model == Display.unknown ? nil : ModelID(model),
              provider: change["provider"]?.string.map { ProviderID($0) }, apiID: change["api_id"]?.string,
              record: try text(change, "record"), field: change["field"]?.string,
              before: change["before"]?.string,
              after: change["after"]?.string)
          })
      }, answers: Answers(value["answers"]))
  }
}

/// Changes as lines for people.
enum ChangeText {
  /// `openai/gpt-5 at openai (gpt-5): price.input 1.25 → 1.5`
  static func line(_ change: SourceChange) -> String {
    var place = change.model?.rawValue.bounded ?? change.record.bounded
    if let provider = change.provider { place += " at \(provider.rawValue.bounded)" }
    if let apiID = change.apiID { place += " (\(apiID.bounded))" }
    switch change.kind {
    case .added: return "\(place): new"
    case .removed: return "\(place): no longer listed"
    case .changed:
      return
        "\(place): \((change.field ?? "value").bounded) \((change.before ?? "none").bounded) → \((change.after ?? "none").bounded)"
    }
  }

  /// `litellm: 2 new, 1 no longer listed, 3 values changed`
  static func summary(_ source: SyncHistory.Source) -> String {
    func count(_ kind: SourceChange.Kind) -> Int { source.changes.count { $0.kind == kind } }
    let parts = [
      (count(.added), "new"), (count(.removed), "no longer listed"), (count(.changed), "changed"),
    ].filter { $0.0 > 0 }.map { "\(Display.grouped(String($0.0))) \($0.1)" }
    return "\(source.id): "
      + (parts.isEmpty ? "its records are as they were" : parts.joined(separator: ", "))
  }

  /// `Answers: 12 routes new, 3 gone, 25 values changed`
  static func summary(_ answers: SyncHistory.Answers) -> String {
    let parts = [
      (answers.added, "routes new"), (answers.removed, "routes gone"), (answers.changed, "values changed"),
    ].filter { $0.0 > 0 }.map { "\(Display.grouped(String($0.0))) \($0.1)" }
    return parts.isEmpty ? "No answer changes." : "Answers: " + parts.joined(separator: ", ")
  }

  /// `openai (gpt-5): input_usd_per_mtok 1.25 → 1.5`
  static func line(_ change: RouteDifference.Change) -> String {
    "\(line(change.route)): \(change.column) \((change.before ?? Display.unknown).bounded) → "
      + (change.after ?? Display.unknown).bounded
  }

  static func line(_ route: RouteDifference.Route) -> String {
    "\(route.provider.bounded) (\(route.apiID.bounded))"
  }
}
