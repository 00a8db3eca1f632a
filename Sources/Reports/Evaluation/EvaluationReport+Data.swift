import Documents
import Evaluating
import Facts
import Pages
import Statistics

/// The report for programs. Measured numbers are texts, so that no reader rounds them; infinity is `infinity`.
extension EvaluationReport {
  package var data: DataValue {
    .map([
      ("schema", .text("llmref/eval-report/1")), ("name", .text(name)), ("cells", .integer(summary.cells)),
      ("prompts", .integer(summary.prompts)),
      ("repeated_records", .integer(summary.repeated)),
      ("metric_version", .integer(CellKey.metricVersion)), ("question", question),
      (
        "conclusions",
        .texts(summary.pairs.flatMap { EvaluationConclusion($0, self).sentences.map(\.plainText) })
      ),
      ("routes", .list(summary.routes.map(route))), ("pairs", .list(summary.pairs.map(pair))),
      (
        "formulas",
        .list(
          CellMetric.allCases.map { .map([("metric", .text($0.rawValue)), ("formula", .text($0.formula))]) })
      ),
      (
        "methods",
        .list(
          Self.methods.map {
            .map([("name", .text($0.name)), ("use", .text($0.use)), ("source", .text($0.source))])
          })
      ),
    ])
  }

  private var question: DataValue {
    let question = summary.question
    return .map(
      (summary.baseline.map { [("baseline", .text($0))] } ?? []) + [
        ("margin", number(question.margin)), ("wanted_difference", number(question.wantedDifference)),
        ("confidence", number(question.confidence)), ("seed", .text(String(question.seed))),
        (
          "limits",
          .list(
            question.limits.map {
              .map([("metric", .text($0.metric.rawValue)), ("at_most", number($0.most))])
            })
        ),
      ])
  }

  private func route(_ route: RouteSummary) -> DataValue {
    var members: [(String, DataValue)] = [
      ("name", .text(route.name)), ("cells", .integer(route.cells)), ("passed", .integer(route.passed)),
      ("undecided", .integer(route.undecided)), ("unusable", .integer(route.unusable)),
      ("has_checks", .flag(route.hasChecks)), ("rate", rate(route.rate)),
      ("rate_of_answered", rate(route.rateOfAnswered)),
      (
        "failures",
        .map(
          FailureClass.allCases.compactMap { failure in
            route.failures[failure].map { (failure.rawValue, .integer($0)) }
          })
      ),
      ("attempts", .integer(route.attempts)), ("rate_limited", .integer(route.rateLimited)),
      ("cached_cells", .integer(route.cachedCells)), ("cost", cost(route.cost)),
      ("metrics", .list(route.metrics.filter { $0.count + $0.unknown > 0 }.map(metric))),
      (
        "withheld",
        .list(
          route.withheld.sorted { $0.key < $1.key }.map {
            .map([("reason", .text($0)), ("cells", .integer($1))])
          })
      ),
    ]
    if let planned = route.planned { members.append(("planned", .integer(planned))) }
    if let goodput = route.goodput { members.append(("goodput", rate(goodput))) }
    if let score = route.meanScore { members.append(("mean_score", number(score))) }
    if let ended = route.ended {
      members += [("first_ended", .text(ended.first.text)), ("last_ended", .text(ended.last.text))]
    }
    if let gaps = route.chunkGaps {
      members.append(
        (
          "chunk_gaps",
          .map([
            ("count", .integer(Int(gaps.count))), ("median_from_ms", number(gaps.median)),
            ("p95_from_ms", number(gaps.p95)),
          ])
        ))
    }
    return .map(members)
  }

  private func rate(_ rate: RateSummary) -> DataValue {
    .map(
      [("successes", .integer(rate.proportion.successes)), ("of", .integer(rate.proportion.tries))]
        + (rate.rate.map { [("rate", number($0))] } ?? []) + [("interval", interval(rate.interval))])
  }

  private func cost(_ cost: CostSummary) -> DataValue {
    var members: [(String, DataValue)] = [
      ("state", .text(cost.isComplete ? "known" : "unknown")),
      ("cells", .integer(cost.byCatalogue.count)),
      ("known_part_usd", cost.byCatalogue.total.map { .text($0.text) } ?? .text("too large")),
      (
        "unknown",
        .list(
          cost.unknown.sorted { $0.key < $1.key }.map {
            .map([("reason", .text($0)), ("cells", .integer($1))])
          })
      ),
      ("charged_cells", .integer(cost.byProvider.count)),
    ]
    if let each = cost.perThousandCells { members.append(("per_thousand_cells_usd", .text(each.text))) }
    if let each = cost.perPass { members.append(("per_pass_usd", .text(each.text))) }
    if let dates = cost.priceDates {
      members += [("first_price_date", .text(dates.first.text)), ("last_price_date", .text(dates.last.text))]
    }
    if cost.byProvider.count > 0, let total = cost.byProvider.total {
      members.append(("charged_usd", .text(total.text)))
    }
    if cost.possibleDoubleSpend.count > 0, let total = cost.possibleDoubleSpend.total {
      members.append(("possible_double_spend_usd", .text(total.text)))
    }
    return .map(members)
  }

