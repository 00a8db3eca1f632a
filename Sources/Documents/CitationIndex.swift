import Facts

/// Numbers the citations of a document. Citations of one record share a number: the record is the source, the
/// value as written stands with each cell.
public struct CitationIndex: Sendable {
  private struct Key: Hashable {
    let source: SourceID
    let record: String
    let url: String?
    let digest: String
  }

  /// One entry a record, in order of number.
  public private(set) var entries: [Citation] = []
  private var numbers: [Key: Int] = [:]

  init(_ sections: [Section]) {
    for section in sections {
      for block in section.blocks {
        for cell in block.cells {
          for citation in cell.citations { number(citation) }
          for dissent in cell.dissents { for citation in dissent.citations { number(citation) } }
        }
      }
    }
  }

  private mutating func number(_ citation: Citation) {
    let key = Self.key(citation)
    guard numbers[key] == nil else { return }
    entries.append(citation)
    numbers[key] = entries.count
  }

  /// The number under which the document lists the citation's record.
  public subscript(citation: Citation) -> Int? { numbers[Self.key(citation)] }

  /// The numbers of several citations, ascending, each once.
  public func numbers(of citations: [Citation]) -> [Int] { Set(citations.compactMap { self[$0] }).sorted() }

  private static func key(_ citation: Citation) -> Key {
    Key(
      source: citation.source.id, record: citation.recordKey, url: citation.url,
      digest: citation.source.digest)
  }
}
