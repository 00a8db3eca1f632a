import Facts
import TextFormats

/// Why a file cannot be imported at all. A single bad record is a `Finding` instead, and the rest goes on.
public enum ImportError: Error, Hashable, Sendable {
  case malformed(file: String, place: String, rule: String, hint: String)
}

extension ImportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let file, let place, let rule, let hint):
      "\(rule); in \(file), \(place). hint: \(hint)"
    }
  }
}

extension JSONReader {
  /// A file as JSON.
  /// - Throws: `ImportError.malformed` with file, line and column.
  public static func read(_ bytes: [UInt8], file: String) throws(ImportError) -> JSONValue {
    do { return try read(bytes) } catch {
      throw .malformed(file: file, place: error.place, rule: error.rule, hint: error.hint)
    }
  }
}
