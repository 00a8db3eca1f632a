import Documents
import Evaluating
import Facts
import Pages
import Statistics

/// The conclusion about one route against the baseline, in words that say no more than the numbers do.
struct EvaluationConclusion {
  private let pair: PairSummary
  private let report: EvaluationReport

  init(_ pair: PairSummary, _ report: EvaluationReport) {
    self.pair = pair
    self.report = report
  }

  private var question: EvaluationQuestion { report.summary.question }
  private var route: String { report.name(of: pair.route) }
  private var baseline: String { report.name(of: pair.baseline) }
  private var hasChecks: Bool { report.summary.routes.contains(where: \.hasChecks) }

  /// First cost and quality in one sentence, then what would be needed to know more, then speed.
  var sentences: [[Run]] {
    [[.text(first)]] + [latency].compactMap { $0.map { [.text($0)] } }
  }

  private var first: String {
    guard pair.pairs > 0 || pair.relativeCost != nil else {
      return
        "\(route) and \(baseline) have no prompt in common, so nothing can be said of one against the other."
    }
    var parts = [cost]
    if let quality = pair.quality { parts.append(self.quality(quality)) }
    if let needed { parts.append(needed) }
    return parts.joined(separator: "; ") + "."
  }

  // MARK: Cost

  private var cost: String {
    guard let relative = pair.relativeCost else {
      return "the cost of \(route) against \(baseline) is \(Display.unknown)"
    }
    let comparison = pair[.cost]
    let size = percent(abs(relative.change))
    guard let interval = relative.interval, let comparison else {
      return
        "\(route) costs \(size) \(relative.change < 0 ? "less" : "more") than \(baseline) on these prompts, too few to say more"
    }
    let isCertain = comparison.adjustedP < question.errorRate && !interval.holds(0)
    guard isCertain else {
      return relative.change == 0
        ? "\(route) costs as much as \(baseline) on these prompts"
        : "no evidence that \(route) costs less or more than \(baseline) (\(range(interval, signedPercent)))"
    }
    // Two ends that read alike say nothing more.
    let ends = (percent(abs(interval.high)), percent(abs(interval.low)))
    let spread =
      ends.0 == ends.1
      ? "" : " (\(relative.change < 0 ? ends.0 : ends.1) to \(relative.change < 0 ? ends.1 : ends.0))"
    return "\(route) is \(relative.change < 0 ? "cheaper" : "dearer") than \(baseline) by \(size)\(spread)"
  }

  // MARK: Quality

  /// What the comparison of pass rates allows to say, strongest first.
  enum Verdict: String {
    /// Better beyond chance.
    case better
    /// Worse beyond chance.
    case worse
    /// Shown to be not worse by the margin.
    case notWorse = "not_worse"
    /// Neither shown.
    case open
  }

  static func verdict(_ quality: QualityComparison, _ question: EvaluationQuestion) -> Verdict {
    let isDifferent = quality.adjustedP < question.errorRate
    if isDifferent, quality.difference > 0 { return .better }
    // A difference that is real and within the margin is said as worse, with its size.
    if isDifferent, quality.difference < 0 { return .worse }
    return quality.adjustedNotWorseP < question.errorRate ? .notWorse : .open
  }

  private func quality(_ quality: QualityComparison) -> String {
    let margin = MeasuredText.pointCount(question.margin)
    let size = MeasuredText.pointCount(rounded(quality.difference))
    let passes = hasChecks ? "passes" : "gives a usable answer"
    let low = quality.interval.low
    switch Self.verdict(quality, question) {
    case .better: return "it \(passes) more often, by \(size) (\(points(quality.interval)))"
    case .worse:
      let isWithin = quality.adjustedNotWorseP < question.errorRate
      return
        "it \(passes) less often, by \(size) (\(points(quality.interval)))\(isWithin ? ", but not by more than \(margin)" : "")"
    case .notWorse: return "it is not worse by more than \(margin) (\(points(quality.interval)))"
    case .open:
      return
        "no evidence that it is worse by more than \(margin), and none that it is not: it may be worse by up to \(MeasuredText.pointCount(rounded(max(0, -low)))) (\(points(quality.interval)))"
    }
  }

  /// How many prompts would show the wanted difference.
  private var needed: String? {
    guard let quality = pair.quality, let needed = quality.needed else { return nil }
    let wanted = MeasuredText.pointCount(question.wantedDifference)
    return needed > pair.pairs
      ? "\(report.grouped(needed)) prompts would be needed to see \(wanted), and there \(pair.pairs == 1 ? "was" : "were") \(report.grouped(pair.pairs))"
      : "the \(report.grouped(pair.pairs)) prompts are enough to see \(wanted)"
  }

  // MARK: Latency

  private var latency: String? {
    let parts: [String] = [CellMetric.firstToken, .end].compactMap { metric in
      guard let comparison = pair[metric],
        let median = comparison.percentiles.first(where: { $0.share == 0.5 }),
        let interval = median.interval
      else { return nil }
      let what = metric == .firstToken ? "the first token" : "the last token"
      let change = median.route - median.baseline
      guard !interval.holds(0), comparison.adjustedP < question.errorRate else {
        return
          "\(what) comes in \(MeasuredText.milliseconds(median.route)) against \(MeasuredText.milliseconds(median.baseline)), which may be chance"
      }
      return
        "\(what) comes \(MeasuredText.milliseconds(abs(change))) \(change < 0 ? "earlier" : "later") (\(MeasuredText.milliseconds(median.route)) against \(MeasuredText.milliseconds(median.baseline)))"
    }
    guard !parts.isEmpty else { return nil }
    return "Half of the answers of \(route) are at least this fast: \(parts.joined(separator: "; "))."
  }

  // MARK: Numbers

  private func percent(_ share: Double) -> String {
    MeasuredText.fixed(share * 100, places: share < 0.1 ? 1 : 0) + "%"
  }
  private func signedPercent(_ share: Double) -> String { MeasuredText.points(share) + "%" }
  /// As the interval shows it: one decimal.
  private func rounded(_ difference: Double) -> Double { (difference * 1000).rounded() / 1000 }
  private func points(_ interval: ConfidenceInterval) -> String {
    "\(report.confidence) interval \(range(interval, MeasuredText.points)) points"
  }
  private func range(_ interval: ConfidenceInterval, _ text: (Double) -> String) -> String {
    MeasuredText.range(interval, text)
  }
}
