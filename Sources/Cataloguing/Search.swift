import Facts

/// Finding models by words, and the names nearest to a mistyped one.
public enum Suggestions {
  /// A model as it is told apart from a mistyped name.
  struct Candidate: Sendable {
    let summary: ModelSummary
    let slug: [UInt8]
    let words: Set<Substring>

    init(_ summary: ModelSummary) {
      self.summary = summary
      slug = Array(summary.id.slug.utf8.prefix(80))
      words = Set(Suggestions.words(summary.id.slug))
    }
  }

  /// At most five ids whose slug is nearest to the text: shared words first, then edit distance.
  public static func nearest(to text: String, among summaries: [ModelSummary]) -> [ModelID] {
    nearest(to: text, among: summaries.map(Candidate.init))
  }

  static func nearest(to text: String, among candidates: [Candidate]) -> [ModelID] {
    let wanted = Set(words(text))
    let letters = Array(text.lowercased().utf8.prefix(80))
    let scored = candidates.compactMap { candidate -> (score: Int, summary: ModelSummary)? in
      let shared = wanted.isDisjoint(with: candidate.words) ? 0 : wanted.intersection(candidate.words).count
      guard shared > 0 || abs(candidate.slug.count - letters.count) <= 4 else { return nil }
      let distance = editDistance(letters, candidate.slug)
      guard shared > 0 || distance <= max(2, letters.count / 4) else { return nil }
      return (distance - 3 * shared, candidate.summary)
    }
    return scored.sorted {
      ($0.score, -$0.summary.routes, $0.summary.id) < ($1.score, -$1.summary.routes, $1.summary.id)
    }
    .prefix(5).map(\.summary.id)
  }

  /// At most five of the words that a mistyped one may stand for, by edit distance to the word or to as much of it as was
  /// written; always at least one where there are words at all.
  public static func nearestWords(to text: String, among words: some Sequence<String>) -> [String] {
    let wanted = text.lowercased()
    let letters = Array(wanted.utf8.prefix(80))
    let scored = Set(words).map { word -> (score: Int, word: String) in
      let own = Array(word.lowercased().utf8.prefix(80))
      // `swe-bensh` is near the start of `swe-bench-verified`.
      let start = editDistance(letters, Array(own.prefix(letters.count)))
      return (min(2 * editDistance(letters, own), 2 * start + 1), word)
    }.sorted { $0 < $1 }
    let near = scored.filter { $0.score <= max(4, letters.count) }
    return (near.isEmpty ? scored.prefix(3) : near.prefix(5)).map(\.word)
  }

  /// Where the words of a search are looked for.
  static func haystack(_ summary: ModelSummary) -> String {
    "\(summary.id.rawValue) \(summary.name) \(summary.family ?? "")".lowercased()
  }

  static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ".") }
  }

  /// Levenshtein distance over bytes.
  static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    row.withUnsafeMutableBufferPointer { row in
      for (i, a) in left.enumerated() {
        var diagonal = row[0]
        var before = i + 1
        row[0] = before
        for (j, b) in right.enumerated() {
          let above = row[j + 1]
          before = min(min(above, before) + 1, diagonal + (a == b ? 0 : 1))
          row[j + 1] = before
          diagonal = above
        }
      }
    }
    return row[right.count]
  }
}

extension Catalogue {
  /// Models whose id, name or family hold every word; those with more routes first.
  public func search(_ text: String, limit: Int = 50) throws(CatalogueError) -> [ModelSummary] {
    let wanted = Suggestions.words(text)
    guard !wanted.isEmpty else { return [] }
    let found = try summaries().filter { summary in
      let haystack = Suggestions.haystack(summary)
      return wanted.allSatisfy { haystack.contains($0) }
    }
    return Array(found.sorted { ($1.routes, $0.id) < ($0.routes, $1.id) }.prefix(limit))
  }
}
