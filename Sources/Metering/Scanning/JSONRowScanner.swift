import Facts
import TextFormats

/// Reads rows from lines of JSON, checking every byte.
///
/// Lines of one log nearly always have their keys in one order, so what stands between two values is compared with what stood
/// there before; see ``LinePaths``. Where a line leaves the known forms its grammar is read byte by byte. A line that is no
/// JSON, or whose values are not of the plain kind, is left to the reader of its format, which knows what is wrong.
struct JSONRowScanner: ~Copyable {
  private var paths: LinePaths
  private var texts: TextReader
  private let times = TimeReader()

  /// - Parameter longest: bytes of the longest line that will be read.
  init(keys: RowKeys, longest: Int) {
    paths = LinePaths(keys: keys)
    texts = TextReader(longest: longest)
  }

  /// Reads the line that starts here; gives the start of the next one, nil for a line that it does not take.
  mutating func scan(_ start: UnsafePointer<UInt8>, into row: inout ScannedRow) -> UnsafePointer<UInt8>? {
    row.clear()
    texts.forget(from: 0)
    var place = start
    var step = LinePaths.root
    while true {
      step = paths.next(after: step, at: place)
      if step == LinePaths.none {
        step = paths.learn(at: place, texts: &texts)
        guard step != LinePaths.none else { return nil }
      }
      let entry = paths.entry(step)
      place += Int(entry.pointee.length)
      let field = entry.pointee.field
      let end: UnsafePointer<UInt8>?
      switch entry.pointee.action {
      case .count:
        end =
          NumberReader.count(place, into: &row.counts[Int(field.rawValue)]) ?? otherForm(place, field, &row)
      case .skipText: end = texts.skip(place)
      case .text: end = texts.read(place, into: &row.texts[Self.textPlace(field)])
      case .time: end = times.text(place, until: JSONScan.quote, into: &row) ?? otherTime(place, &row)
      case .money: end = NumberReader.money(place, into: &row.charged) ?? otherForm(place, field, &row)
      case .skipOther: end = skipOther(place)
      case .mode: end = mode(place, &row)
      case .textForm: end = textForm(place, field, &row)
      case .otherForm: end = otherForm(place, field, &row)
      case .end:
        row.present = entry.pointee.seen & ~row.absent
        return place
      }
      guard let end else { return nil }
      place = end
    }
  }

  /// `RowField.textPlace` of a field that has one, without a branch for those that have none.
  @inline(__always)
  private static func textPlace(_ field: RowField) -> Int {
    let place = Int(field.rawValue &- RowField.provider.rawValue)
    // The mode and the amount stand between the model and the key.
    return place < 2 ? place : place &- 2
  }

  @inline(never)
  private mutating func otherTime(
    _ place: UnsafePointer<UInt8>, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    var span = TextSpan(start: place, count: 0)
    guard let end = texts.read(place, into: &span), span.count > 0, span.count <= 60,
      times.other(.string(span.string), into: &row)
    else { return nil }
    return end
  }

  private mutating func mode(_ place: UnsafePointer<UInt8>, _ row: inout ScannedRow) -> UnsafePointer<UInt8>?
  {
    var span = TextSpan(start: place, count: 0)
    guard let end = texts.read(place, into: &span), let mode = RowMode.place(span) else { return nil }
    row.mode = mode
    return end
  }

  /// A count or an amount that the log writes as a text: `"12"`, `"0.0042"`.
  private mutating func textForm(
    _ place: UnsafePointer<UInt8>, _ field: RowField, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    let end =
      field == .charged
      ? NumberReader.money(place, into: &row.charged)
      : NumberReader.count(place, into: &row.counts[Int(field.rawValue)])
    return end?.pointee == JSONScan.quote ? end : nil
  }

  /// null, or a number in the place of a text or a time.
  @inline(never)
  private mutating func otherForm(
    _ place: UnsafePointer<UInt8>, _ field: RowField, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    if JSONScan.isNull(place) {
      row.absent |= field.bit
      return place + 4
    }
    guard let end = JSONScan.numberEnd(place) else { return nil }
    let number = TextSpan(start: place, count: end - place)
    if field == .time {
      return number.count <= 60 && times.other(.number(number.string), into: &row) ? end : nil
    }
    guard let text = field.textPlace else { return nil }
    row.texts[text] = number
    return end
  }

  /// A value without quotes that nothing reads.
  private mutating func skipOther(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    switch place.pointee {
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"): JSONScan.wordEnd(place)
    case UInt8(ascii: "["), UInt8(ascii: "{"): JSONScan.containerEnd(place, texts: &texts)
    default: JSONScan.numberEnd(place)
    }
  }
}
