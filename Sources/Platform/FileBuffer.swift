#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory into which one file after another is read.
struct FileBuffer {
  enum Filling {
    case filled(Int)
    case tooLong
    case unreadable
  }

  private var bytes: [UInt8]
  private let largest: Int

  init(largest: Int) {
    self.largest = largest
    bytes = [UInt8](repeating: 0, count: 1 << 16)
  }

  /// Reads a whole file; one that grows meanwhile is read up to the limit.
  mutating func fill(_ path: [UInt8]) -> Filling {
    let file = (path + [0]).withUnsafeBufferPointer {
      $0.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { open($0, O_RDONLY | O_NOFOLLOW) } ?? -1 }
    }
    guard file >= 0 else { return .unreadable }
    defer { close(file) }
    var count = 0
    while true {
      if count == bytes.count {
        guard count <= largest else { return .tooLong }
        // The length is asked for only when the first read was not enough: most files are short.
        var status = stat()
        guard fstat(file, &status) == 0 else { return .unreadable }
        if Int(status.st_size) > largest { return .tooLong }
        bytes += [UInt8](repeating: 0, count: max(bytes.count, Int(status.st_size) - count + 1))
      }
      let more = bytes.withUnsafeMutableBytes {
        read(file, $0.baseAddress.map { $0 + count }, $0.count - count)
      }
      if more < 0 {
        guard errno == EINTR else { return .unreadable }
        continue
      }
      if more == 0 { return count > largest ? .tooLong : .filled(count) }
      count += more
    }
  }

  func withBytes<Result>(_ count: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }
}
