import Facts

/// How the values of one kind that two snapshots share have moved, as a whole: a file in another unit, or with its prices gone, shows
/// in no single value and in all of them together.
public struct ValueShift: Hashable, Sendable {
  /// What the values are, in the plural: `prices`.
  public let noun: String
  /// Values of the older snapshot, in records that both have.
  public private(set) var compared = 0
  public private(set) var moved = 0
  /// Of those that moved: at least three times as much, at most a third, and zero where there was more.
  public private(set) var risen = 0
  public private(set) var fallen = 0
  public private(set) var zeroed = 0
  /// Values that the newer snapshot no longer states of its record.
  public private(set) var gone = 0

  /// So few values say nothing of the whole.
  static let fewest = 10

  public init(_ noun: String) { self.noun = noun }

  /// - Parameter after: nil where the newer snapshot states none.
  public mutating func add(from before: Money, to after: Money?) {
    guard !before.isZero else { return }
    compared += 1
    guard let after else {
      gone += 1
      return
    }
    guard before != after else { return }
    moved += 1
    if after.isZero {
      zeroed += 1
    } else if let triple = before.times(3, per: 1), after >= triple {
      risen += 1
    } else if let triple = after.times(3, per: 1), triple <= before {
      fallen += 1
    }
  }

  /// The same of counts, which are above zero.
  public mutating func add(from before: Int64, to after: Int64?) {
    compared += 1
    guard let after else {
      gone += 1
      return
    }
    guard before != after else { return }
    moved += 1
    if after / 3 >= before {
      risen += 1
    } else if before / 3 >= after {
      fallen += 1
    }
  }

  /// The same of values that only differ or not.
  public mutating func add(isSame: Bool?) {
    compared += 1
    guard let isSame else {
      gone += 1
      return
    }
    if !isSame { moved += 1 }
  }

  /// Counts values that both have and that are the same.
  public mutating func add(unmoved count: Int) { compared += count }

  mutating func add(_ other: ValueShift) {
    compared += other.compared
    moved += other.moved
    risen += other.risen
    fallen += other.fallen
    zeroed += other.zeroed
    gone += other.gone
  }

  private func isMany(_ count: Int, over share: Int) -> Bool {
    count >= Self.fewest && count * share > compared
  }

  /// Why no source moves so as a whole; nil for what may be.
  public var refusal: String? {
    if isMany(gone, over: 10) {
      return "\(gone) of \(compared) \(noun) would be gone, more than a tenth"
    }
    if isMany(zeroed, over: 50) { return "\(zeroed) of \(compared) \(noun) would fall to zero" }
    if isMany(moved, over: 50) {
      let words = "\(moved) of \(compared) \(noun) would change, most of them to "
      if risen * 2 > moved { return words + "three times as much or more" }
      if (fallen + zeroed) * 2 > moved { return words + "a third or less" }
    }
    if isMany(moved, over: 4) {
      return "\(moved) of \(compared) \(noun) would change, more than a quarter"
    }
    return nil
  }

  /// The same of the values at one provider, which may well change most of them, but not so.
  func refusal(at provider: ProviderID) -> String? {
    let words: String
    switch true {
    case isMany(gone, over: 2): words = "\(gone) of \(compared) \(noun) would be gone"
    case isMany(zeroed, over: 2): words = "\(zeroed) of \(compared) \(noun) would fall to zero"
    case isMany(risen, over: 2):
      words = "\(risen) of \(compared) \(noun) would rise to three times as much or more"
    case isMany(fallen, over: 2): words = "\(fallen) of \(compared) \(noun) would fall to a third or less"
    default: return nil
    }
    return "at \(provider) \(words)"
  }
}
