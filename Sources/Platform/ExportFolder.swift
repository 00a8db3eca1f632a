import Facts
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of generated files with a manifest of their digests. Files whose content stays are not written again, and
/// files that are no longer made are removed.
public final class ExportFolder: Sendable {
  public struct Tally: Sendable {
    public var written = 0
    public var unchanged = 0
    public var removed = 0
    public var bytes = 0
  }

  private struct State {
    var tally = Tally()
    var digests: [String: String] = [:]
    var folders: Set<String> = []
  }

  private let root: String
  private let before: [String: String]
  private let state = Mutex(State())

  private static let manifestName = "manifest.txt"

  /// Opens a folder, which is made when it does not exist. A folder with other files and no manifest is refused, so that
  /// nothing of somebody else's is overwritten.
  public init(_ root: String) throws {
    self.root = root
    let manifest = root + "/" + Self.manifestName
    if Files.exists(manifest) {
      var before: [String: String] = [:]
      for line in String(decoding: try Files.read(manifest), as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        if parts.count == 2, parts[0].count == 64, Self.isPlain(parts[1]) { before[parts[1]] = parts[0] }
      }
      self.before = before
    } else {
      before = [:]
      if Files.exists(root), try !Files.list(root, ending: "").isEmpty {
        throw FileProblem(
          root, "an export goes into a new folder, or one made by an export",
          hint: "name another folder, or empty this one")
      }
    }
  }

  /// Whether a relative path stays inside the folder.
  private static func isPlain(_ path: String) -> Bool {
    !path.hasPrefix("/")
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }

  /// Writes a file unless it stands there with this content; a path that leaves the folder is refused.
  /// - Parameter path: relative, with slashes.
  public func write(_ bytes: [UInt8], to path: String) throws {
    guard Self.isPlain(path), path != Self.manifestName else {
      throw FileProblem(path, "a file of an export stays inside its folder", hint: "this is a broken id")
    }
    let digest = Digest.sha256(bytes)
    let stands = before[path] == digest && size(of: path) == bytes.count
    if !stands {
      try makeFolder(of: path)
      try put(bytes, path)
    }
    state.withLock { state in
      state.digests[path] = digest
      state.tally.bytes += bytes.count
      if stands { state.tally.unchanged += 1 } else { state.tally.written += 1 }
    }
  }

  /// Removes what the last export made and this one did not, and writes the manifest: a line `digest path` a file.
  public func finish() throws -> Tally {
    let state = self.state.withLock { $0 }
    var tally = state.tally
    for path in before.keys where state.digests[path] == nil {
      if unlink(root + "/" + path) == 0 { tally.removed += 1 }
    }
    let lines = state.digests.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }
    try Files.write(Array(lines.joined().utf8), to: root + "/" + Self.manifestName)
    return tally
  }

  private func size(of path: String) -> Int? {
    var status = stat()
    return stat(root + "/" + path, &status) == 0 ? Int(status.st_size) : nil
  }

  private func makeFolder(of path: String) throws {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    guard state.withLock({ $0.folders.contains(folder) }) == false else { return }
    var whole = root
    mkdir(whole, 0o777)
    for part in folder.split(separator: "/") {
      whole += "/" + part
      mkdir(whole, 0o777)
    }
    _ = state.withLock { $0.folders.insert(folder) }
  }

  private func put(_ bytes: [UInt8], _ path: String) throws {
    let problem = FileProblem(
      root + "/" + path, "the file cannot be written", hint: "check the folder, its permissions and space")
    let file = open(root + "/" + path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard file >= 0 else { throw problem }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 else {
        close(file)
        throw problem
      }
      rest = rest.dropFirst(count)
    }
    guard close(file) == 0 else { throw problem }
  }
}
