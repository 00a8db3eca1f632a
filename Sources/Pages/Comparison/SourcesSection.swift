import Documents
import Facts

extension Comparison {
  /// Every citation, the disputes, and the oldest fact that the conclusions rest on.
  var sources: Section {
    var blocks: [Block] = []
    let disputes = zip(sheets, names).flatMap {
      $0.name == $1 ? $0.disputes : Disputes.lines($0.model, name: $1)
    }
    if disputes.isEmpty {
      blocks.append(.paragraph([.text("No source contradicts another about the facts of this page.")]))
    } else {
      blocks.append(
        .paragraph([.text("Where sources differ (\(Display.counted(disputes.count, "value"))):")]))
      blocks.append(.list(disputes))
    }
    let copied = zip(sheets, names).flatMap {
      $0.name == $1 ? $0.siblingLines : Disputes.siblingLines($0.siblingPrices, name: $1)
    }
    if !copied.isEmpty {
      blocks.append(.paragraph([.text("Prices to check, because a sibling has the same:")]))
      blocks.append(.list(copied))
    }
    blocks.append(.paragraph(SourceWords.stamp(stamp, reviewed: lastReviewed)))
    blocks.append(.sources)
    return Section(id: "sources", title: "Sources", blocks: blocks)
  }

  /// The oldest day among the facts that the scorecard and the costs rest on.
  private var lastReviewed: CalendarDate? {
    let facts = sheets.compactMap(\.oldestFact)
    let prices = assessments.compactMap { $0.estimate.cheapest?.evidence.oldest }
    return (facts + prices).min()
  }
}

/// The closing words about a page's catalogue.
enum SourceWords {
  static func stamp(_ stamp: CatalogueStamp, reviewed: CalendarDate?) -> [Run] {
    var words = "As of \(stamp.asOf.text)."
    if let date = stamp.catalogueDate {
      words +=
        " Catalogue of \(date.text)" + (stamp.digest.map { ", SHA-256 \($0)" } ?? ", from facts files alone")
        + "."
    }
    words +=
      reviewed.map { " Last reviewed: \($0.text), the oldest fact that the conclusions rest on." }
      ?? " No conclusion rests on a dated fact."
    return [.text(words)]
  }
}
