/// Told of a large block of memory before it is used, so that a shell may ask the system for large pages.
public typealias BlockAdvice = @Sendable (UnsafeMutableRawBufferPointer) -> Void

/// Hashes that were seen before: 64 bits a row, eight bytes each, in one block of memory.
///
/// Two rows that differ share a hash by chance once in 1.8 · 10¹⁹ pairs: among six million rows, one pair in a million logs of
/// that size. Beyond ``most`` hashes nothing is kept, so memory stays below 100 MB; rows after that are compared with the
/// first ones only.
struct HashTable: ~Copyable {
  static let most = 6_000_000
  private static let manyPlaces = 1 << 19
  private static let mostPlaces = 1 << 23

  private let advise: BlockAdvice
  private var places: UnsafeMutablePointer<UInt64>
  private var placeCount = 1 << 16
  private(set) var count = 0
  /// How many hashes were not kept.
  private(set) var unkept = 0
  /// Keeps the look ahead from being left out as useless.
  private var touchedNothing = 0

  init(advise: @escaping BlockAdvice = { _ in }) {
    self.advise = advise
    places = Self.cleared(placeCount, advise)
  }

  deinit { places.deallocate() }

  /// Inserts hashes in order and gives the places of those that stood before.
  mutating func insert(_ hashes: [UInt64]) -> [Int] {
    var repeats: [Int] = []
    var start = 0
    while start < hashes.count {
      // The memory of many hashes is asked for at once, because waiting for each in turn takes longer than all else here.
      let end = min(start + 64, hashes.count)
      var touched: UInt64 = 0
      let mask = placeCount &- 1
      for place in start..<end { touched |= places[Int(truncatingIfNeeded: hashes[place]) & mask] }
      if touched == 0 { touchedNothing &+= 1 }
      for place in start..<end where !insert(hashes[place]) { repeats.append(place) }
      start = end
    }
    return repeats
  }

  /// Whether the hash is the first of its kind.
  @inline(__always)
  mutating func insert(_ hash: UInt64) -> Bool {
    // Zero marks a free place.
    let hash = hash == 0 ? 1 : hash
    let mask = placeCount &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let known = places[place]
      if known == hash { return false }
      if known == 0 { break }
      place = (place &+ 1) & mask
    }
    guard count < Self.most else {
      unkept += 1
      return true
    }
    places[place] = hash
    count &+= 1
    if count &* 4 > placeCount &* 3 { grow() }
    return true
  }

  @inline(never)
  private mutating func grow() {
    let old = places
    let oldCount = placeCount
    // A log that has filled half a million places may well go on: clearing and filling ever larger tables would cost more.
    placeCount = placeCount < Self.manyPlaces ? placeCount * 2 : Self.mostPlaces
    places = Self.cleared(placeCount, advise)
    let mask = placeCount - 1
    for oldPlace in 0..<oldCount where old[oldPlace] != 0 {
      var place = Int(truncatingIfNeeded: old[oldPlace]) & mask
      while places[place] != 0 { place = (place + 1) & mask }
      places[place] = old[oldPlace]
    }
    old.deallocate()
  }

  private static func cleared(_ count: Int, _ advise: BlockAdvice) -> UnsafeMutablePointer<UInt64> {
    let places = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    advise(UnsafeMutableRawBufferPointer(start: places, count: count * MemoryLayout<UInt64>.stride))
    places.initialize(repeating: 0, count: count)
    return places
  }
}
