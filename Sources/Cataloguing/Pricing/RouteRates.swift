import Facts

/// The prices of one route over time: a list for each span of days in which no source changes one.
public struct RouteRates: Sendable {
  /// Days from `from` up to, not including, the next period's; nil begins before every date.
  public struct Period: Sendable {
    public let from: CalendarDate?
    public let prices: PriceList
    /// How the prices are known to hold on these days.
    public let grade: EvidenceGrade
  }

  public let model: ModelID
  public let provider: ProviderID
  /// The id that a caller sends.
  public let apiID: String
  /// Whether a source says that the route is free.
  public let isFree: Bool
  /// Oldest first; there is at least one.
  public let periods: [Period]
  private let starts: [Int]

  init(model: ModelID, provider: ProviderID, apiID: String, isFree: Bool, periods: [Period]) {
    self.model = model
    self.provider = provider
    self.apiID = apiID
    self.isFree = isFree
    self.periods = periods
    starts = periods.map { $0.from?.firstDayNumber ?? Int.min }
  }

  /// `provider/api-id`.
  public var id: String { "\(provider)/\(apiID)" }

  /// The place of the period that a day falls in, by its number from 1970-01-01 in UTC.
  public func period(ofDay day: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= day { low = middle } else { high = middle }
    }
    return low
  }

  /// The prices in force on the day of an instant, in UTC.
  public func prices(at time: Timestamp) -> PriceList { periods[period(ofDay: time.dayNumber)].prices }
}

extension Catalogue {
  /// The prices of a model's route on every day; nil when the catalogue has no such route.
  /// - Parameter apiID: as the provider writes it, in any case.
  public func rates(of model: ModelID, at provider: ProviderID, apiID: String) throws(CatalogueError)
    -> RouteRates?
  {
    let contents = model == CatalogueContents.noModel ? try floatingContents() : try self.contents(of: model)
    return contents.flatMap { rates(in: $0, at: provider, apiID: apiID) }
  }

  /// The same from what was read of the model before.
  public func rates(in contents: ModelContents, at provider: ProviderID, apiID: String) -> RouteRates? {
    let model = contents.id
    guard
      let route = contents.routes.first(where: {
        $0.provider == provider && $0.apiID.lowercased() == apiID.lowercased()
      })
    else { return nil }
    let resolver = ModelResolver(frame: frame, asOf: date ?? .epoch)
    let priced = resolver.pricedRoute(route, in: contents)
    var days = priced.days
    let evidence = days.union([days.min()?.eve ?? priced.firstSeen ?? resolver.asOf]).map {
      priced.list(on: $0).sightings
    }
    for sightings in evidence where !sightings.isStated {
      // The same price is known otherwise before it was first seen, and after it was last seen.
      days.formUnion([sightings.first, sightings.last?.next].compactMap(\.self))
    }
    let sorted = days.sorted()
    var periods: [RouteRates.Period] = []
    func add(_ from: CalendarDate?, on day: CalendarDate) {
      let prices = priced.list(on: day)
      let grade = prices.sightings.grade(on: day)
      if let last = periods.last, last.grade == grade, last.prices.saysTheSame(as: prices) { return }
      periods.append(RouteRates.Period(from: from, prices: prices, grade: grade))
    }
    add(nil, on: sorted.first?.eve ?? resolver.asOf)
    for day in sorted { add(day, on: day) }
    return RouteRates(
      model: model, provider: provider, apiID: route.apiID, isFree: priced.isFree, periods: periods)
  }
}

extension PriceList {
  /// Whether both lists hold the same prices with the same citations.
  fileprivate func saysTheSame(as other: PriceList) -> Bool {
    terms == other.terms && contradicted == other.contradicted
  }
}
