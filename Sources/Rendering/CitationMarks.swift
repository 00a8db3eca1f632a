import Documents
import Facts

/// The labels shown behind a cell: `[3]`, `[1–4]`, `[a1–4,b2]`, at most three runs and how many more.
enum CitationMarks {
  /// A row of neighbouring numbers of one list.
  struct Row {
    let list: Int
    var numbers: ClosedRange<Int>
  }

  /// How many rows are shown.
  private static let most = 3

  static func rows(_ labels: [CitationLabel]) -> (shown: ArraySlice<Row>, hidden: Int) {
    var rows: [Row] = []
    for label in labels {
      if let last = rows.last, last.list == label.list, last.numbers.upperBound + 1 == label.number {
        rows[rows.count - 1].numbers = last.numbers.lowerBound...label.number
      } else {
        rows.append(Row(list: label.list, numbers: label.number...label.number))
      }
    }
    return (rows.prefix(most), rows.dropFirst(most).map(\.numbers.count).reduce(0, +))
  }

  static func text(_ cell: Cell, _ index: CitationIndex) -> String {
    let labels = index.labels(of: cell)
    guard !labels.isEmpty else { return "" }
    let (shown, hidden) = rows(labels)
    var text = "["
    for (place, row) in shown.enumerated() {
      if place > 0 { text += "," }
      text += letter(row.list, index) + "\(row.numbers.lowerBound)"
      if row.numbers.count > 1 { text += "–\(row.numbers.upperBound)" }
    }
    let more = hidden + cell.furtherCitations
    return text + (more > 0 ? ",+\(more)]" : "]")
  }

  /// The letter of a list as text; empty where the page has one list.
  static func letter(_ list: Int, _ index: CitationIndex) -> String {
    index.letter(list).map { String(UnicodeScalar($0)) } ?? ""
  }

  /// Every entry of the page with its label, and the title of its list.
  static func labelled(_ index: CitationIndex) -> [(
    title: String, entries: [(label: String, citation: Citation)]
  )] {
    index.lists.enumerated().map { place, list in
      (
        index.isLettered ? list.title : "",
        list.entries.enumerated().map { (letter(place, index) + "\($0.offset + 1)", $0.element) }
      )
    }
  }
}

extension Cell {
  /// The word behind a value that sources contradict.
  static let disputedMark = "disputed"
}
