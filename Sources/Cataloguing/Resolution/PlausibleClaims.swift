import Facts

/// Claims of a model's limits and dates that cannot be what they say, by other facts of the same model. They are not believed, and stay
/// in the evidence among those that differ. What the lab, a citation or the reader says is always believed.
struct PlausibleClaims {
  /// The day of release, and the context window, that are believed.
  let released: CalendarDate?
  let contextWindow: TokenCount?

  /// - Parameter witnesses: of one field of the model.
  /// - Returns: those that may be believed; all of them where nothing speaks against any.
  func among(_ witnesses: [Witness], of field: Field) -> [Witness] {
    switch field {
    case .maxOutput: witnesses.filter(isPlausibleOutput)
    case .knowledgeCutoff: agreed(witnesses.filter(isPlausibleCutoff))
    default: witnesses
    }
  }

  /// An answer is never longer than the window; 0.8 or 0.9 of a window is an aggregator's filling for "not stated".
  private func isPlausibleOutput(_ witness: Witness) -> Bool {
    guard !isCertain(witness), case .tokens(let output) = witness.claim.value else { return true }
    if let contextWindow, output > contextWindow { return false }
    guard witness.role == .reseller, let window = window(of: witness.record) else { return true }
    let tenths = window.multipliedReportingOverflow(by: 8)
    let more = window.multipliedReportingOverflow(by: 9)
    guard !tenths.overflow, !more.overflow else { return true }
    return output.tokens != tenths.partialValue / 10 && output.tokens != more.partialValue / 10
  }

  /// What was learnt ends before the month of the release: the day of a release copied as a cutoff is none.
  private func isPlausibleCutoff(_ witness: Witness) -> Bool {
    guard !isCertain(witness), let released, case .date(let cutoff) = witness.claim.value else { return true }
    return (cutoff.year, cutoff.month ?? 0) < (released.year, released.month ?? 12)
  }

  /// Where only resellers speak, what most of them say; nothing where no value has a majority.
  private func agreed(_ witnesses: [Witness]) -> [Witness] {
    guard witnesses.allSatisfy({ $0.role == .reseller }) else { return witnesses }
    let providers = Set(witnesses.compactMap(\.provider))
    let isMajority = witnesses.contains { candidate in
      let agreeing = Set(
        witnesses.filter { $0.claim.value.agrees(with: candidate.claim.value) }.compactMap(\.provider))
      return agreeing.count * 2 > providers.count
    }
    return isMajority ? witnesses : []
  }

  private func isCertain(_ witness: Witness) -> Bool { witness.role == .reader || witness.role == .own }

  private func window(of record: SourceRecord) -> Int64? {
    for claim in record.claims where claim.field == .contextWindow {
      if case .tokens(let count) = claim.value { return count.tokens }
    }
    return nil
  }
}

extension Resolution {
  /// The same with only some of the witnesses believed, and the others among those that differ.
  func knowledge(believingOnly plausible: [Witness]) -> Knowledge<FactValue> {
    guard plausible.count < witnesses.count else { return knowledge() }
    guard !plausible.isEmpty else { return .unknown }
    let chosen = Resolution(field: field, witnesses: plausible).knowledge()
    guard let value = chosen.value, let rule = chosen.evidence?.rule else { return chosen }
    return knowledge(believing: value, by: rule)
  }
}
