import Cataloguing
import Deciding
import Documents
import Facts

extension Comparison {
  static let continueComparing: @Sendable (Comparison) -> Section = { page in
    var blocks: [Block] = []
    for index in page.models.indices {
      let near = page.links(from: index, most: 3)
      guard !near.isEmpty else {
        blocks.append(
          .paragraph([
            .text("No other model of the catalogue is near \(page.names[index]) by the stated rules.")
          ]))
        continue
      }
      blocks.append(.paragraph([.text("Closest to \(page.names[index]):")]))
      blocks.append(.links(near))
    }
    return Section(id: "continue-comparing", title: "Continue comparing", blocks: blocks)
  }

  /// Comparisons of a model with the nearest ones that the page does not show.
  private func links(from index: Int, most: Int) -> [Link] {
    let sheet = sheets[index]
    func isShown(_ id: ModelID) -> Bool { models.contains { $0.id == id } }
    guard names[index] == sheet.name else {
      return sheet.alternatives.filter { !isShown($0.id) }.prefix(most).map {
        $0.link(from: models[index].id, named: names[index])
      }
    }
    return sheet.sheetQuotes.links.filter { !isShown($0.id) }.prefix(most).map(\.link)
  }
}

extension Alternative {
  /// A link to the comparison with the model, and why one would make it.
  func link(from id: ModelID, named name: String) -> Link {
    Link(
      title: "\(name) vs \(Display.harmless(self.name))", path: Paths.compare([id, self.id]),
      reason: [.text(nearness.map(\.words).joined(separator: "; "))])
  }
}

extension Alternative.Nearness {
  /// The reason in a few words.
  fileprivate var words: String {
    switch self {
    case .sameFamily: "same family"
    case .tags(let tags): "also fit for \(Display.listed(tags.map(\.rawValue)))"
    case .context: "context within a factor of two"
    case .cost: "cost within a factor of two at the usual traffic"
    case .released: "released within a year"
    case .otherLab: "another lab"
    }
  }
}
