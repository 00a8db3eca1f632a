/// Fields that a reader fills and sends as the query of an address.
public struct Form: Sendable {
  public struct Option: Hashable, Sendable {
    public let value: String
    public let label: String

    public init(_ value: String, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  public enum Kind: Hashable, Sendable {
    case text
    case search
    case choice([Option])
  }

  public struct Field: Sendable {
    /// The key in the query.
    public let name: String
    public let label: String
    public let kind: Kind
    /// As the reader wrote it, or what holds without.
    public let value: String
    public let hint: String?
    /// What is wrong with the value.
    public let problem: String?

    public init(
      _ name: String, label: String, kind: Kind = .text, value: String, hint: String? = nil,
      problem: String? = nil
    ) {
      self.name = name
      self.label = label
      self.kind = kind
      self.value = value
      self.hint = hint
      self.problem = problem
    }
  }

  public let id: String
  public let title: String
  /// Path of the page that answers.
  public let action: String
  public let fields: [Field]
  public let submit: String
  public let isSearch: Bool

  public init(
    id: String, title: String, action: String, fields: [Field], submit: String, isSearch: Bool = false
  ) {
    self.id = id
    self.title = title
    self.action = action
    self.fields = fields
    self.submit = submit
    self.isSearch = isSearch
  }
}
