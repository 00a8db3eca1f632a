/// Why bytes are no JSON document within the limits.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What holds of every document and not of this one.
  public let rule: String
  /// Line and column, from 1; columns are bytes.
  public let place: String
  public let hint: String

  public var description: String { "\(rule); at \(place). hint: \(hint)" }
}
