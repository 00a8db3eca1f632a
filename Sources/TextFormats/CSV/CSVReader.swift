/// Reads comma-separated values as RFC 4180 describes them, from bytes that come in pieces: one record after another, each as long
/// as is allowed, whatever stands before it. https://www.rfc-editor.org/rfc/rfc4180
///
/// A quote that never closes does not swallow the lines behind it: where a record is broken, its first line is, and the others are
/// read again.
public struct CSVReader: Sendable {
  /// What writers do otherwise than the standard.
  public struct Dialect: Sendable {
    public var separator = UInt8(ascii: ",")
    /// How many fields a record has; one with others is broken. nil for any number.
    public var columns: Int?
    /// Bytes of a line, and of a record.
    public var longest = Int.max
    /// Whether the first line that is not blank is left out.
    public var skipsHeader = false
    /// Whether a line with nothing but spaces and tabs is a record too.
    public var keepsBlankLines = false
    /// Whether a carriage return alone ends a record, as in files of old Macintoshes.
    public var endsAtCarriageReturn = false
    /// Whether a record ends only where an even number of quotes stands before, stray ones inside a plain field among them, so that
    /// a reader that comes from behind finds the same end. Else a stray quote is a character like any other.
    public var countsStrayQuotes = false

    public init() {}
  }

  public struct Field: Hashable, Sendable {
    /// Without quotes around it; doubled ones inside are single.
    public var bytes: [UInt8]
    /// Whether it stood in quotes, so that an empty one is a text and not nothing.
    public var isQuoted: Bool

    public var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  public enum Fault: Error, Hashable, Sendable {
    /// A field in quotes has no end; the line on which it opens.
    case openQuote(line: Int)
    /// The record ends inside a quoted field, or has so many fields.
    case fieldCount(Int?)
    case lineTooLong
  }

  public enum Record: Hashable, Sendable {
    /// - Parameter line: on which the record begins, from 1.
    case fields([Field], line: Int)
    case broken(Fault, line: Int)
  }

  private let dialect: Dialect
  private var lines: LineSplitter
  private var isHeaderTaken: Bool

  /// Lines of the record that is being read, with their numbers, and their bytes in all.
  private var open: [(bytes: ArraySlice<UInt8>, number: Int)] = []
  private var openSize = 0
  private var record = CSVRecordState()

  public init(_ dialect: Dialect = Dialect()) {
    self.dialect = dialect
    lines = LineSplitter(longest: dialect.longest)
    isHeaderTaken = !dialect.skipsHeader
  }

  /// - Parameter take: called with each record that ends in these bytes.
  public mutating func feed(_ bytes: some Collection<UInt8>, take: (Record) -> Void) {
    lines.append(bytes)
    drain(take)
  }

  /// Nothing follows.
  public mutating func finish(take: (Record) -> Void) {
    lines.end()
    drain(take)
    while !open.isEmpty { giveUp(.openQuote(line: record.quoteLine), take) }
  }

  private mutating func drain(_ take: (Record) -> Void) {
    while let line = lines.nextWithReturn() {
      switch line {
      case .bytes(let bytes): add(bytes, lines.number, take)
      case .tooLong:
        if !open.isEmpty { giveUp(.openQuote(line: record.quoteLine), take) }
        take(.broken(.lineTooLong, line: lines.number))
      }
    }
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>, _ number: Int, _ take: (Record) -> Void) {
    var line = bytes
    if open.isEmpty {
      line = line.withoutByteOrderMark
      if isBlank(line), !dialect.keepsBlankLines { return }
      guard isHeaderTaken else {
        isHeaderTaken = true
        return
      }
      record = CSVRecordState(line: number, quoteLine: number)
    }
    open.append((line, number))
    openSize += line.count + 1
    let rows = record.take(line, on: number, dialect)
    for row in rows { end(row.fields, row.line, take) }
    if openSize > dialect.longest { return giveUp(.openQuote(line: record.quoteLine), take) }
    guard !record.isOpen(dialect) else { return record.add(lineEndOf: line) }
    guard !record.isQuoted else { return giveUp(.fieldCount(nil), take) }
    let (fields, first) = (record.finish(), record.line)
    if let columns = dialect.columns, fields.count != columns {
      return giveUp(.fieldCount(fields.count), take)
    }
    (open, openSize) = ([], 0)
    end(fields, first, take)
  }

