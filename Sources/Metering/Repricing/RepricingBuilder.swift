import Cataloguing
import Facts
import Pricing

/// Joins the sums of a tally with their prices and rolls them up into tables.
struct RepricingBuilder {
  private let question: RepriceQuestion
  private let plan: TablePlanning
  private var rollUps: [RollUp]
  private var total = Amounts()
  private var elsewhere: [(low: Int128, high: Int128, unknownRows: Int64)]
  private var cheapest = CheapestSums()
  private var names = RouteNames.Book()
  /// By source, then span; made when a group needs it.
  private var spans: [[Span?]] = []
  /// By the prices that they price at; several sources may share them.
  private var pricers: [GroupPricer] = []

  private struct Span {
    let pricer: GroupPricer
    let names: RouteNames
  }

  init(_ question: RepriceQuestion, _ plan: TablePlanning) {
    self.question = question
    self.plan = plan
    rollUps = plan.tables.map {
      RollUp($0.dimensions, fields: plan.shapes[$0.shape].texts, labels: plan.labels)
    }
    elsewhere = question.alternatives.map { _ in (0, 0, 0) }
  }

  /// Prices what a tally holds of every so many sources, beginning with the one of the share's number: several builders price
  /// one tally at once, and one takes over what the others have.
  mutating func add(_ tally: borrowing Tally, share: Int = 0, of shares: Int = 1) {
    spans = tally.sources.timelineOfSource.map { [Span?](repeating: nil, count: $0.spans.count) }
    let places = BillableUnit.allCases.count
    let counts = UnsafeMutablePointer<Int64>.allocate(capacity: places)
    defer { counts.deallocate() }
    let buffer = UnsafeBufferPointer(start: counts, count: places)
    for shape in tally.shapes.indices {
      let wanted = plan.tables.indices.filter { plan.tables[$0].shape == shape }
      for group in 0..<tally.tables[shape].count {
        let sums = tally.tables[shape].sums(group)
        guard sums.rows != 0, sums.key.source % shares == share, let span = span(of: sums.key, tally) else {
          continue
        }
        let others = tally.tables[shape].others(group)
        counts.update(repeating: 0, count: places)
        sums.write(others, into: counts)
        var costs = span.pricer.costs(buffer, sums.key.variant, day: Int(sums.key.day))
        if sums.isTooLarge { costs = GroupCosts() }
        var amounts = Amounts()
        amounts.rows = sums.rows
        amounts.requests = sums.rows + (others.map(\.moreRequests) ?? 0)
        amounts.used = UnitSums(buffer)
        amounts.settle(costs.own, charged: sums.key.variant.isCharged ? others?.charged : nil)
        roll(amounts, costs, sums.key, span, into: wanted, isFirst: shape == 0)
      }
    }
    for (key, single) in tally.singles where single.rows != 0 && key.group.source % shares == share {
      guard let span = span(of: key.group, tally) else { continue }
      let costs = span.pricer.costs(of: key, key.group.variant).times(single.rows)
      for unit in BillableUnit.allCases { counts[unit.place] = key.count(unit) }
      var amounts = Amounts()
      amounts.rows = single.rows
      amounts.requests = key.requests * single.rows
      amounts.used = UnitSums(buffer, times: single.rows)
      amounts.settle(costs.own, charged: key.group.variant.isCharged ? single.charged : nil)
      let wanted = plan.tables.indices.filter { plan.tables[$0].shape == key.table }
      roll(amounts, costs, key.group, span, into: wanted, isFirst: key.table == 0)
    }
  }

  /// Takes over what another builder has priced of the same tally.
  mutating func adopt(_ other: RepricingBuilder) {
    let numbers = names.adopt(other.names)
    for place in rollUps.indices { rollUps[place].adopt(other.rollUps[place], numbers) }
    total.add(other.total)
    for (place, sum) in other.elsewhere.enumerated() {
      elsewhere[place].low &+= sum.low
      elsewhere[place].high &+= sum.high
      elsewhere[place].unknownRows += sum.unknownRows
    }
    cheapest.adopt(other.cheapest)
    pricers += other.pricers
  }

