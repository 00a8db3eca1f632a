import Cataloguing
import Documents
import Facts
import Pages
import Pricing
import Rendering

/// The whole site as a function: an address in, an answer out. The static export writes its paths, the server answers
/// one, and both give the same bytes.
public final class Site: Sendable {
  public let directory: Directory
  /// Scheme and host of the published site, for the few places that need an absolute address.
  public let origin: String?
  /// Pictures that pages may name; nil where none are made.
  let pictures: (any PictureShelf)?
  /// What syncs changed in the catalogue, newest first.
  let noted: [NotedChange]
  let assets = Assets()

  /// Reads every model of the catalogue once; takes some seconds.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  public init(
    _ catalogue: Catalogue, asOf: CalendarDate, origin: String? = nil, pictures: (any PictureShelf)? = nil,
    noted: [NotedChange] = []
  ) throws(CatalogueError) {
    directory = try Directory(Shelf(catalogue, asOf: asOf))
    self.origin = origin
    self.pictures = pictures
    self.noted = noted
  }

  var shelf: Shelf { directory.shelf }

  /// The page that hosts of plain files show for what they do not have.
  static let missingPath = "/404.html"

  /// Changes with whatever the bytes of the site depend on: the catalogue, the day, the program.
  public var version: String {
    "\(shelf.catalogue.digest?.prefix(16) ?? "facts")-\(shelf.asOf.text)-\(assets.version)"
  }

  /// Whether an address is answered within a few milliseconds, so that whoever asks need not wait elsewhere: pages of one
  /// model, comparisons of few, and files. Lists, searches and feeds read the whole catalogue, and a comparison of many
  /// models has a part for each two of them.
  public static func isQuick(_ target: String) -> Bool {
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
    let quick = ["/compare/", "/model/", "/explain/", "/assets/", "/badge/"].contains {
      path.starts(with: $0.utf8)
    }
    guard quick, path.count(where: { $0 == UInt8(ascii: "/") }) <= quickSegments else { return false }
    return !path.suffix(5).elementsEqual(".json".utf8) && !path.suffix(3).elementsEqual(".md".utf8)
  }

  /// `compare` and three models of two segments each.
  private static let quickSegments = 7

  /// Makes what pages of the whole catalogue share, so that no first reader waits for it; for servers.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  public func prepare() throws(CatalogueError) { try directory.prepare() }

  /// Answers any address: a page, a redirect to where it stands, or what is wrong.
  public func answer(_ target: String) -> SiteAnswer {
    guard let address = SiteAddress(target) else {
      if Self.isForPrograms(target) { return SiteAPI(self).unreadable() }
      return SiteAnswer(status: 400, .text, Array("This is no address of a page.\n".utf8))
    }
    do {
      if let answer = assets.answer(address) { return answer }
      if let answer = try Feeds(self).answer(address) { return answer }
      if let answer = try DataFiles(self).answer(address) { return answer }
      if let answer = try Pictures(self).answer(address) { return answer }
      if address.segments.first == "api" { return try SiteAPI(self).answer(address) }
      let page = try SitePages(self).page(address)
      switch page {
      case .redirect(let path, let status): return .redirect(path + Self.kept(address), status: status)
      case .found(let document, _, let status, let problems) where status >= 400 && address.form == .json:
        return SiteAPI(self).refused(document, status, problems)
      case .found(let document, let frame, let status, _):
        return SiteAnswer(
          status: status, kind(address.form), bytes(document, frame, address.form))
      }
    } catch {
      return SiteAnswer(status: 500, .text, Array("The catalogue cannot be read.\n".utf8))
    }
  }

  /// Whether whoever asks expects JSON, as far as an unreadable address tells.
  private static func isForPrograms(_ target: String) -> Bool {
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
    return path.starts(with: "/api/".utf8) || path.suffix(5).elementsEqual(".json".utf8)
  }

  private func kind(_ form: SiteAddress.Form) -> SiteAnswer.Kind {
    switch form {
    case .html: .html
    case .json: .json
    case .markdown: .markdown
    }
  }

  private func bytes(_ document: Document, _ frame: PageFrame, _ form: SiteAddress.Form) -> [UInt8] {
    switch form {
    case .html: HTMLRenderer(frame: frame).render(document)
    case .json: OutputFormat.json.render(document)
    case .markdown: OutputFormat.markdown.render(document)
    }
  }

  /// The traffic of an address goes with a redirect.
  private static func kept(_ address: SiteAddress) -> String {
    let parts = SiteQuery.trafficKeys.compactMap { key in
      address.value(key).map { key + "=" + Paths.segment($0) }
    }
    return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
  }
}
