import Facts

extension ModelResolver {
  /// The end that is stated of a route itself: all that an id has which leads to no one model.
  func statedEnd(_ witnesses: Witnesses) -> Lives.End {
    guard let said = witnesses[.retirement], !said.isEmpty else { return .unknown }
    let day = Resolution(field: .retirement, witnesses: said).knowledge().date
    guard !day.isUnknown else { return .unknown }
    let named = witnesses[.successor] ?? []
    return Lives.End(
      day: day, scope: .route,
      successor: named.isEmpty ? .unknown : Resolution(field: .successor, witnesses: named).knowledge().text)
  }
}
