/// What besides route and day decides the price of a row, and how its cost is compared: packed into 32 bits.
struct RowVariant: Hashable {
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// - Parameters:
  ///   - promptTier: how many limits of prompts the average request passes, 0 to ``mostTiers``.
  ///   - totalTier: how many limits of prompt and answer together.
  ///   - mode: its place in `PriceMode.allCases`.
  ///   - isCharged: whether the log says what was charged.
  ///   - hours: a bit for each of the price's hours that the time falls in, up to ``mostHours``.
  ///   - unpriced: a bit for each unit that the row uses and that some price in question lacks, by `RowField`.
  @inline(__always)
  init(
    promptTier: UInt32, totalTier: UInt32, mode: UInt32, isCharged: Bool, hours: UInt32, unpriced: UInt32
  ) {
    bits =
      promptTier | totalTier &<< 4 | mode &<< 8 | (isCharged ? 1 &<< 11 : 0) | hours &<< 12 | unpriced &<< 20
  }

  static let mostTiers = 15
  static let mostHours = 8

  var promptTier: Int { Int(bits & 15) }
  var totalTier: Int { Int((bits >> 4) & 15) }
  var mode: Int { Int((bits >> 8) & 7) }
  var isCharged: Bool { (bits >> 11) & 1 == 1 }
  var hours: UInt32 { (bits >> 12) & 0xFF }
}
