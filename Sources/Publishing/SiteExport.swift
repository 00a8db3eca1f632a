import Facts
import Pages
import Rendering

/// The files of a static export, unit by unit: a unit is a page or file that stands alone, or a comparison with its twins and the
/// page that leads from the reversed pair. Units are made when they are asked for, so that millions of comparisons are never held
/// at once.
public struct SiteExport: Sendable {
  public struct File: Sendable {
    /// Relative to the folder, decoded: hosts look for `llama-3.3+x` where an address says `llama-3.3%2Bx`.
    public let path: String
    public let body: [UInt8]
  }

  /// A picture as SVG, and where the site has it as PNG.
  public struct Picture: Sendable {
    public let source: File
    /// Relative to the folder.
    public let path: String
    /// In pixels.
    public let width: Int
    public let height: Int
  }

  /// Comparisons that have pages.
  public enum Comparisons: Sendable {
    case listed([[ModelID]])
    /// Every pair of models.
    case all
  }

  public let site: Site
  private let comparisons: Comparisons
  private let twins: Bool
  private let fixed: [String]

  /// - Parameter twins: whether pages are written as JSON and Markdown too.
  public init(_ site: Site, comparisons: Comparisons, twins: Bool) {
    self.site = site
    self.comparisons = comparisons
    self.twins = twins
    fixed = site.exportPaths(pairs: [], twins: twins) + [Site.missingPath]
  }

  // MARK: Counts

  public var comparisonCount: Int {
    switch comparisons {
    case .listed(let listed): listed.count
    case .all: site.directory.pairCount
    }
  }

  public var unitCount: Int { fixed.count + comparisonCount }

  /// How many files the units have; an id that no address can name has none.
  public var fileCount: Int {
    let reversed: Int
    switch comparisons {
    case .listed(let listed): reversed = listed.count { $0.count == 2 }
    case .all: reversed = comparisonCount
    }
    return fixed.count + comparisonCount * (twins ? 3 : 1) + reversed
  }

  /// The bytes of all files, guessed from comparisons spread over the whole.
  public func guessedBytes(sample: Int = 24) -> Int {
    let count = comparisonCount
    guard count > 0 else { return 0 }
    let places = (0..<min(sample, count)).map { fixed.count + $0 * count / min(sample, count) }
    let sum = places.reduce(0) { $0 + files(of: $1).map(\.body.count).reduce(0, +) }
    return sum / places.count * count
  }

  // MARK: Units

  /// The files of a unit from 0 to ``unitCount``.
  public func files(of unit: Int) -> [File] {
    guard unit >= fixed.count else { return file(fixed[unit]).map { [$0] } ?? [] }
    let ids = comparison(unit - fixed.count)
    let path = Paths.compare(ids)
    var files = [path, path + ".json", path + ".md"].prefix(twins ? 3 : 1).compactMap(file)
    if ids.count == 2, !files.isEmpty {
      files.append(
        File(path: Self.name(Paths.compare(ids.reversed()), .html), body: RedirectStub.bytes(to: path)))
    }
    return files
  }

  /// The picture of a comparison, to be drawn as PNG before the unit's pages are made; nil for other units and where none fits.
  public func picture(of unit: Int) -> Picture? {
    guard unit >= fixed.count else { return nil }
    let ids = comparison(unit - fixed.count)
    guard case .some(.some(let svg)) = try? Pictures(site).card(ids) else { return nil }
    let name = Self.name(Pictures.path(ids, ""), .svg)
    return Picture(
      source: File(path: name + ".svg", body: svg), path: name + ".png", width: CardDrawing.width,
      height: CardDrawing.height)
  }

  private func comparison(_ place: Int) -> [ModelID] {
    switch comparisons {
    case .listed(let listed): listed[place]
    case .all: site.directory.pair(at: place)
    }
  }

  /// nil for what has no page.
  private func file(_ path: String) -> File? {
    let answer = site.answer(path)
    guard answer.status == 200 || path == Site.missingPath else { return nil }
    return File(path: Self.name(path, answer.kind), body: answer.body)
  }

  /// The file of a path that is no page: decoded, relative to the folder; nil for broken percents.
  public static func name(of path: String) -> String? {
    SiteAddress.decoded(path.dropFirst(), plusIsSpace: false)
  }

  /// `/models` is `models/index.html`; other forms keep their ending.
  private static func name(_ path: String, _ kind: SiteAnswer.Kind) -> String {
    let relative = name(of: path) ?? String(path.dropFirst())
    switch kind {
    case .html where path == Site.missingPath: return relative
    case .html: return relative.isEmpty ? "index.html" : relative + "/index.html"
    case .json where !relative.hasSuffix(".json"): return relative + "/index.json"
    default: return relative
    }
  }
}
