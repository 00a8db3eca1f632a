import Facts
import Importing
import Platform

/// A source of a sync, and where its newer snapshot comes from.
struct SyncSource {
  let id: SourceID
  /// Where the source is published in the form that its importer reads; nil for one that comes as a package alone.
  let request: SourceRequest?
  /// The package that the embedded catalogue was made from; nil for a source that it does not have.
  let pinned: PinnedSource?
  /// The address to fetch; nil for the package.
  var address: String?

  /// The name of its file in a folder.
  var file: String { pinned?.file ?? "\(id).json" }
  /// The most bytes that are read.
  var largest: Int { request?.largest ?? PackageSources.largest }
  /// Whether the address is not the source's own, so that its answer may be of any day.
  var isMirror: Bool { address != nil && address != request?.address }

  /// What a citation says of a snapshot of the source.
  /// - Parameter kept: the description of the snapshot that the catalogue has.
  func description(of taken: TakenSource, kept: SourceDescription?) -> SourceDescription? {
    let known = kept ?? pinned?.description
    guard let title = known?.title ?? request?.title, let licence = known?.licence ?? request?.licence,
      let lineage = known?.lineage ?? request?.lineage,
      let correction = known?.correction ?? request?.correction
    else { return nil }
    return SourceDescription(
      id: id, title: title, version: taken.version, licence: licence,
      homepage: known?.homepage ?? request?.homepage, observed: taken.day, digest: taken.digest,
      lineage: lineage, correction: correction, states: known?.states ?? request?.states ?? [],
      proves: known?.proves ?? .soldToday)
  }

  /// Every source that a sync can take, those with an address first.
  static func all() throws -> [SyncSource] {
    let pinned = try PinnedSource.embedded()
    let published = Importers.requests.map { request in
      SyncSource(
        id: request.id, request: request, pinned: pinned.first { $0.id == request.id },
        address: request.address)
    }
    return published
      + pinned.filter { source in !published.contains { $0.id == source.id } }.map {
        SyncSource(id: $0.id, request: nil, pinned: $0)
      }
  }
}

/// What a source gave.
struct TakenSource {
  /// What tells the day of a snapshot.
  enum Basis: String {
    /// It was fetched now where the source itself publishes it.
    case fetched = "fetched from the source"
    case server = "the server's Last-Modified"
    case file = "the file's last change"
    case stated = "--observed"
    case package = "the day of the package"
  }

  let source: SyncSource
  let address: String
  let bytes: [UInt8]
  /// SHA-256 of the package, else of the bytes.
  let digest: String
  let version: String
  let day: CalendarDate
  /// In words; a saved file keeps those of its first fetch.
  let basis: String
  var etag: String?
  var lastModified: String?
}
