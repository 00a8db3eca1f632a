import Deciding
import Documents
import Facts
import Pricing

/// What would have to change for another model to become the cheapest.
extension Comparison {
  /// A line for each lever: cached input, batches, the price itself; nothing where a cost is unknown.
  func sensitivityBlocks() -> [Block] {
    guard verdict.sharesWorkload, assessments.allSatisfy({ $0.estimate.cheapest != nil }) else { return [] }
    let sensitivity = Sensitivity(sheets.map(\.rateCard), workload: verdict.workload)
    var blocks: [Block] = [.list(cheaperSide.lines(sensitivity))]
    if case .contested = verdict.cost {
      blocks.insert(.paragraph([.text("At the prices believed, which sources dispute:")]), at: 0)
    }
    return blocks
  }

  var cheaperSide: CheaperSide {
    CheaperSide(names: names, workload: verdict.workload) { place, workload in
      sheets[place].cheapest(at: workload)?.evidence.agreeing ?? []
    }
  }
}
