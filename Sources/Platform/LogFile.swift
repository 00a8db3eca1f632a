import CCompression
import FoundationEssentials
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file read in pieces, however large; gzip is expanded on the way, told by its first bytes and not by its name.
public struct LogFile {
  public let path: String
  /// Bytes of the file as it lies there.
  public let size: Int

  /// Bytes that are read at a time.
  private static let piece = 1 << 18
  /// An expansion beyond this many bytes must not be more than so many times the file: a log is text that repeats itself, a bomb
  /// is nothing else.
  private static let expansion = (bytes: 256 << 20, times: 200)

  /// How the bytes of a file end.
  public enum Ending: Sendable {
    case whole
    /// The gzip stream ends early or is damaged: what came before was given.
    case cut(String)
  }

  /// - Throws: `FileProblem` for what is no file or cannot be read.
  public init(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FileProblem(
        path, "the file does not exist", hint: "check the path; it is relative to the current folder")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileProblem(path, "a file was expected", hint: "name the log itself")
    }
    self.path = path
    size = Int(status.st_size)
  }

  /// SHA-256 of the file as it lies there, lower-case hexadecimal.
  public func digest() throws -> String {
    var hash = SHA256()
    try raw { hash.update($0) }
    return Hexadecimal.text(hash.finalize())
  }

  /// Gives the bytes in order, expanded.
  /// - Throws: `FileProblem` when the file cannot be read, or expands beyond belief; and what `take` throws.
  public func read(_ take: ([UInt8]) throws -> Void) throws -> Ending {
    var gunzip: Gunzip?
    var isFirst = true
    var expanded = 0
    try raw { bytes in
      if isFirst, bytes.starts(with: [0x1F, 0x8B]) { gunzip = Gunzip() }
      isFirst = false
      guard let gunzip else { return try take(bytes) }
      try gunzip.expand(bytes) { part in
        expanded += part.count
        guard expanded <= Self.expansion.bytes || expanded / Self.expansion.times <= size else {
          throw FileProblem(
            path, "a gzip file expands to at most \(Self.expansion.times) times its size",
            hint: "expand it yourself if you trust it")
        }
        try take(part)
      }
    }
    return gunzip?.ending ?? .whole
  }

  private func raw(_ take: ([UInt8]) throws -> Void) throws {
    let file = open(path, O_RDONLY)
    guard file >= 0 else {
      throw FileProblem(path, "the file cannot be read", hint: "check its permissions")
    }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: Self.piece)
    while true {
      let count = buffer.withUnsafeMutableBytes { Self.systemRead(file, $0.baseAddress, $0.count) }
      guard count >= 0 else {
        throw FileProblem(path, "the file cannot be read", hint: "check the disk")
      }
      guard count > 0 else { return }
      try take(count == buffer.count ? buffer : Array(buffer[..<count]))
    }
  }

  private static func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, start, count)
    #else
      Darwin.read(file, start, count)
    #endif
  }
}

/// Expands gzip (RFC 1952), members one after another.
private final class Gunzip {
  private let stream: OpaquePointer?
  private var isInside = false
  private var fault: String?
  private var output = [UInt8](repeating: 0, count: 1 << 18)

  init() { stream = llmref_gunzip_new() }

  deinit { llmref_gunzip_free(stream) }

  var ending: LogFile.Ending {
    if let fault { return .cut(fault) }
    return isInside ? .cut("the gzip stream ends early; the file is cut off") : .whole
  }

  func expand(_ bytes: [UInt8], take: ([UInt8]) throws -> Void) throws {
    guard let stream, fault == nil else { return }
    var place = 0
    var isFull = false
    // A full output may have left some behind.
    while place < bytes.count || isFull {
      var (read, written) = (0, 0)
      let result = bytes.withUnsafeBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
          llmref_gunzip_next(
            stream, input.baseAddress.map { $0 + place }, input.count - place, &read, output.baseAddress,
            output.count, &written)
        }
      }
      place += read
      isFull = written == output.count
      if written > 0 { try take(Array(output[..<written])) }
      guard result >= 0 else {
        // Zeros behind the last member pad a tape's block.
        if !isInside, bytes[place...].allSatisfy({ $0 == 0 }) { return }
        fault = "the gzip stream is damaged"
        return
      }
      isInside = result == 0
      if result == 0, read == 0, written == 0 { return }
    }
  }
}
