import Documents
import Facts

/// How often the pages of models cite each source, and how often it contradicts what they believe.
final class SourceTallies: Sendable {
  struct Tally {
    /// Values of cells that rest on the source.
    var citations = 0
    /// Values of the source that differ from those believed, variations left out.
    var dissents = 0
  }

  private let tallies: [SourceID: Tally]

  init(_ sheets: [ModelSheet]) {
    var tallies: [SourceID: Tally] = [:]
    for sheet in sheets {
      for cell in sheet.quoted {
        for citation in cell.citations { tallies[citation.source.id, default: Tally()].citations += 1 }
        for dissent in cell.dissents where !dissent.isVariation {
          for citation in dissent.citations { tallies[citation.source.id, default: Tally()].dissents += 1 }
        }
      }
    }
    self.tallies = tallies
  }

  /// Nothing is counted for a source that no page cites.
  subscript(source: SourceID) -> Tally { tallies[source] ?? Tally() }
}
