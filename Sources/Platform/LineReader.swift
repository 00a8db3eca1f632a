#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads a file line by line, a megabyte at a time, so that its size does not matter.
package struct LineReader: ~Copyable {
  private let file: Int32
  private var buffer: [UInt8] = []
  private var place = 0
  private var isAtEnd = false

  private static let chunk = 1 << 20
  /// Bytes of a line beyond which the file is taken to end.
  private let longest: Int

  /// - Throws: `FileProblem` when the file cannot be opened.
  package init(_ path: String, longest: Int = .max) throws {
    self.longest = longest
    file = open(path, O_RDONLY)
    guard file >= 0 else {
      throw FileProblem(path, "the file cannot be read", hint: "check its permissions")
    }
  }

  deinit { close(file) }

  /// The next line without its end; nil after the last.
  package mutating func next() -> ArraySlice<UInt8>? {
    while true {
      if let end = buffer[place...].firstIndex(of: 0x0A) {
        defer { place = end + 1 }
        return buffer[place..<end]
      }
      if isAtEnd {
        defer { place = buffer.count }
        return place < buffer.count ? buffer[place...] : nil
      }
      fill()
    }
  }

  private mutating func fill() {
    buffer.removeFirst(place)
    place = 0
    var more = [UInt8](repeating: 0, count: Self.chunk)
    let count = more.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    if count > 0 { buffer += more.prefix(count) }
    if count <= 0 || buffer.count > longest { isAtEnd = true }
  }
}
