import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of a file or of stdin, each up to a length, so that neither the size of a file nor a sender's line fills the memory.
package struct LineReader: ~Copyable {
  private let path: String
  private let file: Int32
  private let isFile: Bool
  private var lines: LineSplitter
  private var chunk: [UInt8]
  private var isAtEnd = false

  /// - Parameters:
  ///   - path: `-` is stdin.
  ///   - longest: bytes of a line without its line feed.
  /// - Throws: `FileProblem` for what is no file or cannot be read.
  package init(_ path: String, longest: Int) throws {
    let isFile = path != "-"
    if isFile { _ = try LogFile(path) }
    let file = isFile ? open(path, O_RDONLY) : 0
    guard file >= 0 else {
      throw FileProblem(path, "the file cannot be read", hint: "check its permissions")
    }
    (self.path, self.isFile, self.file) = (path, isFile, file)
    lines = LineSplitter(longest: longest)
    // A terminal or a pipe gives what it has; a file fills the chunk.
    chunk = [UInt8](repeating: 0, count: isFile ? 1 << 20 : 1 << 16)
  }

  deinit { if isFile { close(file) } }

  /// Of the line given last, from 1.
  package var number: Int { lines.number }

  /// The next line without its end; nil after the last, which needs no end.
  /// - Throws: `FileProblem` when reading fails.
  package mutating func next() throws -> LineSplitter.Line? {
    while true {
      if let line = lines.next() { return line }
      if isAtEnd { return nil }
      let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count > 0 {
        lines.append(chunk[..<count])
      } else if count == 0 {
        isAtEnd = true
        lines.end()
      } else if errno != EINTR {
        // A signal is no end.
        throw FileProblem(path, "the file cannot be read", hint: "check the disk")
      }
    }
  }
}
