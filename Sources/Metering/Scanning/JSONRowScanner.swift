import Facts

/// Reads rows from lines of JSON, checking every byte.
///
/// Lines of one log nearly always have their keys in one order. So the scanner remembers what stands between two values of a
/// line, such as `","model":"`, as a path of a tree: a line that takes a known path is checked by comparing those
/// bytes, and only its values are read. Where a line leaves the tree, its grammar is read byte by byte and a branch is
/// learnt. The tree is bounded; a log whose lines all differ is read without it.
struct JSONRowScanner: ~Copyable {
  private var paths: LinePaths
  private var texts: TextReader
  private let times = TimeReader()
  private(set) var fault = ScanFault(.syntax)

  /// - Parameter longest: bytes of the longest line that will be read.
  init(keys: RowKeys, longest: Int = ScanLimits.longestLine) {
    paths = LinePaths(keys: keys)
    texts = TextReader(longest: longest)
  }

  /// Reads the line that starts here; gives the start of the next one, nil for a line with a fault.
  mutating func scan(_ start: UnsafePointer<UInt8>, into row: inout ScannedRow) -> UnsafePointer<UInt8>? {
    row.clear()
    texts.clear()
    var place = start
    var step = LinePaths.root
    while true {
      step = paths.next(after: step, at: place)
      if step == LinePaths.none {
        step = paths.learn(at: place, texts: &texts)
        guard step != LinePaths.none else {
          fault = paths.fault
          return nil
        }
      }
      let entry = paths.entry(step)
      place += Int(entry.pointee.length)
      let end: UnsafePointer<UInt8>?
      switch entry.pointee.action {
      case .count: end = count(place, entry.pointee.field, &row)
      case .skipText:
        end = texts.skip(place)
        if end == nil { fault = texts.fault }
      case .text: end = text(place, entry.pointee.field, &row)
      case .time: end = time(place, &row)
      case .money: end = money(place, &row)
      case .skipNumber:
        end = JSONScan.numberEnd(place)
        if end == nil { fault = ScanFault(place.pointee == JSONScan.lineFeed ? .cut : .syntax) }
      case .mode: end = mode(place, &row)
      case .textForm: end = textForm(place, entry.pointee.field, &row)
      case .otherForm: end = otherForm(place, entry.pointee.field, &row)
      case .again: end = again(place, entry.pointee.field, &row)
      case .endCacheExcluded:
        row.present = entry.pointee.seen & ~row.absent
        row.includeCache()
        return place
      case .end:
        row.present = entry.pointee.seen & ~row.absent
        return place
      }
      guard let end else { return nil }
      place = end
    }
  }

  @inline(__always)
  private mutating func count(
    _ place: UnsafePointer<UInt8>, _ field: RowField, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    var kind = ScanFault.Kind.syntax
    guard let end = NumberReader.count(place, into: &row.counts[Int(field.rawValue)], fault: &kind) else {
      fault = ScanFault(kind, kind == .syntax || kind == .cut ? .other : field)
      return nil
    }
    return end
  }

  private mutating func again(
    _ place: UnsafePointer<UInt8>, _ field: RowField, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    let known = row[field]
    guard let end = count(place, field, &row) else { return nil }
    guard row[field] == known || row.absent & field.bit != 0 else {
      fault = ScanFault(.twice, field)
      return nil
    }
    row.absent &= ~field.bit
    return end
  }

  @inline(__always)
  private mutating func text(
    _ place: UnsafePointer<UInt8>, _ field: RowField, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    let slot = Int(paths.textPlace(field))
    guard let end = texts.read(place, into: &row.texts[slot]) else {
      fault = texts.fault
      return nil
    }
    return end
  }

  @inline(__always)
  private mutating func time(_ place: UnsafePointer<UInt8>, _ row: inout ScannedRow) -> UnsafePointer<UInt8>? {
    if let end = times.text(place, until: JSONScan.quote, into: &row.seconds) { return end }
    var span = TextSpan(start: place, count: 0)
    guard let end = texts.read(place, into: &span) else {
      fault = texts.fault
      return nil
    }
    guard span.count <= 60, let seconds = TimeReader.seconds(of: span.string) else {
      fault = ScanFault(.notATime, .time)
      return nil
    }
    row.seconds = seconds
    return end
  }

  private mutating func money(_ place: UnsafePointer<UInt8>, _ row: inout ScannedRow) -> UnsafePointer<UInt8>? {
    if let end = NumberReader.money(place, into: &row.charged) { return end }
    fault =
      JSONScan.numberEnd(place) == nil
      ? ScanFault(place.pointee == JSONScan.lineFeed ? .cut : .syntax) : ScanFault(.notMoney, .charged)
    return nil
  }

