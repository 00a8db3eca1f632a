/// Sizes that scanners hold to.
enum ScanLimits {
  /// The most pieces of one unit that a row is believed to count; the limit of `Usage`.
  static let mostPieces: Int64 = 1_000_000_000_000_000
  /// Bytes of one line; the limit of `UsageLogReader`.
  static let longestLine = 16 * 1024 * 1024
  /// Readable bytes behind the last line of a chunk.
  static let padding = 64
  /// Bytes of a chunk: small enough to stay in a core's own cache between being read and being scanned.
  static let chunk = 512 * 1024
}
