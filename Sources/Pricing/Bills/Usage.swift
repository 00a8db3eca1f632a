import Facts

/// What a request, or a sum of requests of one kind, used.
///
/// Counts are nested as ``BillableUnit/wider`` says: `input` is the whole prompt with what a cache read, wrote or held;
/// `cacheWrite` holds the writes for an hour; `output` holds reasoning. What is absent was not used.
public struct Usage: Hashable, Sendable {
  private let byUnit: [BillableUnit: Int64]

  /// The most pieces of a unit that are believed: 10¹⁵.
  public static let most: Int64 = 1_000_000_000_000_000

  /// - Throws: `UsageError` for counts below zero or above ``most``, and for parts that exceed their whole.
  public init(_ counts: [BillableUnit: Int64]) throws(UsageError) {
    var counts = counts.filter { $0.value != 0 }
    for (unit, count) in counts where count < 0 || count > Self.most { throw .notACount(unit, count) }
    // Whoever counts writes for an hour alone has counted all writes; so with sound heard, and with annotated pages.
    for (part, whole) in [
      (BillableUnit.cacheWriteHour, BillableUnit.cacheWrite), (.audioInputSecond, .audioSecond),
      (.annotatedPage, .documentPage),
    ] where counts[whole] == nil {
      if let count = counts[part] { counts[whole] = count }
    }
    byUnit = counts
    try check([.cacheRead, .cacheWrite, .audioInput, .imageInput, .videoInput], of: .input)
    try check([.cacheWriteHour], of: .cacheWrite)
    try check([.reasoning], of: .output)
    try check([.audioOutput, .imageOutput, .videoOutput], of: .output)
  }

  init(unchecked counts: [BillableUnit: Int64]) { byUnit = counts.filter { $0.value != 0 } }

  public static let none = Usage(unchecked: [:])

  /// Pieces of the unit, its parts included.
  public subscript(unit: BillableUnit) -> Int64 { byUnit[unit, default: 0] }

  /// The units used, in the order of `BillableUnit`.
  public var units: [BillableUnit] { BillableUnit.allCases.filter { byUnit[$0] != nil } }

  /// Pieces by the place of their unit in `BillableUnit.allCases`.
  var counts: [Int64] {
    var counts = [Int64](repeating: 0, count: UnitTree.count)
    for (unit, count) in byUnit { counts[unit.place] = count }
    return counts
  }

  /// The same usage from a source whose `input` leaves out what a cache read or wrote.
  ///
  /// - Throws: `UsageError` as the initialiser.
  public static func cacheExcluded(_ counts: [BillableUnit: Int64]) throws(UsageError) -> Usage {
    var counts = counts
    let written = counts[.cacheWrite] ?? counts[.cacheWriteHour]
    let (read, first) = (counts[.input] ?? 0).addingReportingOverflow(counts[.cacheRead] ?? 0)
    let (whole, second) = read.addingReportingOverflow(written ?? 0)
    guard !first, !second else { throw .notACount(.input, .max) }
    counts[.input] = whole
    return try Usage(counts)
  }

  /// Both together; nil when a count leaves what is believed.
  public func adding(_ other: Usage) -> Usage? {
    var sum = byUnit
    for (unit, count) in other.byUnit {
      let (total, overflow) = sum[unit, default: 0].addingReportingOverflow(count)
      guard !overflow, total <= Self.most else { return nil }
      sum[unit] = total
    }
    return Usage(unchecked: sum)
  }

  /// Parts that stand side by side, less what two of them share.
  private func check(_ parts: [BillableUnit], of whole: BillableUnit) throws(UsageError) {
    var sum = Int128(0)
    for part in parts { sum += Int128(self[part]) }
    if whole == .input { sum -= Int128(self[.cacheReadAudio]) + Int128(self[.cacheReadImage]) }
    guard sum <= Int128(self[whole]) else {
      throw .partsExceedWhole(parts.filter { self[$0] > 0 }, sum: "\(sum)", whole, self[whole])
    }
  }
}

/// Usage that contradicts itself.
public enum UsageError: Error, Hashable, Sendable, CustomStringConvertible {
  case notACount(BillableUnit, Int64)
  case partsExceedWhole([BillableUnit], sum: String, BillableUnit, Int64)

  public var description: String {
    switch self {
    case .notACount(let unit, let count):
      "\(unit.rawValue) \(count) is no count. hint: counts are whole numbers from 0 to \(Usage.most)"
    case .partsExceedWhole(let parts, let sum, let whole, let count):
      "\(parts.map(\.rawValue).joined(separator: " and ")) \(parts.count == 1 ? "counts" : "count") \(sum), more than the \(count) of \(whole.rawValue) that \(parts.count == 1 ? "it is" : "they are") part of. hint: \(whole.rawValue) counts everything, cached tokens included; a log whose input leaves them out is read with --cache-excluded"
    }
  }
}
