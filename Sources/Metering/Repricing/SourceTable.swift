import Cataloguing
import Facts

/// The sources that one thread has met, each with its spans laid out for quick reading.
struct SourceTable: ~Copyable {
  /// A span as rows need it.
  struct Span {
    let firstDay: Int
    let endDay: Int
    /// The limits of prompts, then those of prompt and answer together.
    let limits: UnsafeMutablePointer<Int64>
    let promptLimits: Int
    let totalLimits: Int
    /// As in `PricesInForce`.
    let unpriced: UInt32
    let hasHours: Bool
    let isSummable: Bool
    let isProblem: Bool

    /// The span's first day as it stands in a key; the first span begins before every day.
    var dayMark: Int32 { Int32(clamping: firstDay) }
  }

  private struct Plan {
    let spans: UnsafeMutablePointer<Span>
    let count: Int
    /// The span that the last row fell in.
    var current = 0
  }

  /// More pairs of words for provider and model are not told apart.
  static let most = 100_000

  private let timelines: Timelines
  private var matcher: RouteMatcher
  private var words = TextTable(most: most)
  private var plans: UnsafeMutablePointer<Plan>
  private var capacity = 256
  private(set) var timelineOfSource: [SourceTimeline] = []

  init(_ timelines: Timelines, today: CalendarDate) {
    self.timelines = timelines
    matcher = RouteMatcher(timelines.catalogue, today: today)
    plans = .allocate(capacity: capacity)
  }

  deinit {
    for source in 0..<timelineOfSource.count {
      for place in 0..<plans[source].count { plans[source].spans[place].limits.deallocate() }
      plans[source].spans.deallocate()
    }
    plans.deallocate()
  }

  var count: Int { timelineOfSource.count }

  /// The number of a source, which is planned when it comes first; nil when there are too many.
  @inline(__always)
  mutating func number(_ provider: TextSpan, _ model: TextSpan) throws(CatalogueError) -> Int? {
    let (number, isNew) = words.number(of: provider, model)
    if isNew { try plan(number) }
    return number < words.most ? number : nil
  }

  @inline(never)
  private mutating func plan(_ source: Int) throws(CatalogueError) {
    let (provider, model) = words.texts(source)
    let word = provider.trimmed
    let timeline = try timelines.timeline(
      provider: word.isEmpty ? nil : word, model: model.trimmed, matcher: &matcher)
    let spans = UnsafeMutablePointer<Span>.allocate(capacity: timeline.spans.count)
    for (place, span) in timeline.spans.enumerated() {
      let end = place + 1 < timeline.spans.count ? timeline.spans[place + 1].firstDay : .max
      (spans + place).initialize(to: Self.laidOut(span, until: end))
    }
    if source == capacity {
      let wider = UnsafeMutablePointer<Plan>.allocate(capacity: capacity * 2)
      wider.moveInitialize(from: plans, count: capacity)
      plans.deallocate()
      plans = wider
      capacity *= 2
    }
    (plans + source).initialize(to: Plan(spans: spans, count: timeline.spans.count))
    timelineOfSource.append(timeline)
  }

  private static func laidOut(_ span: SourceTimeline.Span, until end: Int) -> Span {
    guard case .prices(let prices) = span.meaning else {
      return Span(
        firstDay: span.firstDay, endDay: end, limits: copy([]), promptLimits: 0, totalLimits: 0, unpriced: 0,
        hasHours: false, isSummable: true, isProblem: true)
    }
    return Span(
      firstDay: span.firstDay, endDay: end, limits: copy(prices.promptLimits + prices.totalLimits),
      promptLimits: prices.promptLimits.count, totalLimits: prices.totalLimits.count,
      unpriced: prices.unpriced, hasHours: !prices.hours.isEmpty, isSummable: prices.isSummable,
      isProblem: false)
  }

  private static func copy(_ limits: [Int64]) -> UnsafeMutablePointer<Int64> {
    let copy = UnsafeMutablePointer<Int64>.allocate(capacity: limits.count + 1)
    copy.initialize(repeating: 0, count: limits.count + 1)
    for (place, limit) in limits.enumerated() { copy[place] = limit }
    return copy
  }

  /// The span that a day falls in.
  @inline(__always)
  func span(_ source: Int, _ day: Int) -> UnsafePointer<Span> {
    let plan = plans + source
    let current = plan.pointee.spans + plan.pointee.current
    if current.pointee.firstDay <= day, day < current.pointee.endDay { return UnsafePointer(current) }
    var place = plan.pointee.count - 1
    while place > 0, plan.pointee.spans[place].firstDay > day { place -= 1 }
    plan.pointee.current = place
    return UnsafePointer(plan.pointee.spans + place)
  }

  func meaning(_ source: Int, _ day: Int) -> SourceTimeline.Meaning {
    timelineOfSource[source].span(ofDay: day).meaning
  }

  /// The numbers here of the sources of another table.
  mutating func adopt(_ other: borrowing SourceTable) throws(CatalogueError) -> [Int] {
    var numbers: [Int] = []
    // Its rows are counted, so that none of its sources may be lost.
    words.allow(other.count)
    for source in 0..<other.count {
      let (provider, model) = other.words.spans(source)
      if let own = try number(provider, model) { numbers.append(own) }
    }
    return numbers
  }
}