  private mutating func mode(_ place: UnsafePointer<UInt8>, _ row: inout ScannedRow) -> UnsafePointer<UInt8>? {
    var span = TextSpan(start: place, count: 0)
    guard let end = texts.read(place, into: &span) else {
      fault = texts.fault
      return nil
    }
    switch RowMode.reading(span) {
    case .mode(let mode): row.mode = mode
    case .notSaid: row.absent |= RowField.mode.bit
    case .unknown:
      fault = ScanFault(.notAMode, .mode)
      return nil
    }
    return end
  }

  /// A count or an amount that the log writes as a text: `"12"`, `"0.0042"`.
  private mutating func textForm(
    _ place: UnsafePointer<UInt8>, _ field: RowField, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    var span = TextSpan(start: place, count: 0)
    guard let close = texts.read(place, into: &span) else {
      fault = texts.fault
      return nil
    }
    var kind = ScanFault.Kind.notACount
    let end =
      field == .charged
      ? NumberReader.money(span.start, into: &row.charged)
      : NumberReader.count(span.start, into: &row.counts[Int(field.rawValue)], fault: &kind)
    guard end == span.start + span.count else {
      fault = ScanFault(field == .charged ? .notMoney : kind == .badCount ? .badCount : .notACount, field)
      return nil
    }
    return close
  }

  /// A value that is no text, where another form is usual: null, a list, a number in the place of a text.
  @inline(never)
  private mutating func otherForm(
    _ place: UnsafePointer<UInt8>, _ field: RowField, _ row: inout ScannedRow
  ) -> UnsafePointer<UInt8>? {
    switch place.pointee {
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"):
      guard let end = JSONScan.wordEnd(place) else { return broken(place) }
      guard field == .other || JSONScan.isNull(place) else { return wrongKind(field) }
      if field != .other { row.absent |= field.bit }
      return end
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      guard let end = containerEnd(place) else { return nil }
      return field == .other ? end : wrongKind(field)
    default:
      guard let end = JSONScan.numberEnd(place) else { return broken(place) }
      if field == .other { return end }
      if field == .time {
        let text = TextSpan(start: place, count: min(end - place, 60)).string
        guard let number = try? ExactDecimal(parsing: text), let seconds = TimeReader.seconds(number) else {
          return wrongKind(field)
        }
        row.seconds = seconds
        return end
      }
      guard let slot = field.textPlace else { return wrongKind(field) }
      row.texts[slot] = TextSpan(start: place, count: end - place)
      return end
    }
  }

  private mutating func broken(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    fault = ScanFault(place.pointee == JSONScan.lineFeed ? .cut : .syntax)
    return nil
  }

  private mutating func wrongKind(_ field: RowField) -> UnsafePointer<UInt8>? {
    switch field {
    case .time: fault = ScanFault(.notATime, field)
    case .charged: fault = ScanFault(.notMoney, field)
    case .mode: fault = ScanFault(.notAMode, field)
    default: fault = ScanFault(field.isCount ? .notACount : .notAText, field)
    }
    return nil
  }

  /// The end of a list or an object that no field needs; everything in it is checked.
  private mutating func containerEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    /// A bit for each level, the innermost lowest: 1 for an object.
    var objects: UInt64 = 0
    var depth = 0
    var place = start
    while true {
      place = JSONScan.skipBlanks(place)
      switch place.pointee {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        guard depth < JSONScan.deepest else {
          fault = ScanFault(.tooDeep)
          return nil
        }
        let isObject = place.pointee == UInt8(ascii: "{")
        objects = objects &<< 1 | (isObject ? 1 : 0)
        depth += 1
        place = JSONScan.skipBlanks(place + 1)
        guard place.pointee == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          if isObject {
            guard let value = keyEnd(place) else { return nil }
            place = value
          }
          continue
        }
      case JSONScan.quote:
        guard let close = texts.skip(place + 1) else {
          fault = texts.fault
          return nil
        }
        place = close + 1
      case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"):
        guard let end = JSONScan.wordEnd(place) else { return broken(place) }
        place = end
      default:
        guard let end = JSONScan.numberEnd(place) else { return broken(place) }
        place = end
      }
      // Behind a value: the ends of its levels, then a comma, or the end of all.
      while true {
        place = JSONScan.skipBlanks(place)
        let isObject = objects & 1 == 1
        if place.pointee == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          place += 1
          objects &>>= 1
          depth -= 1
          if depth == 0 { return place }
          continue
        }
        guard place.pointee == UInt8(ascii: ",") else { return broken(place) }
        place = JSONScan.skipBlanks(place + 1)
        if isObject {
          guard let value = keyEnd(place) else { return nil }
          place = value
        }
        break
      }
    }
  }

  /// The value behind a key.
  private mutating func keyEnd(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    guard place.pointee == JSONScan.quote else { return broken(place) }
    guard let close = texts.skip(place + 1) else {
      fault = texts.fault
      return nil
    }
    let colon = JSONScan.skipBlanks(close + 1)
    guard colon.pointee == UInt8(ascii: ":") else { return broken(colon) }
    return colon + 1
  }
}
