/// Comma-separated values (RFC 4180) as a whole.
public enum CSVText {
  /// The records of a table; its header among them.
  /// - Throws: the first fault, with the line of the record that has it.
  public static func read(
    _ bytes: [UInt8], _ dialect: CSVReader.Dialect = CSVReader.Dialect()
  ) throws(CSVReader.Fault) -> [(line: Int, fields: [CSVReader.Field])] {
    var rows: [(line: Int, fields: [CSVReader.Field])] = []
    var fault: CSVReader.Fault?
    func take(_ record: CSVReader.Record) {
      switch record {
      case .fields(let fields, let line): rows.append((line, fields))
      case .broken(let first, _): fault = fault ?? first
      }
    }
    var reader = CSVReader(dialect)
    reader.feed(bytes, take: take)
    reader.finish(take: take)
    if let fault { throw fault }
    return rows
  }

  /// Writes rows: fields with a comma, a quote or a line end are quoted.
  ///
  /// A field that a spreadsheet would run as a formula (`=`, `+`, `@`, and `-` before anything but a number) gets an apostrophe in
  /// front, because names in logs are not trusted.
  public static func write(_ rows: [[String]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in rows {
      for (place, field) in row.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        append(isFormula(field) ? "'" + field : field, to: &bytes)
      }
      bytes += [0x0D, 0x0A]
    }
    return bytes
  }

  private static func append(_ field: String, to bytes: inout [UInt8]) {
    let needsQuotes = field.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else {
      bytes += field.utf8
      return
    }
    bytes.append(0x22)
    for byte in field.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  private static func isFormula(_ field: String) -> Bool {
    switch field.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"), 0x09: true
    case UInt8(ascii: "-"): !field.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    default: false
    }
  }
}
