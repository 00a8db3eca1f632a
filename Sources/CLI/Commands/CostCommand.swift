import ArgumentParser
import Cataloguing
import Documents
import Facts
import JSON
import Metering
import Platform
import Pricing
import Rendering
import Reporting

struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost", abstract: "Price one request, or a month of traffic, through one route.",
    discussion: """
      Usage is JSON. Counts are nested: input counts the whole prompt with what a cache read or wrote, cache_write the writes
      for an hour too, output counts reasoning. Keys: \(BillableUnit.allCases.map(\.usageKey).joined(separator: ", ")).

      A unit that no source prices apart is billed as the unit it is part of; what has no price at all makes the total
      unknown, with its known part shown. Adjustments stack in the order given: each changes what the ones before it left.

      Examples:
        llmref cost --model gpt-5.4 --usage '{"input": 300000, "cache_read": 120000, "output": 4000}'
        llmref cost --model claude-sonnet-4.5 --provider anthropic --usage '{"input": 9000, "output": 500}' --tier batch --at 2026-10-20
        llmref cost --model claude-sonnet-4.5 --input-tokens 2B --output-tokens 300M --against gpt-5.4 --against glm-5
        llmref cost --model deepseek-v4-flash --provider deepseek --at 2026-11-02T02:30:00Z --input-tokens 800M --output-tokens 250M
      """)

  @Option(name: .long, help: "A model's id, short, canonical, or any provider's own.") var model: String
  @Option(
    name: .long, help: ArgumentHelp("Who serves it; the lab's own route when left out.", valueName: "NAME"))
  var provider: String?
  @Option(
    name: .long,
    help: ArgumentHelp("What one request used; a month of traffic when left out.", valueName: "JSON"))
  var usage: String?
  @Option(
    name: .long,
    help: ArgumentHelp("When it was served; now when left out.", valueName: "2026-06-15T08:30:00Z"))
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
    let time =
      try at.map { try Timestamp(parsing: $0) } ?? options.givenDay().map { Timestamp(startOf: $0) }
      ?? Clock.now()
    let day = try time.day()
    guard let mode = PriceMode(rawValue: tier == "default" ? "standard" : tier), mode != .offPeak else {
      throw CommandProblem(
        "--tier \(tier.bounded) is no way of serving", hint: "write standard, batch, flex, priority or fast")
    }
    let adjustments = try adjust.map(Self.adjustment)
    let catalogue = try options.open()
    let served = try catalogue.served(model, provider: provider, asOf: day)
    let used: Usage
    var size: (prompt: Int64, answer: Int64)?
    if let usage {
      used = try Self.usage(usage, cacheExcluded: cacheExcluded)
    } else {
      let workload = try traffic.workload()
      used = try Usage([
        .input: workload.inputTokens.tokens, .output: workload.outputTokens.tokens,
        .cacheRead: workload.cachedTokens.tokens, .request: workload.requests,
      ])
      size = (workload.inputPerRequest, workload.outputPerRequest)
    }
    let bill = try Bill(
      used, at: served.route.prices, mode: mode, isFree: served.route.kind.value == .free, size: size,
      time: time,
      adjustments: adjustments)
    let statement = CostStatement(
      bill, through: served.route, of: served.model, at: time, in: catalogue,
      against: try contest(of: served, used, mode, in: catalogue, asOf: day))
    if document.json {
      Output.write(JSONText.write(statement.data))
    } else {
      document.write(statement.document)
    }
  }

  /// The routes named with `--against`, beside the one that is priced; nil without any.
  private func contest(
    of served: FoundRoute, _ used: Usage, _ mode: PriceMode, in catalogue: Catalogue, asOf day: CalendarDate
  ) throws -> RouteContest? {
    guard !against.isEmpty else { return nil }
    guard mode == .standard, adjust.isEmpty else {
      throw CommandProblem(
        "--against compares list prices as usually served", hint: "leave out --tier and --adjust")
    }
    let others = used.units.filter { ![.input, .output, .cacheRead, .request].contains($0) }
    guard others.isEmpty, used[.request] > 0 else {
      throw CommandProblem(
        "--against compares prompt, cached and answer tokens, not \(others.map(\.usageKey).joined(separator: ", "))",
        hint: "leave those counts out")
    }
    let workload = Workload(
      inputTokens: TokenCount(used[.input]), outputTokens: TokenCount(used[.output]),
      requests: used[.request], cachedTokens: TokenCount(used[.cacheRead]))
    let sides = try ([served] + against.map { try catalogue.served($0, provider: nil, asOf: day) }).map {
      found in
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
  /// The route that served a request, as `RouteMatcher` finds it for a row of a log.
  ///
  /// - Throws: `CommandProblem` with the candidates when it is unknown or ambiguous.
  fileprivate func served(_ id: String, provider: String?, asOf day: CalendarDate) throws -> FoundRoute {
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
