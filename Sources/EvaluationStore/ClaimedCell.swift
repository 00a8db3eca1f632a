import Evaluating
import Facts

/// A cell as it is planned.
package struct PlannedCell: Hashable, Sendable {
  package let cell: Cell
  /// The order in which cells are taken, from 0.
  package let place: Int64
  /// What one sending costs at most, in 10⁻¹² US dollars; nil where no price is known.
  package let ceiling: Picodollars?

  package init(cell: Cell, place: Int64, ceiling: Picodollars?) {
    self.cell = cell
    self.place = place
    self.ceiling = ceiling
  }
}

/// A cell that a worker holds for a while, with all that is needed to send it.
package struct ClaimedCell: Sendable {
  /// The store's own number of the cell.
  package let number: Int64
  package let cell: Cell
  /// Without bytes of pictures; ask the store for those.
  package let prompt: EvaluationPrompt
  package let ceiling: Picodollars?
  /// Attempts of earlier claims that gave no result, in order; lost ones among them.
  package let earlier: [Attempt]
}

/// What came of the wish to send.
package enum DispatchAnswer: Hashable, Sendable {
  case granted
  /// The lease ran out, and another worker may hold the cell: do not send.
  case lost
  /// The run's most cost would be passed: do not send.
  case overBudget
}

/// What a worker that is gone left behind.
package struct Reaped: Hashable, Sendable {
  /// Cells that are open again.
  package var cells = 0
  /// Those of them that were under way: sent, and perhaps billed.
  package var inFlight = 0
  /// What they may have cost at most.
  package var possibleCost = Picodollars(0)
  /// Cells in flight without a known price.
  package var unpriced = 0

  package init() {}
}

/// How far a run is.
package struct RunCounts: Hashable, Sendable {
  package struct OfRoute: Hashable, Sendable {
    package var open: Int64 = 0
    package var claimed: Int64 = 0
    package var sent: Int64 = 0
    package var done: Int64 = 0

    package var total: Int64 { open + claimed + sent + done }
  }

  /// By the route's name.
  package var routes: [String: OfRoute] = [:]
  /// Spent, possible double spend included.
  package var spent = Picodollars(0)
  /// Held for requests under way.
  package var reserved = Picodollars(0)
  /// nil sets no limit.
  package var mostCost: Picodollars?

  package init() {}

  package var all: OfRoute {
    routes.values.reduce(into: OfRoute()) { sum, route in
      sum.open += route.open
      sum.claimed += route.claimed
      sum.sent += route.sent
      sum.done += route.done
    }
  }
}

/// A run as the store keeps it: everything that a worker needs, and no key.
package struct StoredRun: Hashable, Sendable {
  package let id: String
  /// `RunDescription` as JSON.
  package let description: String
  /// nil sets no limit.
  package let mostCost: Picodollars?

  package init(id: String, description: String, mostCost: Picodollars?) {
    self.id = id
    self.description = description
    self.mostCost = mostCost
  }
}

/// Some records in the order of their cells, and where to go on.
package struct RecordPage: Sendable {
  package let records: [CellRecord]
  /// Pass it on for the next page; nil at the end.
  package let next: Int64?
}
