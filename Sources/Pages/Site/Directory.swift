import Cataloguing
import Deciding
import Documents
import Facts
import Synchronization

/// Everything that a catalogue holds, by the ways in which a site leads to it: labs, families, providers, benchmarks,
/// days. Reads every model once.
public final class Directory: Sendable {
  public struct ServedRoute: Sendable {
    public let sheet: ModelSheet
    public let route: Route
  }

  public struct RankedScore: Sendable {
    public let sheet: ModelSheet
    public let score: Score
  }

  public let shelf: Shelf
  /// By display name, numeric parts by value, case apart: the order of the site.
  public let sheets: [ModelSheet]
  public let labs: [LabID: [ModelSheet]]
  /// By the segment that leads to the family's page.
  public let families: [String: [ModelSheet]]
  public let providers: [ProviderID: [ServedRoute]]
  public let benchmarks: [BenchmarkID: [RankedScore]]
  /// The words with which sources say whether weights can be had, ascending.
  public let openness: [String]
  private let near = SetOnce<PairList>()
  /// Place of each model in the order of the site.
  private let places: [ModelID: Int]
  private let keptChanges = Mutex<Changes?>(nil)
  private let tallies = SetOnce<SourceTallies>()

  /// - Throws: `CatalogueError` when the catalogue is broken.
  public init(_ shelf: Shelf) throws(CatalogueError) {
    self.shelf = shelf
    var sheets: [ModelSheet] = []
    for summary in try shelf.catalogue.summaries() {
      if let sheet = try shelf.sheet(summary.id) { sheets.append(sheet) }
    }
    let keyed = sheets.map { (key: SiteOrder.key($0), sheet: $0) }
    sheets = keyed.sorted { $0.key < $1.key }.map(\.sheet)
    var labs: [LabID: [ModelSheet]] = [:]
    var families: [String: [ModelSheet]] = [:]
    var providers: [ProviderID: [ServedRoute]] = [:]
    var benchmarks: [BenchmarkID: [RankedScore]] = [:]
    for sheet in sheets {
      labs[sheet.model.lab, default: []].append(sheet)
      if let family = sheet.model.family { families[family, default: []].append(sheet) }
      for route in sheet.model.routes {
        providers[route.provider, default: []].append(ServedRoute(sheet: sheet, route: route))
      }
      for score in sheet.model.scores {
        benchmarks[score.claim.benchmark, default: []].append(RankedScore(sheet: sheet, score: score))
      }
    }
    self.sheets = sheets
    self.labs = labs
    self.families = families
    self.providers = providers
    self.benchmarks = benchmarks
    openness = Set(sheets.compactMap { $0.model[.openness].value?.text }).sorted()
    places = Dictionary(
      sheets.enumerated().map { ($0.element.model.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The dated facts around the day; looked for when they are first asked for, which reads every price.
  public var changes: Changes {
    keptChanges.withLock { kept in
      if let kept { return kept }
      let made = Changes(self)
      kept = made
      return made
    }
  }

  /// How often the pages of all models cite each source; counted when first asked for, which reads every cell.
  var sourceTallies: SourceTallies { tallies.value ?? tallies.set(SourceTallies(sheets)) }

  /// Makes now what pages of the whole catalogue share and would make when first asked for: names, the index of
  /// shortlists, changes, relevant pairs, tallies of sources. Takes a third of a second for some thousand models.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func prepare() throws(CatalogueError) {
    _ = try shelf.names()
    _ = try shelf.shortlistIndex()
    _ = changes
    _ = relevantPairs()
    _ = sourceTallies
  }

  /// The ids in the order in which the site shows and addresses a comparison of them.
  public func ordered(_ ids: [ModelID]) -> [ModelID] {
    ids.sorted { (places[$0] ?? .max, $0) < (places[$1] ?? .max, $1) }
  }

  /// Pairs worth a page of their own, the most relevant first: each model with those nearest to it, models with many
  /// routes first. Each pair once, in the site's order.
  public func relevantPairs() -> [[ModelID]] { (near.value ?? near.set(PairList(madeRelevantPairs()))).pairs }

  private func madeRelevantPairs() -> [[ModelID]] {
    var seen: Set<[ModelID]> = []
    var scored: [(weight: Int, pair: [ModelID])] = []
    for sheet in sheets {
      for (rank, other) in sheet.alternatives.enumerated() {
        let pair = ordered([sheet.model.id, other.id])
        guard seen.insert(pair).inserted else { continue }
        let routes = places[other.id].map { sheets[$0].assessment.trackedRoutes.count } ?? 0
        scored.append((min(sheet.assessment.trackedRoutes.count, routes) * 8 - rank, pair))
      }
    }
    return scored.sorted { ($1.weight, $0.pair[0], $0.pair[1]) < ($0.weight, $1.pair[0], $1.pair[1]) }
      .map(\.pair)
  }

  /// How many pairs all models make.
  public var pairCount: Int { sheets.count * (sheets.count - 1) / 2 }

  /// One of all pairs, by the place of its first model and then of its second; nothing is held for it.
  /// - Parameter place: from 0 to ``pairCount``; any other has no pair.
  public func pair(at place: Int) -> [ModelID] {
    guard place >= 0, place < pairCount else { return [] }
    // From the end, the pairs of one first model are 1, 2, 3, … many: their sums are the triangular numbers.
    let left = pairCount - 1 - place
    var row = Int((Double(8 * left + 1).squareRoot() - 1) / 2)
    while row * (row + 1) / 2 > left { row -= 1 }
    while (row + 1) * (row + 2) / 2 <= left { row += 1 }
    let first = sheets.count - 2 - row
    let second = sheets.count - 1 - (left - row * (row + 1) / 2)
    return [sheets[first].model.id, sheets[second].model.id]
  }

  /// The most relevant pairs, as many as asked for where there are so many: near ones first, then models with many routes
  /// against each other.
  public func pairs(atLeast count: Int) -> [[ModelID]] {
    let near = relevantPairs()
    guard near.count < count else { return Array(near.prefix(count)) }
    var result = near
    var seen = Set(near)
    let ids = sheets.filter { !$0.assessment.trackedRoutes.isEmpty }.sorted {
      ($1.assessment.trackedRoutes.count, $0.model.id) < ($0.assessment.trackedRoutes.count, $1.model.id)
    }.map(\.model.id)
    // Along the diagonals, so that the best known models come first.
    for sum in 1..<max(2, 2 * ids.count) {
      for first in max(0, sum - ids.count + 1)..<((sum + 1) / 2) where sum - first < ids.count {
        let pair = ordered([ids[first], ids[sum - first]])
        guard seen.insert(pair).inserted else { continue }
        result.append(pair)
        if result.count == count { return result }
      }
    }
    return result
  }
}

/// Pairs that are found once.
private final class PairList: Sendable {
  let pairs: [[ModelID]]

  init(_ pairs: [[ModelID]]) { self.pairs = pairs }
}

extension Shelf {
  /// The sheets in the order in which the site shows and addresses a comparison of them.
  public func ordered(_ sheets: [ModelSheet]) -> [ModelSheet] {
    sheets.map { (key: SiteOrder.key($0), sheet: $0) }.sorted { $0.key < $1.key }.map(\.sheet)
  }
}

/// The order of models on the site: by display name, numeric-aware, case-insensitive; by id where names are the same.
enum SiteOrder {
  /// Sorts like the order: runs of digits are padded to a width.
  static func key(_ sheet: ModelSheet) -> String { key(sheet.name) + "\u{0}" + sheet.model.id.rawValue }

  static func key(_ name: String) -> String {
    var result = ""
    var digits = ""
    func flush() {
      guard !digits.isEmpty else { return }
      let plain = digits.drop { $0 == "0" }
      result += String(repeating: "0", count: max(0, 12 - plain.count)) + plain
      digits = ""
    }
    for character in name.lowercased() {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result
  }
}
