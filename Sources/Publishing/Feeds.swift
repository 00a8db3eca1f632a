import Cataloguing
import Documents
import Facts
import Pages
import Rendering

/// What machines read of the site as a whole: feed, sitemaps, robots.txt, badges.
struct Feeds {
  let site: Site

  /// The most addresses a sitemap may hold: https://www.sitemaps.org/protocol.html.
  private static let mostAddresses = 50_000

  /// The most changes in the feed.
  private static let mostEntries = 200

  init(_ site: Site) { self.site = site }

  func answer(_ address: SiteAddress) throws(CatalogueError) -> SiteAnswer? {
    switch address.path {
    case "/feed.atom": return SiteAnswer(.atom, feed())
    case "/robots.txt":
      return SiteAnswer(
        .text,
        Array("User-agent: *\nDisallow: /search\nDisallow: /resolve\nSitemap: \(origin)/sitemap.xml\n".utf8))
    case "/sitemap.xml": return SiteAnswer(.xml, sitemapIndex())
    default: break
    }
    if address.path.hasPrefix("/sitemap-"), address.path.hasSuffix(".xml") {
      let number = Int(address.path.dropFirst("/sitemap-".count).dropLast(".xml".count))
      return number.flatMap(sitemap).map { SiteAnswer(.xml, $0) }
    }
    if address.segments.first == "badge", address.path.hasSuffix(".svg") { return try badge(address) }
    return nil
  }

  private var origin: String { site.origin ?? "" }

  /// Addresses of the pages whose twins and machine forms need no entry of their own.
  private var pages: [String] { site.pagePaths(pairs: site.directory.relevantPairs()) }

  private var parts: Int { (pages.count + Self.mostAddresses - 1) / Self.mostAddresses }

  var sitemapPaths: [String] { ["/sitemap.xml"] + (1...max(1, parts)).map { "/sitemap-\($0).xml" } }

  private func sitemapIndex() -> [UInt8] {
    var writer = XMLText()
    writer.open("sitemapindex", [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")])
    for path in sitemapPaths.dropFirst() {
      writer.open("sitemap")
      writer.element("loc", origin + path)
      writer.close("sitemap")
    }
    writer.close("sitemapindex")
    return writer.bytes
  }

  private func sitemap(_ number: Int) -> [UInt8]? {
    let all = pages
    guard number >= 1, (number - 1) * Self.mostAddresses < max(1, all.count) else { return nil }
    var writer = XMLText()
    writer.open("urlset", [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")])
    for path in all.dropFirst((number - 1) * Self.mostAddresses).prefix(Self.mostAddresses) {
      writer.open("url")
      writer.element("loc", origin + path)
      if let date = site.shelf.catalogue.date { writer.element("lastmod", date.text) }
      writer.close("url")
    }
    writer.close("urlset")
    return writer.bytes
  }

  /// https://www.rfc-editor.org/rfc/rfc4287
  private func feed() -> [UInt8] {
    let today = site.shelf.asOf
    let changes = site.directory.changes
    // What is announced counts from the day on which a source was seen to say so; no entry lies in the future.
    let dated =
      changes.past.map { ($0.day, $0) } + changes.ahead.map { (min($0.observed ?? today, today), $0) }
    let entries =
      (dated.map { Entry($0.0, $0.1) } + site.noted.filter { $0.day <= today }.map(Entry.init))
      .enumerated().sorted { ($1.element.day, $0.offset) < ($0.element.day, $1.offset) }.map(\.element)
      .prefix(Self.mostEntries)
    let updated = entries.first?.day ?? today
    var writer = XMLText()
    writer.open("feed", [("xmlns", "http://www.w3.org/2005/Atom")])
    writer.element("title", "LLM Reference: dated changes")
    writer.element("id", origin.isEmpty ? "urn:llmref:feed" : origin + "/feed.atom")
    writer.element("updated", updated.text + "T00:00:00Z")
    writer.open("author")
    writer.element("name", "LLM Reference")
    writer.close("author")
    writer.empty("link", [("rel", "self"), ("href", origin + "/feed.atom")])
    for entry in entries {
      writer.open("entry")
      writer.element("title", entry.words)
      writer.element("id", "urn:llmref:" + entry.id)
      writer.element("updated", entry.day.text + "T00:00:00Z")
      writer.empty("link", [("rel", "alternate"), ("href", origin + entry.path)])
      writer.element("summary", entry.words)
      writer.close("entry")
    }
    writer.close("feed")
    return writer.bytes
  }

  /// One line of the feed.
  private struct Entry {
    let day: CalendarDate
    let words: String
    let path: String
    let id: String

    init(_ day: CalendarDate, _ change: Changes.Change) {
      self.day = day
      words = change.runs.plainText
      path = change.path
      id = "\(change.kind.rawValue):\(change.day.text):\(Paths.segment(words))"
    }

    init(_ noted: NotedChange) {
      day = noted.day
      words = Display.harmless(noted.words)
      path = noted.model.map(Paths.model) ?? "/models"
      id = "sync:\(noted.day.text):\(Paths.segment(noted.id))"
    }
  }

  // MARK: Badges

  /// A small picture with the cheapest prices of a model, for READMEs.
  private func badge(_ address: SiteAddress) throws(CatalogueError) -> SiteAnswer? {
    let id = ModelID(address.segments.dropFirst().joined(separator: "/").dropLast(".svg".count).description)
    guard let sheet = try site.shelf.sheet(id) else { return nil }
    return SiteAnswer(.svg, Badge.svg(sheet.name, sheet.badge))
  }
}
