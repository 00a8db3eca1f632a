/// Why a price cannot stand beside the others of its list.
public enum PriceContradiction: String, CaseIterable, Hashable, Sendable {
  /// A tier is cheaper than the price below it, or has none below it.
  case tierBelowBase = "tier-order"
  /// A part costs more than the whole that it is part of. Sound, pictures and cache writes may.
  case partAboveWhole = "part-above-whole"
  /// A batch or a flexible request costs more than one served as usual.
  case modeAboveStandard = "mode-above-standard"

  /// - Parameters:
  ///   - term: the line whose price is looked at.
  ///   - price: its price.
  ///   - other: the price of another line of the same list.
  public init?(_ term: PriceTerm, _ price: Money, among other: (PriceTerm) -> Money?) {
    func line(_ unit: BillableUnit, _ mode: PriceMode) -> PriceTerm {
      PriceTerm(unit, mode: mode, tier: term.tier, hours: term.hours, condition: term.condition)
    }
    if term.tier != nil {
      // A tier that is not above its base price belongs to a base price that has changed since.
      guard
        let base = other(PriceTerm(term.unit, mode: term.mode, hours: term.hours, condition: term.condition))
          ?? other(PriceTerm(term.unit, mode: term.mode, condition: term.condition))
          ?? other(PriceTerm(term.unit, mode: term.mode)), base <= price
      else {
        self = .tierBelowBase
        return
      }
    }
    if Self.isCheaper(term.mode), let standard = other(line(term.unit, .standard)),
      standard < price
    {
      self = .modeAboveStandard
      return
    }
    if let whole = Self.whole(ofCheaper: term.unit),
      let limit = other(line(whole, term.mode)) ?? other(PriceTerm(whole, mode: term.mode))
        ?? other(PriceTerm(whole)),
      limit < price
    {
      self = .partAboveWhole
      return
    }
    return nil
  }

  private static func isCheaper(_ mode: PriceMode) -> Bool {
    mode == .batch || mode == .flex || mode == .offPeak
  }

  /// What a part belongs to that costs at most what the whole does.
  private static func whole(ofCheaper part: BillableUnit) -> BillableUnit? {
    switch part {
    case .cacheRead: .input
    case .reasoning: .output
    case .cacheReadAudio: .audioInput
    case .cacheReadImage: .imageInput
    default: nil
    }
  }

  /// The rule in words.
  public var rule: String {
    switch self {
    case .tierBelowBase: "a tier costs at least what the price below it does"
    case .partAboveWhole: "a part costs at most what the whole does that it is part of"
    case .modeAboveStandard: "a batch or a flexible request costs at most what one served as usual does"
    }
  }
}
