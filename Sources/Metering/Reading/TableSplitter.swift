import Facts
import TextFormats

/// Reads the records of a table whose header is known, one text a column. The separator may be a comma, a semicolon or a tab.
struct TableSplitter {
  enum Record {
    /// One text a column, in the order of the header.
    case fields([String])
    /// What the record lacks, in words.
    case broken(String)
    case badEncoding
  }

  let columns: [String]
  let separator: UInt8
  private let longest: Int
  private var reader: CSVReader

  /// - Parameter header: the first line that is not blank.
  init(header: [UInt8], longest: Int) {
    var dialect = CSVReader.Dialect()
    dialect.separator = Self.separator(of: header)
    // A header with a quote that is open has no columns.
    let first = (try? CSVText.read(header, dialect))?.first
    let columns = (first?.fields ?? []).map(\.text.trimmed)
    dialect.columns = columns.count
    dialect.longest = longest
    dialect.skipsHeader = true
    // The chunks of a log are cut from behind.
    dialect.countsStrayQuotes = true
    self.columns = columns
    separator = dialect.separator
    self.longest = longest
    reader = CSVReader(dialect)
  }

  /// The one of comma, semicolon and tab that stands most often in the header.
  static func separator(of header: [UInt8]) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    return candidates.max { left, right in
      header.count { $0 == left } < header.count { $0 == right }
    } ?? UInt8(ascii: ",")
  }

  mutating func feed(_ bytes: [UInt8], take: (Record, Int) -> Void) {
    let (columns, longest) = (columns.count, longest)
    reader.feed(bytes) { Self.give($0, columns, longest, take) }
  }

  mutating func finish(take: (Record, Int) -> Void) {
    let (columns, longest) = (columns.count, longest)
    reader.finish { Self.give($0, columns, longest, take) }
  }

  private static func give(
    _ record: CSVReader.Record, _ columns: Int, _ longest: Int, _ take: (Record, Int) -> Void
  ) {
    switch record {
    case .fields(let fields, let line):
      guard fields.allSatisfy(\.bytes.isUTF8) else { return take(.badEncoding, line) }
      take(.fields(fields.map(\.text)), line)
    case .broken(.lineTooLong, let line): take(.broken("a line has at most \(longest) bytes"), line)
    case .broken(.openQuote, let line):
      take(.broken("a quoted field does not end; the line may be cut off"), line)
    case .broken(.fieldCount(let count), let line):
      let found = count.map { String($0) } ?? "broken"
      take(.broken("the record has \(found) fields where the header has \(columns)"), line)
    }
  }
}
