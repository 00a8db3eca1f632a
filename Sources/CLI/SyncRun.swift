import Cataloguing
import Documents
import Facts
import Fetching
import Importing
import Platform

/// One sync: every source is fetched, checked and read before the first byte of the data folder changes.
struct SyncRun {
  /// What a source gave.
  private struct Taken {
    let request: SourceRequest
    let address: String
    let bytes: [UInt8]
    let digest: String
    let etag: String?
    let lastModified: String?
  }

  let settings: Settings
  /// The sources asked for, with the address of each.
  let sources: [(request: SourceRequest, address: String)]
  /// A folder in place of addresses: `DIR/litellm.json`.
  let folder: String?
  /// Sources of which a loss and an older file are taken.
  let accepted: Set<SourceID>
  let bounds: Fetcher.Bounds
  let now: Timestamp

  struct Outcome {
    let sync: SyncHistory.Sync?
    /// Sources that have nothing new.
    let unchanged: [SourceID]
  }

  /// - Throws: the reason why nothing was changed, with the source.
  func run() async throws -> Outcome {
    let catalogue = try CatalogueStore.open(.usual, settings: settings)
    var history = try SyncHistory(settings, catalogue: catalogue.digest)
    let (taken, unchanged) = try await take(history)
    guard !taken.isEmpty else { return Outcome(sync: nil, unchanged: unchanged) }
    let day = try now.day()
    var replacement = try SourceReplacement(catalogue)
    var changed: [SyncHistory.Source] = []
    for source in taken { changed.append(try replace(source, in: &replacement, on: day, history)) }
    let bytes = try SnapshotFormat.write(try replacement.finished(asOf: day))
    let digest = Digest.sha256(bytes)
    // What was written must read back before it takes the place of what works.
    _ = try Catalogue(snapshot: SnapshotFile(bytes: bytes, digest: digest)).summaries()
    let sync = SyncHistory.Sync(at: now, catalogue: digest, sources: changed)
    history.add(sync)
    for (source, entry) in zip(taken, changed) {
      try Files.write(source.bytes, to: settings.dataFolder + "/" + entry.file)
    }
    // The catalogue comes last: an entry of the history without its catalogue is left out by whoever reads it.
    try history.write(settings)
    try Files.write(bytes, to: settings.cataloguePath)
    return Outcome(sync: sync, unchanged: unchanged)
  }

  // MARK: Taking

  private func take(_ history: SyncHistory) async throws -> ([Taken], [SourceID]) {
    var taken: [Taken] = []
    var unchanged: [SourceID] = []
    let fetcher = folder == nil ? Fetcher(bounds) : nil
    do {
      for (request, address) in sources {
        let newest = history.snapshots(of: request.id).newest
        let found =
          if let fetcher {
            try await fetch(request, address, with: fetcher, newest)
          } else {
            try read(request)
          }
        guard let found, found.digest != newest?.digest else {
          unchanged.append(request.id)
          continue
        }
        taken.append(found)
      }
    } catch {
      await fetcher?.close()
      throw error
    }
    await fetcher?.close()
    return (taken, unchanged)
  }

  private func fetch(
    _ request: SourceRequest, _ address: String, with fetcher: Fetcher, _ newest: SyncHistory.Source?
  ) async throws -> Taken? {
    Output.progress("\(request.id): \(address)")
    // Validators belong to an address; another one knows nothing of them.
    let known = newest?.address == address ? newest : nil
    do {
      guard
        let fetched = try await fetcher.fetch(
          address, etag: known?.etag, lastModified: known?.lastModified, largest: request.largest)
      else { return nil }
      return Taken(
        request: request, address: address, bytes: fetched.bytes, digest: fetched.digest, etag: fetched.etag,
        lastModified: fetched.lastModified)
    } catch {
      throw refusal(request.id, "\(error)", address)
    }
  }

  /// nil where the folder has no file of the source.
  private func read(_ request: SourceRequest) throws -> Taken? {
    guard let folder else { return nil }
    let path = "\(folder)/\(request.id).json"
    guard Files.exists(path) else { return nil }
    let bytes = try Files.read(path)
    guard bytes.count <= request.largest else {
      throw refusal(request.id, "\(FetchError.tooLarge(request.largest))", path)
    }
    if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      throw refusal(request.id, "\(FetchError.page)", path)
    }
    return Taken(
      request: request, address: path, bytes: bytes, digest: Digest.sha256(bytes), etag: nil,
      lastModified: nil)
  }

  private func refusal(_ id: SourceID, _ reason: String, _ place: String) -> CommandProblem {
    CommandProblem("\(id): \(reason); from \(place.bounded)", hint: "nothing was changed")
  }

  // MARK: Replacing

  private func replace(
    _ taken: Taken, in replacement: inout SourceReplacement, on day: CalendarDate, _ history: SyncHistory
  ) throws -> SyncHistory.Source {
    let request = taken.request
    let isAccepted = accepted.contains(request.id)
    let (newest, older) = history.snapshots(of: request.id)
    if !isAccepted {
      if older.contains(taken.digest) {
        throw refusal(
          request.id, "the file is older than the one kept: an earlier sync had it", taken.address)
      }
      if let own = taken.lastModified.flatMap(HTTPDate.seconds),
        let kept = newest?.lastModified.flatMap(HTTPDate.seconds),
        own < kept
      {
        throw refusal(
          request.id,
          "the file is older than the one kept: last modified \(taken.lastModified?.bounded ?? "")",
          taken.address)
      }
    }
    let known = replacement.newest(request.id)
    if let known, day < known.observed {
      throw refusal(request.id, "the one kept was seen later, on \(known.observed.text)", taken.address)
    }
    guard let importer = Importers.named(request.id.rawValue) else {
      throw refusal(request.id, "no importer reads it", taken.address)
    }
    let source = SourceDescription(
      id: request.id, title: known?.title ?? request.title, version: "fetched \(day.text)",
      licence: known?.licence ?? request.licence, homepage: known?.homepage ?? request.homepage,
      observed: day,
      digest: taken.digest, lineage: known?.lineage ?? request.lineage,
      correction: known?.correction ?? request.correction, states: known?.states ?? request.states,
      proves: known?.proves ?? .soldToday)
    let imported: Imported
    do {
      imported = try importer.read(Snapshot(source: source, bytes: taken.bytes, file: "\(request.id).json"))
    } catch {
      throw refusal(request.id, "\(error)", taken.address)
    }
    do {
      let changes = try replacement.replace(
        source, records: imported.records, providers: imported.providers, aliases: imported.aliases,
        findings: imported.findings, isLossAccepted: isAccepted)
      return SyncHistory.Source(
        id: request.id, address: taken.address, etag: taken.etag, lastModified: taken.lastModified,
        digest: taken.digest, file: "snapshots/\(request.id)/\(day.text)-\(taken.digest.prefix(12)).json",
        records: imported.records.count, changes: changes)
    } catch {
      throw CommandProblem(
        "\(request.id): \(error); from \(taken.address.bounded)",
        hint: "nothing was changed; --accept \(request.id) takes it all the same")
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
