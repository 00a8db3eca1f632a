import Cataloguing
import Facts
import Synchronization

/// The timelines of a log's sources, each made once, when a thread meets the source first.
final class Timelines: Sendable {
  private struct Words: Hashable {
    let provider: String?
    let model: String
  }

  /// Holds the place of a timeline while one thread makes it, so that others need not wait but for this one.
  private final class Place: Sendable {
    let number: Int
    let timeline = Mutex<SourceTimeline?>(nil)

    init(number: Int) { self.number = number }
  }

  let catalogue: Catalogue
  let question: RepriceQuestion
  private let today: CalendarDate
  private let places = Mutex<[Words: Place]>([:])
  private let rates = Mutex<[MatchedRoute: RouteRates]>([:])

  /// - Parameter today: the day by which routes count as listed.
  init(_ catalogue: Catalogue, question: RepriceQuestion, today: CalendarDate) {
    self.catalogue = catalogue
    self.today = today
    self.question = question
  }

  /// - Parameters:
  ///   - provider: in the log's words; nil where it does not say.
  ///   - matcher: the calling thread's own.
  func timeline(
    provider: String?, model: String, matcher: inout RouteMatcher
  ) throws(CatalogueError) -> SourceTimeline {
    let words = Words(provider: provider, model: model)
    let place = places.withLock { places in
      if let known = places[words] { return known }
      let place = Place(number: places.count)
      places[words] = place
      return place
    }
    return try place.timeline.withLock { known throws(CatalogueError) in
      if let known { return known }
      let made = SourceTimeline(number: place.number, spans: try spans(of: words, &matcher))
      known = made
      return made
    }
  }

  private func spans(of words: Words, _ matcher: inout RouteMatcher) throws(CatalogueError) -> [SourceTimeline
    .Span]
  {
    guard !words.model.isEmpty else {
      return [
        .init(firstDay: .min, meaning: .problem(ProblemKind(.unknownModel, "the record names no model")))
      ]
    }
    var spans: [SourceTimeline.Span] = []
    let changes = [Int.min] + catalogue.aliasDays(of: words.model)
    for (place, first) in changes.enumerated() {
      let next = place + 1 < changes.count ? changes[place + 1] : .max
      let day = first == .min ? (next == .max ? nil : next - 1) : first
      switch try matcher.match(provider: words.provider, model: words.model, day: day) {
      case .problem(let reason, let message):
        spans.append(.init(firstDay: first, meaning: .problem(ProblemKind(reason, message))))
      case .route(let route): spans += try prices(of: route, from: first, until: next, &matcher)
      }
    }
    return spans
  }

  /// The spans of one route between two days.
  private func prices(
    of route: MatchedRoute, from first: Int, until next: Int, _ matcher: inout RouteMatcher
  ) throws(CatalogueError) -> [SourceTimeline.Span] {
    guard let own = try rates(of: route, &matcher) else {
      let problem = ProblemKind(.unknownRoute, "the catalogue has no prices of \(route.id)")
      return [.init(firstDay: first, meaning: .problem(problem))]
    }
    let alternatives = question.alternatives.map(\.rates)
    let siblings = question.asksForCheapest ? try siblings(of: route.model, &matcher) : []
    var days: Set<Int> = [first]
    for rates in [own] + alternatives + siblings {
      for period in rates.periods {
        if let day = period.from?.firstDayNumber, day > first, day < next { days.insert(day) }
      }
    }
    func inForce(_ rates: RouteRates, _ day: Int) -> PricesInForce.Rates {
      PricesInForce.Rates(rates: rates, period: rates.period(ofDay: day))
    }
    return days.sorted().map { day in
      let prices = PricesInForce(
        own: inForce(own, day), alternatives: alternatives.map { inForce($0, day) },
        siblings: siblings.map { inForce($0, day) }, question: question)
      return SourceTimeline.Span(firstDay: day, meaning: .prices(prices))
    }
  }

  /// Routes that could carry a model's traffic: listed, not retired, paid by use, and of no mode of their own.
  private func siblings(
    of model: ModelID, _ matcher: inout RouteMatcher
  ) throws(CatalogueError) -> [RouteRates] {
    var found: [RouteRates] = []
    for route in try catalogue.model(model, asOf: today)?.availableRoutes ?? [] {
      guard route.attributes.mode == nil, route.kind.value == nil || route.kind.value == .metered else {
        continue
      }
      let sibling = MatchedRoute(model: model, provider: route.provider, apiID: route.apiID)
      if let rates = try rates(of: sibling, &matcher) { found.append(rates) }
    }
    return found
  }

  private func rates(
    of route: MatchedRoute, _ matcher: inout RouteMatcher
  ) throws(CatalogueError) -> RouteRates? {
    if let known = rates.withLock({ $0[route] }) { return known }
    var found: RouteRates?
    if let known = try matcher.contents(of: route.model) {
      found = catalogue.rates(in: known, at: route.provider, apiID: route.apiID)
    }
    // An id that leads to one release after another belongs to no model.
    if found == nil {
      found = try catalogue.rates(of: route.model, at: route.provider, apiID: route.apiID)
    }
    guard let made = found else { return nil }
    rates.withLock { $0[route] = made }
    return made
  }
}
