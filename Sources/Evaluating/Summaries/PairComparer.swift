import Facts
import Statistics

/// Joins the cells of two routes by prompt and trial, and compares them.
struct PairComparer {
  let question: EvaluationQuestion
  let names: (baseline: String, route: String)
  let prompts: [String]
  /// The cluster of each prompt.
  let clusterOfPrompt: [Int32]

  private struct Pair {
    let left: Int
    let right: Int
    let cluster: Int
  }

  func compare(_ left: RouteColumns, _ right: RouteColumns) -> PairSummary {
    var joined: [Pair] = []
    var missing: [PairSummary.MissingSide] = []
    var missingCount = 0
    var numbers: [Int32: Int] = [:]
    func lacks(_ columns: RouteColumns, _ row: Int, _ route: String) {
      missingCount += 1
      guard missing.count < PairSummary.mostListed else { return }
      missing.append(
        .init(prompt: prompts[Int(columns.prompts[row])], trial: Int(columns.trials[row]), route: route))
    }
    let (first, second) = (Self.order(left), Self.order(right))
    var (a, b) = (0, 0)
    while a < first.count || b < second.count {
      let side =
        a == first.count
        ? 1 : b == second.count ? -1 : Self.compare(left, first[a], right, second[b])
      if side < 0 {
        lacks(left, first[a], names.route)
        a += 1
      } else if side > 0 {
        lacks(right, second[b], names.baseline)
        b += 1
      } else {
        let cluster = clusterOfPrompt[Int(left.prompts[first[a]])]
        let number = numbers[cluster] ?? numbers.count
        numbers[cluster] = number
        joined.append(Pair(left: first[a], right: second[b], cluster: number))
        a += 1
        b += 1
      }
    }
    return summary(joined, clusters: numbers.count, left, right, missing, missingCount)
  }

  private static func order(_ columns: RouteColumns) -> [Int] {
    columns.prompts.indices.sorted {
      (columns.prompts[$0], columns.trials[$0]) < (columns.prompts[$1], columns.trials[$1])
    }
  }

  private static func compare(_ left: RouteColumns, _ a: Int, _ right: RouteColumns, _ b: Int) -> Int {
    let first = (left.prompts[a], left.trials[a])
    let second = (right.prompts[b], right.trials[b])
    return first < second ? -1 : first == second ? 0 : 1
  }

  // MARK: Outcomes

  private func summary(
    _ joined: [Pair], clusters: Int, _ left: RouteColumns, _ right: RouteColumns,
    _ missing: [PairSummary.MissingSide], _ missingCount: Int
  ) -> PairSummary {
    var counts = (both: 0, left: 0, right: 0, neither: 0, undecided: 0)
    var sums = [Double](repeating: 0, count: clusters)
    var sizes = [Double](repeating: 0, count: clusters)
    for pair in joined {
      let (first, second) = (left.outcomes[pair.left], right.outcomes[pair.right])
      guard first != .undecided, second != .undecided else {
        counts.undecided += 1
        continue
      }
      sizes[pair.cluster] += 1
      switch (first == .passed, second == .passed) {
      case (true, true): counts.both += 1
      case (true, false):
        counts.left += 1
        sums[pair.cluster] -= 1
      case (false, true):
        counts.right += 1
        sums[pair.cluster] += 1
      case (false, false): counts.neither += 1
      }
    }
    let decided = joined.count - counts.undecided
    let isClustered = joined.count > clusters
    let outcomes = PairedOutcomes(pairs: decided, onlyFirst: counts.left, onlySecond: counts.right)
    let bootstrap = ClusterBootstrap(clusters: clusters, seed: question.seed)
    let quality = outcomes.difference.map {
      self.quality(outcomes, $0, bootstrap, isClustered ? (sums, sizes) : nil)
    }
    let compared = metrics(joined, left, right, bootstrap)
    return PairSummary(
      baseline: names.baseline, route: names.route, pairs: decided, clusters: clusters,
      isClustered: isClustered, bothPassed: counts.both, onlyBaselinePassed: counts.left,
      onlyRoutePassed: counts.right, bothFailed: counts.neither, undecided: counts.undecided,
      missing: missing,
      missingCount: missingCount, quality: quality, metrics: compared.metrics, relativeCost: compared.relative
    )
  }

