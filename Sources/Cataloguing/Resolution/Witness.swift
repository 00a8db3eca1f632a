import Facts

/// One claim with everything that decides how much it counts. A class, because it is handed around by the hundred and
/// never changes.
final class Witness: Sendable {
  /// Who speaks, strongest first.
  enum Role: Int, Comparable {
    /// A facts file that the reader gave.
    case reader
    /// The lab, its model card, or a curated citation.
    case own
    /// The lab's own route.
    case firstParty
    /// Somebody else's route.
    case reseller

    static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
  }

  let claim: Claim
  let record: SourceRecord
  let source: SourceDescription
  let role: Role
  /// The provider whose route it describes; nil for a claim about the model itself.
  let provider: ProviderID?
  /// Place of the source in the policy's order; smaller wins a tie.
  let rank: Int

  let observed: CalendarDate

  init(
    claim: Claim, record: SourceRecord, source: SourceDescription, role: Role, provider: ProviderID?,
    rank: Int
  ) {
    self.claim = claim
    self.record = record
    self.source = source
    self.role = role
    self.provider = provider
    self.rank = rank
    observed = record.observed ?? source.observed
  }

  /// What counts as one witness: a lineage, or everything that follows OpenRouter on OpenRouter's own route.
  var lineage: SourceID { provider == ProviderID("openrouter") ? SourceID("openrouter") : source.lineage }

  var citation: Citation {
    Citation(
      source: source, recordKey: record.key, path: claim.path, asWritten: claim.asWritten,
      unitAsWritten: claim.unitAsWritten, url: claim.url ?? record.url, observed: observed,
      validFrom: claim.validFrom,
      validUntil: claim.validUntil, basis: claim.basis, note: claim.note, mark: record.mark)
  }
}
