/// Why a scanner cannot take a line.
struct ScanFault: Equatable {
  let kind: Kind
  /// The field that it is about; `other` where it is about the line.
  var field: RowField = .other

  enum Kind: UInt8 {
    case cut
    case notAnObject
    case syntax
    case tooDeep
    case twice
    case notAText
    case notACount
    case badCount
    case notATime
    case notAMode
    case notMoney
    case encoding
    case surrogate
    case tooLong
    case fields
    case quote
  }

  init(_ kind: Kind, _ field: RowField = .other) {
    self.kind = kind
    self.field = field
  }

  var reason: RowProblem.Reason {
    switch kind {
    case .encoding, .surrogate: .encoding
    case .notACount, .badCount: .badCount
    case .notATime: .badTime
    default: .malformed
    }
  }

  /// The rule that the line breaks; without its bytes, so that lines with the same fault are counted together.
  var message: String {
    switch kind {
    case .cut: "the line ends inside the record; it is cut off"
    case .notAnObject: "a line holds one JSON object and nothing else"
    case .syntax: "the line is no JSON"
    case .tooDeep: "lists and objects nest at most \(JSONScan.deepest) deep"
    case .twice: "\(field.name) stands twice"
    case .notAText: "\(field.name) is a text"
    case .notACount: "\(field.name) is no whole number"
    case .badCount: "\(field.name) is below zero or beyond belief; counts go from 0 to \(ScanLimits.mostPieces)"
    case .notATime: "\(field.name) is no time like 2026-06-15T08:30:00Z, nor seconds from 1970"
    case .notAMode: "\(field.name) is none of standard, batch, flex, priority, fast"
    case .notMoney: "\(field.name) is no amount of US dollars"
    case .encoding: "the line is not written in UTF-8"
    case .surrogate: "half a surrogate pair is no character"
    case .tooLong: "a line has at most \(ScanLimits.longestLine) bytes"
    case .fields: "the row has another number of fields than the header"
    case .quote: "a quoted field ends with a quote before the next comma or line"
    }
  }
}

enum ScanLimits {
  /// The most pieces of one unit that a row is believed to count; the limit of `Usage`.
  static let mostPieces: Int64 = 1_000_000_000_000_000
  /// Bytes of one line.
  static let longestLine = 16 * 1024 * 1024
  /// Readable bytes behind the last line of a chunk.
  static let padding = 64
}
