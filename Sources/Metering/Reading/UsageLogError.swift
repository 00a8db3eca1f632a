import Facts

/// Why a file cannot be read as a usage log at all.
public enum UsageLogError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownFormat(file: String, columns: [String])
  /// Several formats fit.
  case ambiguousFormat(file: String, candidates: [String])
  case noSuchFormat(String)
  case tooLarge(file: String)
  case badColumns(String, hint: String)
  /// The column map names columns that the file has not.
  case missingColumns(file: String, [String], columns: [String])

  public var description: String {
    switch self {
    case .unknownFormat(let file, let columns):
      "no known format of usage logs fits \(file.bounded). hint: "
        + (columns.isEmpty
          ? "name it with --format \(UsageFormats.names.joined(separator: "|"))"
          : "its columns are \(Self.listed(columns)); say what they hold with --columns time=…,model=…,input=…,output=…")
    case .ambiguousFormat(let file, let candidates):
      "\(file.bounded) could be \(candidates.joined(separator: " or ")). hint: choose with --format \(candidates.joined(separator: "|"))"
    case .noSuchFormat(let name):
      "no format of usage logs is called \"\(name.bounded)\". hint: \(UsageFormats.names.joined(separator: ", "))"
    case .tooLarge(let file):
      "a JSON document has at most \(UsageLogReader.documentLimits.size) bytes, \(file.bounded) has more. hint: split it, or write a record a line"
    case .badColumns(let text, let hint):
      "\"\(text.bounded)\" is no part of a column map. hint: \(hint)"
    case .missingColumns(let file, let missing, let columns):
      "\(file.bounded) has no column \(Self.listed(missing)). hint: its columns are \(Self.listed(columns))"
    }
  }

  private static func listed(_ names: [String]) -> String {
    (names.prefix(30).map(\.bounded) + (names.count > 30 ? ["…"] : [])).joined(separator: ", ")
  }
}
