import Facts

/// A numbered list of cited records. Citations of one record share a number: the record is the source, the value as
/// written stands with each cell.
public final class CitationList: Sendable {
  private struct Key: Hashable {
    let citation: Citation

    static func == (left: Key, right: Key) -> Bool {
      left.citation.recordKey == right.citation.recordKey
        && left.citation.source.id == right.citation.source.id && left.citation.url == right.citation.url
        && left.citation.source.digest == right.citation.source.digest
    }

    func hash(into hasher: inout Hasher) { hasher.combine(citation.recordKey) }
  }

  /// What the list is of: a model's name; empty where a page has one list.
  public let title: String
  /// One entry a record, in order of number.
  public let entries: [Citation]
  private let numbers: [Key: Int]
  /// Bytes that a renderer keeps of the list, see `KeptPart`.
  private let kept = SetOnce<WrittenPart>()

  /// Numbers the citations of cells, and those of their dissents, in order of first appearance, from 1.
  /// - Parameter known: lists whose entries stay out, because they have numbers there.
  public init(title: String = "", of cells: some Sequence<Cell>, without known: [CitationList] = []) {
    var entries: [Citation] = []
    var numbers: [Key: Int] = [:]
    func number(_ citation: Citation) {
      let key = Key(citation: citation)
      guard numbers[key] == nil, !known.contains(where: { $0[citation] != nil }) else { return }
      entries.append(citation)
      numbers[key] = entries.count
    }
    for cell in cells {
      for citation in cell.citations { number(citation) }
      for dissent in cell.dissents { for citation in dissent.citations { number(citation) } }
    }
    self.title = title
    self.entries = entries
    self.numbers = numbers
  }

  /// The number of the citation's record; nil when the list has it not.
  public subscript(citation: Citation) -> Int? { numbers[Key(citation: citation)] }

  /// Makes cells quote this list on every page, so that a renderer may keep what it wrote of them.
  public func adopt(_ cells: some Sequence<Cell>) {
    for cell in cells where !cell.citations.isEmpty { cell.join(self) }
  }

  /// What a renderer wrote of the list, made on the first call.
  public func written(make: () -> WrittenPart) -> WrittenPart { kept.value ?? kept.set(make()) }
}

/// Where a page lists a cited record: `a3` is the third of the first list.
public struct CitationLabel: Hashable, Comparable, Sendable {
  /// The place of the list among the page's.
  public let list: Int
  public let number: Int

  public init(list: Int, number: Int) {
    self.list = list
    self.number = number
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.list, left.number) < (right.list, right.number)
  }
}

extension [CitationLabel] {
  /// In order, each label once.
  public var ascendingOnce: [CitationLabel] {
    guard count > 1 else { return self }
    var result: [CitationLabel] = []
    for label in sorted() where result.last != label { result.append(label) }
    return result
  }
}

/// The lists of cited records of one document.
public struct CitationIndex: Sendable {
  /// In page order; a page of several models has one for each, lettered a, b, ….
  public let lists: [CitationList]

  /// The one list of a document's own cells.
  init(_ sections: [Section]) {
    lists = [CitationList(of: sections.lazy.flatMap { $0.blocks.lazy.flatMap(\.cells) })]
  }

  init(lists: [CitationList]) { self.lists = lists }

  /// Whether labels start with the list's letter.
  public var isLettered: Bool { lists.count > 1 }

  /// The letter of a list as ASCII: `a`, `b`, …; nil where the page has one list.
  public func letter(_ list: Int) -> UInt8? {
    isLettered ? UInt8(ascii: "a") + UInt8(clamping: min(list, 25)) : nil
  }

  /// Every record, list by list.
  public var entries: [Citation] { lists.flatMap(\.entries) }

  public func label(_ citation: Citation) -> CitationLabel? {
    for place in lists.indices {
      if let label = label(citation, in: place) { return label }
    }
    return nil
  }

  /// The place among all entries, from 1, of a record that the cell cites: in the cell's own list, because two models may
  /// cite one record.
  public func flatNumber(_ citation: Citation, of cell: Cell) -> Int? {
    guard let label = home(of: cell).flatMap({ label(citation, in: $0) }) ?? label(citation) else {
      return nil
    }
    return lists[..<label.list].map(\.entries.count).reduce(0, +) + label.number
  }

  private func home(of cell: Cell) -> Int? {
    cell.citationList.flatMap { home in lists.firstIndex { $0 === home } }
  }

  private func label(_ citation: Citation, in list: Int) -> CitationLabel? {
    lists[list][citation].map { CitationLabel(list: list, number: $0) }
  }

  /// The labels of a cell's own citations, ascending, each once.
  public func labels(of cell: Cell) -> [CitationLabel] {
    guard !cell.citations.isEmpty else { return [] }
    let labels: [CitationLabel]
    if let place = home(of: cell) {
      labels = cell.citations.compactMap { label($0, in: place) }
    } else {
      labels = cell.citations.compactMap(label)
    }
    return labels.ascendingOnce
  }
}
