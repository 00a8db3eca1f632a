import Facts
import Pricing

/// Pieces of every unit that rows used, nested as `Usage` counts them. Sums of many groups, so they are wide.
public struct UnitSums: Hashable, Sendable {
  private var input: Int128 = 0
  private var output: Int128 = 0
  private var cacheRead: Int128 = 0
  private var cacheWrite: Int128 = 0
  private var reasoning: Int128 = 0
  private var requests: Int128 = 0
  /// Units that few logs have.
  private var others: [BillableUnit: Int128] = [:]

  public init() {}

  public subscript(unit: BillableUnit) -> Int128 {
    switch unit {
    case .input: input
    case .output: output
    case .cacheRead: cacheRead
    case .cacheWrite: cacheWrite
    case .reasoning: reasoning
    case .request: requests
    default: others[unit, default: 0]
    }
  }

  /// The units that were used, in the order of `BillableUnit`.
  public var units: [BillableUnit] { BillableUnit.allCases.filter { self[$0] != 0 } }

  mutating func add(_ count: Int128, of unit: BillableUnit) {
    guard count != 0 else { return }
    switch unit {
    case .input: input += count
    case .output: output += count
    case .cacheRead: cacheRead += count
    case .cacheWrite: cacheWrite += count
    case .reasoning: reasoning += count
    case .request: requests += count
    default: others[unit, default: 0] += count
    }
  }

  mutating func add(_ other: UnitSums) {
    input += other.input
    output += other.output
    cacheRead += other.cacheRead
    cacheWrite += other.cacheWrite
    reasoning += other.reasoning
    requests += other.requests
    guard !other.others.isEmpty else { return }
    for (unit, count) in other.others { others[unit, default: 0] += count }
  }

  /// - Parameter counts: by the place of their unit in `BillableUnit.allCases`.
  init(_ counts: UnsafeBufferPointer<Int64>, times: Int64 = 1) {
    for place in counts.indices where counts[place] != 0 {
      add(Int128(counts[place]) &* Int128(times), of: Self.places[place])
    }
  }

  private static let places = BillableUnit.allCases
}
