/// The problems of a run, by reason and words, each with its first places; bounded, whatever the logs hold.
public struct ProblemBook: Sendable {
  public struct Entry: Sendable {
    public let reason: RowProblem.Reason
    public let message: String
    public fileprivate(set) var rows: Int
    /// The first ones in reading order.
    public fileprivate(set) var places: [RowPlace]
  }

  private struct Key: Hashable {
    let reason: RowProblem.Reason
    let message: String
  }

  /// Rows of each reason.
  public private(set) var rows: [RowProblem.Reason: Int] = [:]
  /// In reading order of their first rows.
  public private(set) var entries: [Entry] = []
  private var known: [Key: Int] = [:]
  private let placesKept: Int
  /// More different messages than this are counted by their reason alone.
  public static let mostMessages = 1000

  init(placesKept: Int) { self.placesKept = placesKept }

  public var total: Int { rows.values.reduce(0, +) }

  /// Rows that are counted by their reason alone, because too many messages came before theirs.
  public var unlisted: Int { total - entries.map(\.rows).reduce(0, +) }

  mutating func add(_ problems: ChunkProblems, file: String, after line: Int) {
    for entry in problems.entries {
      rows[entry.kind.reason, default: 0] += entry.count
      let key = Key(reason: entry.kind.reason, message: entry.kind.message)
      let places = entry.lines.prefix(placesKept).map { RowPlace(file: file, line: line + $0) }
      if let place = known[key] {
        entries[place].rows += entry.count
        let free = placesKept - entries[place].places.count
        if free > 0 { entries[place].places += places.prefix(free) }
      } else if entries.count < Self.mostMessages {
        known[key] = entries.count
        entries.append(
          Entry(reason: key.reason, message: key.message, rows: entry.count, places: Array(places)))
      }
    }
  }
}
