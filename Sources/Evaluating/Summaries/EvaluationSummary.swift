import Facts
import Statistics

/// What an evaluation came to: each route by itself, and each against the baseline.
package struct EvaluationSummary: Sendable {
  package let question: EvaluationQuestion
  /// In the order of their names.
  package let routes: [RouteSummary]
  package let baseline: String?
  /// Empty with fewer than two routes.
  package let pairs: [PairSummary]
  /// Records of a cell that had one already; the first stands.
  package let repeated: Int
  package let prompts: Int

  /// All cells that ended.
  package var cells: Int { routes.reduce(0) { $0 + $1.cells } }
}

/// Takes records one at a time, in any order, and keeps a few numbers of each.
package struct SummaryBuilder: Sendable {
  private let question: EvaluationQuestion
  private var routes: [String: RouteColumns] = [:]
  private var numbers: [String: Int32] = [:]
  private var prompts: [String] = []
  private var seen: Set<UInt64> = []
  private var routeNumbers: [String: UInt64] = [:]
  private var repeated = 0

  package init(_ question: EvaluationQuestion) { self.question = question }

  /// Takes one record. A second one of the same route, prompt and trial is counted and left out.
  package mutating func add(_ record: CellRecord) {
    let cell = record.cell
    let prompt = numbers[cell.prompt] ?? Int32(prompts.count)
    if Int(prompt) == prompts.count {
      numbers[cell.prompt] = prompt
      prompts.append(cell.prompt)
    }
    let route = routeNumbers[cell.route] ?? UInt64(routeNumbers.count)
    routeNumbers[cell.route] = route
    // 16 bits of route, 16 of trial, 32 of prompt.
    let key = route << 48 | UInt64(UInt16(clamping: cell.trial)) << 32 | UInt64(UInt32(bitPattern: prompt))
    guard seen.insert(key).inserted else {
      repeated += 1
      return
    }
    routes[cell.route, default: RouteColumns()].add(record, prompt: prompt, limits: question.limits)
  }

  /// The summary of what was taken. Pairs are worked out side by side.
  package func finish() async -> EvaluationSummary {
    let names = self.routes.keys.sorted()
    // Cells end in any order; prompts are numbered by name, so that the same records give the same report.
    let unordered = self.prompts
    let order = unordered.indices.sorted { unordered[$0] < unordered[$1] }
    var ranks = [Int32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = Int32(rank) }
    let prompts = order.map { unordered[$0] }
    let routes = self.routes.mapValues { columns in
      var columns = columns
      columns.prompts = columns.prompts.map { ranks[Int($0)] }
      return columns
    }
    let baseline = question.baseline.flatMap { routes[$0] == nil ? nil : $0 } ?? names.first
    var clusterNumbers: [String: Int32] = [:]
    let clusters = prompts.map { prompt -> Int32 in
      // A prompt's own cluster never meets one that the user named.
      let name = question.clusters[prompt].map { "c" + $0 } ?? "p" + prompt
      let number = clusterNumbers[name] ?? Int32(clusterNumbers.count)
      clusterNumbers[name] = number
      return number
    }
    var pairs: [PairSummary] = []
    if let baseline, let left = routes[baseline] {
      pairs = await withTaskGroup(of: PairSummary.self) { group in
        for name in names where name != baseline {
          guard let right = routes[name] else { continue }
          let comparer = PairComparer(
            question: question, names: (baseline, name), prompts: prompts, clusterOfPrompt: clusters)
          group.addTask { comparer.compare(left, right) }
        }
        var found: [PairSummary] = []
        for await pair in group { found.append(pair) }
        return found.sorted { $0.route < $1.route }
      }
    }
    return EvaluationSummary(
      question: question,
      routes: names.compactMap { name in routes[name].map { RouteSummary(name, $0, question) } },
      baseline: baseline, pairs: Self.adjusted(pairs), repeated: repeated, prompts: prompts.count)
  }

  /// Holm over all routes, for quality and for each metric.
  private static func adjusted(_ pairs: [PairSummary]) -> [PairSummary] {
    var pairs = pairs
    func adjust(_ read: (PairSummary) -> Double?, _ write: (inout PairSummary, Double) -> Void) {
      let known = pairs.indices.filter { read(pairs[$0]) != nil }
      for (index, value) in zip(known, Holm.adjusted(known.compactMap { read(pairs[$0]) })) {
        write(&pairs[index], value)
      }
    }
    adjust({ $0.quality?.p }, { $0.quality?.adjustedP = $1 })
    adjust({ $0.quality?.notWorseP }, { $0.quality?.adjustedNotWorseP = $1 })
    for metric in CellMetric.allCases {
      adjust(
        { $0[metric]?.p },
        { pair, value in
          for index in pair.metrics.indices where pair.metrics[index].metric == metric {
            pair.metrics[index].adjustedP = value
          }
        })
    }
    return pairs
  }
}
