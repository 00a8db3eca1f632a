import Cataloguing
import Documents
import Exporting
import Facts
import Fetching
import Importing
import Platform
import TextFormats

/// One sync: every source is fetched, checked and read before the first byte of the data folder changes.
struct SyncRun {
  let settings: Settings
  let sources: [SyncSource]
  /// A folder in place of addresses and packages.
  let folder: String?
  /// The day that the reader states for files whose own is not known.
  let observed: CalendarDate?
  /// Sources of which a loss, an older file and a shift of the prices are taken.
  let accepted: Set<SourceID>
  let bounds: Fetcher.Bounds
  let now: Timestamp

  struct Outcome {
    var sync: SyncHistory.Sync?
    /// Sources that have nothing new.
    var unchanged: [SourceID] = []
    /// How the answers differ; nil where nothing was taken.
    var answers: RouteDifference?
  }

  /// - Throws: the reason why nothing was changed, with the source.
  func run() async throws -> Outcome {
    let day = try now.day()
    let catalogue = try CatalogueStore.open(.usual, settings: settings)
    var history = try SyncHistory(settings, catalogue: catalogue.digest)
    let taking = SyncTaking(
      sources: sources, folder: folder, observed: observed, bounds: bounds, today: day,
      kept: catalogue.frame.sources, history: history)
    let result = try await taking.take()
    var outcome = Outcome(unchanged: result.unchanged)
    var replacement = try SourceReplacement(catalogue)
    var changed: [(source: TakenSource, entry: SyncHistory.Source)] = []
    for source in result.taken {
      guard let entry = try replace(source, in: &replacement, taking) else {
        outcome.unchanged.append(source.source.id)
        continue
      }
      changed.append((source, entry))
    }
    guard !changed.isEmpty else { return outcome }
    let bytes = try SnapshotFormat.write(try replacement.finished(asOf: day))
    let digest = Digest.sha256(bytes)
    // What was written must read back before it takes the place of what works.
    let newer = try Catalogue(snapshot: SnapshotFile(bytes: bytes, digest: digest))
    let answers = RouteDifference(
      from: try Self.routes(catalogue, asOf: day), to: try Self.routes(newer, asOf: day))
    let sync = SyncHistory.Sync(
      at: now, catalogue: digest, sources: changed.map(\.entry), answers: SyncHistory.Answers(answers))
    history.add(sync)
    for (source, entry) in changed {
      try Files.write(source.bytes, to: settings.dataFolder + "/" + entry.file)
    }
    // The catalogue comes last: an entry of the history without its catalogue is left out by whoever reads it.
    try history.write(settings)
    try Files.write(bytes, to: settings.cataloguePath)
    outcome.sync = sync
    outcome.answers = answers
    return outcome
  }

  /// The routes as `export csv` writes them.
  static func routes(_ catalogue: Catalogue, asOf day: CalendarDate) throws -> RouteTables.Table {
    RouteTables(try ExportedRoutes(catalogue, models: [], providers: [], asOf: day)).routes
  }

  // MARK: Replacing

  /// nil for a package that is older than what the catalogue has of the same data: it has nothing to add.
  private func replace(
    _ taken: TakenSource, in replacement: inout SourceReplacement, _ taking: SyncTaking
  ) throws -> SyncHistory.Source? {
    let id = taken.source.id
    let known = replacement.newest(id)
    guard let source = taken.source.description(of: taken, kept: known),
      let importer = Importers.named(id.rawValue)
    else { throw SyncTaking.refusal(id, "no importer reads it", taken.address) }
    if !accepted.contains(id), let reason = age(taken, source, in: replacement, taking) {
      guard taken.source.address == nil, folder == nil else {
        throw SyncTaking.refusal(
          id, "the file is older than the one kept: " + reason, taken.address,
          hint: "--accept \(id) takes it all the same")
      }
      Output.warn("\(id): \(taken.version) is older than what is kept and was not taken: \(reason)")
      return nil
    }
    let imported: Imported
    do {
      imported = try importer.read(Snapshot(source: source, bytes: taken.bytes, file: taken.source.file))
    } catch {
      throw SyncTaking.refusal(id, "\(error)", taken.address)
    }
    do {
      let changes = try replacement.replace(
        source, records: imported.records, providers: imported.providers, aliases: imported.aliases,
        findings: imported.findings, isLossAccepted: accepted.contains(id))
      let ending = taken.source.file.split(separator: ".").last.map(String.init) ?? "json"
      return SyncHistory.Source(
        id: id, address: taken.address, etag: taken.etag, lastModified: taken.lastModified,
        digest: taken.digest, day: taken.day, basis: taken.basis,
        file: "snapshots/\(id)/\(taken.day.text)-\(taken.digest.prefix(12)).\(ending)",
        records: imported.records.count, changes: changes)
    } catch {
      throw SyncTaking.refusal(
        id, "\(error)", taken.address, hint: "--accept \(id) takes it all the same")
    }
  }

  /// Why a file is older than what the catalogue has of the source or its lineage; nil when it is not.
  private func age(
    _ taken: TakenSource, _ source: SourceDescription, in replacement: SourceReplacement,
    _ taking: SyncTaking
  ) -> String? {
    let newest = taking.history.snapshots(of: source.id).newest
    if taking.wasReplaced(taken.digest, of: taken.source) {
      return "an earlier catalogue had it"
    }
    if let own = taken.lastModified.flatMap(HTTPDate.seconds),
      let kept = newest?.lastModified.flatMap(HTTPDate.seconds), own < kept
    {
      return "last modified \(taken.lastModified?.bounded ?? "")"
    }
    let later = replacement.later(than: taken.day, in: source.lineage)
    return later.map {
      "it is of \(taken.day.text) (\(taken.basis)), and \($0.id) of \($0.observed.text)"
    }
  }
}

/// The dates of HTTP: https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds from 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`; nil for the obsolete forms.
  static func seconds(_ text: String) -> Int64? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, let month = months.firstIndex(of: String(parts[2])) else { return nil }
    let two = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return (try? Timestamp(parsing: "\(parts[3])-\(two)-\(parts[1])T\(parts[4])Z"))?.seconds
  }
}
