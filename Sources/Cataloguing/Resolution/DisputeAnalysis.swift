import Facts

/// Finds why a claim differs from the value believed, from values, dates and sources alone. What it cannot tell
/// is a real dispute.
struct DisputeAnalysis {
  let field: Field
  let winner: FactValue
  let believed: [Witness]
  let all: [Witness]

  func cause(of witness: Witness) -> DisputeCause {
    if let specific = specificCause(witness) { return specific }
    if isOlderRecordOfSameLineage(witness) { return .staleDate }
    if let provider = witness.provider, witness.role == .reseller,
      !believed.contains(where: { $0.provider == provider })
    {
      switch field {
      case .capability: return .resellerFlag
      case .openness, .knowledgeCutoff, .family, .name: return .resellerFlag
      case .released: return .routeListing
      default: break
      }
    }
    return .real
  }

  private func isOlderRecordOfSameLineage(_ witness: Witness) -> Bool {
    believed.contains { $0.source.lineage == witness.source.lineage && witness.observed < $0.observed }
      || (field.isPrice && believed.allSatisfy { witness.observed < $0.observed })
  }

  private func specificCause(_ witness: Witness) -> DisputeCause? {
    switch (winner, witness.claim.value) {
    case (.money(let believed), .money(let other)): priceCause(believed.dollars, other.dollars, witness)
    case (.tokens(let believed), .tokens(let other)): limitCause(believed.tokens, other.tokens, witness)
    case (.parameters(let believed), .parameters(let other)):
      countCause(believed.parameters, other.parameters)
    case (.date(let believed), .date(let other)): dateCause(believed, other, witness)
    case (.text(let believed), .text(let other)): textCause(believed, other)
    default: nil
    }
  }

  private func priceCause(_ believed: ExactDecimal, _ other: ExactDecimal, _ witness: Witness)
    -> DisputeCause?
  {
    if other.isZero || believed.isZero { return .zeroMeaningUnknown }
    for power in [3, 6]
    where other.scaled(byPowerOfTen: power) == believed || believed.scaled(byPowerOfTen: power) == other {
      return .unitMismatch
    }
    if isRatio(believed, other, 11, 10) || isRatio(other, believed, 11, 10) { return .regionalUplift }
    if case .price(let term) = field, witness.claim.validFrom == nil,
      all.contains(where: { $0.claim.field == .price(PriceTerm(term.unit, mode: .offPeak)) })
    {
      return .peakVersusOffPeak
    }
    return nil
  }

  /// Whether `large / small` is exactly `numerator / denominator`.
  private func isRatio(
    _ large: ExactDecimal, _ small: ExactDecimal, _ numerator: Int128, _ denominator: Int128
  ) -> Bool {
    let scale = min(large.exponent, small.exponent)
    guard let a = large.mantissa(atExponent: scale), let b = small.mantissa(atExponent: scale) else {
      return false
    }
    let (left, overflow) = a.multipliedReportingOverflow(by: denominator)
    let (right, other) = b.multipliedReportingOverflow(by: numerator)
    return !overflow && !other && left == right
  }

  private func limitCause(_ believed: Int64, _ other: Int64, _ witness: Witness) -> DisputeCause? {
    let (small, large) = (min(believed, other), max(believed, other))
    // 128,000 and 131,072 are "128k" in thousands of 1000 and of 1024; 1,000,000, 1,024,000 and 1,048,576 likewise.
    if Self.isOneThousandTwentyFour(small, large) { return .thousandVersus1024 }
    if field == .contextWindow {
      let records = [witness] + believedWitnesses(at: witness.provider)
      for record in records.map(\.record) {
        let output = tokens(.maxOutput, in: record)
        if let output, small + output == large { return .windowVersusMaxInput }
        if tokens(.maxInput, in: record) == small, small != tokens(.contextWindow, in: record) {
          return .windowVersusMaxInput
        }
      }
    }
    if witness.role == .reseller, other < believed { return .routeLimit }
    return nil
  }

  static func isOneThousandTwentyFour(_ small: Int64, _ large: Int64) -> Bool {
    for steps in 1...2 {
      var (numerator, denominator): (Int64, Int64) = (1, 1)
      for _ in 0..<steps { (numerator, denominator) = (numerator * 1024, denominator * 1000) }
      let (left, overflow) = large.multipliedReportingOverflow(by: denominator)
      let (right, other) = small.multipliedReportingOverflow(by: numerator)
      if !overflow, !other, left == right { return true }
    }
    return false
  }

  private func believedWitnesses(at provider: ProviderID?) -> [Witness] {
    believed.filter { $0.provider == provider || provider == nil }
  }

  private func tokens(_ field: Field, in record: SourceRecord) -> Int64? {
    for claim in record.claims where claim.field == field {
      if case .tokens(let count) = claim.value { return count.tokens }
    }
    return nil
  }

  /// `1T` beside 1,025,414,425,344: one of the two is rounded when they differ by less than 5% and one has at
  /// most three digits.
  private func countCause(_ believed: Int64, _ other: Int64) -> DisputeCause? {
    let difference = abs(believed - other)
    let isNear = difference <= max(believed, other) / 20
    let isRound = ExactDecimal(believed).significantDigits <= 3 || ExactDecimal(other).significantDigits <= 3
    return isNear && isRound ? .roundedCount : nil
  }

  private func dateCause(_ believed: CalendarDate, _ other: CalendarDate, _ witness: Witness) -> DisputeCause?
  {
    guard field == .released else { return nil }
    if witness.source.id.rawValue == "huggingface" || (witness.role == .reseller && believed < other) {
      return .routeListing
    }
    return nil
  }

  private func textCause(_ believed: String, _ other: String) -> DisputeCause? {
    // "decoder-only" tells the stack, "dense" and "mixture-of-experts" tell the layers.
    if field == .architecture, believed == "decoder-only" || other == "decoder-only" {
      return .differentDefinition
    }
    let open: Set<String> = [Openness.openSource.rawValue, Openness.openWeights.rawValue]
    return field == .openness && open.contains(believed) && open.contains(other) ? .differentDefinition : nil
  }
}

extension Field {
  var isPrice: Bool {
    if case .price = self { return true }
    return false
  }
}
