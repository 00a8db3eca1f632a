/// A file in which ids were found.
public struct AuditedFile: Sendable {
  public let path: String
  /// In order.
  public let mentions: [Mention]

  public init(path: String, mentions: [Mention]) {
    self.path = path
    self.mentions = mentions
  }
}