  /// The end of a row of any number of fields; the last line of a file of old Macintoshes may have none.
  private func end(_ fields: [Field], _ line: Int, _ take: (Record) -> Void) {
    if let columns = dialect.columns, fields.count != columns {
      take(.broken(.fieldCount(fields.count), line: line))
    } else if dialect.keepsBlankLines || fields != [Field(bytes: [], isQuoted: false)] {
      take(.fields(fields, line: line))
    }
  }

  private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    (line.last == 0x0D ? line.dropLast() : line).isBlank
  }

  /// The first open line is broken; the others are read again.
  private mutating func giveUp(_ fault: Fault, _ take: (Record) -> Void) {
    let broken = open
    (open, openSize) = ([], 0)
    if let first = broken.first { take(.broken(fault, line: first.number)) }
    for line in broken.dropFirst() { add(line.bytes, line.number, take) }
  }
}

/// The fields of the record that is being read.
struct CSVRecordState: Sendable {
  /// Where the record begins.
  var line = 1
  /// Where the last quote that opened a field stands.
  var quoteLine = 1

  init() {}

  init(line: Int, quoteLine: Int) { (self.line, self.quoteLine) = (line, quoteLine) }

  /// Whether the field that is being read has an open quote.
  private(set) var isQuoted = false
  private var fields: [CSVReader.Field] = []
  private var field = CSVReader.Field(bytes: [], isQuoted: false)
  /// Whether the byte before closed the field: another quote opens it again, since the two stand for one.
  private var isJustClosed = false
  private var hasOddQuotes = false
  /// Rows that a carriage return has ended since the record's line began.
  private var rowsOnLine = 0

  func isOpen(_ dialect: CSVReader.Dialect) -> Bool { dialect.countsStrayQuotes ? hasOddQuotes : isQuoted }

  /// Reads a line up to its line feed; gives the rows that carriage returns ended before.
  mutating func take(
    _ bytes: ArraySlice<UInt8>, on number: Int, _ dialect: CSVReader.Dialect
  ) -> [(fields: [CSVReader.Field], line: Int)] {
    var rows: [(fields: [CSVReader.Field], line: Int)] = []
    let last = bytes.endIndex - 1
    for (index, byte) in zip(bytes.indices, bytes) {
      if byte == UInt8(ascii: "\"") { hasOddQuotes.toggle() }
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          (isQuoted, isJustClosed) = (false, true)
        } else {
          field.bytes.append(byte)
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where isJustClosed:
        field.bytes.append(byte)
        (isQuoted, isJustClosed) = (true, false)
      case UInt8(ascii: "\"") where field.bytes.isEmpty && !field.isQuoted:
        (isQuoted, field.isQuoted, quoteLine) = (true, true, number)
      case dialect.separator: endField()
      case 0x0D where index == last: break
      case 0x0D where dialect.endsAtCarriageReturn:
        rows.append((finish(), line))
        rowsOnLine += 1
        line = number + rowsOnLine
      default:
        field.bytes.append(byte)
        isJustClosed = false
      }
    }
    return rows
  }

  /// The end of a line that stands inside a field, as it was written.
  mutating func add(lineEndOf bytes: ArraySlice<UInt8>) {
    if !isQuoted, bytes.last == 0x0D { field.bytes.append(0x0D) }
    field.bytes.append(0x0A)
    isJustClosed = false
  }

  mutating func finish() -> [CSVReader.Field] {
    endField()
    defer { fields = [] }
    return fields
  }

  private mutating func endField() {
    fields.append(field)
    field = CSVReader.Field(bytes: [], isQuoted: false)
    isJustClosed = false
  }
}
