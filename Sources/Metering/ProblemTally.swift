/// Problems of one or more logs: every one counted, the first ones kept to be listed.
public struct ProblemTally: Sendable {
  /// How many are kept.
  public static let most = 1000

  public private(set) var counts: [RowProblem.Reason: Int] = [:]
  /// The first ones, in reading order.
  public private(set) var listed: [RowProblem] = []

  public init() {}

  public var count: Int { counts.values.reduce(0, +) }
  public var isEmpty: Bool { counts.isEmpty }

  /// Reasons with their counts, in the order of `RowProblem.Reason`.
  public var byReason: [(reason: RowProblem.Reason, count: Int)] {
    RowProblem.Reason.allCases.compactMap { reason in counts[reason].map { (reason, $0) } }
  }

  public mutating func add(_ problem: RowProblem) {
    counts[problem.reason, default: 0] += 1
    if listed.count < Self.most { listed.append(problem) }
  }

  public mutating func add(_ problems: some Sequence<RowProblem>) { for problem in problems { add(problem) } }

  /// Counts problems that were listed elsewhere.
  public mutating func add(_ reason: RowProblem.Reason, unlisted count: Int) {
    if count > 0 { counts[reason, default: 0] += count }
  }
}
