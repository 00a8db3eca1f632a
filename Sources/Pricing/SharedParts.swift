import Facts

extension BillableUnit {
  /// Parts of this unit that are billed with another one, which lies beside it and is nearer to them: nothing prices them apart.
  ///
  /// Sound read from a cache is both: where only cache reads and sound have prices, it is billed as read, and not again as sound.
  func partsBilledBeside(priced: Set<BillableUnit>) -> [BillableUnit] {
    BillableUnit.allCases.filter { part in
      guard !priced.contains(part), part.wider.contains(self),
        let home = part.wider.first(where: priced.contains)
      else { return false }
      return home != self && !home.wider.contains(self)
    }
  }
}
