import Cataloguing
import Deciding
import Documents
import Facts

extension Comparison {
  static let continueComparing: @Sendable (Comparison) -> Section = { page in
    var blocks: [Block] = []
    for index in page.models.indices {
      let near = page.alternatives[index]
      guard !near.isEmpty else {
        blocks.append(
          .paragraph([
            .text("No other model of the catalogue is near \(page.names[index]) by the stated rules.")
          ]))
        continue
      }
      blocks.append(.paragraph([.text("Closest to \(page.names[index]):")]))
      blocks.append(.links(near.map { page.link($0, to: index) }))
    }
    return Section(id: "continue-comparing", title: "Continue comparing", blocks: blocks)
  }

  private func link(_ alternative: Alternative, to index: Int) -> Link {
    let other = alternative.assessment
    let name = Display.harmless(other.model.name)
    return Link(
      title: "\(names[index]) vs \(name)", path: "/compare/\(models[index].id)/\(other.model.id)",
      reason: Wording.joined(alternative.nearness.map { reason($0, other: other, index: index) }))
  }

  private func reason(_ nearness: Alternative.Nearness, other: Assessment, index: Int) -> [Run] {
    switch nearness {
    case .sameFamily: return [.text("same family "), .cell(other.model.cell(.family))]
    case .tags(let tags):
      return [.text("also fit for ")]
        + Cells.conclusion(other.fitness.tags.filter { tags.contains($0.value) })
    case .context:
      return [.text("context within a factor of two ("), .cell(other.model.cell(.contextWindow)), .text(")")]
    case .cost:
      return [
        .text("cost within a factor of two ("), .cell(other.estimate.cheapest.map(costCell) ?? .unknown),
        .text(")"),
      ]
    case .released:
      return [.text("released within a year ("), .cell(other.model.cell(.released)), .text(")")]
    case .otherLab: return [.text("another lab, \(Display.harmless(other.model.labName))")]
    }
  }
}
