import CCompression
import Metering
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a log from a file or from stdin, for a scanner that asks for them; gzip is expanded on the way.
public final class LogStream: LogBytes {
  public let path: String
  /// Bytes of the file as it lies there; what was read so far, of stdin.
  public private(set) var size: Int
  public private(set) var fault: String?

  private let file: Int32
  private let isFile: Bool
  private var hash: SHA256?
  private let mostHashed: Int
  private var hashed = 0
  private var compressed: Compressed?
  private var isStarted = false
  private var expanded = 0
  /// As in `LogFile`.
  private static let expansion = (bytes: 256 << 20, times: 200)

  private final class Compressed {
    let stream: OpaquePointer?
    var input = [UInt8](repeating: 0, count: 1 << 18)
    var unread = 0..<0
    var isInside = true
    /// Whether expanded bytes may wait for more memory.
    var isFull = false
    var isDone = false

    init() { stream = llmref_gunzip_new() }

    deinit { llmref_gunzip_free(stream) }
  }

  /// - Parameters:
  ///   - path: `-` is stdin.
  ///   - mostHashed: the digest of a longer log is not computed.
  /// - Throws: `FileProblem` for what is no file or cannot be read.
  public init(_ path: String, mostHashed: Int) throws {
    self.path = path
    self.mostHashed = mostHashed
    isFile = path != "-"
    if isFile {
      size = try LogFile(path).size
      file = open(path, O_RDONLY)
      guard file >= 0 else {
        throw FileProblem(path, "the file cannot be read", hint: "check its permissions")
      }
      hash = size <= mostHashed ? SHA256() : nil
    } else {
      (size, file, hash) = (0, 0, SHA256())
    }
  }

  deinit { if isFile { close(file) } }

  /// SHA-256 of the bytes as they lie there, once all were read; nil where there are too many.
  public var digest: String? { hash.map { Hexadecimal.text($0.finalize()) } }

  public func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    if !isStarted {
      isStarted = true
      return try start(memory)
    }
    guard let compressed else { return try raw(memory) }
    return try expand(compressed, into: memory)
  }

  /// The first bytes tell whether the log is compressed.
  private func start(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    var count = 0
    while count < min(2, memory.count) {
      let more = try raw(UnsafeMutableRawBufferPointer(rebasing: memory[count...]))
      if more == 0 { return count }
      count += more
    }
    guard count >= 2, memory[0] == 0x1F, memory[1] == 0x8B else { return count }
    let compressed = Compressed()
    compressed.input = Array(memory[..<count])
    compressed.unread = 0..<count
    self.compressed = compressed
    return try expand(compressed, into: memory)
  }

  private func raw(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Self.systemRead(file, memory.baseAddress, memory.count)
      guard count >= 0 else {
        // A signal is no end.
        if errno == EINTR { continue }
        throw FileProblem(path, "the file cannot be read", hint: "check the disk")
      }
      if !isFile { size += count }
      hashed += count
      if hashed > mostHashed { hash = nil }
      hash?.update(UnsafeRawBufferPointer(rebasing: memory[..<count]))
      return count
    }
  }

  private func expand(_ compressed: Compressed, into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let stream = compressed.stream, let output = memory.baseAddress else { return 0 }
    while !compressed.isDone {
      if compressed.unread.isEmpty, !compressed.isFull {
        if compressed.input.count < 1 << 18 { compressed.input = [UInt8](repeating: 0, count: 1 << 18) }
        let count = try compressed.input.withUnsafeMutableBytes { try raw($0) }
        compressed.unread = 0..<count
        guard count > 0 else {
          compressed.isDone = true
          if compressed.isInside { fault = "the gzip stream ends early; the file is cut off" }
          return 0
        }
      }
      var (taken, written) = (0, 0)
      let unread = compressed.unread
      let result = compressed.input.withUnsafeBufferPointer { input in
        llmref_gunzip_next(
          stream, input.baseAddress.map { $0 + unread.lowerBound }, unread.count, &taken,
          output.assumingMemoryBound(to: UInt8.self), memory.count, &written)
      }
      compressed.unread = (unread.lowerBound + taken)..<unread.upperBound
      if result < 0 {
        compressed.isDone = true
        // Zeros behind the last member pad a tape's block.
        let isPadding =
          !compressed.isInside && compressed.input[compressed.unread].allSatisfy { $0 == 0 }
        if !isPadding { fault = "the gzip stream is damaged" }
        return written
      }
      compressed.isFull = written == memory.count
      if result == 1 { compressed.isInside = false } else if taken > 0 { compressed.isInside = true }
      expanded += written
      guard expanded <= Self.expansion.bytes || expanded / Self.expansion.times <= max(size, hashed) else {
        throw FileProblem(
          path, "a gzip file expands to at most \(Self.expansion.times) times its size",
          hint: "expand it yourself if you trust it")
      }
      if written > 0 { return written }
      if taken == 0, compressed.unread.count > 0 {
        compressed.isDone = true
        fault = "the gzip stream is damaged"
      }
    }
    return 0
  }

  private static func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, start, count)
    #else
      Darwin.read(file, start, count)
    #endif
  }
}
