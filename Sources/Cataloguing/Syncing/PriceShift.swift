import Facts

/// How the prices that two snapshots share have moved, as a whole: a file in another unit, or with its prices gone, shows in no single
/// price and in all of them together.
public struct PriceShift: Hashable, Sendable {
  /// Prices that both have.
  public private(set) var compared = 0
  public private(set) var moved = 0
  /// Of those that moved: at least three times as much, at most a third, and zero where there was a price.
  public private(set) var risen = 0
  public private(set) var fallen = 0
  public private(set) var zeroed = 0

  /// So few prices say nothing of the whole.
  private static let fewest = 10

  public init() {}

  public mutating func add(from before: Money, to after: Money) {
    guard !before.isZero else { return }
    compared += 1
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

  /// Counts prices that both have and that are the same.
  public mutating func add(unmoved count: Int) { compared += count }

  /// Why no price list moves so; nil for what may be.
  public var refusal: String? {
    if zeroed >= Self.fewest, zeroed * 50 > compared {
      return "\(zeroed) of \(compared) prices would fall to zero"
    }
    if moved >= Self.fewest, moved * 50 > compared {
      if risen * 2 > moved {
        return "\(moved) of \(compared) prices would change, most of them to three times as much or more"
      }
      if (fallen + zeroed) * 2 > moved {
        return "\(moved) of \(compared) prices would change, most of them to a third or less"
      }
    }
    if moved >= Self.fewest, moved * 4 > compared {
      return "\(moved) of \(compared) prices would change, more than a quarter"
    }
    return nil
  }
}

extension PriceShift {
  /// Of records by their keys, where both sides state a price once.
  init(from before: [String: [SourceRecord]], to after: [String: [SourceRecord]]) {
    self.init()
    for (key, records) in before {
      guard let newer = after[key] else { continue }
      let (old, new) = (Self.prices(records), Self.prices(newer))
      for (field, price) in old {
        guard let price, let other = new[field] ?? nil else { continue }
        add(from: price, to: other)
      }
    }
  }

  /// nil for a price of which the records state several.
  private static func prices(_ records: [SourceRecord]) -> [Field: Money?] {
    var result: [Field: Money?] = [:]
    for claim in records.flatMap(\.claims) where claim.validFrom == nil && claim.validUntil == nil {
      guard claim.field.isPrice, case .money(let money) = claim.value else { continue }
      if let known = result[claim.field], known != money {
        result[claim.field] = .some(nil)
      } else {
        result[claim.field] = money
      }
    }
    return result
  }
}
