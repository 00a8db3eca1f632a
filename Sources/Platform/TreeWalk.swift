import Auditing
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads every file below some paths, on several threads.
///
/// What a `.gitignore` leaves out is left out, as git reads it: the files of the folders above up to the one that holds `.git`, and
/// `.git/info/exclude`, count too. `.git` itself and symbolic links are never followed; hidden files are read.
public final class TreeWalk: Sendable {
  /// Reads one file after another on one thread.
  public protocol Visitor {
    associatedtype Result: Sendable
    /// nil for a file with nothing to tell.
    mutating func visit(_ bytes: UnsafeRawBufferPointer, path: String) -> Result?
  }

  /// What the walk met.
  public struct Counts: Sendable {
    public var files = 0
    public var bytes = 0
    /// Longer than the limit: not read.
    public var tooLong: [String] = []
    /// Files and folders that cannot be read.
    public var unreadable: [String] = []
    /// Files and folders that a `.gitignore` leaves out.
    public var ignored = 0

    public init() {}

    mutating func add(_ other: Counts) {
      files += other.files
      bytes += other.bytes
      tooLong += other.tooLong
      unreadable += other.unreadable
      ignored += other.ignored
    }
  }

  private struct Queue {
    var work: [Work] = []
    /// Pieces taken and not yet done: they may bring more.
    var open = 0
  }

  private enum Work {
    case folder([UInt8], IgnoreChain?)
    case files([UInt8], [[UInt8]])
  }

  private enum Next { case piece(Work), wait, done }

  private let queue = Mutex(Queue())
  private let largest: Int
  private let respectsIgnores: Bool
  /// How many files of one folder a thread takes at a time.
  private static let batch = 128

  /// - Parameters:
  ///   - largest: bytes of the longest file that is read.
  ///   - respectsIgnores: false reads what `.gitignore` leaves out.
  public init(largest: Int, respectsIgnores: Bool = true) {
    self.largest = largest
    self.respectsIgnores = respectsIgnores
  }

  /// Visits the files below the paths; a path may be a file, which is read whatever a `.gitignore` says.
  /// - Throws: `FileProblem` for a path that does not exist.
  public func run<V: Visitor>(_ paths: [String], threads: Int, visitor: @escaping @Sendable () throws -> V)
    async throws
    -> (results: [V.Result], counts: Counts)
  {
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else {
        throw FileProblem(
          path, "the path does not exist", hint: "check it; it is relative to the current folder")
      }
      let bytes = Array(path.utf8)
      if status.st_mode & S_IFMT == S_IFDIR {
        let chain = respectsIgnores ? IgnoreChain.above(bytes) : nil
        queue.withLock { $0.work.append(.folder(bytes, chain)) }
      } else {
        let cut = bytes.lastIndex(of: UInt8(ascii: "/"))
        let folder = cut.map { Array(bytes[..<$0]) } ?? [UInt8(ascii: ".")]
        let name = cut.map { Array(bytes[($0 + 1)...]) } ?? bytes
        queue.withLock { $0.work.append(.files(folder, [name])) }
      }
    }
    return try await withThrowingTaskGroup(of: ([V.Result], Counts).self) { group in
      for _ in 0..<max(1, threads) {
        group.addTask {
          var own = try visitor()
          return self.work(&own)
        }
      }
      var results: [V.Result] = []
      var counts = Counts()
      for try await (more, count) in group {
        results += more
        counts.add(count)
      }
      return (results, counts)
    }
  }

  private func work<V: Visitor>(_ visitor: inout V) -> ([V.Result], Counts) {
    var results: [V.Result] = []
    var counts = Counts()
    var buffer = FileBuffer(largest: largest)
    while true {
      let next = queue.withLock { queue -> Next in
        if let piece = queue.work.popLast() {
          queue.open += 1
          return .piece(piece)
        }
        return queue.open > 0 ? .wait : .done
      }
      switch next {
      case .done: return (results, counts)
      // Another thread is in a folder that may hold more.
      case .wait: usleep(100)
      case .piece(let piece):
        switch piece {
        case .folder(let path, let chain): list(path, chain, &counts)
        case .files(let folder, let names):
          for name in names { read(folder, name, &buffer, &visitor, &results, &counts) }
        }
        queue.withLock { $0.open -= 1 }
      }
    }
  }

  private func list(_ path: [UInt8], _ outer: IgnoreChain?, _ counts: inout Counts) {
    guard
      let folder = (path + [0]).withUnsafeBufferPointer({
        $0.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap { opendir($0) } }
      })
    else {
      counts.unreadable.append(String(decoding: path, as: UTF8.self))
      return
    }
    defer { closedir(folder) }
    var names: [(name: [UInt8], kind: UInt8)] = []
    var hasIgnore = false
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: UInt8.self, capacity: 256) {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0)))
        }
      }
      if name == [0x2E] || name == [0x2E, 0x2E] || name.elementsEqual(".git".utf8) { continue }
      if name.elementsEqual(".gitignore".utf8) { hasIgnore = true }
      names.append((name, entry.pointee.d_type))
    }
    let chain = hasIgnore && respectsIgnores ? IgnoreChain(path, under: outer) : outer
    var files: [[UInt8]] = []
    var more: [Work] = []
    for (name, kind) in names {
      let isFolder: Bool
      switch Int32(kind) {
      case Int32(DT_DIR): isFolder = true
      case Int32(DT_REG): isFolder = false
      case Int32(DT_UNKNOWN):
        guard let known = Self.kind(path + [0x2F] + name) else { continue }
        isFolder = known
      default: continue
      }
      let whole = chain == nil && !isFolder ? [] : path + [0x2F] + name
      if let chain, chain.ignores(whole, name: name, isFolder: isFolder) {
        counts.ignored += 1
      } else if isFolder {
        more.append(.folder(whole, chain))
      } else {
        files.append(name)
        if files.count == Self.batch {
          more.append(.files(path, files))
          files = []
        }
      }
    }
    if !files.isEmpty { more.append(.files(path, files)) }
    queue.withLock { $0.work += more }
  }

  /// Whether a path is a folder; nil for what is neither file nor folder.
  private static func kind(_ path: [UInt8]) -> Bool? {
    var status = stat()
    let code = (path + [0]).withUnsafeBufferPointer {
      $0.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { lstat($0, &status) } ?? -1 }
    }
    guard code == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFDIR { return true }
    return status.st_mode & S_IFMT == S_IFREG ? false : nil
  }

  private func read<V: Visitor>(
    _ folder: [UInt8], _ name: [UInt8], _ buffer: inout FileBuffer, _ visitor: inout V,
    _ results: inout [V.Result],
    _ counts: inout Counts
  ) {
    let path = folder + [0x2F] + name
    func text() -> String {
      String(decoding: path.starts(with: [0x2E, 0x2F]) ? path[2...] : path[...], as: UTF8.self)
    }
    switch buffer.fill(path) {
    case .unreadable: counts.unreadable.append(text())
    case .tooLong: counts.tooLong.append(text())
    case .filled(let count):
      counts.files += 1
      counts.bytes += count
      guard count > 0 else { return }
      let result = buffer.withBytes(count) { visitor.visit($0, path: text()) }
      if let result { results.append(result) }
    }
  }
}
