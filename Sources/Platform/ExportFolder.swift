import Facts
import Synchronization
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of generated files with a manifest of their digests. Files whose content stays are not written again, and
/// files that are no longer made are removed.
///
/// Files come in units, from several threads and in any order; the manifest lists them in the order of the units, so that the same
/// export gives the same manifest.
public final class ExportFolder: Sendable {
  public struct Tally: Sendable {
    public var written = 0
    public var unchanged = 0
    public var removed = 0
    public var bytes = 0
  }

  /// A file of a unit, as the manifest lists it.
  public struct Entry: Sendable {
    let digest: String
    let path: String
  }

  private struct State {
    var tally = Tally()
    var manifest: ExportManifest
    /// Units that are done before their turn in the manifest.
    var waiting: [Int: [Entry]] = [:]
    var next = 0
  }

  private let root: String
  private let state: Mutex<State>

  /// Opens a folder, which is made when it does not exist. A folder with other files and no manifest is refused, so that
  /// nothing of somebody else's is overwritten.
  public init(_ root: String) throws {
    self.root = root
    if !ExportManifest.exists(in: root), Files.exists(root),
      try !Files.list(root, ending: "").isEmpty
    {
      throw FileProblem(
        root, "an export goes into a new folder, or one made by an export",
        hint: "name another folder, or empty this one")
    }
    try Self.makeFolders(of: root + "/.")
    state = Mutex(State(manifest: try ExportManifest(root)))
  }

  /// Whether a relative path stays inside the folder.
  public static func isPlain(_ path: String) -> Bool {
    !path.hasPrefix("/")
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }

  // MARK: Files

  /// Writes a file unless it stands there with this content; a path that leaves the folder is refused.
  /// - Parameter path: relative, with slashes.
  public func write(_ bytes: [UInt8], to path: String) throws -> Entry {
    try check(path)
    let digest = Digest.sha256(bytes)
    let stands = state.withLock { $0.manifest.stood(path, digest: digest) } && size(of: path) == bytes.count
    if !stands { try put(bytes, path) }
    return note(path, digest, bytes: bytes.count, isNew: !stands)
  }

  /// Takes in a file that depends on another one alone: it stays as it is while that one stays, else it is made anew.
  /// - Parameters:
  ///   - path: relative, with slashes.
  ///   - source: the other file, written after this one, so that a broken export makes both again.
  ///   - make: writes the file at a path, beside its place.
  public func derive(
    _ path: String, from source: (bytes: [UInt8], path: String), make: (_ at: String) throws -> Void
  ) throws -> Entry {
    try check(path)
    let digest = Digest.sha256(source.bytes)
    let stands = state.withLock {
      $0.manifest.knows(path) && $0.manifest.stood(source.path, digest: digest)
    }
    if !stands || size(of: path) == nil {
      let place = root + "/" + path
      let part = place + ".part"
      try Self.makeFolders(of: part)
      try make(part)
      guard rename(part, place) == 0 else { throw Self.problem(place) }
    }
    let bytes = try Files.read(root + "/" + path)
    return note(path, Digest.sha256(bytes), bytes: bytes.count, isNew: !stands)
  }

  private func note(_ path: String, _ digest: String, bytes: Int, isNew: Bool) -> Entry {
    state.withLock { state in
      state.manifest.made(path)
      state.tally.bytes += bytes
      if isNew { state.tally.written += 1 } else { state.tally.unchanged += 1 }
    }
    return Entry(digest: digest, path: path)
  }

  // MARK: Units

  /// Lists the files of a unit in the manifest, once all units before it are listed. Every unit from 0 on is listed once.
  public func list(_ entries: [Entry], unit: Int) throws {
    try state.withLock { state in
      state.waiting[unit] = entries
      while let ready = state.waiting.removeValue(forKey: state.next) {
        for entry in ready { try state.manifest.append(entry.digest, entry.path) }
        state.next += 1
      }
    }
  }

  /// Removes what the last export made and this one did not, and writes the manifest.
  public func finish() throws -> Tally {
    try state.withLock { state in
      state.tally.removed = try state.manifest.finish()
      return state.tally
    }
  }

  // MARK: The system

  private func check(_ path: String) throws {
    guard Self.isPlain(path), !path.hasPrefix(ExportManifest.name) else {
      throw FileProblem(path, "a file of an export stays inside its folder", hint: "this is a broken id")
    }
  }

  private func size(of path: String) -> Int? {
    var status = stat()
    return stat(root + "/" + path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Makes the folders above a file. They are not remembered: there may be millions.
  private static func makeFolders(of path: String) throws {
    var whole = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      whole += whole.isEmpty || whole == "/" ? part : "/" + part
      if mkdir(whole, 0o777) != 0, errno != EEXIST { throw problem(whole) }
    }
  }

  private static func problem(_ path: String) -> FileProblem {
    FileProblem(path, "the file cannot be written", hint: "check the folder, its permissions and space")
  }

  private func put(_ bytes: [UInt8], _ path: String) throws {
    let place = root + "/" + path
    func opened() -> Int32 { open(place, O_WRONLY | O_CREAT | O_TRUNC, 0o666) }
    var file = opened()
    if file < 0, errno == ENOENT {
      try Self.makeFolders(of: place)
      file = opened()
    }
    guard file >= 0 else { throw Self.problem(place) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        close(file)
        throw Self.problem(place)
      }
      rest = rest.dropFirst(count)
    }
    guard close(file) == 0 else { throw Self.problem(place) }
  }
}
