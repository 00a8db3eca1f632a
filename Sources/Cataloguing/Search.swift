import Facts

/// Finding models by words, and the names nearest to a mistyped one.
public enum Suggestions {
  /// At most five ids whose slug is nearest to the text: shared words first, then edit distance.
  public static func nearest(to text: String, among summaries: [ModelSummary]) -> [ModelID] {
    let wanted = Set(words(text))
    let letters = Array(text.lowercased().utf8.prefix(80))
    let scored = summaries.compactMap { summary -> (score: Int, summary: ModelSummary)? in
      let slug = Array(summary.id.slug.utf8.prefix(80))
      let shared = wanted.intersection(words(summary.id.slug)).count
      guard shared > 0 || abs(slug.count - letters.count) <= 4 else { return nil }
      let distance = editDistance(letters, slug)
      guard shared > 0 || distance <= max(2, letters.count / 4) else { return nil }
      return (distance - 3 * shared, summary)
    }
    return scored.sorted {
      ($0.score, -$0.summary.routes, $0.summary.id) < ($1.score, -$1.summary.routes, $1.summary.id)
    }
    .prefix(5).map(\.summary.id)
  }

  static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ".") }
  }

  /// Levenshtein distance over bytes.
  static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = above
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
      let haystack = "\(summary.id.rawValue) \(summary.name) \(summary.family ?? "")".lowercased()
      return wanted.allSatisfy { haystack.contains($0) }
    }
    return Array(found.sorted { ($1.routes, $0.id) < ($0.routes, $1.id) }.prefix(limit))
  }
}
