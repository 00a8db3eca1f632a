import Synchronization

/// Cuts the bytes of one log into chunks of whole lines, for several threads.
final class LogChunks: @unchecked Sendable {
  private struct State {
    let bytes: any LogBytes
    /// What was read of a line whose end was not.
    var rest: [UInt8]
    var ordinal = 0
    var isAtEnd = false
    var free: [LogChunk] = []
    var made = 0
  }

  /// Held while the state is used; the bytes are asked under it alone.
  private let lock = Mutex(())
  private var state: State
  /// Whether a quoted field may hold line feeds.
  private let isTable: Bool
  /// The most chunks that are under way at once.
  private let most: Int
  private let size: Int

  /// - Parameters:
  ///   - head: bytes that were read before.
  ///   - most: chunks that are under way at once; bounds the memory.
  ///   - size: bytes of a chunk, unless a line is longer.
  init(_ bytes: any LogBytes, head: [UInt8], isTable: Bool, most: Int, size: Int) {
    state = State(bytes: bytes, rest: head)
    self.isTable = isTable
    self.most = most
    self.size = size
  }

  enum Next {
    case chunk(LogChunk)
    /// Too many chunks are under way; ask again when one was given back.
    case wait
    case end
  }

  func next() throws -> Next {
    try lock.withLock { _ in
      guard !state.isAtEnd || !state.rest.isEmpty else { return .end }
      guard let chunk = state.free.popLast() ?? made() else { return .wait }
      guard try fill(chunk) else {
        state.free.append(chunk)
        return .end
      }
      chunk.ordinal = state.ordinal
      state.ordinal += 1
      return .chunk(chunk)
    }
  }

  /// Takes a chunk that nobody reads any more.
  func giveBack(_ chunk: LogChunk) { lock.withLock { _ in state.free.append(chunk) } }

  private func made() -> LogChunk? {
    guard state.made < most else { return nil }
    state.made += 1
    return LogChunk(capacity: size)
  }

  /// False when nothing is left.
  private func fill(_ chunk: LogChunk) throws -> Bool {
    chunk.isOverlong = false
    while chunk.capacity <= state.rest.count { chunk.grow() }
    chunk.memory.update(from: state.rest, count: state.rest.count)
    chunk.count = state.rest.count
    state.rest.removeAll(keepingCapacity: true)
    while true {
      try readOn(chunk)
      if state.isAtEnd {
        guard chunk.count > 0 else { return false }
        if chunk.memory[chunk.count - 1] != JSONScan.lineFeed {
          chunk.memory[chunk.count] = JSONScan.lineFeed
          chunk.count += 1
        }
        break
      }
      let isFull = chunk.capacity >= ScanLimits.longestLine
      if let end = lastBreak(chunk) ?? (isFull ? firstBreak(chunk) : nil) {
        state.rest.append(
          contentsOf: UnsafeBufferPointer(start: chunk.memory + end, count: chunk.count - end))
        chunk.count = end
        break
      }
      guard !isFull else {
        try skipLine(chunk)
        chunk.isOverlong = true
        chunk.count = 0
        break
      }
      chunk.grow()
    }
    (chunk.memory + chunk.count).update(repeating: 0, count: ScanLimits.padding)
    return true
  }

  /// Reads until the chunk is full, but for one byte, or the log has ended.
  private func readOn(_ chunk: LogChunk) throws {
    while !state.isAtEnd, chunk.count < chunk.capacity - 1 {
      let free = UnsafeMutableRawBufferPointer(
        start: chunk.memory + chunk.count, count: chunk.capacity - 1 - chunk.count)
      let count = try state.bytes.read(into: free)
      if count == 0 { state.isAtEnd = true }
      chunk.count += count
    }
  }

  /// Reads to the end of a line that is too long.
  private func skipLine(_ chunk: LogChunk) throws {
    while !state.isAtEnd {
      chunk.count = 0
      try readOn(chunk)
      let bytes = UnsafeBufferPointer(start: chunk.memory, count: chunk.count)
      if let end = bytes.firstIndex(of: JSONScan.lineFeed) {
        state.rest.append(contentsOf: bytes[(end + 1)...])
        return
      }
    }
  }

  /// The place behind the last line feed that ends a row; nil where none does.
  private func lastBreak(_ chunk: LogChunk) -> Int? {
    let bytes = UnsafeBufferPointer(start: chunk.memory, count: chunk.count)
    guard isTable else { return bytes.lastIndex(of: JSONScan.lineFeed).map { $0 + 1 } }
    // A row ends where an even number of quotes stands before, because a quote inside a quoted field is doubled.
    var isOdd = !ByteWords.count(chunk.start, chunk.count, of: JSONScan.quote).isMultiple(of: 2)
    for place in bytes.indices.reversed() {
      if bytes[place] == JSONScan.quote {
        isOdd.toggle()
      } else if bytes[place] == JSONScan.lineFeed, !isOdd {
        return place + 1
      }
    }
    return nil
  }

  /// The end of the first line: a quote that never closes must not hold up the lines behind it.
  private func firstBreak(_ chunk: LogChunk) -> Int? {
    UnsafeBufferPointer(start: chunk.memory, count: chunk.count).firstIndex(of: JSONScan.lineFeed)
      .map { $0 + 1 }
  }
}
