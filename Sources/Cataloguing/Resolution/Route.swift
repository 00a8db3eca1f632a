import Facts
import Synchronization

/// A model at a provider under an API id, with the values of this route alone.
public final class Route: Sendable {
  public let model: ModelID
  public let provider: ProviderID
  public let providerName: String
  /// The id that a caller sends.
  public let apiID: String
  public let attributes: RouteAttributes
  /// Whether the provider is the lab's own, and nothing speaks against the lab selling the model itself.
  public let isFirstParty: Bool
  /// The firm whose provider it is, where the policy names several of one firm.
  let owner: String?
  /// What buying through the provider adds to the prices; nil where no fee is known.
  public let fee: ChannelFee?
  /// The last day a source named the route.
  public let lastSeen: CalendarDate
  /// Whether the newest list of a source that drops what is no longer sold holds it.
  public let isListed: Bool
  /// Whether it is still served.
  public let life: Life
  public let asOf: CalendarDate
  /// The prices in force on the day; resolved when they are first asked for, because pages ask for those of few routes.
  public var prices: PriceList {
    resolved.withLock { known in
      if let known { return known }
      let list = priced.list(on: asOf)
      known = list
      return list
    }
  }
  private let resolved = Mutex<PriceList?>(nil)
  /// The records that name the route.
  private let records: [(record: SourceRecord, source: SourceDescription)]
  /// The claims of the route's records; a field is resolved when it is asked for, because pages ask for few.
  let witnesses: Witnesses
  /// What its prices are resolved from, on any day.
  let priced: PricedRoute

  init(
    model: ModelID, provider: ProviderID, providerName: String, apiID: String, attributes: RouteAttributes,
    isFirstParty: Bool, owner: String?, fee: ChannelFee?, lastSeen: CalendarDate, isListed: Bool,
    life: Life, asOf: CalendarDate,
    records: [(record: SourceRecord, source: SourceDescription)], witnesses: Witnesses, priced: PricedRoute
  ) {
    self.model = model
    self.provider = provider
    self.providerName = providerName
    self.apiID = apiID
    self.attributes = attributes
    self.isFirstParty = isFirstParty
    self.owner = owner
    self.fee = fee
    self.lastSeen = lastSeen
    self.isListed = isListed
    self.life = life
    self.asOf = asOf
    self.records = records
    self.witnesses = witnesses
    self.priced = priced
  }

  /// The records that name the route.
  public var listing: [Citation] {
    records.map { record, source in
      Citation(
        source: source, recordKey: record.key, asWritten: apiID, url: record.url, observed: record.observed)
    }
  }

  /// `provider/api-id`.
  public var id: String { "\(provider)/\(apiID)" }

  public subscript(field: Field) -> Knowledge<FactValue> {
    // What bounds it speaks too.
    if field == .retirement { return life.end.map { .date($0) } }
    guard let speaking = witnesses[field] else { return .unknown }
    return Resolution(field: field, witnesses: speaking).knowledge()
  }

  public var contextWindow: Knowledge<TokenCount> { self[.contextWindow].tokens }
  public var maxInput: Knowledge<TokenCount> { self[.maxInput].tokens }
  public var maxOutput: Knowledge<TokenCount> { self[.maxOutput].tokens }
  /// The last day it is served; see ``life``.
  public var retirement: Knowledge<CalendarDate> { life.end }

  public var isRetired: Bool { life.hasEnded }
  /// Whether it is listed and its life does not say that it has ended, or that nobody knows.
  public var isAvailable: Bool {
    switch life.state {
    case .listed, .ends: isListed
    case .ended, .gone, .unknown: false
    }
  }

  /// How the route is paid for: stated free or plan, else metered when a price of any unit is not zero, else unknown.
  public var kind: Knowledge<RouteKind> {
    let stated = self[.routeKind].text.compactMap(RouteKind.init)
    if stated.value != nil { return stated }
    for unit in BillableUnit.allCases {
      if case .known(let money, let evidence) = prices.base(unit), !money.isZero {
        return .known(.metered, Evidence(agreeing: evidence.agreeing, rule: .derived))
      }
    }
    // A list may have prices for some hours alone.
    for quote in prices.lines
    where quote.term.mode == .standard && quote.term.tier == nil && quote.term.condition == nil
      && !quote.money.isZero
    {
      return .known(.metered, Evidence(agreeing: quote.evidence.agreeing, rule: .derived))
    }
    return .unknown
  }
}