  private func metric(_ metric: MetricSummary) -> DataValue {
    func percentiles(_ values: [Double]) -> DataValue {
      .map(zip(["p50", "p90", "p95", "p99"], values).map { ($0, number($1)) })
    }
    var members: [(String, DataValue)] = [
      ("metric", .text(metric.metric.rawValue)), ("n", .integer(metric.count)),
      ("unknown", .integer(metric.unknown)),
    ]
    if let mean = metric.mean { members.append(("mean", number(mean))) }
    if !metric.percentiles.isEmpty { members.append(("percentiles", percentiles(metric.percentiles))) }
    if !metric.percentilesWithFailures.isEmpty {
      members.append(("with_failures", percentiles(metric.percentilesWithFailures)))
    }
    return .map(members)
  }

  private func pair(_ pair: PairSummary) -> DataValue {
    var members: [(String, DataValue)] = [
      ("baseline", .text(pair.baseline)), ("route", .text(pair.route)), ("pairs", .integer(pair.pairs)),
      ("clusters", .integer(pair.clusters)), ("is_clustered", .flag(pair.isClustered)),
      ("both_passed", .integer(pair.bothPassed)), ("only_baseline_passed", .integer(pair.onlyBaselinePassed)),
      ("only_route_passed", .integer(pair.onlyRoutePassed)), ("both_failed", .integer(pair.bothFailed)),
      ("undecided", .integer(pair.undecided)), ("missing_count", .integer(pair.missingCount)),
      (
        "missing",
        .list(
          pair.missing.map {
            .map([("prompt", .text($0.prompt)), ("trial", .integer($0.trial)), ("route", .text($0.route))])
          })
      ),
    ]
    if let quality = pair.quality { members.append(("quality", self.quality(quality))) }
    if let relative = pair.relativeCost {
      members.append(
        (
          "relative_cost",
          .map(
            [("change", number(relative.change)), ("pairs", .integer(relative.pairs))]
              + (relative.interval.map { [("interval", interval($0))] } ?? []))
        ))
    }
    members.append(("metrics", .list(pair.metrics.map(comparison))))
    return .map(members)
  }

  private func quality(_ quality: QualityComparison) -> DataValue {
    var members: [(String, DataValue)] = [
      ("verdict", .text(EvaluationConclusion.verdict(quality, summary.question).rawValue)),
      ("difference", number(quality.difference)), ("interval", interval(quality.interval)),
      ("interval_method", .text(quality.intervalMethod == .score ? "tango_score" : "cluster_bootstrap_bca")),
      ("p", number(quality.p)), ("p_method", .text(quality.midP == nil ? "sign_flip" : "mcnemar_exact")),
      ("holm_p", number(quality.adjustedP)), ("not_worse_p", number(quality.notWorseP)),
      ("holm_not_worse_p", number(quality.adjustedNotWorseP)),
      ("equivalence_p", number(quality.equivalenceP)),
      ("supposed_discordance", number(quality.supposedDiscordance)),
    ]
    if let midP = quality.midP { members.append(("mid_p", number(midP))) }
    if let needed = quality.needed { members.append(("needed_prompts", .integer(needed))) }
    return .map(members)
  }

  private func comparison(_ metric: MetricComparison) -> DataValue {
    var members: [(String, DataValue)] = [
      ("metric", .text(metric.metric.rawValue)), ("pairs", .integer(metric.pairs)),
      ("baseline_mean", number(metric.baselineMean)), ("route_mean", number(metric.routeMean)),
      ("difference", number(metric.difference)), ("p", number(metric.p)),
      ("holm_p", number(metric.adjustedP)),
    ]
    if let found = metric.interval { members.append(("interval", interval(found))) }
    members.append(
      (
        "percentiles",
        .list(
          metric.percentiles.map { found in
            .map(
              [
                ("share", number(found.share)), ("baseline", number(found.baseline)),
                ("route", number(found.route)),
                ("difference", number(found.route - found.baseline)),
              ] + (found.interval.map { [("interval", interval($0))] } ?? []))
          })
      ))
    return .map(members)
  }

  private func interval(_ interval: ConfidenceInterval) -> DataValue {
    .map([("low", number(interval.low)), ("high", number(interval.high))])
  }

  private func number(_ value: Double) -> DataValue { .text(NumberText.number(value)) }
}
