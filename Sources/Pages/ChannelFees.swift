import Cataloguing
import Documents
import Facts

/// What buying through a provider adds to its prices, in words: a line beside a cost, never part of it.
package enum ChannelFees {
  /// Beside costs of a route whose provider states nothing.
  static let notKnown = "no fee is known"

  /// `+ 5.5% on card top-ups (at least $0.80)`, `none: list prices are passed through`, `no fee is known`.
  package static func runs(_ fee: ChannelFee?) -> [Run] {
    guard let fee else { return [.cell(.plain(notKnown))] }
    if fee.isNothing { return [.cell(nothing(fee))] }
    let usual = fee.usual.map { [Run.cell(cell($0))] }
    guard usual.isEmpty else { return Array(usual.joined(separator: [.text(", ")])) }
    // Prices that are passed through say nothing of what a top-up costs.
    guard let passed = fee.passesPricesThrough else { return [.cell(.plain(notKnown))] }
    return [.cell(cell(passed)), .text("; for top-ups \(notKnown)")]
  }

  /// The same behind a cost: empty where no fee is known, because then the line has nothing to add.
  static func beside(_ fee: ChannelFee?) -> [Run] {
    guard let fee, !fee.usual.isEmpty else { return [] }
    return [.text(" ")] + runs(fee)
  }

  /// A sentence of its own: `Buying at OpenRouter adds + 5.5% …: $11.90 on this bill.`
  /// - Parameter bill: what the amount is worked out for; nil states no amount.
  static func line(_ fee: ChannelFee?, on bill: ExactDecimal?) -> [Run] {
    var line: [Run] = [.text("Fee of the channel, beside this and never in it: ")] + runs(fee)
    if let bill, let fee, let amount = fee.amount(on: bill), !fee.usual.isEmpty {
      line += [
        .text("; on this bill, topped up at once, "),
        .cell(
          Cells.derived(
            dollars(amount), exact: amount.text, from: fee.usual.map(\.citation),
            rule: "the percentage of the bill and the fixed part, at least the minimum")),
        .text(" more"),
      ]
    }
    return line + [.text(".")]
  }

  /// The words alone, for scripts; nil where no fee is known.
  static func words(_ fee: ChannelFee?) -> String? { fee == nil ? nil : runs(fee).plainText }

  /// The list of the fees that a page shows and its other lists do not number; nil without any.
  static func list(of cells: [Cell], without known: [CitationList]) -> CitationList? {
    let list = CitationList(title: "Fees of channels", of: cells, without: known)
    return list.entries.isEmpty ? nil : list
  }

  /// Every charge with its page, for the provider's own page.
  static func section(_ fee: ChannelFee?) -> Section {
    guard let fee else {
      return Section(
        id: "fees", title: "Fees beside the prices",
        blocks: [
          .paragraph([
            .text("What buying here adds to the prices is "), .cell(.unknown),
            .text(": no source states a fee."),
          ])
        ])
    }
    return Section(
      id: "fees", title: "Fees beside the prices",
      blocks: [
        .paragraph([.text("No cost of this site holds them: they stand beside it.")]),
        .table(
          Table(
            caption: "What buying here adds to the prices", head: ["For", "Fee"],
            rows: fee.charges.map { cited in
              Table.Row(
                Display.capitalised(noun(cited.charge.basis)), note: cited.charge.only.map(Display.harmless),
                cells: [[.cell(cell(cited))]])
            })),
      ])
  }

  // MARK: Words

  /// All its digits, and cents at least: `$0.80`, `$0.001375`.
  private static func dollars(_ amount: Money) -> String {
    Display.isExact(amount, decimals: 2)
      ? Display.cost(amount, decimals: 2) : Display.dollars(amount.dollars)
  }

  private static func cell(_ cited: ChannelFee.Cited) -> Cell {
    let charge = cited.charge
    return Cell(
      words(charge), state: charge.isNothing ? .absent : .known,
      exact: charge.isNothing ? "none" : charge.percent.text, citations: [cited.citation],
      rule: ResolutionRule.onlySource.rawValue)
  }

  private static func nothing(_ fee: ChannelFee) -> Cell {
    let passed = fee.passesPricesThrough
    let stated = fee.charges.filter {
      $0.charge.isNothing && $0.charge.only == nil && $0.charge.basis != .ownKeys
    }
    return Cell(
      passed == nil ? "none on top-ups" : "none: list prices are passed through", state: .absent,
      exact: "none", citations: stated.map(\.citation), rule: ResolutionRule.onlySource.rawValue)
  }

  /// `+ 4.4% and $0.30 on card top-ups`, `+ 5% under own keys, beyond $25,000 a month at list price`.
  private static func words(_ charge: FeeCharge) -> String {
    if charge.isNothing {
      return charge.basis == .request
        ? "none on requests: list prices are passed through" : "none \(place(charge.basis))"
    }
    var text = "+ \(charge.percent.text)%"
    if let fixed = charge.fixed { text += " and \(dollars(fixed))" }
    text += " \(place(charge.basis))"
    if let only = charge.only { text += " \(Display.harmless(only))" }
    var limits: [String] = []
    if let minimum = charge.minimum { limits.append("at least \(dollars(minimum))") }
    if let free = charge.freeSpend {
      limits.append("beyond \(Display.dollars(free.dollars)) a month at list price")
    }
    if let free = charge.freeRequests {
      limits.append("beyond \(Display.grouped(String(free))) requests a month")
    }
    return limits.isEmpty ? text : text + " (\(limits.joined(separator: ", ")))"
  }

  private static func place(_ basis: FeeBasis) -> String {
    switch basis {
    case .request: "on each request"
    case .topUp: "on top-ups"
    case .cardTopUp: "on card top-ups"
    case .cryptoTopUp: "on crypto top-ups"
    case .ownKeys: "under own keys"
    }
  }

  private static func noun(_ basis: FeeBasis) -> String {
    switch basis {
    case .request: "requests"
    case .topUp: "top-ups"
    case .cardTopUp: "card top-ups"
    case .cryptoTopUp: "crypto top-ups"
    case .ownKeys: "requests under own keys"
    }
  }

  // MARK: JSON

  /// The shape of `fee` in the schemas: whether buying costs a fee, and every charge that a source states.
  /// - Parameter bill: what `amount_usd` is worked out for; nil leaves it out.
  package static func data(_ fee: ChannelFee?, on bill: ExactDecimal? = nil) -> DataValue {
    let state =
      switch fee {
      case nil: Display.unknown
      case .some(let fee) where fee.isNothing: "none"
      case .some(let fee): fee.usual.isEmpty ? Display.unknown : "known"
      }
    var members: [(String, DataValue)] = [
      ("state", .text(state)), ("charges", .list((fee?.charges ?? []).map(data))),
    ]
    if state == "known", let bill, let amount = fee?.amount(on: bill) {
      members.append(("amount_usd", .text(amount.text)))
    }
    return .map(members)
  }

  private static func data(_ cited: ChannelFee.Cited) -> DataValue {
    let charge = cited.charge
    var members: [(String, DataValue)] = [
      ("basis", .text(charge.basis.rawValue)), ("percent", .text(charge.percent.text)),
    ]
    if let minimum = charge.minimum { members.append(("minimum_usd", .text(minimum.text))) }
    if let fixed = charge.fixed { members.append(("fixed_usd", .text(fixed.text))) }
    if let free = charge.freeSpend { members.append(("free_usd_per_month", .text(free.text))) }
    if let free = charge.freeRequests { members.append(("free_requests_per_month", .text(String(free)))) }
    if let only = charge.only { members.append(("only", .text(Display.harmless(only)))) }
    members.append(("citation", data(cited.citation)))
    return .map(members)
  }

  private static func data(_ citation: Citation) -> DataValue {
    var members: [(String, DataValue)] = [
      ("source", .text(citation.source.id.rawValue)), ("version", .text(citation.source.version)),
      ("record", .text(Display.harmless(citation.recordKey))), ("observed", .text(citation.observed.text)),
    ]
    if let url = citation.url { members.append(("url", .text(Display.harmless(url)))) }
    if let mark = citation.mark { members.append(("mark", .text(Display.harmless(mark)))) }
    return .map(members)
  }
}
