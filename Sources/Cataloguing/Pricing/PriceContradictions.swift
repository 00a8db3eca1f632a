import Facts

/// Prices that contradict the others of their list and are not believed.
enum PriceContradictions {
  /// Why a price is not believed.
  enum Reason: String {
    case tierBelowBase = "tier-order"
    case partAboveWhole = "part-above-whole"
    case modeAboveStandard = "mode-above-standard"
  }

  static func removed(from terms: [PriceTerm: Knowledge<Money>]) -> [PriceTerm: Knowledge<Money>] {
    terms.filter { term, money in
      guard let price = money.value else { return true }
      return reason(against: term, price) { terms[$0]?.value } == nil
    }
  }

  /// - Parameter other: the price of another line of the same list.
  static func reason(against term: PriceTerm, _ price: Money, other: (PriceTerm) -> Money?) -> Reason? {
    if term.tier != nil {
      // A tier that is not above its base price, or has none, belongs to a base price that has changed since.
      guard
        let base = other(PriceTerm(term.unit, mode: term.mode, condition: term.condition))
          ?? other(PriceTerm(term.unit, mode: term.mode))
      else { return .tierBelowBase }
      if price < base { return .tierBelowBase }
    }
    if isCheaperMode(term.mode),
      let standard = other(
        PriceTerm(term.unit, tier: term.tier, hours: term.hours, condition: term.condition)),
      standard < price
    {
      return .modeAboveStandard
    }
    if let whole = cheaperPart[term.unit],
      let limit = other(
        PriceTerm(whole, mode: term.mode, tier: term.tier, hours: term.hours, condition: term.condition))
        ?? other(PriceTerm(whole, mode: term.mode)) ?? other(PriceTerm(whole)), limit < price
    {
      return .partAboveWhole
    }
    return nil
  }

  /// Parts that cost at most what the whole does. Sound, pictures and cache writes may cost more than text.
  private static let cheaperPart: [BillableUnit: BillableUnit] = [
    .cacheRead: .input, .cacheReadAudio: .audioInput, .cacheReadImage: .imageInput,
  ]

  private static func isCheaperMode(_ mode: PriceMode) -> Bool {
    mode == .batch || mode == .flex || mode == .offPeak
  }
}
