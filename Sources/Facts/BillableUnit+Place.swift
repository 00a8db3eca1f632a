extension BillableUnit {
  /// The place of the unit in `allCases`.
  public var place: Int { Self.places[self, default: 0] }

  private static let places: [BillableUnit: Int] = {
    var places: [BillableUnit: Int] = [:]
    for (place, unit) in allCases.enumerated() { places[unit] = place }
    return places
  }()
}
