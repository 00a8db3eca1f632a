import Facts

/// A measurement, and whether it still speaks of the route as it is.
public struct MeasuredEvidence: Hashable, Sendable {
  public enum Standing: Hashable, Sendable {
    case current
    /// Its last day has passed.
    case expired
    /// The route is another now.
    case outdated(Change)
  }

  /// What changed since the measurement.
  public enum Change: Hashable, Sendable {
    /// A price by `PriceTerm.text`; nil where there is none then or now.
    case price(term: String, then: String?, now: String?)
    /// The API id stands for another model; nil where it stands for none.
    case snapshot(now: ModelID?)
    /// A later measurement was served by others.
    case served(on: CalendarDate)
    /// No source lists the route any more.
    case unlisted
  }

  public let measurement: Measurement
  public let standing: Standing

  public var isCurrent: Bool { standing == .current }
}

extension Catalogue {
  /// The newest measurement of each route of a model and run, newest first, each with its standing on the model's day.
  public func measuredEvidence(of model: Model) throws(CatalogueError) -> [MeasuredEvidence] {
    let own = measurements.filter { $0.model == model.id }.sorted {
      ($1.date, $0.run, $0.route) < ($0.date, $1.run, $1.route)
    }
    var evidence: [MeasuredEvidence] = []
    var seen: Set<[String]> = []
    for measurement in own where seen.insert([measurement.run, measurement.route]).inserted {
      evidence.append(
        MeasuredEvidence(
          measurement: measurement, standing: try standing(of: measurement, in: model, among: own)))
    }
    return evidence
  }

  private func standing(
    of measurement: Measurement, in model: Model, among own: [Measurement]
  ) throws(CatalogueError) -> MeasuredEvidence.Standing {
    guard let route = model.routes.first(where: { $0.id == measurement.route }), route.isAvailable else {
      return .outdated(.unlisted)
    }
    let now = try resolve(measurement.apiID, provider: measurement.provider.rawValue, asOf: model.asOf)
    switch now {
    case .resolved(let id) where id.model != model.id: return .outdated(.snapshot(now: id.model))
    case .ambiguous: return .outdated(.snapshot(now: nil))
    // An id that only its own route names resolves through that route.
    case .resolved, .unknown: break
    }
    let prices = route.knownPrices
    for term in Set(prices.keys).union(measurement.prices.keys).sorted() {
      guard prices[term] != measurement.prices[term] else { continue }
      return .outdated(.price(term: term, then: measurement.prices[term], now: prices[term]))
    }
    if let later = own.last(where: { other in
      other.route == measurement.route && other.date > measurement.date
        && other.served.isDisjoint(with: measurement.served)
        && !other.served.isEmpty && !measurement.served.isEmpty
    }) {
      return .outdated(.served(on: later.date))
    }
    return measurement.validUntil.lastDayNumber < model.asOf.firstDayNumber ? .expired : .current
  }
}

extension Route {
  /// The known prices by `PriceTerm.text`, in canonical text: two equal tables are equal prices.
  public var knownPrices: [String: String] {
    var prices: [String: String] = [:]
    for (term, money) in self.prices.terms { if let value = money.value { prices[term.text] = value.text } }
    return prices
  }
}
