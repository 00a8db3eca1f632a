/// What the records of a source can state, in the words of `states` in `Data/policy/sources.json`.
///
/// A word is a unit of price (`input`, `cache_write_1h`; `price.reasoning`, since a capability has that name), a mode of price (`batch`), `tier`, `hours`, a kind of condition
/// (`when(residency)`), or a field that is no price (`max_output`). A snapshot that can state a field and whose record does not
/// state it says that the record no longer has it, where an older snapshot of the same lineage did.
extension SourceDescription {
  private static let tier = "tier"
  private static let hours = "hours"

  private static func word(_ unit: BillableUnit) -> String {
    unit == .reasoning ? "price.reasoning" : unit.rawValue
  }

  private static func word(_ key: PriceCondition.Key) -> String { "when(\(key.rawValue))" }

  /// Every word that `states` may hold.
  public static let statable: Set<String> = Set(
    BillableUnit.allCases.map(word) + PriceMode.allCases.map(\.rawValue) + [tier, hours]
      + PriceCondition.Key.allCases.map(word) + Field.plain.map(\.rawValue))

  /// Whether a record of this snapshot can state the field; a price needs its unit, and its mode, tier, hours and condition where
  /// it has them. False wherever the source declares nothing, so that absence there ends nothing.
  public func canState(_ field: Field) -> Bool {
    guard case .price(let term) = field else { return states.contains(field.rawValue) }
    return states.contains(Self.word(term.unit))
      && (term.mode == .standard || states.contains(term.mode.rawValue))
      && (term.tier == nil || states.contains(Self.tier))
      && (term.hours == nil || states.contains(Self.hours))
      && (term.condition.map { states.contains(Self.word($0.key)) } ?? true)
  }
}
