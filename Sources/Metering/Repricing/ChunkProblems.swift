/// The problems of a chunk by kind, with the first lines of each.
struct ChunkProblems {
  struct Entry {
    let kind: ProblemKind
    var count: Int
    /// Ascending, from 1 at the chunk's start.
    var lines: [Int]
  }

  private(set) var entries: [Entry] = []
  private var places: [ObjectIdentifier: Int] = [:]

  mutating func add(_ kind: ProblemKind, at line: Int) {
    let identity = ObjectIdentifier(kind)
    if let place = places[identity] {
      entries[place].count += 1
      if entries[place].lines.count < RepriceQuestion.mostPlaces { entries[place].lines.append(line) }
    } else {
      places[identity] = entries.count
      entries.append(Entry(kind: kind, count: 1, lines: [line]))
    }
  }
}
