/// Reads comma-separated values as RFC 4180 describes them: a header, quoted fields that may hold line ends, one record after
/// another. The separator may also be a semicolon or a tab.
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
  private var lines: LineSplitter
  /// Lines of a record whose quoted field is still open, and the number of the first.
  private var open: [[UInt8]] = []
  private var openSize = 0
  private var openNumber = 0
  private var hasOddQuotes = false
  private var isHeaderTaken = false

  /// - Parameter header: the first line that is not blank.
  init(header: [UInt8], longest: Int) {
    separator = Self.separator(of: header)
    self.longest = longest
    lines = LineSplitter(longest: longest)
    columns =
      (Self.split(header, separator) ?? []).map { field in
        String(decoding: field, as: UTF8.self).trimmingSpaces
      }
  }

  /// The one of comma, semicolon and tab that stands most often in the header.
  static func separator(of header: [UInt8]) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
    return candidates.max { left, right in
      header.count { $0 == left } < header.count { $0 == right }
    } ?? UInt8(ascii: ",")
  }

  mutating func feed(_ bytes: [UInt8], take: (Record, Int) -> Void) {
    var splitter = lines
    splitter.feed(bytes) { line, number in add(line, number, take) }
    lines = splitter
  }

  mutating func finish(take: (Record, Int) -> Void) {
    var splitter = lines
    splitter.finish { line, number in add(line, number, take) }
    lines = splitter
    while !open.isEmpty { giveUp("a quoted field does not end; the line may be cut off", take) }
  }

  private mutating func add(_ line: LineSplitter.Line, _ number: Int, _ take: (Record, Int) -> Void) {
    guard case .text(let text) = line else {
      if !open.isEmpty { giveUp("a quoted field does not end", take) }
      return take(.broken("a line has at most \(longest) bytes"), number)
    }
    if open.isEmpty, text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    if !isHeaderTaken {
      isHeaderTaken = true
      return
    }
    if open.isEmpty { openNumber = number }
    open.append(text)
    openSize += text.count + 1
    // A quote inside a quoted field is doubled, so that an open record has an odd number of them.
    if !text.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) { hasOddQuotes.toggle() }
    guard openSize <= longest else { return giveUp("a quoted field does not end", take) }
    guard !hasOddQuotes else { return }
    let fields = Self.split(Array(open.joined(separator: [0x0A])), separator)
    guard let fields, fields.count == columns.count else {
      return giveUp(
        "the record has \(fields.map { String($0.count) } ?? "broken") fields where the header has \(columns.count)",
        take)
    }
    let place = openNumber
    (open, openSize) = ([], 0)
    guard fields.allSatisfy(\.isUTF8) else { return take(.badEncoding, place) }
    take(.fields(fields.map { String(decoding: $0, as: UTF8.self) }), place)
  }

  /// The first open line is broken. A quote that never closes must not swallow the lines after it: each is read again.
  private mutating func giveUp(_ what: String, _ take: (Record, Int) -> Void) {
    let (broken, number) = (open, openNumber)
    (open, openSize, hasOddQuotes) = ([], 0, false)
    take(.broken(what), number)
    for (step, line) in broken.dropFirst().enumerated() { add(.text(line), number + 1 + step, take) }
  }

  /// The fields of a record without their quotes; nil while a quoted field is open.
  private static func split(_ record: [UInt8], _ separator: UInt8) -> [[UInt8]]? {
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var isQuoted = false
    var place = 0
    while place < record.count {
      let byte = record[place]
      place += 1
      if isQuoted {
        guard byte == UInt8(ascii: "\"") else {
          field.append(byte)
          continue
        }
        if place < record.count, record[place] == UInt8(ascii: "\"") {
          field.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
      } else if byte == separator {
        fields.append(field)
        field = []
      } else if byte == UInt8(ascii: "\""), field.isEmpty {
        isQuoted = true
      } else {
        field.append(byte)
      }
    }
    return isQuoted ? nil : fields + [field]
  }
}

extension [UInt8] {
  /// Whether the bytes are UTF-8 throughout.
  var isUTF8: Bool {
    if allSatisfy({ $0 < 0x80 }) { return true }
    return String(validating: self, as: UTF8.self) != nil
  }
}

extension String {
  var trimmingSpaces: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
