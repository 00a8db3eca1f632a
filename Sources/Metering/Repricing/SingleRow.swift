import Facts
import Pricing

/// Rows of the same usage in the same minute, whose sum cannot be priced as one: a price is marginal, or they used units that
/// few rows use.
struct SingleRow {
  struct Key: Hashable {
    let group: GroupTable.Key
    /// The place of the table among the tally's.
    let table: Int
    /// Minutes from 1970-01-01 in UTC.
    let minute: Int64
    /// By `RowField`.
    let counts: [Int64]
    /// All that a row used, where it used more than the counts.
    let usage: Usage?
    let requests: Int64

    func moved(to group: GroupTable.Key) -> Key {
      Key(group: group, table: table, minute: minute, counts: counts, usage: usage, requests: requests)
    }

    /// Pieces of a unit that one row used.
    func count(_ unit: BillableUnit) -> Int64 {
      if unit == .request { return requests }
      if let usage { return usage[unit] }
      return RowField.units.first { $0.unit == unit }.map { counts[Int($0.field.rawValue)] } ?? 0
    }

    /// What one row used, if another model counted its text; nil for counts that contradict each other.
    ///
    /// Wholes are rounded up and parts down, so that parts never exceed their whole.
    func scaled(_ scale: SettledPrices.Scale) -> Usage? {
      var scaled: [BillableUnit: Int64] = [:]
      for unit in BillableUnit.allCases {
        let count = Int128(self.count(unit))
        let product: Int128
        switch unit {
        case .input: product = (count * Int128(scale.prompt) + 999_999) / 1_000_000
        case .output: product = (count * Int128(scale.answer) + 999_999) / 1_000_000
        case .cacheRead, .cacheWrite, .cacheWriteHour: product = count * Int128(scale.prompt) / 1_000_000
        case .reasoning: product = count * Int128(scale.answer) / 1_000_000
        default: product = count
        }
        scaled[unit] = Int64(clamping: product)
      }
      return try? Usage(scaled)
    }
  }

  /// More kinds of rows are refused.
  static let most = 200_000

  private(set) var rows: Int64 = 0
  /// 10⁻¹⁸ US dollars, of all rows.
  private(set) var charged: Int128 = 0

  mutating func add(rows: Int64, charged: Int128) {
    self.rows += rows
    self.charged += charged
  }
}
