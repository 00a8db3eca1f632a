/// A value of a database, in the few kinds that the store keeps.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  var integer: Int64? {
    switch self {
    case .integer(let number): number
    case .text(let digits): Int64(digits)
    default: nil
    }
  }

  var text: String? {
    if case .text(let text) = self { return text }
    return nil
  }

  init(_ number: some BinaryInteger) { self = .integer(Int64(number)) }

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}
