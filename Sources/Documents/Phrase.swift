/// Runs that many pages quote whole, worded once: a model's part of a table or a sentence.
public final class Phrase: Sendable {
  public let runs: [Run]
  /// The words alone, cells by their display text.
  public let plainText: String
  public let kept: KeptPart

  /// - Parameter list: adopts the cells, so that every page that quotes the phrase must have it.
  public init(_ runs: [Run], in list: CitationList) {
    let cells = runs.cells
    self.runs = runs
    plainText = runs.plainText
    kept = KeptPart(of: cells, in: list)
    list.adopt(cells)
  }
}

extension Phrase: Hashable {
  public static func == (left: Phrase, right: Phrase) -> Bool { left === right || left.runs == right.runs }

  public func hash(into hasher: inout Hasher) { hasher.combine(plainText) }
}
