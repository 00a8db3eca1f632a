import ArgumentParser
import Cataloguing
import Deciding
import Documents
import Facts
import Metering
import Pages
import Platform
import Pricing
import Rendering
import TextFormats

struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost", abstract: "Price one request, or a month of traffic, through one route.",
    discussion: """
      Usage is JSON. Counts are nested: input counts the whole prompt with what a cache read or wrote, cache_write the writes
      for an hour too, output counts reasoning. Keys: \(BillableUnit.allCases.map(\.usageKey).joined(separator: ", ")).

      A unit that no source prices apart is billed as the unit it is part of; what has no price at all makes the total
      unknown, with its known part shown. Adjustments stack in the order given: each changes what the ones before it left.

      A month is so many requests, each like the average of them. What is left out is usual for the product. Where prices depend
      on hours, the traffic is spread evenly over the week unless --hours says otherwise.

      Examples:
        llmref cost --model gpt-5.4 --usage '{"input": 300000, "cache_read": 120000, "output": 4000}'
        llmref cost --model claude-sonnet-4.5 --provider anthropic --usage '{"input": 9000, "output": 500}' --tier batch --at 2026-10-20
        llmref cost --model claude-sonnet-4.5 --input-tokens 2B --output-tokens 300M --against gpt-5.4 --against glm-5
        llmref cost --model deepseek-v4-flash --provider deepseek --hours peak --batch 30%
        llmref cost --model mistral-embed --input-tokens 2B
      """)

  @Option(name: .long, help: "A model's id, short, canonical, or any provider's own.") var model: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who serves it; when left out the lab's own route, or the cheapest of all providers where the lab sells none.",
      valueName: "NAME"))
  var provider: String?
  @Option(
    name: .long,
    help: ArgumentHelp("What one request used; a month of traffic when left out.", valueName: "JSON"))
  var usage: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "When it was served, now when left out; of a month the day alone counts.",
      valueName: "2026-06-15T08:30:00Z"))
  var at: String?
  @Option(name: .long, help: "How it was served: standard, batch, flex, priority or fast.") var tier =
    "standard"
  @Flag(name: .customLong("cache-excluded"), help: "The usage's input leaves out what a cache read or wrote.")
  var cacheExcluded = false
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A discount or uplift in percent; may be given several times.", valueName: "NAME=-15%")
  )
  var adjust: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Another model, or a provider's own id, at the same traffic: says when the cheaper one changes; may be given several times.",
      valueName: "MODEL"))
  var against: [String] = []
  @OptionGroup var document: DocumentOptions
  @OptionGroup var traffic: WorkloadOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    guard let mode = PriceMode(rawValue: tier == "default" ? "standard" : tier), mode != .offPeak else {
      throw CommandProblem(
        "--tier \(tier.bounded) is no way of serving", hint: "write standard, batch, flex, priority or fast")
    }
    let adjustments = try adjust.map(Self.adjustment)
    let statement = try usage.map { try request($0, mode, adjustments) } ?? month(mode, adjustments)
    if document.json {
      Output.write(JSONText.write(statement.data))
    } else {
      document.write(statement.document)
    }
  }

  /// One request is priced at the instant at which it was served.
  private func request(_ usage: String, _ mode: PriceMode, _ adjustments: [Adjustment]) throws
    -> CostStatement
  {
    guard traffic.isSilent else {
      throw CommandProblem(
        "--usage is one request, and options of a month stand beside it", hint: "leave out one of the two")
    }
    let used = try Self.usage(usage, cacheExcluded: cacheExcluded)
    let time =
      try at.map { try Timestamp(parsing: $0) } ?? options.givenDay().map { Timestamp(startOf: $0) }
      ?? Clock.now()
    let day = try time.day()
    let catalogue = try options.open()
    func bill(_ route: Route) throws -> Bill {
      try Bill(
        used, at: route.prices, mode: mode, isFree: route.kind.value == .free, time: time,
        adjustments: adjustments)
    }
    let served = try catalogue.served(model, provider: provider, asOf: day) { card in
      card.routes.map(\.route).compactMap { route in
        (try? bill(route))?.total.dollars.map { (route, $0) }
      }.min { $0.1 < $1.1 }?.0
    }
    return CostStatement(
      try bill(served.found.route), at: time, through: served.found.route, of: served.found.model,
      isCheapest: served.isCheapest, in: catalogue,
      against: try contest(of: served.found, used, mode, in: catalogue, asOf: day))
  }

  /// A month is priced on a day, never at the minute at which the command runs: its hours are an assumption that is printed.
  private func month(_ mode: PriceMode, _ adjustments: [Adjustment]) throws -> CostStatement {
    guard !cacheExcluded else {
      throw CommandProblem("--cache-excluded is about --usage", hint: "leave it out, or give --usage")
    }
    let stated = try traffic.stated()
    let day = try at.map { try Timestamp(parsing: $0).day() } ?? options.day()
    let catalogue = try options.open()
    func workload(_ model: Model?) -> Workload {
      stated.workload(for: model.map { ProductType.of($0).value.kind(of: $0) } ?? .chat)
    }
    let served = try catalogue.served(model, provider: provider, asOf: day) { card in
      card.routes.first.flatMap { first in
        let traffic = workload(try? catalogue.model(first.route.model, asOf: day))
        return card.cheapest(at: traffic)?.route.route
      }
    }
    let (route, known) = (served.found.route, served.found.model)
    let traffic = workload(known)
    guard let month = Month(traffic, at: route.prices, isFree: route.kind.value == .free, mode: mode) else {
      throw CommandProblem(PricingError.tooLarge.description)
    }
    return CostStatement(
      month, mode: mode, saysHours: stated.saysHours, adjustments: adjustments, on: day, through: route,
      of: known,
      isCheapest: served.isCheapest, in: catalogue,
      against: try contest(of: served.found, at: traffic, mode, in: catalogue, asOf: day))
  }

  /// The routes named with `--against`, beside the one that is priced; nil without any.
  private func contest(
    of served: FoundRoute, _ used: Usage, _ mode: PriceMode, in catalogue: Catalogue, asOf day: CalendarDate
  ) throws -> RouteContest? {
    let others = used.units.filter { ![.input, .output, .cacheRead, .request].contains($0) }
    guard against.isEmpty || others.isEmpty, against.isEmpty || used[.request] > 0 else {
      throw CommandProblem(
        "--against compares prompt, cached and answer tokens, not \(others.map(\.usageKey).joined(separator: ", "))",
        hint: "leave those counts out")
    }
    return try contest(
      of: served, at: Workload(usage: used, requests: max(1, used[.request])), mode, in: catalogue, asOf: day)
  }

  private func contest(
    of served: FoundRoute, at workload: Workload, _ mode: PriceMode, in catalogue: Catalogue,
    asOf day: CalendarDate
  ) throws -> RouteContest? {
    guard !against.isEmpty else { return nil }
    guard mode == .standard, adjust.isEmpty else {
      throw CommandProblem(
        "--against compares list prices as usually served", hint: "leave out --tier and --adjust")
    }
    let others = try against.map { id in
      try catalogue.served(id, provider: nil, asOf: day) { $0.cheapest(at: workload)?.route.route }.found
    }
    let sides = try ([served] + others).map { found in
      guard let side = RouteContest.Side(found) else {
        throw CommandProblem(
          "\(found.route.apiID.bounded) leads to one release after another", hint: "name one release")
      }
      return side
    }
    return RouteContest(sides, workload: workload)
  }

  /// - Throws: `CommandProblem` for what is no object of counts, `UsageError` for counts that contradict each other.
  static func usage(_ text: String, cacheExcluded: Bool) throws -> Usage {
    let hint = #"write --usage '{"input": 9000, "cache_read": 4000, "output": 500}'"#
    guard let object = try? JSONReader.read(Array(text.utf8)).object else {
      throw CommandProblem("--usage \(text.bounded) is no JSON object of counts", hint: hint)
    }
    var counts: [BillableUnit: Int64] = [:]
    for (key, value) in object.members {
      guard let unit = BillableUnit(usageKey: key) else {
        let known = BillableUnit.allCases.map(\.usageKey)
        throw CommandProblem(
          "--usage has no key \"\(key.bounded)\"", hint: "the keys are \(known.joined(separator: ", "))")
      }
      guard case .number(let digits) = value, let count = (try? ExactDecimal(parsing: digits))?.integer,
        count >= 0
      else {
        throw CommandProblem("--usage \(key) \(value.asWritten.bounded) is no whole count", hint: hint)
      }
      counts[unit] = count
    }
    if counts[.request] == nil { counts[.request] = 1 }
    return try cacheExcluded ? .cacheExcluded(counts) : Usage(counts)
  }

  /// `agreement=-15%`, `regional uplift=10%`, `-15%`.
  static func adjustment(_ text: String) throws -> Adjustment {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    var digits = (parts.last ?? "").filter { $0 != " " }
    if digits.hasSuffix("%") { digits.removeLast() }
    if digits.hasPrefix("+") { digits.removeFirst() }
    guard let percent = try? ExactDecimal(parsing: digits), percent >= ExactDecimal(-100),
      percent <= ExactDecimal(1000),
      percent.exponent >= -6
    else {
      throw CommandProblem(
        "--adjust \(text.bounded) is no change in percent",
        hint: "write --adjust \"agreement=-15%\"; from -100% to 1000%")
    }
    return Adjustment(name: parts.count > 1 ? parts[0] : "adjustment", percent: percent)
  }
}

