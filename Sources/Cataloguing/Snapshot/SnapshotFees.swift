import Facts

extension ByteWriter {
  /// Fees by provider, each under the source that states them.
  mutating func fees(_ fees: [ProviderID: ChannelFee]) {
    unsigned(fees.count)
    for (provider, fee) in fees.sorted(by: { $0.key < $1.key }) {
      text(provider.rawValue)
      text(fee.source.id.rawValue)
      text(fee.note.provider)
      unsigned(fee.note.rows.count)
      for row in fee.note.rows { self.fee(row) }
    }
  }

  private mutating func fee(_ row: FeeNote.Row) {
    let charge = row.charge
    text(charge.basis.rawValue)
    decimal(charge.percent)
    amount(charge.minimum)
    amount(charge.fixed)
    amount(charge.freeSpend)
    optional(charge.freeRequests.map { String($0) })
    optional(charge.only)
    text(row.recordKey)
    optional(row.url)
    date(row.seen)
    text(row.mark)
  }

  private mutating func amount(_ money: Money?) {
    byte(money == nil ? 0 : 1)
    if let money { decimal(money.dollars) }
  }
}

extension ByteReader {
  mutating func fees(of sources: [SourceDescription]) throws(CatalogueError) -> [ProviderID: ChannelFee] {
    var fees: [ProviderID: ChannelFee] = [:]
    for _ in 0..<(try count()) {
      let provider = ProviderID(try text())
      let id = SourceID(try text())
      let written = try text()
      var rows: [FeeNote.Row] = []
      for _ in 0..<(try count()) { rows.append(try fee()) }
      guard let source = sources.last(where: { $0.id == id }) else {
        throw corrupt("a fee is stated by no source of the catalogue")
      }
      fees[provider] = ChannelFee(FeeNote(provider: written, rows: rows), from: source)
    }
    return fees
  }

  private mutating func fee() throws(CatalogueError) -> FeeNote.Row {
    guard let basis = FeeBasis(rawValue: try text()) else { throw corrupt("a fee has a known basis") }
    let charge = FeeCharge(
      basis: basis, percent: try decimal(), minimum: try amount(), fixed: try amount(),
      freeSpend: try amount(), freeRequests: try optionalText().flatMap { Int64($0) },
      only: try optionalText())
    return FeeNote.Row(
      charge: charge, recordKey: try text(), url: try optionalText(), seen: try date(), mark: try text())
  }

  private mutating func amount() throws(CatalogueError) -> Money? {
    guard try byte() == 1 else { return nil }
    guard let money = try? Money(dollars: try decimal()) else {
      throw corrupt("a fee is an amount of dollars")
    }
    return money
  }
}
