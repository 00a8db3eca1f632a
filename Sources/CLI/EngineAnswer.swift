import Facts

/// Reads what an engine's client writes.
enum EngineAnswer {
  /// The rows of a CSV text, https://www.rfc-editor.org/rfc/rfc4180; nil for a field that is NULL, which clients write as
  /// nothing or as `\N`.
  ///
  /// - Throws: `CommandProblem` for a quote that is never closed.
  static func rows(_ bytes: [UInt8]) throws -> [[String?]] {
    var rows: [[String?]] = []
    var row: [String?] = []
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    func take() {
      let text = String(decoding: field, as: UTF8.self)
      row.append(text == "\\N" || (field.isEmpty && !wasQuoted) ? nil : text)
      field = []
      wasQuoted = false
    }
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          field.append(byte)
        } else if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
          field.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        isQuoted = true
        wasQuoted = true
      case UInt8(ascii: ","): take()
      case UInt8(ascii: "\r") where place < bytes.count && bytes[place] == UInt8(ascii: "\n"): break
      case UInt8(ascii: "\n"):
        take()
        rows.append(row)
        row = []
      default: field.append(byte)
      }
    }
    guard !isQuoted else {
      throw CommandProblem("the engine's answer ends in the middle of a quoted field", hint: "run it again")
    }
    if !row.isEmpty || !field.isEmpty || wasQuoted {
      take()
      rows.append(row)
    }
    return rows
  }
}
