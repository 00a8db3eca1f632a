import Cataloguing
import Documents
import Facts
import Pages
import Pricing
import Rendering

/// Pictures for previews that another program has drawn from ours, by their path in the site.
public protocol PictureShelf: Sendable {
  /// Whether a page may name the picture: it can be had.
  func holds(_ path: String) -> Bool
  /// nil when it cannot be had.
  func bytes(_ path: String) -> [UInt8]?
}

/// The pictures under `/og`: SVG that the site draws itself, and PNG that a converter has made of it.
struct Pictures {
  let site: Site

  init(_ site: Site) { self.site = site }

  /// `/og/compare/a/b/c/d.svg`
  static func path(_ ids: [ModelID], _ ending: String) -> String { "/og" + Paths.compare(ids) + ending }

  /// nil for what is no picture.
  func answer(_ address: SiteAddress) throws(CatalogueError) -> SiteAnswer? {
    guard address.segments.first == "og" else { return nil }
    if address.path.hasSuffix(".png") {
      return site.pictures?.bytes(address.path).map { SiteAnswer(.png, $0) }
    }
    guard address.path.hasSuffix(".svg"), address.segments.dropFirst().first == "compare" else { return nil }
    var names = address.segments.dropFirst(2).joined(separator: "/")
    names.removeLast(".svg".count)
    let parts = names.split(separator: "/")
    guard parts.count.isMultiple(of: 2), parts.count >= 4, parts.count <= 2 * Comparison.mostModels else {
      return nil
    }
    let ids = stride(from: 0, to: parts.count, by: 2).map { ModelID("\(parts[$0])/\(parts[$0 + 1])") }
    return try card(ids).map { SiteAnswer(.svg, $0) }
  }

  /// The picture of a comparison in the site's order as SVG; nil when there is none.
  func card(_ ids: [ModelID]) throws(CatalogueError) -> [UInt8]? {
    guard site.directory.ordered(ids) == ids, Set(ids).count == ids.count,
      let comparison = try Comparison(ids, on: site.shelf, traffic: .usual)
    else { return nil }
    return comparison.card.map { CardDrawing.svg($0) }
  }
}