  private func quality(
    _ outcomes: PairedOutcomes, _ difference: Double, _ bootstrap: ClusterBootstrap,
    _ clustered: (sums: [Double], sizes: [Double])?
  ) -> QualityComparison {
    let discordance = max(
      Double(outcomes.discordant) / Double(outcomes.pairs), question.wantedDifference)
    let needed = SampleSize.pairedRates(
      discordance: min(1, discordance), difference: question.wantedDifference, confidence: question.confidence
    )
    func comparison(
      _ interval: ConfidenceInterval, _ method: QualityComparison.Method, p: Double, midP: Double?,
      notWorse: Double, equivalence: Double
    ) -> QualityComparison {
      QualityComparison(
        outcomes: outcomes, difference: difference, interval: interval, intervalMethod: method, p: p,
        midP: midP,
        adjustedP: p, notWorseP: notWorse, adjustedNotWorseP: notWorse, equivalenceP: equivalence,
        needed: needed, supposedDiscordance: min(1, discordance))
    }
    guard let clustered else {
      return comparison(
        outcomes.interval(confidence: question.confidence), .score, p: outcomes.exactP, midP: outcomes.midP,
        notWorse: outcomes.notWorseP(margin: question.margin),
        equivalence: outcomes.equivalenceP(margin: question.margin))
    }
    let distribution = bootstrap.distributions(of: [
      .init(above: clustered.sums, below: clustered.sizes)
    ])[0]
    let margin = question.margin
    // Shares of resamples beyond a margin are the p values of the percentile interval turned round.
    let low = distribution.share(upTo: -margin)
    let high = 1 - distribution.share(below: margin)
    return comparison(
      distribution.bcaInterval(confidence: question.confidence) ?? ConfidenceInterval(-1, 1),
      .clusterBootstrap,
      p: SignFlipTest.p(clustered.sums, throwsMade: bootstrap.resamples, seed: question.seed), midP: nil,
      notWorse: low, equivalence: max(low, high))
  }

  // MARK: Metrics

  private static let compared: [CellMetric] = [.cost, .firstToken, .perToken, .end]
  private static let shares = [0.5, 0.95]

  /// One metric over the pairs in which both sides know it.
  private struct Column {
    var first: [Double] = []
    var second: [Double] = []
    var cluster: [Int] = []
    var sums: [Double]
    var bases: [Double]
    var sizes: [Double]

    init(_ clusters: Int) {
      sums = [Double](repeating: 0, count: clusters)
      bases = sums
      sizes = sums
    }
  }

  private func metrics(
    _ joined: [Pair], _ left: RouteColumns, _ right: RouteColumns, _ bootstrap: ClusterBootstrap
  ) -> (metrics: [MetricComparison], relative: RelativeChange?) {
    var columns: [(metric: CellMetric, column: Column)] = []
    for metric in Self.compared {
      let (first, second) = (left.column(metric), right.column(metric))
      var column = Column(bootstrap.clusters)
      for pair in joined {
        let (a, b) = (first[pair.left], second[pair.right])
        guard !a.isNaN, !b.isNaN else { continue }
        // The latency of a failure says nothing of an answer; its cost was paid all the same.
        if metric.isLatency,
          left.outcomes[pair.left] == .unusable || right.outcomes[pair.right] == .unusable
        {
          continue
        }
        column.first.append(a)
        column.second.append(b)
        column.cluster.append(pair.cluster)
        column.sums[pair.cluster] += b - a
        column.bases[pair.cluster] += a
        column.sizes[pair.cluster] += 1
      }
      if column.first.count > 1 { columns.append((metric, column)) }
    }
    var ratios = columns.map { ClusterBootstrap.Ratio(above: $0.column.sums, below: $0.column.sizes) }
    let cost = columns.first { $0.metric == .cost }?.column
    if let cost { ratios.append(.init(above: cost.sums, below: cost.bases)) }
    let distributions = bootstrap.distributions(of: ratios)
    let metrics = zip(columns, distributions).map { entry, distribution in
      comparison(entry.metric, entry.column, distribution, bootstrap)
    }
    var relative: RelativeChange?
    if let cost, let distribution = distributions.last, distribution.observed.isFinite {
      relative = RelativeChange(
        change: distribution.observed,
        interval: distribution.bcaInterval(confidence: question.confidence), pairs: cost.first.count)
    }
    return (metrics, relative)
  }

  private func comparison(
    _ metric: CellMetric, _ column: Column, _ distribution: ClusterBootstrap.Distribution,
    _ bootstrap: ClusterBootstrap
  ) -> MetricComparison {
    var percentiles: [PercentileComparison] = []
    if metric.isLatency {
      let found = bootstrap.percentileDifferences(
        of: .init(first: column.first, second: column.second, cluster: column.cluster), shares: Self.shares)
      let (first, second) = (column.first.sorted(), column.second.sorted())
      for (share, distribution) in zip(Self.shares, found) {
        guard let a = Percentile.nearestRank(share, ofSorted: first),
          let b = Percentile.nearestRank(share, ofSorted: second)
        else { continue }
        percentiles.append(
          PercentileComparison(
            share: share, baseline: a, route: b,
            interval: distribution.percentileInterval(confidence: question.confidence)))
      }
    }
    let count = Double(column.first.count)
    let p = SignFlipTest.p(column.sums, throwsMade: bootstrap.resamples, seed: question.seed)
    return MetricComparison(
      metric: metric, pairs: column.first.count, baselineMean: column.first.reduce(0, +) / count,
      routeMean: column.second.reduce(0, +) / count, difference: distribution.observed,
      interval: distribution.bcaInterval(confidence: question.confidence), p: p, adjustedP: p,
      percentiles: percentiles)
  }
}
