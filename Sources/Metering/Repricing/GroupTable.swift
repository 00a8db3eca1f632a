/// Sums of the rows that share everything a price depends on, and everything that a table of the report tells apart.
///
/// A group is a number; its sums are whole, so that it does not matter in which order or by how many threads they were added.
struct GroupTable: ~Copyable {
  struct Key: Hashable {
    /// The row's source above, its day below: days from 1970-01-01, or the first day of the span of equal prices.
    var place: UInt64 = 0
    /// The variant above, the number of the texts below.
    var form: UInt64 = 0

    init() {}

    @inline(__always)
    init(source: Int, day: Int32, variant: RowVariant, texts: Int) {
      place = UInt64(UInt32(truncatingIfNeeded: source)) &<< 32 | UInt64(UInt32(bitPattern: day))
      form = UInt64(variant.bits) &<< 32 | UInt64(UInt32(truncatingIfNeeded: texts))
    }

    var source: Int { Int(place >> 32) }
    var day: Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: place)) }
    var variant: RowVariant { RowVariant(bits: UInt32(truncatingIfNeeded: form >> 32)) }
    var texts: Int { Int(UInt32(truncatingIfNeeded: form)) }
  }

  /// The sums that nearly every row adds to, beside the key: 64 bytes, so that one look brings all into a processor's cache.
  struct Sums {
    var key = Key()
    var rows: Int64 = 0
    var input: Int64 = 0
    var output: Int64 = 0
    var cacheRead: Int64 = 0
    var reasoning: Int64 = 0
    /// The number of the group's other sums; −1 while it has none.
    var others: Int32 = -1
    /// Whether a sum has left 64 bits.
    var isTooLarge = false
  }

  /// Those that few logs have.
  struct OtherSums {
    /// 10⁻¹⁸ US dollars.
    var charged: Int128 = 0
    var cacheWrite: Int64 = 0
    var cacheWriteHour: Int64 = 0
    var inputAudio: Int64 = 0
    var outputAudio: Int64 = 0
    var webSearches: Int64 = 0
    /// Requests beyond one a row.
    var moreRequests: Int64 = 0
  }

  /// The most groups that are kept apart.
  static let most = 1_000_000

  /// A group's number below, a part of its key's hash above; all bits set where free.
  private var places: UnsafeMutablePointer<UInt64>
  private var placeCount: Int
  /// Places of the groups that came last, each where its hash puts it: rows of one day meet the same groups.
  private let recent: UnsafeMutablePointer<UInt64>
  private static let recentCount = 4096
  private var sums: UnsafeMutablePointer<Sums>
  private var others: UnsafeMutablePointer<OtherSums>
  private var capacity = 1024
  private var otherCapacity = 64
  private var otherCount = 0
  private(set) var count = 0

  init() {
    placeCount = 2048
    places = .allocate(capacity: placeCount)
    places.initialize(repeating: .max, count: placeCount)
    recent = .allocate(capacity: Self.recentCount)
    recent.initialize(repeating: .max, count: Self.recentCount)
    sums = Self.allocated(capacity)
    others = .allocate(capacity: otherCapacity)
  }

  deinit {
    places.deallocate()
    recent.deallocate()
    sums.deallocate()
    others.deallocate()
  }

  func key(_ group: Int) -> Key { sums[group].key }
  func sums(_ group: Int) -> Sums { sums[group] }
  func others(_ group: Int) -> OtherSums? { sums[group].others < 0 ? nil : others[Int(sums[group].others)] }

  @inline(__always)
  private static func hash(_ key: Key) -> UInt64 {
    let product = (key.place ^ (key.form &* 0x9E37_79B9_7F4A_7C15)) &* 0xA076_1D64_78BD_642F
    return product ^ (product &>> 32)
  }

  private static let numberMask: UInt64 = 0xFF_FFFF

  /// The group of a key, made where there is none; nil when there are too many.
  @inline(__always)
  mutating func group(_ key: Key) -> Int? {
    let hash = Self.hash(key)
    let place = recent + (Int(truncatingIfNeeded: hash) & (Self.recentCount &- 1))
    if let group = group(of: place.pointee, key, hash) { return group }
    guard let (group, entry) = find(key, hash) else { return nil }
    place.pointee = entry
    return group
  }

  /// The group of an entry, if it is the key's.
  @inline(__always)
  private func group(of entry: UInt64, _ key: Key, _ hash: UInt64) -> Int? {
    guard entry != .max, (entry ^ hash) & ~Self.numberMask == 0 else { return nil }
    let group = Int(truncatingIfNeeded: entry & Self.numberMask)
    let known = sums + group
    return known.pointee.key.place == key.place && known.pointee.key.form == key.form ? group : nil
  }

  @inline(never)
  private mutating func find(_ key: Key, _ hash: UInt64) -> (group: Int, entry: UInt64)? {
    let mask = placeCount &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = places[place]
      if entry == .max {
        guard let group = add(key, hash, at: place) else { return nil }
        return (group, (hash & ~Self.numberMask) | UInt64(group))
      }
      if let group = group(of: entry, key, hash) { return (group, entry) }
      place = (place &+ 1) & mask
    }
  }

  private mutating func add(_ key: Key, _ hash: UInt64, at place: Int) -> Int? {
    guard count < Self.most else { return nil }
    if count == capacity {
      sums = Self.grown(sums, count, to: capacity * 2)
      capacity *= 2
    }
    let group = count
    count += 1
    places[place] = (hash & ~Self.numberMask) | UInt64(group)
    (sums + group).initialize(to: Sums(key: key))
    if count * 2 > placeCount { growPlaces() }
    return group
  }

  private mutating func growPlaces() {
    placeCount *= 2
    places.deallocate()
    places = .allocate(capacity: placeCount)
    places.initialize(repeating: .max, count: placeCount)
    let mask = placeCount - 1
    for group in 0..<count {
      let hash = Self.hash(sums[group].key)
      var place = Int(truncatingIfNeeded: hash) & mask
      while places[place] != .max { place = (place + 1) & mask }
      places[place] = (hash & ~Self.numberMask) | UInt64(group)
    }
  }

  private static func grown<Value>(
    _ old: UnsafeMutablePointer<Value>, _ count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<Value> {
    let new: UnsafeMutablePointer<Value> = allocated(capacity)
    new.moveInitialize(from: old, count: count)
    old.deallocate()
    return new
  }

  /// Memory that begins where a line of a processor's cache does.
  private static func allocated<Value>(_ capacity: Int) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer.allocate(byteCount: capacity * MemoryLayout<Value>.stride, alignment: 64)
      .bindMemory(to: Value.self, capacity: capacity)
  }

  // MARK: Adding

  /// Adds a row, or takes it out again.
  @inline(__always)
  mutating func add(_ row: borrowing ScannedRow, to group: Int, times sign: Int64) {
    let sum = sums + group
    var overflow = false
    @inline(__always) func add(_ value: inout Int64, _ count: Int64) {
      let (total, isOver) = value.addingReportingOverflow(count &* sign)
      value = total
      overflow = overflow || isOver
    }
    sum.pointee.rows &+= sign
    add(&sum.pointee.input, row[.input])
    add(&sum.pointee.output, row[.output])
    add(&sum.pointee.cacheRead, row[.cacheRead])
    add(&sum.pointee.reasoning, row[.reasoning])
    if row.present & Self.otherFields != 0 { addOthers(row, to: group, times: sign) }
    if overflow { sum.pointee.isTooLarge = true }
  }

  private static let otherFields: UInt32 =
    RowField.charged.bit | RowField.cacheWrite.bit | RowField.cacheWriteHour.bit | RowField.inputAudio.bit
    | RowField.outputAudio.bit | RowField.webSearches.bit | RowField.requests.bit

  @inline(never)
  private mutating func addOthers(_ row: borrowing ScannedRow, to group: Int, times sign: Int64) {
    let requests = row.has(.requests) ? row[.requests] : 1
    var own = OtherSums()
    own.cacheWrite = row[.cacheWrite]
    own.cacheWriteHour = row[.cacheWriteHour]
    own.inputAudio = row[.inputAudio]
    own.outputAudio = row[.outputAudio]
    own.webSearches = row[.webSearches]
    own.moreRequests = requests - 1
    if row.has(.charged) { own.charged = row.charged }
    add(own, to: group, times: sign)
  }

  private mutating func add(_ more: OtherSums, to group: Int, times sign: Int64) {
    if sums[group].others < 0 {
      if otherCount == otherCapacity {
        others = Self.grown(others, otherCount, to: otherCapacity * 2)
        otherCapacity *= 2
      }
      (others + otherCount).initialize(to: OtherSums())
      sums[group].others = Int32(otherCount)
      otherCount += 1
    }
    let sum = others + Int(sums[group].others)
    var overflow = false
    @inline(__always) func add(_ value: inout Int64, _ count: Int64) {
      let (total, isOver) = value.addingReportingOverflow(count &* sign)
      value = total
      overflow = overflow || isOver
    }
    sum.pointee.charged &+= more.charged &* Int128(sign)
    add(&sum.pointee.cacheWrite, more.cacheWrite)
    add(&sum.pointee.cacheWriteHour, more.cacheWriteHour)
    add(&sum.pointee.inputAudio, more.inputAudio)
    add(&sum.pointee.outputAudio, more.outputAudio)
    add(&sum.pointee.webSearches, more.webSearches)
    add(&sum.pointee.moreRequests, more.moreRequests)
    if overflow { sums[group].isTooLarge = true }
  }

  /// Adds what another table has summed for a group.
  mutating func add(_ more: Sums, _ moreOthers: OtherSums?, to group: Int) {
    let sum = sums + group
    var overflow = false
    func add(_ value: inout Int64, _ count: Int64) {
      let (total, isOver) = value.addingReportingOverflow(count)
      value = total
      overflow = overflow || isOver
    }
    add(&sum.pointee.rows, more.rows)
    add(&sum.pointee.input, more.input)
    add(&sum.pointee.output, more.output)
    add(&sum.pointee.cacheRead, more.cacheRead)
    add(&sum.pointee.reasoning, more.reasoning)
    if overflow || more.isTooLarge { sum.pointee.isTooLarge = true }
    if let moreOthers { self.add(moreOthers, to: group, times: 1) }
  }
}
