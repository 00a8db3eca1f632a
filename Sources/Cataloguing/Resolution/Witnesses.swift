import Facts

/// Witnesses by field, those of prices by line.
struct Witnesses {
  private var byField: [Field: [Witness]] = [:]
  private(set) var prices: [PriceTerm: [Witness]] = [:]

  mutating func add(_ witness: Witness) {
    if case .price(let term) = witness.claim.field {
      prices[term, default: []].append(witness)
    } else {
      byField[witness.claim.field, default: []].append(witness)
    }
  }

  subscript(field: Field) -> [Witness]? {
    if case .price(let term) = field { return prices[term] }
    return byField[field]
  }

  /// The same with what others say, prices left aside.
  func merging(_ others: [Witnesses]) -> Witnesses {
    var result = Witnesses()
    result.byField = byField
    for other in others {
      for (field, witnesses) in other.byField { result.byField[field, default: []] += witnesses }
    }
    return result
  }
}
