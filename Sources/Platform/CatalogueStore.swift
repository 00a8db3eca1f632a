import Cataloguing
import Facts
import Importing
import TextFormats

/// Opens catalogues and layers facts files on them.
public enum CatalogueStore {
  /// Which catalogue a command works on.
  public enum Choice: Sendable, Equatable {
    /// The reader's own under the data folder if there is one, else the embedded.
    case usual
    case embedded
    /// Facts files alone.
    case none
    case file(String)
  }

  /// The catalogue with what the reader measured, which stands in `measured` of the data folder; facts files alone go without.
  public static func open(_ choice: Choice, settings: Settings) throws -> Catalogue {
    let catalogue = try stated(choice, settings: settings)
    return choice == .none ? catalogue : catalogue.measured(try MeasurementStore(settings).all())
  }

  private static func stated(_ choice: Choice, settings: Settings) throws -> Catalogue {
    switch choice {
    case .none: return Catalogue(contents: CatalogueContents())
    case .embedded: return try Catalogue(snapshot: .embedded())
    case .file(let path): return try read(path)
    case .usual:
      guard Files.exists(settings.cataloguePath) else { return try Catalogue(snapshot: .embedded()) }
      return try read(settings.cataloguePath)
    }
  }

  /// Names the state of the files that a catalogue is read from: it changes when one of them does.
  public static func stamp(_ choice: Choice, facts: [String], settings: Settings) -> String {
    var paths = facts
    switch choice {
    case .usual: paths.append(settings.cataloguePath)
    case .file(let path): paths.append(path)
    case .embedded, .none: break
    }
    if choice != .none { paths += MeasurementStore(settings).paths }
    return paths.map { "\($0) \(Files.stamp($0))" }.joined(separator: "\n")
  }

  private static func read(_ path: String) throws -> Catalogue {
    let bytes = try Files.read(path)
    do {
      return try Catalogue(snapshot: SnapshotFile(bytes: bytes, digest: Digest.sha256(bytes)))
    } catch {
      throw FileProblem(path, error.rule + " (\(error.place))", hint: error.hint)
    }
  }

  /// The catalogue with facts files on top, in the order given.
  ///
  /// - Returns: the layered catalogue and what was wrong with single records.
  public static func layer(_ paths: [String], on catalogue: Catalogue, today: CalendarDate) throws -> (
    Catalogue, [Finding]
  ) {
    var result = catalogue
    var findings: [Finding] = []
    for path in paths {
      let bytes = try Files.read(path)
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let source = SourceDescription(
        id: SourceID("facts:" + name), title: "Facts file " + name,
        version: String(Digest.sha256(bytes).prefix(12)), licence: "the reader's own",
        homepage: nil, observed: today, digest: Digest.sha256(bytes), lineage: SourceID("facts"),
        correction: name)
      let imported = try PlainFacts.read(Snapshot(source: source, bytes: bytes, file: name))
      findings += imported.findings
      var frame = CatalogueFrame()
      frame.identity = result.frame.identity
      frame.licences = result.frame.licences
      var builder = CatalogueBuilder(frame: frame, asOf: today)
      builder.add(
        source: source, records: imported.records,
        providers: providerNotes(in: imported.records, frame: result.frame),
        findings: imported.findings)
      result = try result.adding(builder.build())
    }
    return (result, findings)
  }

  /// Providers that only the facts file names keep the spelling it uses.
  private static func providerNotes(in records: [SourceRecord], frame: CatalogueFrame) -> [ProviderNote] {
    var notes: [ProviderNote] = []
    for record in records {
      guard case .route(let provider, _) = record.subject else { continue }
      if frame.providers[frame.identity.provider(provider)] == nil {
        notes.append(ProviderNote(id: provider, name: provider))
      }
    }
    return notes
  }
}
