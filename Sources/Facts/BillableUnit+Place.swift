extension BillableUnit {
  /// The place of the unit in `allCases`. An enum without payloads is held as the place of its case.
  public var place: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  // Without it the raw text is hashed.
  public func hash(into hasher: inout Hasher) { hasher.combine(UInt8(truncatingIfNeeded: place)) }
}
