#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of stdin as bytes, each up to a length, so that no sender fills the memory.
struct InputLines {
  enum Line {
    /// Without its end.
    case bytes([UInt8])
    /// A longer one, read to its end and dropped.
    case tooLong
  }

  private let longest: Int
  private var chunk = [UInt8](repeating: 0, count: 64 * 1024)
  private var unread = 0..<0

  init(longest: Int) { self.longest = longest }

  /// The next line; nil at the end. A last line needs no line end.
  mutating func next() -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    var isEmpty = true
    while true {
      if unread.isEmpty, !fill() {
        if isEmpty { return nil }
        return isTooLong ? .tooLong : .bytes(line)
      }
      isEmpty = false
      let end = chunk[unread].firstIndex(of: 0x0A)
      let part = unread.lowerBound..<(end ?? unread.upperBound)
      if line.count + part.count > longest {
        isTooLong = true
        line = []
      } else if !isTooLong {
        line += chunk[part]
      }
      guard let end else {
        unread = 0..<0
        continue
      }
      unread = (end + 1)..<unread.upperBound
      return isTooLong ? .tooLong : .bytes(line)
    }
  }

  /// Waits for more; false at the end.
  private mutating func fill() -> Bool {
    while true {
      let count = chunk.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
      if count > 0 {
        unread = 0..<count
        return true
      }
      // A signal is no end.
      guard count < 0, errno == EINTR else { return false }
    }
  }
}
