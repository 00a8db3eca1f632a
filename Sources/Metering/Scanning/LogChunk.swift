/// Whole lines of a log in memory.
final class LogChunk: @unchecked Sendable {
  /// One thread has the chunk at a time.
  private(set) var memory: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// Bytes of whole lines; the last is a line feed.
  var count = 0
  /// The chunk's place in its file, from 0.
  var ordinal = 0
  /// A line longer than any that is read: the chunk stands for it and holds none of it.
  var isOverlong = false

  init(capacity: Int) {
    self.capacity = capacity
    memory = .allocate(capacity: capacity + ScanLimits.padding)
    memory.initialize(repeating: 0, count: capacity + ScanLimits.padding)
  }

  deinit { memory.deallocate() }

  var start: UnsafePointer<UInt8> { UnsafePointer(memory) }
  var end: UnsafePointer<UInt8> { UnsafePointer(memory + count) }

  func grow() {
    let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + ScanLimits.padding)
    wider.initialize(repeating: 0, count: capacity * 2 + ScanLimits.padding)
    wider.update(from: memory, count: capacity)
    memory.deallocate()
    memory = wider
    capacity *= 2
  }

  /// The line feed that ends the line of a place.
  static func lineEnd(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var place = place
    while true {
      let marks = ByteWords.lineFeeds(ByteWords.load(place))
      if marks != 0 { return place + ByteWords.first(marks) }
      place += 8
    }
  }
}
