import Facts

extension SourceReplacement {
  /// The values of a record that differ, field by field; none where the record before is not told apart.
  static func changes(from old: SourceRecord?, to new: SourceRecord, at home: Placed)
    -> [SourceChange]
  {
    guard let old else { return [] }
    let (before, after) = (values(of: old), values(of: new))
    return Set(before.keys).union(after.keys).sorted().compactMap { field in
      guard before[field] != after[field] else { return nil }
      return SourceChange(
        kind: .changed, model: home.model, provider: home.provider, apiID: home.apiID, record: new.key,
        field: field,
        before: before[field], after: after[field])
    }
  }

  static func values(of record: SourceRecord) -> [String: String] {
    var values: [String: [String]] = [:]
    for claim in record.claims {
      // That a newer snapshot ended a price is no word of the record's own.
      let until = claim.note == Claim.endedNote ? nil : claim.validUntil
      let days = [claim.validFrom, until].compactMap { $0?.text }.joined(separator: " until ")
      values[claim.field.rawValue, default: []].append(
        claim.value.text + (days.isEmpty ? "" : " from \(days)"))
    }
    for score in record.scores {
      values["score.\(score.benchmark) \(score.variant)", default: []].append(score.value.text)
    }
    return values.mapValues { $0.sorted().joined(separator: ", ") }
  }
}
