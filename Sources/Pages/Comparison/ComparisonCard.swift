import Deciding
import Documents
import Facts
import Pricing

extension Comparison {
  /// More models than this do not fit on a picture.
  static let mostOnCard = 4

  /// The comparison as a picture for previews; nil for more models than it has room for.
  public var card: Card? {
    guard models.count <= Self.mostOnCard else { return nil }
    // A word fits behind the values of two models, a sign behind those of more.
    let mark = models.count > 2 ? " †" : " (disputed)"
    func row(_ label: String, _ leader: Int?, _ cell: (Int) -> Cell) -> Card.Row {
      Card.Row(
        label,
        values: models.indices.map {
          let own = cell($0)
          return own.display + (own.isDisputed ? mark : "")
        }, leader: leader)
    }
    let rows = [
      row("Monthly cost", verdict.cost.leader, costCell),
      row("Context window", verdict.context.leader, contextCell),
      row("Released", nil) { sheets[$0].cell(.released) },
      row("Provider routes", verdict.routes.leader, routesCell),
    ]
    let traffic = verdict.sharesWorkload ? Wording.amounts(verdict.workload) : "each at its usual month"
    let hasSign = rows.contains { $0.values.contains { $0.hasSuffix("†") } }
    return Card(
      title: names.joined(separator: " vs "), columns: names, rows: rows,
      footer: "\(traffic), prices as of \(stamp.asOf.text)\(hasSign ? "; † disputed" : "")")
  }
}