  private mutating func roll(
    _ amounts: Amounts, _ costs: GroupCosts, _ key: GroupTable.Key, _ span: Span, into wanted: [Int],
    isFirst: Bool
  ) {
    for place in wanted { rollUps[place].add(amounts, key, span.names) }
    // Every shape holds all rows; one of them makes the totals.
    guard isFirst else { return }
    total.add(amounts)
    for (place, cost) in costs.alternatives.enumerated() {
      elsewhere[place].low &+= cost.low.map(\.yoctodollars) ?? 0
      elsewhere[place].high &+= cost.high.map(\.yoctodollars) ?? 0
      if cost.low?.isKnown != true || cost.high?.isKnown != true {
        elsewhere[place].unknownRows += amounts.rows
      }
    }
    if question.asksForCheapest { cheapest.add(span.pricer.prices, amounts, costs.siblings) }
  }

  private mutating func span(of key: GroupTable.Key, _ tally: borrowing Tally) -> Span? {
    let (source, day) = (key.source, Int(key.day))
    let all = tally.sources.timelineOfSource[source].spans
    var place = all.count - 1
    while place > 0, all[place].firstDay > day { place -= 1 }
    if let known = spans[source][place] { return known }
    guard case .prices(let prices) = all[place].meaning else { return nil }
    let pricer = GroupPricer(prices, question)
    pricers.append(pricer)
    let span = Span(pricer: pricer, names: names.names(of: prices.own.rates))
    spans[source][place] = span
    return span
  }

  func build(_ tally: borrowing Tally, _ totals: ScanLedger.Totals, notes: LogNotes) -> Repricing {
    var tables: [Repricing.Table] = []
    for (place, rollUp) in rollUps.enumerated() {
      let fields = plan.shapes[plan.tables[place].shape].texts.count
      var known: [Int: [String?]?] = [:]
      for number in rollUp.textNumbers { known[number] = .some(tally.labels.texts(number, fields: fields)) }
      tables.append(rollUp.table(names) { known[$0] ?? nil })
    }
    return Repricing(
      question: question, total: total, tables: tables,
      elsewhere: zip(question.alternatives, elsewhere).map { alternative, sum in
        Repricing.Elsewhere(
          route: alternative.rates.id, model: alternative.rates.model,
          low: ExactDecimal(reducing: sum.low, exponent: -24),
          high: ExactDecimal(reducing: sum.high, exponent: -24), unknownRows: sum.unknownRows)
      },
      cheapest: cheapest.all, rates: UsedRates.list(pricers), problems: totals.problems,
      counted: totals.counted, leftOut: totals.leftOut, zonesUntold: totals.zonesUntold,
      uncompared: totals.unkeptHashes, notes: notes)
  }
}

extension GroupTable.Sums {
  /// Writes the counts by the place of their unit.
  func write(_ others: GroupTable.OtherSums?, into counts: UnsafeMutablePointer<Int64>) {
    counts[Places.input] = input
    counts[Places.output] = output
    counts[Places.cacheRead] = cacheRead
    counts[Places.reasoning] = reasoning
    counts[Places.request] = rows
    guard let others else { return }
    counts[Places.request] += others.moreRequests
    counts[Places.cacheWrite] = others.cacheWrite
    counts[Places.cacheWriteHour] = others.cacheWriteHour
    counts[Places.inputAudio] = others.inputAudio
    counts[Places.outputAudio] = others.outputAudio
    counts[Places.webSearch] = others.webSearches
  }

  private enum Places {
    static let input = BillableUnit.input.place
    static let output = BillableUnit.output.place
    static let cacheRead = BillableUnit.cacheRead.place
    static let reasoning = BillableUnit.reasoning.place
    static let request = BillableUnit.request.place
    static let cacheWrite = BillableUnit.cacheWrite.place
    static let cacheWriteHour = BillableUnit.cacheWriteHour.place
    static let inputAudio = BillableUnit.audioInput.place
    static let outputAudio = BillableUnit.audioOutput.place
    static let webSearch = BillableUnit.webSearch.place
  }
}
