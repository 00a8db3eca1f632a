/// Cuts bytes that come in pieces into lines of bounded length, so that no sender fills the memory.
///
///     var lines = LineSplitter(longest: 1 << 20)
///     for piece in pieces {
///       lines.append(piece)
///       while let line = lines.next() { … }
///     }
///     lines.end()
///     while let line = lines.next() { … }
public struct LineSplitter: Sendable {
  public enum Line: Hashable, Sendable {
    /// Without its end, which is a line feed, or a carriage return and a line feed.
    case bytes(ArraySlice<UInt8>)
    /// A longer one, read to its end and dropped.
    case tooLong
  }

  /// Of the line given last, from 1.
  public private(set) var number = 0
  private let longest: Int
  private var held: [UInt8] = []
  /// Where the next line starts, and up to where no line feed stands.
  private var start = 0
  private var searched = 0
  /// Whether the line that is being read is too long already.
  private var isSkipping = false
  private var isAtEnd = false

  /// - Parameter longest: bytes of a line without its line feed.
  public init(longest: Int) { self.longest = longest }

  public mutating func append(_ bytes: some Collection<UInt8>) {
    if start > 0 {
      held.removeFirst(start)
      searched -= start
      start = 0
    }
    held.append(contentsOf: bytes)
  }

  /// Nothing follows: what is held is the last line, which needs no line end.
  public mutating func end() { isAtEnd = true }

  /// The next whole line; nil until more is appended.
  public mutating func next() -> Line? {
    switch nextWithReturn() {
    case .bytes(let line): .bytes(line.last == 0x0D ? line.dropLast() : line)
    case .tooLong: .tooLong
    case nil: nil
    }
  }

  /// The same with the carriage return in front of its line feed, which may stand inside a field.
  mutating func nextWithReturn() -> Line? {
    if let end = held[searched...].firstIndex(of: 0x0A) {
      defer { (start, searched, isSkipping) = (end + 1, end + 1, false) }
      number += 1
      return isSkipping || end - start > longest ? .tooLong : .bytes(held[start..<end])
    }
    searched = held.count
    if isAtEnd {
      defer { (start, isSkipping) = (held.count, false) }
      guard isSkipping || start < held.count else { return nil }
      number += 1
      return isSkipping || held.count - start > longest ? .tooLong : .bytes(held[start..<held.count])
    }
    if isSkipping || held.count - start > longest {
      isSkipping = true
      start = held.count
    }
    return nil
  }
}
