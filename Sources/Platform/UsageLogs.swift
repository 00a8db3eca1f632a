import Metering

/// Reads usage logs from files.
public enum UsageLogs {
  /// What is known of a log once it is read.
  public struct Summary: Sendable {
    /// nil for an empty file.
    public let format: String?
    public let notes: LogNotes
  }

  /// Gives the rows and problems of a log in batches; a file that is cut off inside its compression is a problem behind its last
  /// row.
  /// - Parameter name: of the file in problems.
  /// - Throws: `FileProblem` and `UsageLogError` when the file cannot be read as a log, and what `take` throws.
  public static func read(
    _ file: LogFile, name: String, _ options: UsageLogReader.Options, seen: DuplicateFilter,
    take: (RowBatch) throws -> Void
  ) throws -> Summary {
    var reader = UsageLogReader(file: name, options: options, seen: seen)
    var last = 0
    func give(_ batch: RowBatch) throws {
      last = max(last, batch.rows.last?.place.line ?? 0, batch.problems.last?.place.line ?? 0)
      try take(batch)
    }
    let ending = try file.read { try give(reader.feed($0)) }
    try give(try reader.finish())
    if case .cut(let what) = ending {
      var batch = RowBatch()
      batch.problems.append(
        RowProblem(place: RowPlace(file: name, line: last + 1), reason: .malformed, message: what))
      try take(batch)
    }
    return Summary(format: reader.formatName, notes: reader.notes)
  }
}
