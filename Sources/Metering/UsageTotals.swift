import Facts
import Pricing

/// Sums of rows by day, model, provider, key or label.
public struct UsageTotals: Sendable {
  /// What rows are grouped by.
  public enum Dimension: Hashable, Sendable {
    /// In UTC.
    case day
    /// In the log's words, as all that follow.
    case model
    case provider
    case key
    case tag(String)

    /// Reads `day`, `model`, `provider`, `key` or `tag:NAME`; nil for other words.
    public init?(parsing text: String) {
      switch text {
      case "day": self = .day
      case "model": self = .model
      case "provider": self = .provider
      case "key": self = .key
      case _ where text.hasPrefix("tag:") && text.utf8.count > 4: self = .tag(String(text.dropFirst(4)))
      default: return nil
      }
    }

    public var text: String {
      switch self {
      case .day: "day"
      case .model: "model"
      case .provider: "provider"
      case .key: "key"
      case .tag(let name): "tag:" + name
      }
    }

    /// nil where the row does not say.
    public func value(of row: UsageRow) -> String? {
      switch self {
      case .day: row.time.flatMap { try? $0.day().text }
      case .model: row.model
      case .provider: row.provider
      case .key: row.key
      case .tag(let name): row.tags[name]
      }
    }
  }

  /// The rows that share their values.
  public struct Group: Sendable {
    /// One a dimension; nil where rows do not say.
    public let values: [String?]
    public private(set) var rows = 0
    public private(set) var requests: Int64 = 0
    /// Rows whose log says what was charged, and the sum of that.
    public private(set) var chargedRows = 0
    public private(set) var charged = Money.zero
    private var counts = [Int64](repeating: 0, count: BillableUnit.allCases.count)
    /// Whether a sum left what can be held; then it is no longer true.
    public private(set) var isTooLarge = false

    init(values: [String?]) { self.values = values }

    /// Pieces of the unit, its parts included.
    public subscript(unit: BillableUnit) -> Int64 { Self.place[unit].map { counts[$0] } ?? 0 }

    /// The units used, in the order of `BillableUnit`.
    public var units: [BillableUnit] { BillableUnit.allCases.filter { self[$0] > 0 } }

    private static let place = Dictionary(
      uniqueKeysWithValues: BillableUnit.allCases.enumerated().map { ($0.element, $0.offset) })

    mutating func add(_ row: UsageRow) {
      rows += 1
      requests = sum(requests, row.requests)
      for unit in row.usage.units {
        if let place = Self.place[unit] { counts[place] = sum(counts[place], row.usage[unit]) }
      }
      if let amount = row.charged {
        chargedRows += 1
        charged = charged + amount
      }
    }

    private mutating func sum(_ total: Int64, _ part: Int64) -> Int64 {
      let (result, overflow) = total.addingReportingOverflow(part)
      if overflow { isTooLarge = true }
      return overflow ? total : result
    }
  }

  public let dimensions: [Dimension]
  public private(set) var total = Group(values: [])
  private var groupsByValue: [[String?]: Group] = [:]

  public init(by dimensions: [Dimension]) { self.dimensions = dimensions }

  public mutating func add(_ row: UsageRow) {
    total.add(row)
    guard !dimensions.isEmpty else { return }
    let values = dimensions.map { $0.value(of: row) }
    groupsByValue[values, default: Group(values: values)].add(row)
  }

  /// By their values, those that rows do not say last.
  public var groups: [Group] {
    groupsByValue.values.sorted { left, right in
      for (own, other) in zip(left.values, right.values) where own != other {
        guard let own else { return false }
        guard let other else { return true }
        return own < other
      }
      return false
    }
  }
}
