import Facts

/// How a newer snapshot of a source differs from the one before in one record or one value.
public struct SourceChange: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A record that the snapshot before did not have.
    case added
    /// A record that the newer snapshot no longer has; it is kept as a tombstone.
    case removed
    case changed
  }

  public let kind: Kind
  /// nil for an id that leads to one release after another.
  public let model: ModelID?
  /// nil for a record about the model itself.
  public let provider: ProviderID?
  public let apiID: String?
  /// The record's key at the source.
  public let record: String
  /// nil for a record that was added or removed.
  public let field: String?
  /// The values in canonical text, several separated by commas; nil where there was or is none.
  public let before: String?
  public let after: String?

  public init(
    kind: Kind, model: ModelID?, provider: ProviderID?, apiID: String?, record: String, field: String? = nil,
    before: String? = nil, after: String? = nil
  ) {
    self.kind = kind
    self.model = model
    self.provider = provider
    self.apiID = apiID
    self.record = record
    self.field = field
    self.before = before
    self.after = after
  }
}

extension SourceChange {
  /// The change where the older snapshot's value may have been left out as a repeat of what its lineage says: none where the
  /// newer one says the same, and from that value where it says another.
  func after(_ repeated: [String: Set<String>]) -> SourceChange? {
    guard before == nil, let field, let said = repeated[field] else { return self }
    if let after, said.contains(after) { return nil }
    guard said.count == 1 else { return self }
    return SourceChange(
      kind: kind, model: model, provider: provider, apiID: apiID, record: record, field: field,
      before: said.first, after: after)
  }
}

/// Why a newer snapshot of a source is not taken; the catalogue stays as it is.
public enum SyncRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// More than a tenth of the records would go.
  case loss(removed: Int, of: Int)
  /// The newest release it names is before that of the snapshot that is kept.
  case older(newest: CalendarDate, kept: CalendarDate)
  case empty
  /// What the source states moved in a way in which sources do not move: see ``SourceShift``.
  case shift(String)

  public var description: String {
    switch self {
    case .loss(let removed, let count):
      "\(removed) of \(count) records would be lost, more than a tenth"
    case .older(let newest, let kept):
      "the file is older than the one kept: its newest release is of \(newest.text), not of \(kept.text)"
    case .empty: "the file holds no record"
    case .shift(let words): words
    }
  }
}
