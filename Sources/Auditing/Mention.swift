import Cataloguing
import Facts

/// A model id as it stands in a file.
public struct Mention: Hashable, Sendable {
  /// As written, with the prefix of a gateway or provider: `openrouter/anthropic/claude-sonnet-4.5`.
  public let id: String
  /// Where it begins, counted in bytes from the start of the file.
  public let offset: Int
  /// Counted from 1.
  public let line: Int
  /// Counted from 1, in Unicode code points, as SARIF and editors count.
  public let column: Int
  /// What the id stands for.
  public let meaning: MentionMeaning
  /// It stands in a comment or a sentence, where nothing calls it.
  public let isProse: Bool

  public init(
    id: String, offset: Int, line: Int, column: Int, meaning: MentionMeaning, isProse: Bool = false
  ) {
    self.id = id
    self.offset = offset
    self.line = line
    self.column = column
    self.meaning = meaning
    self.isProse = isProse
  }
}

/// What a mentioned id stands for.
public enum MentionMeaning: Hashable, Sendable {
  /// - provider: who serves it, where the id's own prefix or the function that it is given to says so.
  /// - apiID: the id without that prefix.
  case model(ModelID, provider: ProviderID?, apiID: String)
  /// An id that its provider leads to one release after another, and to no model by itself.
  case pointer(provider: ProviderID, apiID: String)
  /// It stands where a model's id belongs, and the catalogue knows none of that name.
  case unknown
}
