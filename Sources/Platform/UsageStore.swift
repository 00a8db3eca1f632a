import Facts
import FoundationEssentials
import Metering
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The usage logs that were imported, under `usage` of the data folder: canonical rows, a description, and the keys by which
/// rows that come again are known. Nothing is ever written over.
public struct UsageStore: Sendable {
  /// `usage` of the data folder.
  public let folder: String

  public init(_ settings: Settings) { folder = settings.dataFolder + "/usage" }

  public func rowsPath(_ digest: String) -> String { "\(folder)/\(digest).jsonl" }
  public func descriptionPath(_ digest: String) -> String { "\(folder)/\(digest).json" }
  private func keysPath(_ digest: String) -> String { "\(folder)/\(digest).keys" }

  public func holds(_ digest: String) -> Bool { Files.exists(descriptionPath(digest)) }

  /// Digests of the imported files, in order.
  public func digests() throws -> [String] {
    guard Files.exists(folder) else { return [] }
    return try Files.list(folder, ending: ".json").map { String($0.dropLast(5)) }.filter {
      $0.utf8.count == 64
    }
  }

  /// The description of an import as it was written.
  public func description(_ digest: String) throws -> JSONValue {
    let path = descriptionPath(digest)
    do { return try JSONReader.read(Files.read(path)) } catch let error as JSONError {
      throw FileProblem(
        path, "the description of an import is broken: \(error)", hint: "import the log again")
    }
  }

  /// Knows every row that was imported.
  public func filter() throws -> DuplicateFilter {
    var keys: [UInt64] = []
    for digest in try digests() {
      let bytes = try Files.read(keysPath(digest))
      for start in stride(from: 0, to: bytes.count - 7, by: 8) {
        keys.append(bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
      }
    }
    return DuplicateFilter(known: keys, keepsOrder: true)
  }

  /// Begins an import; nothing is visible before it is finished.
  public func begin(_ digest: String) throws -> UsageImport {
    try UsageImport(
      digest: digest, folder: folder, to: [rowsPath(digest), keysPath(digest), descriptionPath(digest)])
  }
}

/// An import under way: rows and keys go into temporary files, which get their names when all is written.
public final class UsageImport {
  private let temporary: [String]
  private let targets: [String]
  private var rows: Int32
  private var keys: Int32
  private var pending: (rows: [UInt8], keys: [UInt8]) = ([], [])

  fileprivate init(digest: String, folder: String, to targets: [String]) throws {
    self.targets = targets
    temporary = targets.map { "\($0).\(getpid()).part" }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileProblem(folder, "the folder cannot be made", hint: "check LLMREF_HOME and its permissions")
    }
    rows = open(temporary[0], O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    keys = open(temporary[1], O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard rows >= 0, keys >= 0 else {
      abandon()
      throw FileProblem(folder, "the folder cannot be written", hint: "check its permissions and space")
    }
  }

  deinit { abandon() }

  public func add(_ batch: [UsageRow], keys newKeys: [UInt64]) throws {
    for row in batch { pending.rows += CanonicalRow.line(row) + [0x0A] }
    for key in newKeys {
      for byte in 0..<8 { pending.keys.append(UInt8(truncatingIfNeeded: key >> (8 * byte))) }
    }
    if pending.rows.count > 1 << 20 { try flush() }
  }

  /// Gives the files their names, the description last: it makes the import count.
  public func finish(description: [UInt8]) throws {
    try flush()
    guard close(rows) == 0, close(keys) == 0 else { throw problem(targets[0]) }
    (rows, keys) = (-1, -1)
    try Files.write(description, to: temporary[2])
    for (from, to) in zip(temporary, targets) {
      guard rename(from, to) == 0 else { throw problem(to) }
    }
  }

  private func flush() throws {
    try Self.write(pending.rows, rows) { problem(targets[0]) }
    try Self.write(pending.keys, keys) { problem(targets[1]) }
    pending = ([], [])
  }

  private func abandon() {
    for file in [rows, keys] where file >= 0 { close(file) }
    (rows, keys) = (-1, -1)
    for path in temporary { unlink(path) }
  }

  private func problem(_ path: String) -> FileProblem {
    FileProblem(path, "the file cannot be written", hint: "check the folder, its permissions and space")
  }

  private static func write(_ bytes: [UInt8], _ file: Int32, _ problem: () -> FileProblem) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
      guard count > 0 else { throw problem() }
      rest = rest.dropFirst(count)
    }
  }

  private static func systemWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, start, count)
    #else
      Darwin.write(file, start, count)
    #endif
  }
}
