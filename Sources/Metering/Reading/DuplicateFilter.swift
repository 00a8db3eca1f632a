import Facts

/// Knows a row that comes again: by the request's own id, or by all that the row says where it has none.
///
/// Over several files one filter is handed on. It keeps 64 bits a row, an FNV-1a hash: of ten million rows, one pair in 370,000
/// sets of that size shares a hash by chance.
public final class DuplicateFilter {
  private var seen: Set<UInt64> = []
  /// The rows first seen since the filter was made or last asked, in order.
  private var added: [UInt64] = []
  private let keepsOrder: Bool

  /// - Parameters:
  ///   - known: keys of rows seen before.
  ///   - keepsOrder: whether `takeNew` is going to be asked.
  public init(known: some Sequence<UInt64> = [], keepsOrder: Bool = false) {
    seen = Set(known)
    self.keepsOrder = keepsOrder
  }

  /// Whether the row is the first of its kind.
  public func insert(_ row: UsageRow) -> Bool {
    let key = Self.key(of: row)
    guard seen.insert(key).inserted else { return false }
    if keepsOrder { added.append(key) }
    return true
  }

  /// The keys of rows first seen since the last call.
  public func takeNew() -> [UInt64] {
    defer { added = [] }
    return added
  }

  /// The same on every machine and in every version that writes the same canonical rows.
  public static func key(of row: UsageRow) -> UInt64 {
    var hash = FNV1a()
    if let id = row.requestID {
      hash.add("id ".utf8)
      hash.add(id.utf8)
    } else {
      hash.add(CanonicalRow.line(row))
    }
    return hash.value
  }
}
