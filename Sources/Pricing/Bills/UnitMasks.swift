import Facts

/// A set of billable units: a bit for each, by its place in `BillableUnit.allCases`.
struct UnitMask: Hashable, Sendable {
  var bits: UInt64

  init(bits: UInt64 = 0) { self.bits = bits }

  init(_ units: some Sequence<BillableUnit>) {
    bits = 0
    for unit in units { insert(unit.place) }
  }

  mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }
  func contains(_ place: Int) -> Bool { bits & (1 << UInt64(place)) != 0 }
  var isEmpty: Bool { bits == 0 }

  static func | (left: UnitMask, right: UnitMask) -> UnitMask { UnitMask(bits: left.bits | right.bits) }
  static func & (left: UnitMask, right: UnitMask) -> UnitMask { UnitMask(bits: left.bits & right.bits) }
  func subtracting(_ other: UnitMask) -> UnitMask { UnitMask(bits: bits & ~other.bits) }

  /// Places from the lowest.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    var rest = bits
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }

  /// In the order of `BillableUnit.allCases`.
  var units: [BillableUnit] {
    var units: [BillableUnit] = []
    forEach { units.append(BillableUnit.allCases[$0]) }
    return units
  }

  static let all = UnitMask(BillableUnit.allCases)
}

/// How units lie in each other, by place; worked out once from `BillableUnit.wider`.
enum UnitTree {
  static let count = BillableUnit.allCases.count
  static let request = BillableUnit.request.place
  /// Units that hold this one, nearest first.
  static let wider: [[Int]] = BillableUnit.allCases.map { $0.wider.map(\.place) }
  static let widerMasks: [UnitMask] = BillableUnit.allCases.map { UnitMask($0.wider) }
  /// Units that are part of this one.
  static let parts: [UnitMask] = BillableUnit.allCases.map { unit in
    UnitMask(BillableUnit.allCases.filter { $0.wider.contains(unit) })
  }
  /// Units that are part of nothing.
  static let whole = UnitMask(BillableUnit.allCases.filter(\.wider.isEmpty))
  /// The narrowest first: a part's own pieces are known before those of what holds it, and a unit that is part of three others
  /// is narrower than one that is part of one.
  static let narrowFirst: [Int] = BillableUnit.allCases.sorted { $0.wider.count > $1.wider.count }.map(
    \.place)

  /// Parts of a unit that are billed with another one, which lies beside it and is nearer to them: nothing prices them apart.
  ///
  /// Sound read from a cache is both: where only cache reads and sound have prices, it is billed as read, and not again as sound.
  static func partsBilledBeside(_ place: Int, priced: UnitMask) -> UnitMask {
    var result = UnitMask()
    parts[place].forEach { part in
      guard !priced.contains(part), let home = wider[part].first(where: priced.contains) else { return }
      if home != place, !widerMasks[home].contains(place) { result.insert(part) }
    }
    return result
  }
}
