/// Told of a large block of memory before it is used, so that a shell may ask the system for large pages.
public typealias BlockAdvice = @Sendable (UnsafeMutableRawBufferPointer) -> Void

/// Hashes that were seen before: 64 bits a row, eight bytes each.
///
/// Nearly every row is new, so that is what must be cheap to see: a filter of some bits a row, small enough for a processor's
/// cache, knows most new hashes as new. Hashes themselves lie in many short lists; only where the filter is not sure is one
/// list read. Two rows that differ share a hash by chance once in 1.8 · 10¹⁹ pairs: among six million rows, one pair in a
/// million logs of that size. Beyond ``most`` hashes nothing is kept, so memory stays below 70 MB; rows after that are compared
/// with the first ones only.
struct SeenHashes: ~Copyable {
  static let most = 6_000_000
  /// The lowest bits of a hash choose its list.
  private static let listBits = 14
  private static let listCount = 1 << listBits
  /// Places of a block: the first leads to the list's block before, the others hold hashes.
  private static let blockSize = 32
  private static let mostBlocks = most / (blockSize - 1) + listCount
  /// Words of the filter, by the most hashes that it is good for: four a word set about a quarter of its bits.
  private static let filterSizes = [1 << 13, 1 << 17, 1 << 20]
  private static let hashesPerWord = 4

  private let advise: BlockAdvice
  /// All blocks; asked for when the first hash comes, and touched as they fill.
  private var blocks: UnsafeMutablePointer<UInt64>?
  private var blockCount = 0
  /// Where each list goes on in ``blocks``: behind its last hash; −1 for a list without a block.
  private let ends: UnsafeMutablePointer<Int32>
  private var filter: UnsafeMutablePointer<UInt64>
  private var filterSize = filterSizes[0]
  private(set) var count = 0
  /// How many hashes were not kept.
  private(set) var unkept = 0
  /// Keeps the look ahead from being left out as useless.
  private var touchedNothing = 0

  init(advise: @escaping BlockAdvice = { _ in }) {
    self.advise = advise
    ends = .allocate(capacity: Self.listCount)
    ends.initialize(repeating: -1, count: Self.listCount)
    filter = Self.cleared(filterSize, advise)
  }

  deinit {
    blocks?.deallocate()
    ends.deallocate()
    filter.deallocate()
  }

  /// Inserts hashes in order and gives the places of those that stood before.
  mutating func insert(_ hashes: [UInt64]) -> [Int] {
    var repeats: [Int] = []
    var start = 0
    while start < hashes.count {
      // The memory of many hashes is asked for at once, because waiting for each in turn takes longer than all else here.
      let end = min(start + 64, hashes.count)
      var touched: UInt64 = 0
      for place in start..<end {
        touched |= filter[word(hashes[place])]
        if let blocks { touched |= blocks[Int(max(ends[list(hashes[place])], 0))] }
      }
      if touched == 0 { touchedNothing &+= 1 }
      for place in start..<end where !insert(hashes[place]) { repeats.append(place) }
      start = end
    }
    return repeats
  }

  /// Whether the hash is the first of its kind.
  @inline(__always)
  mutating func insert(_ hash: UInt64) -> Bool {
    let place = filter + word(hash)
    let bits = Self.bits(hash)
    if place.pointee & bits == bits, holds(hash) { return false }
    guard count < Self.most else {
      unkept += 1
      return true
    }
    place.pointee |= bits
    append(hash)
    if count > filterSize &* Self.hashesPerWord { growFilter() }
    return true
  }

  // MARK: The filter

  @inline(__always)
  private func word(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash &>> UInt64(Self.listBits)) & (filterSize &- 1)
  }

  /// Four bits of a word, chosen by bits of the hash that choose neither list nor word.
  @inline(__always)
  private static func bits(_ hash: UInt64) -> UInt64 {
    1 &<< (hash &>> 34) | 1 &<< (hash &>> 40) | 1 &<< (hash &>> 46) | 1 &<< (hash &>> 52)
  }

  @inline(never)
  private mutating func growFilter() {
    guard let larger = Self.filterSizes.first(where: { $0 > filterSize }) else { return }
    filterSize = larger
    filter.deallocate()
    filter = Self.cleared(filterSize, advise)
    for list in 0..<Self.listCount {
      var end = Int(ends[list])
      while end >= 0, let blocks {
        let first = (end - 1) & ~(Self.blockSize - 1)
        for place in first + 1..<end { filter[word(blocks[place])] |= Self.bits(blocks[place]) }
        end = Int(Int64(bitPattern: blocks[first]))
      }
    }
  }

  private static func cleared(_ count: Int, _ advise: BlockAdvice) -> UnsafeMutablePointer<UInt64> {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    advise(UnsafeMutableRawBufferPointer(start: words, count: count * MemoryLayout<UInt64>.stride))
    words.initialize(repeating: 0, count: count)
    return words
  }

  // MARK: The lists

  @inline(__always)
  private func list(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (Self.listCount &- 1) }

  @inline(never)
  private func holds(_ hash: UInt64) -> Bool {
    var end = Int(ends[list(hash)])
    while end >= 0, let blocks {
      let first = (end - 1) & ~(Self.blockSize - 1)
      var place = first + 1
      while place < end {
        if blocks[place] == hash { return true }
        place &+= 1
      }
      end = Int(Int64(bitPattern: blocks[first]))
    }
    return false
  }

  @inline(__always)
  private mutating func append(_ hash: UInt64) {
    let list = ends + list(hash)
    var end = Int(list.pointee)
    // A block that is full ends where the next one begins.
    if end < 0 || end & (Self.blockSize &- 1) == 0 { end = newBlock(behind: end) }
    blocks?[end] = hash
    list.pointee = Int32(truncatingIfNeeded: end &+ 1)
    count &+= 1
  }

  /// Where the first hash of a new block goes.
  @inline(never)
  private mutating func newBlock(behind end: Int) -> Int {
    if blocks == nil {
      let all = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.mostBlocks * Self.blockSize)
      advise(
        UnsafeMutableRawBufferPointer(
          start: all, count: Self.mostBlocks * Self.blockSize * MemoryLayout<UInt64>.stride))
      blocks = all
    }
    let first = blockCount * Self.blockSize
    blockCount += 1
    blocks?[first] = UInt64(bitPattern: Int64(end))
    return first + 1
  }
}