extension Catalogue {
  /// The route that served a request, as `RouteMatcher` finds it for a row of a log. Where no provider is named and the lab sells
  /// no route of the model that serves ordinary requests, the cheapest of all providers.
  ///
  /// - Throws: `CommandProblem` with the candidates when it is unknown or ambiguous.
  fileprivate func served(
    _ id: String, provider: String?, asOf day: CalendarDate, cheapest: (RateCard) throws -> Route?
  ) throws -> (found: FoundRoute, isCheapest: Bool) {
    let problem: any Error
    do {
      let found = try matched(id, provider: provider, asOf: day)
      let isServed = found.route.isAvailable && found.route.processing == nil
      if provider != nil || found.model == nil || isServed { return (found, false) }
      guard let model = try release(id, on: day) ?? found.model, let route = try cheapest(RateCard(model))
      else { return (found, false) }
      return (FoundRoute(route: route, model: model), true)
    } catch {
      problem = error
    }
    guard provider == nil, case .resolved(let resolved) = try resolvePage(id, asOf: day),
      let model = try model(resolved.model, asOf: day)
    else { throw problem }
    let card = RateCard(model)
    guard let route = try cheapest(card) ?? card.routes.first?.route else { throw problem }
    return (FoundRoute(route: route, model: model), true)
  }

  /// The release that an id names, where its model is served in several: another's route is no answer.
  private func release(_ id: String, on day: CalendarDate) throws -> Model? {
    guard case .resolved(let page) = try resolvePage(id, asOf: day), page.model.release != nil else {
      return nil
    }
    return try model(page.model, asOf: day)
  }

  private func matched(_ id: String, provider: String?, asOf day: CalendarDate) throws -> FoundRoute {
    var matcher = RouteMatcher(self, today: day)
    switch try matcher.match(provider: provider, model: id, day: day.firstDayNumber) {
    case .problem(_, let message): throw CommandProblem(message)
    case .route(let match):
      if let model = try model(match.model, asOf: day),
        let route = model.routes.first(where: { $0.provider == match.provider && $0.apiID == match.apiID })
      {
        return FoundRoute(route: route, model: model)
      }
      guard let found = try route(match.apiID, at: match.provider, asOf: day) else {
        throw CommandProblem("\(match.id.bounded) is not in the catalogue")
      }
      return found
    }
  }
}
