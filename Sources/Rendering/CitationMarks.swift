import Documents

/// The numbers shown behind a cell: `[3]`, `[1–4]`, at most three and how many more.
enum CitationMarks {
  static func text(_ numbers: [Int]) -> String {
    guard !numbers.isEmpty else { return "" }
    let runs = runs(numbers)
    let shown = runs.prefix(3).map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
    }
    let hidden = runs.dropFirst(3).map(\.count).reduce(0, +)
    return "[" + shown.joined(separator: ",") + (hidden > 0 ? ",+\(hidden)" : "") + "]"
  }

  private static func runs(_ numbers: [Int]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs
  }

  /// The numbers of a cell's own citations.
  static func numbers(_ cell: Cell, _ index: CitationIndex) -> [Int] { index.numbers(of: cell.citations) }
}

extension Cell {
  /// The word behind a value that sources contradict.
  static let disputedMark = "disputed"
}
