import Facts

/// What buying through a provider adds to the prices it lists. Never part of a compared cost: it stands beside it.
public final class ChannelFee: Sendable {
  /// A charge with the page that states it.
  public struct Cited: Sendable {
    public let charge: FeeCharge
    public let citation: Citation
  }

  /// In the order of the file.
  public let charges: [Cited]
  /// Where the rows stand, for the snapshot.
  let note: FeeNote
  let source: SourceDescription

  public init(_ note: FeeNote, from source: SourceDescription) {
    self.note = note
    self.source = source
    charges = note.rows.map { row in
      Cited(
        charge: row.charge,
        citation: Citation(
          source: source, recordKey: row.recordKey, path: row.charge.basis.rawValue,
          asWritten: row.charge.percent.text, unitAsWritten: "percent", url: row.url, observed: row.seen,
          mark: row.mark))
    }
  }

  /// What an ordinary bill bears: the charge on requests, and the one on top-ups as most are paid, by card. Charges of
  /// nothing, of own keys and of special cases are left out.
  public var usual: [Cited] { ordinary.filter { !$0.charge.isNothing } }

  /// Whether sources state that an ordinary bill bears nothing: neither a request nor a top-up.
  public var isNothing: Bool { usual.isEmpty && ordinary.contains { $0.charge.basis != .request } }

  /// Whether sources state that list prices are passed through.
  public var passesPricesThrough: Cited? {
    ordinary.first { $0.charge.basis == .request && $0.charge.isNothing }
  }

  private var ordinary: [Cited] {
    func first(_ basis: FeeBasis) -> Cited? {
      charges.first { $0.charge.basis == basis && $0.charge.only == nil }
    }
    let topUp = first(.topUp) ?? first(.cardTopUp) ?? first(.cryptoTopUp)
    return [first(.request), topUp].compactMap(\.self)
  }
}

extension ChannelFee {
  /// The place of a fee among routes of equal cost: none before unknown before a fee, the lower percentage first.
  public struct Order: Comparable, Sendable {
    let rank: Int
    let percent: ExactDecimal
    let fixed: Money

    public static func < (left: Order, right: Order) -> Bool {
      (left.rank, left.percent, left.fixed) < (right.rank, right.percent, right.fixed)
    }
  }

  /// - Parameter fee: nil where no fee is known.
  public static func order(_ fee: ChannelFee?) -> Order {
    guard let fee else { return Order(rank: 1, percent: .zero, fixed: .zero) }
    if fee.isNothing { return Order(rank: 0, percent: .zero, fixed: .zero) }
    let usual = fee.usual.map(\.charge)
    // Something is stated, but not what a top-up adds: that is unknown.
    guard !usual.isEmpty else { return Order(rank: 1, percent: .zero, fixed: .zero) }
    return Order(
      rank: 2, percent: usual.reduce(.zero) { $0.adding($1.percent) ?? $0 },
      fixed: usual.compactMap(\.fixed).reduce(.zero, +))
  }

  /// What each usual charge would be on a bill that is paid at once, to be added to it: the percentage and the fixed part,
  /// at least the minimum. nil where an amount leaves what can be held.
  public func amount(on bill: ExactDecimal) -> Money? {
    var sum = Money.zero
    for charge in usual.map(\.charge) {
      guard let share = bill.multiplied(by: charge.percent)?.scaled(byPowerOfTen: -2),
        var amount = try? Money(rounding: share)
      else { return nil }
      if let fixed = charge.fixed { amount = amount + fixed }
      if let minimum = charge.minimum { amount = max(amount, minimum) }
      sum = sum + amount
    }
    return sum
  }
}
