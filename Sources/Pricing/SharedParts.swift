import Facts

extension BillableUnit {
  /// Parts of this unit that are billed with another one, which lies beside it and is nearer to them: nothing prices them apart.
  ///
  /// Sound read from a cache is both: where only cache reads and sound have prices, it is billed as read, and not again as sound.
  func partsBilledBeside(priced: Set<BillableUnit>) -> [BillableUnit] {
    parts.filter { part in
      guard !priced.contains(part),
        let home = part.wider.first(where: priced.contains)
      else { return false }
      return home != self && !home.wider.contains(self)
    }
  }

  /// The units that are part of this one, in the order of `allCases`.
  var parts: [BillableUnit] { Self.partsOfUnits[self, default: []] }

  private static let partsOfUnits: [BillableUnit: [BillableUnit]] = {
    var parts: [BillableUnit: [BillableUnit]] = [:]
    for unit in allCases {
      for whole in unit.wider { parts[whole, default: []].append(unit) }
    }
    return parts
  }()

  /// The narrowest first: a part's own pieces are known before those of what holds it, and a unit that is part of three others
  /// is narrower than one that is part of one.
  static let narrowFirst: [BillableUnit] = allCases.sorted { $0.wider.count > $1.wider.count }
}
