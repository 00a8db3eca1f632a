/// A table of RFC 4180: commas, quotes doubled inside quotes, line ends of either kind.
struct CSVTable {
  /// Rows with the line at which each begins; the header among them.
  private(set) var rows: [(line: Int, fields: [String])] = []
  /// The line of a quote that never closes; nil when all close.
  private(set) var openQuote: Int?

  init(_ bytes: [UInt8]) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    var line = 1
    var rowLine = 1
    var quoteLine = 1
    func endField() {
      fields.append(String(decoding: field, as: UTF8.self))
      field = []
      wasQuoted = false
    }
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          if place < bytes.endIndex, bytes[place] == byte {
            field.append(byte)
            place += 1
          } else {
            isQuoted = false
          }
        } else {
          if byte == 0x0A { line += 1 }
          field.append(byte)
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where field.isEmpty && !wasQuoted:
        isQuoted = true
        wasQuoted = true
        quoteLine = line
      case UInt8(ascii: ","): endField()
      case 0x0D where place < bytes.endIndex && bytes[place] == 0x0A: break
      case 0x0A, 0x0D:
        endField()
        if fields != [""] { rows.append((rowLine, fields)) }
        fields = []
        line += 1
        rowLine = line
      default: field.append(byte)
      }
    }
    if isQuoted { openQuote = quoteLine }
    if !field.isEmpty || !fields.isEmpty || wasQuoted {
      endField()
      rows.append((rowLine, fields))
    }
  }
}
