import TextFormats

/// Reads rows from lines of comma-separated values, as `TableSplitter` does: quoted fields may hold separators, doubled quotes
/// and line ends.
///
/// A row with another number of fields than the header, or whose values are not of the plain kind, is left to the reader of
/// its format.
struct TableRowScanner: ~Copyable {
  /// The field that each column holds.
  private let columns: [RowField]
  private let separator: UInt8
  private let separators: UInt64
  private let times = TimeReader()
  /// Fields that were quoted, without their quotes.
  private let unquoted: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var used = 0

  /// - Parameter longest: bytes of the longest row that will be read.
  init(columns: [RowField], separator: UInt8, longest: Int) {
    self.columns = columns
    self.separator = separator
    separators = ByteWords.ones &* UInt64(separator)
    capacity = longest + 8 * (columns.count + 1)
    unquoted = .allocate(capacity: capacity + ScanLimits.padding)
  }

  deinit { unquoted.deallocate() }

  /// Reads the row that starts here and ends before `end`; gives the start of the next one, nil for a row that it does not
  /// take.
  mutating func scan(
    _ start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>, into row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    row.clear()
    used = 0
    var place = start
    var seen: UInt32 = 0
    let last = columns.count &- 1
    for column in 0...last {
      let field = columns[column]
      let close: UInt8 = column == last ? JSONScan.lineFeed : separator
      guard let next = value(place, field, until: close, before: end, &seen, &row) else { return nil }
      place = next + 1
    }
    row.present = seen
    return place
  }

  var columnCount: Int { columns.count }

  /// Whether the row that was read last has quoted fields, which alone may hold line feeds.
  var hasQuotes: Bool { used > 0 }

  /// How many fields stand between two places, by the rules of `TableSplitter`; 0 where a quoted field does not end.
  func fieldCount(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
    var count = 1
    var isQuoted = false
    var isAtStart = true
    for byte in UnsafeBufferPointer(start: start, count: end - start) {
      if byte == JSONScan.quote, isAtStart || isQuoted {
        isQuoted.toggle()
        // A doubled quote opens the field again.
        isAtStart = !isQuoted
      } else if byte == separator, !isQuoted {
        count += 1
        isAtStart = true
      } else {
        isAtStart = false
      }
    }
    return isQuoted ? 0 : count
  }

  /// Reads one field; gives the place of the separator or line feed behind it.
  @inline(__always)
  private mutating func value(
    _ start: UnsafePointer<UInt8>, _ field: RowField, until close: UInt8, before end: UnsafePointer<UInt8>,
    _ seen: inout UInt32, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    if start.pointee == close { return start }
    let read: UnsafePointer<UInt8>?
    switch field {
    case .other:
      var span = TextSpan(start: start, count: 0)
      return text(start, into: &span, until: close, before: end)
    case .time: read = times.text(start, until: close, into: &row) ?? otherTime(start, close, end, &row)
    case .charged: read = NumberReader.money(start, into: &row.charged)
    case .mode:
      var span = TextSpan(start: start, count: 0)
      read = text(start, into: &span, until: close, before: end)
      guard let mode = RowMode.place(span) else { return nil }
      row.mode = mode
    default:
      if field.isCount {
        read = NumberReader.count(start, into: &row.counts[Int(field.rawValue)])
      } else if let place = field.textPlace {
        read = text(start, into: &row.texts[place], until: close, before: end)
        // A quoted field with nothing in it says nothing either.
        if let read, row.texts[place].count == 0 { return read }
      } else {
        return nil
      }
    }
    guard var next = read else { return nil }
    if next.pointee != close {
      // A carriage return before the line feed belongs to the line's end.
      guard close == JSONScan.lineFeed, next.pointee == 0x0D, next[1] == close else { return nil }
      next += 1
    }
    seen |= field.bit
    return next
  }

  @inline(never)
  private mutating func otherTime(
    _ start: UnsafePointer<UInt8>, _ close: UInt8, _ end: UnsafePointer<UInt8>, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    var span = TextSpan(start: start, count: 0)
    guard let next = text(start, into: &span, until: close, before: end), span.count > 0, span.count <= 60,
      times.other(.string(span.string), into: &row)
    else { return nil }
    return next
  }

  /// The first byte of a field that is not plain: its separator or line end where it is.
  @inline(__always)
  private func plainEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var place = start
    while true {
      let stops = ByteWords.fieldStops(ByteWords.load(place), separator: separators)
      if stops != 0 { return place + ByteWords.first(stops) }
      place += 8
    }
  }

  @inline(__always)
  private mutating func text(
    _ start: UnsafePointer<UInt8>, into span: inout TextSpan, until close: UInt8,
    before end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    let stop = plainEnd(start)
    guard stop.pointee == close else { return slowText(start, stop, into: &span, until: close, before: end) }
    span = TextSpan(start: start, count: stop - start)
    return stop
  }

  @inline(never)
  private mutating func slowText(
    _ start: UnsafePointer<UInt8>, _ first: UnsafePointer<UInt8>, into span: inout TextSpan,
    until close: UInt8, before end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    guard start.pointee != JSONScan.quote else {
      return quoted(start + 1, into: &span, until: close, before: end)
    }
    var place = first
    while true {
      switch place.pointee {
      case close:
        span = TextSpan(start: start, count: place - start)
        return place
      case 0x0D where close == JSONScan.lineFeed && place[1] == close:
        span = TextSpan(start: start, count: place - start)
        return place + 1
      // A quote inside a plain field may open a record that has no end; the splitter knows.
      case JSONScan.lineFeed, JSONScan.quote, separator: return nil
      case 0x80...:
        guard let next = JSONScan.characterEnd(place) else { return nil }
        place = plainEnd(next)
      default: place = plainEnd(place + 1)
      }
    }
  }

  /// A field from behind its opening quote.
  private mutating func quoted(
    _ start: UnsafePointer<UInt8>, into span: inout TextSpan, until close: UInt8,
    before end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    let begin = used
    var place = start
    while place < end {
      guard used < capacity else { return nil }
      switch place.pointee {
      case JSONScan.quote where place[1] == JSONScan.quote: place += 1
      case JSONScan.quote:
        span = TextSpan(start: UnsafePointer(unquoted + begin), count: used - begin)
        (unquoted + used).update(repeating: 0, count: 8)
        used += 8
        var next = place + 1
        if close == JSONScan.lineFeed, next.pointee == 0x0D { next += 1 }
        return next.pointee == close ? next : nil
      case 0x80...:
        guard let next = JSONScan.characterEnd(place), used + 4 < capacity else { return nil }
        while place < next - 1 {
          unquoted[used] = place.pointee
          used += 1
          place += 1
        }
      default: break
      }
      unquoted[used] = place.pointee
      used += 1
      place += 1
    }
    return nil
  }
}
