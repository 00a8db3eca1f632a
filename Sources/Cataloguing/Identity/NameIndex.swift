import Facts

/// Every name of a catalogue, read once: for a server, which is asked for unknown names all day. A command that asks
/// once does without.
public final class NameIndex: Sendable {
  /// Every model in short, by id.
  public let summaries: [ModelSummary]
  private let candidates: [Suggestions.Candidate]
  /// Id, name and family of each model, lower case, in the order of the summaries.
  private let haystacks: [[UInt8]]
  /// The models by the keys of their ids: without a date, or without the active parameters; and with a date.
  private let keys: [String: [ModelID]]
  private let datedKeys: [String: [ModelID]]

  /// Takes about a tenth of a second.
  public init(_ catalogue: Catalogue) throws(CatalogueError) {
    let summaries = try catalogue.summaries()
    var keys: [String: [ModelID]] = [:]
    var datedKeys: [String: [ModelID]] = [:]
    for summary in summaries {
      let name = ParsedName(summary.id, catalogue.frame.identity)
      for key in Set([name.key, name.keyWithoutActive]) {
        keys[key, default: []].append(summary.id)
      }
      datedKeys[name.datedKey, default: []].append(summary.id)
    }
    self.summaries = summaries
    self.keys = keys
    self.datedKeys = datedKeys
    candidates = summaries.map(Suggestions.Candidate.init)
    haystacks = summaries.map { Array(Suggestions.haystack($0).utf8) }
  }

  /// The models that an id which nobody lists may name, by id.
  func models(named parsed: ParsedID) -> [ModelID] {
    var found = keys[parsed.key] ?? []
    for id in datedKeys[parsed.datedKey] ?? [] where !found.contains(id) { found.append(id) }
    return found.sorted()
  }

  /// The names nearest to a mistyped one, as `Suggestions.nearest` finds them.
  public func nearest(to text: String) -> [ModelID] { Suggestions.nearest(to: text, among: candidates) }

  /// Models whose id, name or family hold every word, as `Catalogue.search` finds them.
  public func search(_ text: String, limit: Int) -> [ModelSummary] {
    let wanted = Suggestions.words(text).map { Array($0.utf8) }
    guard !wanted.isEmpty else { return [] }
    let found = summaries.indices.filter { place in
      wanted.allSatisfy { Self.holds(haystacks[place], $0) }
    }.map { summaries[$0] }
    return Array(found.sorted { ($1.routes, $0.id) < ($0.routes, $1.id) }.prefix(limit))
  }

  private static func holds(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    var start = 0
    while start + word.count <= bytes.count {
      if bytes[start] == first, bytes[start..<(start + word.count)].elementsEqual(word) { return true }
      start += 1
    }
    return false
  }
}
