import Facts
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files that an export has made, as a text of lines `SHA-256 path`.
///
/// Exports may have millions of files: of each of the last export only a hash of its path and the head of its digest are kept,
/// and the new lines go to disk as they come.
struct ExportManifest {
  static let name = "manifest.txt"
  /// The lines of an export under way; left behind by one that was broken off.
  private static let partName = "manifest.txt.part"
  /// Bytes of a line; no path of a file system is as long.
  private static let longestLine = 1 << 16

  /// The head of a SHA-256 digest, enough to tell one content of a file from another.
  private struct Head: Equatable {
    let high: UInt64
    let low: UInt64
  }

  private let root: String
  /// By the hash of the path. What this export makes is taken out.
  private var before: [UInt64: Head] = [:]
  /// Whether the digests of the last export can be believed: not when one was broken off since.
  private let isWhole: Bool
  private let file: Int32
  private var lines: [UInt8] = []

  /// Whether the folder is one of an export, finished or broken off.
  static func exists(in root: String) -> Bool {
    Files.exists(root + "/" + name) || Files.exists(root + "/" + partName)
  }

  /// - Throws: `FileProblem` when the folder cannot be written.
  init(_ root: String) throws {
    self.root = root
    isWhole = !Files.exists(root + "/" + Self.partName)
    if Files.exists(root + "/" + Self.name) {
      var reader = try LineReader(root + "/" + Self.name, longest: Self.longestLine)
      while let line = try reader.next() {
        if case .bytes(let line) = line, let (head, path) = Self.entry(line) {
          before[FNV1a.hash(path)] = head
        }
      }
    }
    file = open(root + "/" + Self.partName, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard file >= 0 else { throw Self.problem(root) }
  }

  /// Whether the last export left a file with this digest.
  func stood(_ path: String, digest: String) -> Bool {
    isWhole && before[FNV1a.hash(path.utf8)] == Self.head(digest.utf8.prefix(32))
  }

  /// Whether the last export made the file, whatever its content.
  func knows(_ path: String) -> Bool { isWhole && before[FNV1a.hash(path.utf8)] != nil }

  /// Notes that this export makes the file, so that it stays.
  mutating func made(_ path: String) { before[FNV1a.hash(path.utf8)] = nil }

  mutating func append(_ digest: String, _ path: String) throws {
    lines += "\(digest) \(path)\n".utf8
    if lines.count > 1 << 16 { try flush() }
  }

  /// Removes what the last export made and this one did not, and puts the new manifest in place.
  /// - Returns: how many files were removed.
  mutating func finish() throws -> Int {
    try flush()
    close(file)
    var removed = 0
    if !before.isEmpty {
      var reader = try LineReader(root + "/" + Self.name, longest: Self.longestLine)
      while let line = try reader.next() {
        guard case .bytes(let line) = line, let (_, path) = Self.entry(line), before[FNV1a.hash(path)] != nil
        else { continue }
        let name = String(decoding: path, as: UTF8.self)
        if ExportFolder.isPlain(name), unlink(root + "/" + name) == 0 { removed += 1 }
      }
    }
    guard rename(root + "/" + Self.partName, root + "/" + Self.name) == 0 else { throw Self.problem(root) }
    return removed
  }

  private mutating func flush() throws {
    var rest = lines[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Self.problem(root) }
      rest = rest.dropFirst(count)
    }
    lines.removeAll(keepingCapacity: true)
  }

  private static func problem(_ root: String) -> FileProblem {
    FileProblem(
      root + "/" + partName, "the file cannot be written", hint: "check the folder, its permissions and space"
    )
  }

  // MARK: Lines

  private static func entry(_ line: ArraySlice<UInt8>) -> (head: Head, path: ArraySlice<UInt8>)? {
    guard line.count > 65, line[line.startIndex + 64] == UInt8(ascii: " "), let head = head(line.prefix(32))
    else { return nil }
    return (head, line.dropFirst(65))
  }

  private static func head(_ digits: some Collection<UInt8>) -> Head? {
    func number(_ digits: some Sequence<UInt8>) -> UInt64? {
      UInt64(String(decoding: Array(digits), as: UTF8.self), radix: 16)
    }
    guard digits.count == 32, let high = number(digits.prefix(16)), let low = number(digits.dropFirst(16))
    else { return nil }
    return Head(high: high, low: low)
  }
}
