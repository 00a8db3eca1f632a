/// Why logs cannot be repriced as a whole.
public enum RepriceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The tables of the report tell too many groups apart.
  case tooManyGroups

  public var description: String {
    switch self {
    case .tooManyGroups:
      "a table of the report tells more than \(GroupTable.most) groups apart. hint: leave a name out of --by, or choose days with --since and --until"
    }
  }
}
