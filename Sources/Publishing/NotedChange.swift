import Facts

/// A change that a sync of the catalogue brought, as the feed tells it.
public struct NotedChange: Hashable, Sendable {
  /// The day of the sync.
  public let day: CalendarDate
  public let words: String
  /// The model whose page the entry leads to; nil for an id without one.
  public let model: ModelID?
  /// Tells it apart from every other change: a name without spaces.
  public let id: String

  public init(day: CalendarDate, words: String, model: ModelID?, id: String) {
    self.day = day
    self.words = words
    self.model = model
    self.id = id
  }
}
