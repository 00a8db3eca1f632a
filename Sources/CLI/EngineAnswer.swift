import Facts
import TextFormats

/// Reads what an engine's client writes.
enum EngineAnswer {
  /// The rows of a CSV text; nil for a field that is NULL, which clients write as nothing or as `\N`.
  ///
  /// - Throws: `CommandProblem` for a quote that is never closed.
  static func rows(_ bytes: [UInt8]) throws -> [[String?]] {
    var dialect = CSVReader.Dialect()
    // A row of one column that is NULL is a line with nothing on it.
    dialect.keepsBlankLines = true
    do {
      return try CSVText.read(bytes, dialect).map { row in
        row.fields.map { $0.text == "\\N" || $0.bytes.isEmpty && !$0.isQuoted ? nil : $0.text }
      }
    } catch {
      throw CommandProblem("the engine's answer ends in the middle of a quoted field", hint: "run it again")
    }
  }
}
