/// A picture of a comparison for previews: its title, a few rows of values, and what they hold for.
public struct Card: Sendable {
  public struct Row: Sendable {
    public let label: String
    /// One for each column, as people read it.
    public let values: [String]
    /// The column that is ahead, when it can be said.
    public let leader: Int?

    public init(_ label: String, values: [String], leader: Int? = nil) {
      self.label = label
      self.values = values
      self.leader = leader
    }
  }

  public let title: String
  public let columns: [String]
  public let rows: [Row]
  /// The traffic and the day behind the values.
  public let footer: String

  public init(title: String, columns: [String], rows: [Row], footer: String) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.footer = footer
  }
}
