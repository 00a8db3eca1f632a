import Deciding
import Documents
import Facts

extension Comparison {
  /// The conclusions for programs. A value that no source gives is the text "unknown"; money is a decimal text in US dollars.
  var conclusions: DataValue {
    .map(
      [
        ("models", .list(models.indices.map(modelData))),
        ("workload", Wording.data(verdict.workload)),
        ("product_types_differ", .flag(verdict.typesDiffer)),
        (
          "best_for",
          perModel {
            .texts(self.assessments[$0].fitness.shownUses)
          }
        ),
        (
          "decision_fit",
          perModel { .texts(self.assessments[$0].fitness.shownTags) }
        ),
        (
          "monthly_cost_usd",
          perModel { .text(self.assessments[$0].estimate.cheapest?.cost.text ?? Display.unknown) }
        ),
        (
          "monthly_cost_via",
          perModel {
            .text(
              self.assessments[$0].estimate.cheapest.map { Display.harmless($0.route.providerName) }
                ?? Display.unknown)
          }
        ),
        (
          "monthly_cost_fee",
          perModel { ChannelFees.data(self.assessments[$0].estimate.cheapest?.route.fee) }
        ),
        ("cost_delta", .text(costDelta)),
        ("cheaper", .text(winner(verdict.cost))),
        ("routes_tracked", perModel { .integer(self.assessments[$0].trackedRoutes.count) }),
        ("overlapping_routes", .texts(verdict.sharedProviders.map(\.rawValue))),
        ("shared_benchmarks", .integer(verdict.benchmarks.count)),
        (
          "only_in",
          perModel { index in
            .texts(self.verdict.capabilities.filter { $0.onlyIn == index }.map(\.capability.title))
          }
        ),
        (
          "documented_only_in",
          perModel { index in
            .texts(self.verdict.capabilities.filter { $0.documentedOnlyIn == index }.map(\.capability.title))
          }
        ),
        ("larger_context", .text(winner(verdict.context))),
        ("broader_routes", .text(winner(verdict.routes))),
      ]
        + (verdict.sharesWorkload
          ? [] : [("workloads", perModel { Wording.data(self.assessments[$0].workload) })])
        + MeasuredPart.data(measuredColumns.compactMap(\.self)))
  }

  private func modelData(_ index: Int) -> DataValue {
    .map([
      ("id", .text(models[index].id.rawValue)), ("name", .text(names[index])),
      ("lab", .text(models[index].lab.rawValue)),
      ("product_type", .text(assessments[index].type.value.rawValue)),
      ("life", LifeLines.data(models[index].life, then: sheets[index].succession)),
    ])
  }

  private func perModel(_ value: (Int) -> DataValue) -> DataValue {
    .map(models.indices.map { (models[$0].id.rawValue, value($0)) })
  }

  private func winner(_ ranking: Ranking) -> String {
    switch ranking {
    case .leader(let index): models[index].id.rawValue
    case .tie: "tie"
    case .unknown: Display.unknown
    case .contested: "disputed"
    case .incomparable: "not comparable"
    }
  }

  /// Dearest minus cheapest of the compared costs; unknown where any is, disputed where the claims leave no leader.
  private var costDelta: String {
    let costs = assessments.compactMap(\.estimate.cheapest?.cost)
    guard costs.count == assessments.count, let least = costs.min(), let most = costs.max() else {
      return Display.unknown
    }
    if case .contested = verdict.cost { return "disputed" }
    if case .incomparable = verdict.cost { return "not comparable" }
    return (most - least).text
  }
}
