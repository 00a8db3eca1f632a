/// Numbers for texts, in the order in which they first come: names of models, keys and labels of a log.
///
/// The texts are copied, so a chunk's memory may go. At most ``most`` are told apart; what comes later shares one number, so
/// that a log with a label of its own for every request does not fill the memory.
struct TextTable: ~Copyable {
  private struct Entry {
    var hash: UInt64 = 0
    var first = TextSpan.nothing
    var second = TextSpan.nothing
  }

  private(set) var most: Int
  private var entries: [Entry] = []
  /// Numbers of entries by hash, −1 where free; at least twice as many as entries.
  private var places: [Int32]
  /// Numbers of pairs that came last, each where a quick look at its first and last bytes puts it; −1 where none is.
  private let recent: UnsafeMutablePointer<Int32>
  private static let recentCount = 1024
  private var blocks: [UnsafeMutablePointer<UInt8>] = []
  /// The free part of the last block.
  private var next: UnsafeMutablePointer<UInt8>?
  private var free = 0
  private static let block = 64 * 1024

  init(most: Int) {
    self.most = most
    places = [Int32](repeating: -1, count: 256)
    recent = .allocate(capacity: Self.recentCount)
    recent.initialize(repeating: -1, count: Self.recentCount)
  }

  deinit {
    recent.deallocate()
    for block in blocks { block.deallocate() }
  }

  var count: Int { entries.count }

  /// Tells apart as many more.
  mutating func allow(_ more: Int) { most += more }

  /// The number of a pair of texts, and whether it is new; ``most`` for all pairs beyond that.
  @inline(__always)
  mutating func number(of first: TextSpan, _ second: TextSpan) -> (number: Int, isNew: Bool) {
    let place = recent + Self.look(first, second)
    let number = Int(place.pointee)
    if number >= 0, holds(number, first, second) { return (number, false) }
    let found = find(first, second)
    if found.number < most { place.pointee = Int32(truncatingIfNeeded: found.number) }
    return found
  }

  /// Where the pair stands among the recent ones.
  @inline(__always)
  private static func look(_ first: TextSpan, _ second: TextSpan) -> Int {
    // Up to sixteen bytes of each: its first eight, and its last eight or all.
    func word(_ text: TextSpan) -> UInt64 {
      guard text.count >= 8 else { return ByteWords.low(ByteWords.load(text.start), text.count) }
      return ByteWords.load(text.start)
        ^ (ByteWords.load(text.start + (text.count &- 8)) &* 0x9E37_79B9_7F4A_7C15)
    }
    let mixed =
      (word(first) ^ (word(second) &* 0xA076_1D64_78BD_642F) ^ UInt64(truncatingIfNeeded: second.count))
      &* 0xE703_7ED1_A0B4_28DB
    return Int(truncatingIfNeeded: mixed &>> 54)
  }

  @inline(__always)
  private func holds(_ number: Int, _ first: TextSpan, _ second: TextSpan) -> Bool {
    entries.withUnsafeBufferPointer { entries in
      Self.areEqual(entries[number].first, first) && Self.areEqual(entries[number].second, second)
    }
  }

  @inline(never)
  private mutating func find(_ first: TextSpan, _ second: TextSpan) -> (number: Int, isNew: Bool) {
    let hash = ByteWords.hash(
      second.start, count: second.count,
      seed: ByteWords.hash(first.start, count: first.count, seed: 0))
    let mask = places.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let number = Int(places[place])
      if number < 0 { return add(first, second, hash, at: place) }
      if entries[number].hash == hash, holds(number, first, second) { return (number, false) }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  private static func areEqual(_ left: TextSpan, _ right: TextSpan) -> Bool {
    left.count == right.count && ByteWords.areEqual(left.start, right.start, count: left.count)
  }

  private mutating func add(
    _ first: TextSpan, _ second: TextSpan, _ hash: UInt64, at place: Int
  ) -> (number: Int, isNew: Bool) {
    guard entries.count < most else { return (most, false) }
    let number = entries.count
    entries.append(Entry(hash: hash, first: kept(first), second: kept(second)))
    places[place] = Int32(number)
    if entries.count * 2 > places.count { grow() }
    return (number, true)
  }

  private mutating func grow() {
    let mask = places.count * 2 - 1
    var wider = [Int32](repeating: -1, count: mask + 1)
    for (number, entry) in entries.enumerated() {
      var place = Int(truncatingIfNeeded: entry.hash) & mask
      while wider[place] >= 0 { place = (place + 1) & mask }
      wider[place] = Int32(number)
    }
    places = wider
  }

  /// A copy with readable bytes behind it.
  private mutating func kept(_ text: TextSpan) -> TextSpan {
    guard text.count > 0 else { return .nothing }
    let size = text.count + 8
    if free < size {
      free = max(Self.block, size)
      let block = UnsafeMutablePointer<UInt8>.allocate(capacity: free)
      blocks.append(block)
      next = block
    }
    guard let start = next else { return .nothing }
    next = start + size
    start.update(from: text.start, count: text.count)
    (start + text.count).update(repeating: 0, count: 8)
    free -= size
    return TextSpan(start: UnsafePointer(start), count: text.count)
  }

  /// The texts of a number below ``count``, for as long as the table lives.
  func spans(_ number: Int) -> (first: TextSpan, second: TextSpan) {
    (entries[number].first, entries[number].second)
  }

  /// The texts of a number below ``count``.
  func texts(_ number: Int) -> (first: String, second: String) {
    (entries[number].first.string, entries[number].second.string)
  }
}
