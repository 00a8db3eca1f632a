/// Cells that wait for another attempt, soonest first.
struct WaitingCells: Sendable {
  private(set) var cells: [CellWork] = []

  mutating func add(_ work: CellWork) {
    let place = cells.firstIndex { $0.due > work.due } ?? cells.endIndex
    cells.insert(work, at: place)
  }

  /// The first cell whose time has come; nil when none is due.
  mutating func take(now: Int64) -> CellWork? {
    guard let first = cells.first, first.due <= now else { return nil }
    return cells.removeFirst()
  }

  mutating func remove(_ numbers: Set<Int64>) { cells.removeAll { numbers.contains($0.claimed.number) } }
}
